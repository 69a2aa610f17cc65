// The lines of a transaction, posted or only asked for: debit and credit in both bases side by side.
import { useTranslations } from 'next-intl';
import { Table } from '../../../components/print/table.tsx';
import { totalOf } from '../../../lib/amount.ts';
import { AccountLink } from '../account-name.tsx';
import { useSides } from '../sides.ts';
import { sidesOf } from '../two-bases.ts';

type Entry = {
  book: string;
  tax: string;
  memo: string | null;
  account: { id: string; code: string; name: string; member: { displayName: string } | null } | null;
};

type EntryTableProps = { entries: readonly Entry[]; total: string; draft?: boolean };

export function EntryTable({ entries, total, draft }: EntryTableProps) {
  const t = useTranslations('treasury');
  const debits = (basis: 'book' | 'tax') =>
    totalOf(['0.00', ...entries.flatMap((entry) => sidesOf(entry[basis]).debit ?? [])]);
  const pair = useSides<Entry>();
  return (
    <Table
      caption={t('entries')}
      rows={entries}
      keyOf={(_, index) => String(index)}
      total={draft ? 'draft' : 'total'}
      scroll
      className="min-w-[480px]"
      columns={[
        {
          head: t('account'),
          name: ({ account, memo }) => (
            <>
              {account ? <AccountLink account={account} code /> : null}
              {memo ? <span className="t-small block text-ink-2">{memo}</span> : null}
            </>
          ),
          total,
          tone: ({ book }) => (book.startsWith('-') ? '!pl-6' : ''),
        },
        ...pair((entry) => entry.book, { group: t('book'), total: debits('book') }),
        ...pair((entry) => entry.tax, { group: t('tax'), tax: true, total: debits('tax') }),
      ]}
    />
  );
}
