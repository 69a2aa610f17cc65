// A report as a table: parts with their lines, a single rule above each sum, and a double one under the last.
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Fragment } from 'react';
import { Money } from '../../../components/print/money.tsx';
import { AccountLink } from '../account-name.tsx';
import type { Column, Report, SumName } from './report-model.ts';

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

const startsTax = (columns: readonly Column[], index: number) =>
  index > 0 && columns[index]?.basis === 'tax' && columns[index - 1]?.basis === 'book';

export function ReportTable({ report, name, heads, days, incomeHref }: ReportTableProps) {
  const t = useTranslations('treasury');
  const { columns, parts, end } = report;
  return (
    <div className="scroll-region" tabIndex={0} role="region" aria-label={name}>
      <table className={columns.length > 2 ? 'book min-w-[620px]' : 'book'}>
        <ReportHead columns={columns} heads={heads} />
        <tbody>
          {parts.map((part) => (
            <Fragment key={part.name}>
              <tr>
                <th scope="colgroup" colSpan={2 + columns.length} className="!pt-4 font-serif !text-[17px]">
                  {t(`sum.${part.name}`)}
                </th>
              </tr>
              {part.lines.map((line) => (
                <tr key={line.key}>
                  <td className="w-24 text-ink-2">{line.account?.code}</td>
                  <th scope="row">
                    {line.account ? (
                      <AccountLink account={line.account} days={days} />
                    ) : incomeHref ? (
                      <Link href={incomeHref} className="cell">
                        {t('notClosed')}
                      </Link>
                    ) : (
                      t('notClosed')
                    )}
                  </th>
                  <Amounts values={line.values} columns={columns} />
                </tr>
              ))}
              <SumRow name={part.name} values={part.total} columns={columns} />
            </Fragment>
          ))}
        </tbody>
        <tfoot>
          <SumRow name={end.name} values={end.values} columns={columns} last />
        </tfoot>
      </table>
    </div>
  );
}

function ReportHead({ columns, heads }: { columns: readonly Column[]; heads: ReportTableProps['heads'] }) {
  const t = useTranslations('treasury');
  const each = columns.some(({ at }) => at === 'before');
  const groups = (['book', 'tax'] as const).flatMap((basis) => {
    const count = columns.filter((column) => column.basis === basis).length;
    return count > 0 ? [{ basis, count }] : [];
  });
  return (
    <thead>
      {each ? (
        <tr>
          <td className="!border-0" />
          <td className="!border-0" />
          {groups.map(({ basis, count }, index) => (
            <th
              key={basis}
              scope="colgroup"
              colSpan={count}
              className={`!border-rule !text-center ${basis === 'tax' ? 'tax' : ''} ${index > 0 ? 'line-left' : ''}`}
            >
              {t(basis)}
            </th>
          ))}
        </tr>
      ) : null}
      <tr>
        <th scope="col" className="w-24">
          {t('no')}
        </th>
        <th scope="col">{t('account')}</th>
        {columns.map((column, index) => (
          <th
            key={`${column.basis}${column.at}`}
            scope="col"
            className={`num ${column.basis === 'tax' && !each ? 'tax' : ''} ${startsTax(columns, index) ? 'line-left' : ''}`}
          >
            {each ? heads[column.at] : t(column.basis)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function SumRow({
  name,
  values,
  columns,
  last,
}: {
  name: SumName;
  values: readonly string[];
  columns: readonly Column[];
  last?: boolean;
}) {
  const t = useTranslations('treasury');
  return (
    <tr className={last ? 'total' : 'sum'}>
      <td />
      <th scope="row">{last ? t(`end.${name as 'netIncome'}`) : t('sumOf', { what: t(`sum.${name}`) })}</th>
      <Amounts values={values} columns={columns} />
    </tr>
  );
}

function Amounts({ values, columns }: { values: readonly string[]; columns: readonly Column[] }) {
  return (
    <>
      {columns.map((column, index) => (
        <td
          key={`${column.basis}${column.at}`}
          className={`num ${column.at === 'before' ? 'text-ink-2' : ''} ${startsTax(columns, index) ? 'line-left' : ''}`}
        >
          <Money value={values[index] ?? '0'} />
        </td>
      ))}
    </>
  );
}
