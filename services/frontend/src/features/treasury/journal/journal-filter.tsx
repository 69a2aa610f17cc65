// What of the journal is wanted.
import { useTranslations } from 'next-intl';
import { FilterDays, FilterInput, FilterSelect } from '../../../components/filter/filter-fields.tsx';
import { FilterForm } from '../../../components/filter/filter-form.tsx';
import type { JournalAccount } from './journal.documents.ts';
import type { JournalFilter } from './journal-search.ts';
import { sources } from './journal-search.ts';

type JournalFilterFormProps = { filter: JournalFilter; accounts: readonly JournalAccount[] };

export function JournalFilterForm({ filter, accounts }: JournalFilterFormProps) {
  const t = useTranslations('treasury');
  const { search, ...narrowing } = filter;
  const nameOf = ({ member, name }: JournalAccount) =>
    member ? t('capitalOf', { name: member.displayName }) : name;
  return (
    <FilterForm
      action="/treasury/journal"
      clearTo="/treasury/journal"
      set={Object.values(narrowing).filter((value) => value !== null).length}
      search={{ label: t('search'), value: search }}
      className="mb-5"
    >
      <FilterDays
        from={{ name: 'from', label: t('from'), value: filter.from }}
        until={{ name: 'to', label: t('to'), value: filter.to }}
      />
      <FilterInput name="amount" label={t('amount')} value={filter.amount} look="amount" />
      <FilterSelect
        name="account"
        label={t('account')}
        value={filter.accountId}
        any={t('any')}
        options={accounts
          .filter(({ leaf }) => leaf)
          .map((account) => ({ value: account.id, text: `${account.code} ${nameOf(account)}` }))}
      />
      <FilterSelect
        name="source"
        label={t('sourceLabel')}
        value={filter.source}
        any={t('any')}
        options={sources.map((source) => ({ value: source, text: t(`sourceName.${source}`) }))}
      />
      <FilterSelect
        name="member"
        label={t('member')}
        value={filter.memberId}
        any={t('any')}
        options={accounts.flatMap(({ member }) =>
          member ? [{ value: member.id, text: member.displayName }] : [],
        )}
      />
    </FilterForm>
  );
}
