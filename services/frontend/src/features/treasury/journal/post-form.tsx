'use client';
// A journal entry: its day, what it is about, and lines that add up to nothing in both bases. Six lines come from the
// server, so that it can be sent without a script; with one, lines are added, removed and summed as they are typed.
import { formatMinor } from '@habitat/kernel';
import { useTranslations } from 'next-intl';
import { useActionState, useState } from 'react';
import { Button } from '../../../components/control/button.tsx';
import { Field, fieldAria } from '../../../components/control/field.tsx';
import { FormOutcome } from '../../../components/control/form-outcome.tsx';
import { Icon } from '../../../components/icon.tsx';
import { Notice } from '../../../components/state/notice.tsx';
import { faultAt, idle } from '../../../lib/api/action-state.ts';
import { useFormat } from '../../../lib/language/use-format.ts';
import { postEntry } from './journal.actions.ts';
import type { PostState } from './journal.actions.ts';
import type { PostAccount, PostDraft } from './post-draft.ts';
import { accountText, differenceOf, emptyLine, LINES_WITHOUT_SCRIPT, secondSignature } from './post-draft.ts';
import { PostLines } from './post-lines.tsx';

type PostFormProps = {
  accounts: readonly PostAccount[];
  today: string;
  currency: string;
  digits: number;
  /** From this amount on a second person signs. */
  journalThreshold: string;
  actionKey: string;
};

export function PostForm({ today, actionKey, ...books }: PostFormProps) {
  const t = useTranslations('posting');
  const [state, send, pending] = useActionState<PostState, FormData>(postEntry, idle);
  const [draft, setDraft] = useState<PostDraft>(
    state.sent ?? {
      effectiveOn: today,
      description: '',
      ownTax: false,
      lines: Array.from({ length: LINES_WITHOUT_SCRIPT }, () => emptyLine),
    },
  );
  const change = (part: Partial<PostDraft>) => setDraft({ ...draft, ...part });
  const at = (name: string) => faultAt(state, name);
  return (
    <form action={send} className="grid gap-6">
      <FormOutcome state={state} returnTo="/treasury/journal/new" />
      <input
        type="hidden"
        name="idempotencyKey"
        value={state.status === 'refused' ? state.nextKey : actionKey}
      />
      <div className="grid gap-4 desk:grid-cols-[190px_1fr]">
        <Field id="effectiveOn" label={t('effectiveOn')} fault={at('effectiveOn')}>
          <input
            {...fieldAria('effectiveOn', at('effectiveOn'))}
            name="effectiveOn"
            type="date"
            required
            max={today}
            value={draft.effectiveOn}
            onChange={(event) => change({ effectiveOn: event.target.value })}
            className="field"
          />
        </Field>
        <Field id="description" label={t('description')} fault={at('description')}>
          <input
            {...fieldAria('description', at('description'))}
            name="description"
            required
            maxLength={500}
            autoComplete="off"
            value={draft.description}
            onChange={(event) => change({ description: event.target.value })}
            className="field"
          />
        </Field>
      </div>
      <label htmlFor="ownTax" className="t-ui flex min-h-9 items-center gap-2.5">
        <input
          id="ownTax"
          name="ownTax"
          type="checkbox"
          checked={draft.ownTax}
          onChange={(event) => change({ ownTax: event.target.checked })}
          className="size-4 accent-[var(--pen)]"
        />
        {t('ownTax')}
      </label>
      <PostLines draft={draft} change={change} at={at} />
      <LeafAccounts accounts={books.accounts} />
      <Balance draft={draft} {...books} />
      <Send pending={pending}>{t('send')}</Send>
    </form>
  );
}

function Send({ pending, children }: { pending: boolean; children: string }) {
  const icon = <Icon name="sign" />;
  return (
    <Button type="submit" tone="primary" icon={icon} disabled={pending} className="justify-self-start">
      {children}
    </Button>
  );
}

/** What the account fields offer: every leaf in use, by code and name. */
function LeafAccounts({ accounts }: { accounts: readonly PostAccount[] }) {
  return (
    <datalist id="leaf-accounts">
      {accounts
        .filter(({ leaf, active }) => leaf && active)
        .map((account) => (
          <option key={account.id} value={accountText(account)} />
        ))}
    </datalist>
  );
}

/** What is missing in each basis, and who else will have to sign; told before anything is sent. */
function Balance({
  draft,
  accounts,
  currency,
  digits,
  journalThreshold,
}: { draft: PostDraft } & Omit<PostFormProps, 'today' | 'actionKey'>) {
  const t = useTranslations('posting');
  const { moneyText } = useFormat();
  const off = differenceOf(draft, digits);
  const second = secondSignature(draft, accounts, digits, journalThreshold);
  const from = moneyText(journalThreshold, { currency });
  const empty = draft.lines.every(({ debit, credit }) => debit === '' && credit === '');
  return (
    <div className="grid gap-3">
      <dl className="t-ui flex flex-wrap gap-x-9 gap-y-1" aria-live="polite">
        {(['book', 'tax'] as const).map((basis) => (
          <div key={basis} className="flex items-center gap-2.5">
            <dt className={basis === 'tax' ? 'text-tax' : ''}>{t(`off.${basis}`)}</dt>
            <dd className="flex items-center gap-1.5 font-semibold">
              {moneyText(formatMinor(off[basis], digits))}
              {!empty && off[basis] === 0n ? <Icon name="check" className="text-done" /> : null}
              {!empty && off[basis] === 0n ? <span className="sr-only">{t('even')}</span> : null}
            </dd>
          </div>
        ))}
      </dl>
      <div aria-live="polite">
        {second ? (
          <Notice tone="wait">{t(`second.${second}`, { from })}</Notice>
        ) : (
          <p className="t-small text-ink-2">{t('secondHint', { from })}</p>
        )}
      </div>
    </div>
  );
}
