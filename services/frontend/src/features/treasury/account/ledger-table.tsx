// One account's ledger, oldest first: what it opened with, every entry with the balance after it, and where it ends. The
// balance comes with each entry, so that a later page carries on where the one before stopped.
import { useTranslations } from 'next-intl';
import { Table } from '../../../components/print/table.tsx';
import { differenceOf } from '../../../lib/amount.ts';
import { useFormat } from '../../../lib/language/use-format.ts';
import { sidesOf } from '../two-bases.ts';
import type { LedgerRow } from './account.documents.ts';
import { Link } from '../../../components/link.tsx';

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

/** What an account stood at before a page of its ledger: its first balance less that entry. */
export function openingOf(rows: readonly LedgerRow[], otherwise: Bases): Bases {
  const [first] = rows;
  if (!first) return otherwise;
  return {
    book: differenceOf(first.bookBalance, first.book),
    tax: differenceOf(first.taxBalance, first.tax),
  };
}

/** Before the first entry stands what the account opened with. */
type Row = LedgerRow | { opening: string };

export function LedgerTable({ rows, basis, opening, openingLabel, closing, name }: LedgerTableProps) {
  const t = useTranslations('treasury');
  const { dateShort } = useFormat();
  const shown: Row[] = [{ opening: opening[basis] }, ...rows];
  const side = (row: Row) => ('opening' in row ? { debit: null, credit: null } : sidesOf(row[basis]));
  const tax = basis === 'tax';
  return (
    <Table
      caption={name}
      rows={shown}
      keyOf={(row, index) => ('opening' in row ? 'opening' : `${row.transaction.id}-${index}`)}
      {...(closing ? { total: 'total' as const } : {})}
      scroll
      className="min-w-[620px]"
      columns={[
        {
          head: t('day'),
          text: (row) =>
            'opening' in row ? null : (
              <time dateTime={row.effectiveOn}>
                {dateShort(row.effectiveOn)} {row.effectiveOn.slice(0, 4)}
              </time>
            ),
          className: 'w-28 whitespace-nowrap',
          tone: 'text-ink-2',
        },
        {
          head: t('what'),
          name: (row) => ('opening' in row ? openingLabel : <Entry row={row} />),
          total: t('closing'),
          tone: (row) => ('opening' in row ? 'text-ink-2' : ''),
        },
        { head: t('debit'), money: (row) => side(row).debit, tax },
        { head: t('credit'), money: (row) => side(row).credit, tax },
        {
          head: t('balance'),
          money: (row) => ('opening' in row ? row.opening : tax ? row.taxBalance : row.bookBalance),
          total: closing?.[basis] ?? null,
          tax,
        },
      ]}
    />
  );
}

function Entry({ row }: { row: LedgerRow }) {
  return (
    <>
      <Link href={`/treasury/journal?transaction=${encodeURIComponent(row.transaction.id)}`} className="cell">
        {row.description}
      </Link>{' '}
      <span className="t-small text-ink-2">
        {row.transaction.number}
        {row.memo ? ` · ${row.memo}` : null}
      </span>
    </>
  );
}
