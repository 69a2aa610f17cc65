// What of the audit trail is wanted. Acts are chosen by their words, and asked for by their codes.
import { useLocale, useTranslations } from 'next-intl';
import { FilterDays, FilterInput, FilterSelect } from '../../components/filter/filter-fields.tsx';
import { FilterForm } from '../../components/filter/filter-form.tsx';
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
  const ruleText = useRuleText();
  const words = useTrailWords();
  const locale = useLocale();
  // What is asked for stays chosen, also while the trail knows none of it yet.
  const known = new Set(filter.command === null ? commands : [...commands, filter.command]);
  const acts = [...known].map((command) => ({ value: command, text: words.command(command) }));
  return (
    <FilterForm
      action="/audit"
      clearTo="/audit"
      set={Object.values(filter).filter((value) => value !== null).length}
      className="mb-4"
    >
      <FilterSelect
        name="command"
        label={t('command')}
        value={filter.command}
        any={t('any')}
        options={acts.toSorted((one, other) => one.text.localeCompare(other.text, locale))}
      />
      <FilterSelect
        name="actorId"
        label={t('actor')}
        value={filter.actorId}
        any={t('anyone')}
        options={members.map(({ id, displayName }) => ({ value: id, text: displayName }))}
      />
      <FilterDays
        from={{ name: 'from', label: t('from'), value: filter.from }}
        until={{ name: 'until', label: t('until'), value: filter.until }}
      />
      <FilterSelect
        name="rule"
        label={t('rule')}
        value={filter.rule}
        any={t('anyRule')}
        options={rules.map((rule) => ({ value: rule, text: ruleText(rule) }))}
      />
      <FilterInput name="subjectId" label={t('subject')} value={filter.subjectId} look="code" />
    </FilterForm>
  );
}
