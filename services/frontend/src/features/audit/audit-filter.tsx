// The filter of the audit trail, as a form that asks for an address.
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '../../components/control/button.tsx';
import { useTrailWords } from '../../lib/language/use-trail-words.ts';
import type { AuditMember } from './audit.documents.ts';
import type { AuditFilter } from './audit-search.ts';
import { useRuleText } from './rule-text.ts';

type AuditFilterFormProps = {
  filter: AuditFilter;
  commands: readonly string[];
  rules: readonly string[];
  members: readonly AuditMember[];
};

export function AuditFilterForm({ filter, commands, rules, members }: AuditFilterFormProps) {
  const t = useTranslations('audit');
  const locale = useLocale();
  const ruleText = useRuleText();
  const words = useTrailWords();
  const acts = commands.map((command) => ({ command, text: words.command(command) }));
  return (
    <form
      action="/audit"
      role="search"
      className="mb-5 grid grid-cols-2 items-end gap-4 desk:grid-cols-3 wide:grid-cols-4"
    >
      <Labelled name="command" label={t('command')}>
        <select id="command" name="command" defaultValue={filter.command ?? ''} className="field">
          <option value="">{t('any')}</option>
          {acts
            .toSorted((one, other) => one.text.localeCompare(other.text, locale))
            .map(({ command, text }) => (
              <option key={command} value={command}>
                {text}
              </option>
            ))}
        </select>
      </Labelled>
      <Labelled name="actorId" label={t('actor')}>
        <select id="actorId" name="actorId" defaultValue={filter.actorId ?? ''} className="field">
          <option value="">{t('anyone')}</option>
          {members.map(({ id, displayName }) => (
            <option key={id} value={id}>
              {displayName}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled name="subjectId" label={t('subject')}>
        <input
          id="subjectId"
          name="subjectId"
          defaultValue={filter.subjectId ?? ''}
          className="field t-mono"
        />
      </Labelled>
      <Labelled name="rule" label={t('rule')}>
        <select id="rule" name="rule" defaultValue={filter.rule ?? ''} className="field">
          <option value="">{t('anyRule')}</option>
          {rules.map((rule) => (
            <option key={rule} value={rule}>
              {ruleText(rule)}
            </option>
          ))}
        </select>
      </Labelled>
      {(['from', 'until'] as const).map((name) => (
        <Labelled key={name} name={name} label={t(name)}>
          <input id={name} name={name} type="date" defaultValue={filter[name] ?? ''} className="field" />
        </Labelled>
      ))}
      <p className="flex items-center gap-3">
        <Button type="submit">{t('show')}</Button>
        {Object.values(filter).some(Boolean) ? (
          <Link href="/audit" className="link t-ui">
            {t('clear')}
          </Link>
        ) : null}
      </p>
    </form>
  );
}

function Labelled({ name, label, children }: { name: string; label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <label htmlFor={name} className="t-strong mb-1.5 block">
        {label}
      </label>
      {children}
    </div>
  );
}
