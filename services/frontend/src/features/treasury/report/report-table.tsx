// A report as a table: parts with their lines, a single rule above each sum, and a double one under the last.
import { useTranslations } from 'next-intl';
import type { Column } from '../../../components/print/table.tsx';
import { Table } from '../../../components/print/table.tsx';
import { AccountLink } from '../account-name.tsx';
import type { Line, Part, Report } from './report-model.ts';
import { Link } from '../../../components/link.tsx';

type ReportTableProps = {
  report: Report;
  name: string;
  /** What the columns of now and before are headed by. */
  heads: { now: string; before: string };
  /** The days behind a figure, for the ledger it opens. */
  days: { from?: string; to?: string };
  /** What opens income not closed yet. */
  incomeHref?: string;
};

/** A line of the report, or the sum of a part of it. */
type Row = Line | { key: 'sum'; name: Part['name']; total: readonly string[] };

export function ReportTable({ report, name, heads, days, incomeHref }: ReportTableProps) {
  const t = useTranslations('treasury');
  const nameOf = (row: Row) => {
    if ('name' in row) return t('sumOf', { what: t(`sum.${row.name}`) });
    if (row.account) return <AccountLink account={row.account} days={days} />;
    if (row.key !== 'netIncome' || !incomeHref) return t(`own.${row.key}`);
    return (
      <Link href={incomeHref} className="cell">
        {t('own.netIncome')}
      </Link>
    );
  };
  return (
    <Table<Row>
      caption={name}
      parts={report.parts.map((part) => ({
        key: part.name,
        head: t(`sum.${part.name}`),
        rows: part.total ? [...part.lines, { key: 'sum', name: part.name, total: part.total }] : part.lines,
      }))}
      keyOf={({ key }) => key}
      ruleOf={(row) => ('name' in row ? 'sum' : null)}
      total="total"
      scroll
      className={report.columns.length > 2 ? 'min-w-[620px]' : ''}
      columns={[
        {
          head: t('no'),
          text: (row) => ('name' in row ? null : row.account?.code),
          className: 'w-24',
          tone: 'text-ink-2',
          from: 'desk',
        },
        { head: t('account'), name: nameOf, total: t(`end.${report.end.name}`) },
        ...amountColumns(report, heads, { book: t('book'), tax: t('tax') }),
      ]}
    />
  );
}

type BasisWords = { book: string; tax: string };

/** Each basis is a column, or stands over two: now, and the earlier date it is compared with. */
function amountColumns(report: Report, heads: ReportTableProps['heads'], words: BasisWords): Column<Row>[] {
  const { columns, end } = report;
  const compared = columns.some(({ at }) => at === 'before');
  return columns.map(({ basis, at }, index) => ({
    head: compared ? heads[at] : words[basis],
    ...(compared ? { group: words[basis] } : {}),
    money: (row) => ('name' in row ? row.total : row.values)[index] ?? '0',
    total: end.values[index] ?? '0',
    tax: basis === 'tax',
    lined: basis === 'tax' && columns[index - 1]?.basis === 'book',
    tone: at === 'before' ? 'text-ink-2' : '',
  }));
}
