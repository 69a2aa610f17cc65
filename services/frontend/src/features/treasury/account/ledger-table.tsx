// One account's ledger, oldest first: what it opened with, every entry with the balance after it, and where it ends. The
// balance comes with each entry, so that a later page carries on where the one before stopped.
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Money } from '../../../components/print/money.tsx';
import { differenceOf } from '../../../lib/amount.ts';
import { useFormat } from '../../../lib/language/use-format.ts';
import type { Basis } from '../report/report-model.ts';
import { sidesOf } from '../two-bases.ts';
import type { LedgerRow } from './account.documents.ts';

type Bases = { book: string; tax: string };
type LedgerTableProps = {
  rows: readonly LedgerRow[];
  basis: 'book' | 'tax';
  /** What it opened with; on a later page, what the page before ended with. */
  opening: Bases;
  openingLabel: string;
  /** What it ends with; absent while there is more to come. */
  closing: Bases | null;
  name: string;
};

export const ledgerBasis = (basis: Basis): 'book' | 'tax' => (basis === 'tax' ? 'tax' : 'book');

/** What an account stood at before a page of its ledger: its first balance less that entry. */
export function openingOf(rows: readonly LedgerRow[], otherwise: Bases): Bases {
  const [first] = rows;
  if (!first) return otherwise;
  return {
    book: differenceOf(first.bookBalance, first.book),
    tax: differenceOf(first.taxBalance, first.tax),
  };
}

export function LedgerTable({ rows, basis, opening, openingLabel, closing, name }: LedgerTableProps) {
  const t = useTranslations('treasury');
  return (
    <div className="scroll-region" tabIndex={0} role="region" aria-label={name}>
      <table className="book min-w-[620px]">
        <thead>
          <tr>
            <th scope="col" className="w-28">
              {t('day')}
            </th>
            <th scope="col">{t('what')}</th>
            {(['debit', 'credit', 'balance'] as const).map((column) => (
              <th key={column} scope="col" className={`num ${basis === 'tax' ? 'tax' : ''}`}>
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <BalanceRow label={openingLabel} value={opening[basis]} />
          {rows.map((row, index) => (
            <EntryRow key={`${row.transaction.id}-${index}`} row={row} basis={basis} />
          ))}
        </tbody>
        {closing ? (
          <tfoot>
            <BalanceRow label={t('closing')} value={closing[basis]} total />
          </tfoot>
        ) : null}
      </table>
    </div>
  );
}

function BalanceRow({ label, value, total }: { label: string; value: string; total?: boolean }) {
  return (
    <tr className={total ? 'total' : ''}>
      <td />
      <th scope="row" className={total ? '' : 'text-ink-2'}>
        {label}
      </th>
      <td />
      <td />
      <td className="num">
        <Money value={value} />
      </td>
    </tr>
  );
}

function EntryRow({ row, basis }: { row: LedgerRow; basis: 'book' | 'tax' }) {
  const { dateShort } = useFormat();
  const { debit, credit } = sidesOf(row[basis]);
  return (
    <tr>
      <td className="whitespace-nowrap text-ink-2">
        <time dateTime={row.effectiveOn}>
          {dateShort(row.effectiveOn)} {row.effectiveOn.slice(0, 4)}
        </time>
      </td>
      <th scope="row">
        <Link
          href={`/treasury/journal?transaction=${encodeURIComponent(row.transaction.id)}`}
          className="cell"
        >
          {row.description}
        </Link>{' '}
        <span className="t-small text-ink-2">
          {row.transaction.number}
          {row.memo ? ` · ${row.memo}` : null}
        </span>
      </th>
      <td className="num">{debit ? <Money value={debit} /> : null}</td>
      <td className="num">{credit ? <Money value={credit} /> : null}</td>
      <td className="num">
        <Money value={basis === 'tax' ? row.taxBalance : row.bookBalance} />
      </td>
    </tr>
  );
}
