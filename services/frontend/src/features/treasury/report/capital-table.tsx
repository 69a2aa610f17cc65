// What every member has in capital at the end of a day, and what it is made of. Each name opens that member's capital.
import { useTranslations } from 'next-intl';
import { Opens } from '../../../components/print/opens.tsx';
import { Table } from '../../../components/print/table.tsx';
import { isNothing, totalOf } from '../../../lib/amount.ts';
import { capitalHref } from '../journal/journal-search.ts';
import type { MemberCapital } from './report.documents.ts';

export const causes = ['work', 'cash', 'in_kind', 'surplus', 'paid_out', 'other'] as const;

export function amountOfCause(row: Pick<MemberCapital, 'byCause'>, cause: string): string {
  return totalOf(['0.00', ...row.byCause.filter((one) => one.cause === cause).map(({ book }) => book)]);
}

type CapitalTableProps = {
  rows: readonly MemberCapital[];
  asOf: string;
  /** Whether this person may look into the journal: then each amount leads to its entries. */
  opensJournal: boolean;
};

export function CapitalTable({ rows, asOf, opensJournal }: CapitalTableProps) {
  const t = useTranslations('treasury');
  const opens = ({ member }: MemberCapital) =>
    `/treasury/capital/${encodeURIComponent(member.id)}?asOf=${asOf}`;
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
          name: (row) => <Opens href={opens(row)}>{row.member.displayName}</Opens>,
          total: t('total'),
        },
        ...causes.map((cause) => ({
          head: t(`cause.${cause}`),
          money: (row: MemberCapital) => filled(amountOfCause(row, cause)),
          total: sum((row) => amountOfCause(row, cause)),
          opens: ({ member }: MemberCapital) =>
            opensJournal ? capitalHref(member.id, { cause, to: asOf }) : null,
          tone: 'text-ink-2',
        })),
        { head: t('book'), money: ({ book }) => book, opens, total: sum(({ book }) => book), lined: true },
        { head: t('tax'), money: ({ tax }) => tax, opens, total: sum(({ tax }) => tax), tax: true },
      ]}
    />
  );
}

/** Nothing is left blank, so that what is there stands out. */
const filled = (value: string) => (isNothing(value) ? null : value);
