// The lines of a transaction, posted or only asked for: debit and credit in both bases side by side.
import { useTranslations } from 'next-intl';
import { totalOf } from '../../../lib/amount.ts';
import { AccountLink } from '../account-name.tsx';
import { Pair } from '../report/trial-balance-table.tsx';
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
  const [book, tax] = [debits('book'), debits('tax')];
  return (
    <div className="scroll-region" tabIndex={0} role="region" aria-label={t('entries')}>
      <table className="book min-w-[480px]">
        <thead>
          <tr>
            <td className="!border-0" />
            <th scope="colgroup" colSpan={2} className="!border-rule !text-center">
              {t('book')}
            </th>
            <th scope="colgroup" colSpan={2} className="tax line-left !border-rule !text-center">
              {t('tax')}
            </th>
          </tr>
          <tr>
            <th scope="col">{t('account')}</th>
            {(['debit', 'credit'] as const).map((side) => (
              <th key={side} scope="col" className="num">
                {t(side)}
              </th>
            ))}
            {(['debit', 'credit'] as const).map((side) => (
              <th key={side} scope="col" className={`num ${side === 'debit' ? 'line-left' : ''}`}>
                {t(side)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry, index) => (
            <tr key={index}>
              <th scope="row" className={entry.book.startsWith('-') ? '!pl-6' : ''}>
                {entry.account ? <AccountLink account={entry.account} code /> : null}
                {entry.memo ? <span className="t-small block text-ink-2">{entry.memo}</span> : null}
              </th>
              <Pair sides={sidesOf(entry.book)} />
              <Pair sides={sidesOf(entry.tax)} lined />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className={draft ? 'draft-total' : 'total'}>
            <th scope="row">{total}</th>
            <Pair sides={{ debit: book, credit: book }} />
            <Pair sides={{ debit: tax, credit: tax }} lined />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
