// The chart of accounts as a table: groups in serif, leaves indented below them, each leaf the way to its ledger.
import { useTranslations } from 'next-intl';
import { Table } from '../../../components/print/table.tsx';
import { isNothing } from '../../../lib/amount.ts';
import { AccountLink } from '../account-name.tsx';
import type { ChartRow } from './chart.ts';

const indent = ['', '!pl-5', '!pl-10', '!pl-14', '!pl-20'];

export function ChartTable({ rows, asOf }: { rows: readonly ChartRow[]; asOf: string }) {
  const t = useTranslations('treasury');
  return (
    <Table
      caption={t('accounts')}
      rows={rows}
      keyOf={({ account }) => account.id}
      scroll
      className="min-w-[520px]"
      columns={[
        { head: t('no'), text: ({ account }) => account.code, className: 'w-24', tone: 'text-ink-2' },
        {
          head: t('account'),
          name: ({ account }) => (
            <>
              {account.leaf ? <AccountLink account={account} days={{ to: asOf }} /> : account.name}
              {account.active ? null : <span className="t-small text-ink-2"> {t('retired')}</span>}
            </>
          ),
          tone: placeOf,
        },
        { head: t('book'), money: ({ book }) => book, tone: (row) => quiet(row, row.book) },
        {
          head: t('tax'),
          money: ({ tax }) => tax,
          tax: true,
          lined: true,
          tone: (row) => quiet(row, row.tax),
        },
      ]}
    />
  );
}

/** Leaves below their group; the groups at the top in serif. */
function placeOf({ account, depth }: ChartRow): string {
  const weight = depth === 0 ? 'part' : 'font-semibold';
  return `${indent[Math.min(depth, 4)]} ${account.leaf ? '' : weight}`;
}

const quiet = ({ account }: ChartRow, amount: string) =>
  account.leaf && !isNothing(amount) ? '' : 'text-ink-2';
