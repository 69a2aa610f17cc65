// What every member has in capital at the end of a day, and what it is made of. Each name opens that member's capital.
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Table } from '../../../components/print/table.tsx';
import { isNothing, totalOf } from '../../../lib/amount.ts';
import type { MemberCapital } from './report.documents.ts';

export const causes = ['work', 'cash', 'in_kind', 'surplus', 'paid_out', 'other'] as const;

export function amountOfCause(row: Pick<MemberCapital, 'byCause'>, cause: string): string {
  return totalOf(['0.00', ...row.byCause.filter((one) => one.cause === cause).map(({ book }) => book)]);
}

export function CapitalTable({ rows, asOf }: { rows: readonly MemberCapital[]; asOf: string }) {
  const t = useTranslations('treasury');
  const sum = (of: (row: MemberCapital) => string) => totalOf(['0.00', ...rows.map(of)]);
  return (
    <Table
      caption={t('memberCapital')}
      rows={rows}
      keyOf={({ member }) => member.id}
      total="total"
      scroll
      className="min-w-[760px]"
      columns={[
        {
          head: t('member'),
          name: ({ member }) => (
            <Link href={`/treasury/capital/${encodeURIComponent(member.id)}?asOf=${asOf}`} className="cell">
              {member.displayName}
            </Link>
          ),
          total: t('total'),
        },
        ...causes.map((cause) => ({
          head: t(`cause.${cause}`),
          money: (row: MemberCapital) => filled(amountOfCause(row, cause)),
          total: sum((row) => amountOfCause(row, cause)),
          tone: 'text-ink-2',
        })),
        { head: t('book'), money: ({ book }) => book, total: sum(({ book }) => book), lined: true },
        { head: t('tax'), money: ({ tax }) => tax, total: sum(({ tax }) => tax), tax: true },
      ]}
    />
  );
}

/** Nothing is left blank, so that what is there stands out. */
const filled = (value: string) => (isNothing(value) ? null : value);
