// The filters of the journal, as a form that asks for an address.
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Button } from '../../../components/control/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import type { JournalAccount } from './journal.documents.ts';
import type { JournalFilter } from './journal-search.ts';
import { sources } from './journal-search.ts';

type JournalFilterFormProps = { filter: JournalFilter; accounts: readonly JournalAccount[] };

export function JournalFilterForm({ filter, accounts }: JournalFilterFormProps) {
  const t = useTranslations('treasury');
  const { search: _, ...narrowing } = filter;
  const set = Object.values(narrowing).filter(Boolean).length;
  return (
    <form action="/treasury/journal" role="search" className="no-print mb-5 flex flex-wrap gap-5">
      <div className="flex flex-wrap items-center gap-2.5">
        <span className="relative">
          <Icon name="search" className="absolute top-3.5 left-3.5" />
          <input
            type="search"
            name="search"
            defaultValue={filter.search ?? ''}
            aria-label={t('search')}
            placeholder={t('search')}
            className="field !w-72 max-w-full !pl-10"
          />
        </span>
        <Button type="submit">{t('show')}</Button>
        {set > 0 || filter.search ? (
          <Link href="/treasury/journal" className="link t-ui">
            {t('clear')}
          </Link>
        ) : null}
      </div>
      <details className="open:basis-full" open={set > 0}>
        <summary className="t-strong flex min-h-9 w-fit cursor-pointer items-center gap-2 text-ink-2">
          <Icon name="filter" />
          {t('filter', { count: set })}
        </summary>
        <div className="mt-2 grid gap-4 border-b border-rule pb-4 desk:grid-cols-3">
          <Day name="from" value={filter.from} />
          <Day name="to" value={filter.to} />
          <Amount value={filter.amount} />
          <Select name="account" label={t('account')} value={filter.accountId}>
            {accounts
              .filter(({ leaf }) => leaf)
              .map((account) => (
                <option key={account.id} value={account.id}>
                  {account.code}{' '}
                  {account.member ? t('capitalOf', { name: account.member.displayName }) : account.name}
                </option>
              ))}
          </Select>
          <Select name="source" label={t('sourceLabel')} value={filter.source}>
            {sources.map((source) => (
              <option key={source} value={source}>
                {t(`sourceName.${source}`)}
              </option>
            ))}
          </Select>
          <Select name="member" label={t('member')} value={filter.memberId}>
            {accounts.flatMap(({ member }) =>
              member ? (
                <option key={member.id} value={member.id}>
                  {member.displayName}
                </option>
              ) : (
                []
              ),
            )}
          </Select>
        </div>
      </details>
    </form>
  );
}

function Day({ name, value }: { name: 'from' | 'to'; value: string | null }) {
  const t = useTranslations('treasury');
  return (
    <div>
      <label htmlFor={name} className="t-strong mb-1.5 block">
        {t(name)}
      </label>
      <input id={name} name={name} type="date" defaultValue={value ?? ''} className="field" />
    </div>
  );
}

function Amount({ value }: { value: string | null }) {
  const t = useTranslations('treasury');
  return (
    <div>
      <label htmlFor="amount" className="t-strong mb-1.5 block">
        {t('amount')}
      </label>
      <input
        id="amount"
        name="amount"
        inputMode="decimal"
        defaultValue={value ?? ''}
        className="field text-right"
      />
    </div>
  );
}

type SelectProps = { name: string; label: string; value: string | null; children: React.ReactNode };

function Select({ name, label, value, children }: SelectProps) {
  const t = useTranslations('treasury');
  return (
    <div className="min-w-0">
      <label htmlFor={name} className="t-strong mb-1.5 block">
        {label}
      </label>
      <select id={name} name={name} defaultValue={value ?? ''} className="field">
        <option value="">{t('any')}</option>
        {children}
      </select>
    </div>
  );
}
