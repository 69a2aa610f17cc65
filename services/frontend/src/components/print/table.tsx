// A table as the books print it: a caption, heads with their scope, amounts at the right, a row's own name as its head,
// rules for sums and totals. What it holds is said column by column, so that no page writes cells of its own.
import type { ReactNode } from 'react';
import { CsvBelow } from './csv-link.tsx';
import { Money } from './money.tsx';
import { Opens } from './opens.tsx';

/** What a column's cells hold: the row's name, words, a figure already printed, or an amount as the API sends it. */
type Held<Row> =
  | { name: (row: Row, index: number) => ReactNode; total?: ReactNode }
  | { text: (row: Row, index: number) => ReactNode; total?: ReactNode }
  | { figure: (row: Row, index: number) => ReactNode; total?: ReactNode }
  | {
      money: (row: Row, index: number) => string | null;
      total?: string | null;
      signed?: boolean;
      /** Where the amount of a row leads; null for who may not look there. */
      opens?: (row: Row) => string | null;
    };

export type Column<Row> = Held<Row> & {
  head: string;
  /** The head is read out, and not shown. */
  unseen?: boolean;
  /** What this column and its neighbours of the same name stand below. */
  group?: string;
  tax?: boolean;
  /** Divided from the column before it: book | tax. */
  lined?: boolean;
  /** Left out where there is less room than this. */
  from?: 'desk' | 'wide';
  /** Of every cell of the column. */
  className?: string;
  /** Of the cells between head and total. */
  tone?: string | ((row: Row) => string);
};

/** Sum: one rule above. Total: a double one below. Draft: a dashed one, because it isn't in the books. */
export type Rule = 'sum' | 'total' | 'draft';
export type TablePart<Row> = { key: string; head?: string; rows: readonly Row[] };

type TableProps<Row> = {
  caption: string;
  /** In their order; nothing stands for one that isn't there. */
  columns: readonly (Column<Row> | false | undefined)[];
  keyOf: (row: Row, index: number) => string;
  /** The rule of the last line, which prints each column's `total`. */
  total?: Rule;
  /** A rule for a line within the table. */
  ruleOf?: (row: Row) => Rule | null;
  /** The place of a line on the page, for an address that names it. */
  anchorOf?: (row: Row) => string;
  /** Scrolls sideways by itself where the page is too narrow, or below a height given as a class. */
  scroll?: boolean | string;
  /** Address of the same table as a file. */
  csv?: string;
  /** Said in place of a table without rows. */
  empty?: string;
  className?: string;
} & ({ rows: readonly Row[] } | { parts: readonly TablePart<Row>[] });

const ruleClass: Record<Rule, string> = { sum: 'sum', total: 'total', draft: 'draft-total' };
const fromClass = { desk: 'max-desk:hidden', wide: 'max-wide:hidden' };

function classOf<Row>(column: Column<Row>, ...more: readonly (string | false | undefined)[]) {
  const own = [
    ('money' in column || 'figure' in column) && 'num',
    column.lined && 'line-left',
    column.from && fromClass[column.from],
    column.className,
  ];
  return [...own, ...more].filter(Boolean).join(' ') || undefined;
}

export function Table<Row>({ scroll, csv, empty, className = '', ...props }: TableProps<Row>) {
  const columns = props.columns.filter((column) => column !== false && column !== undefined);
  const parts = 'parts' in props ? props.parts : [{ key: 'rows', rows: props.rows }];
  if (empty !== undefined && parts.every(({ rows }) => rows.length === 0))
    return <p className="t-body text-ink-2">{empty}</p>;
  const table = (
    <table className={`book ${className}`}>
      <caption className="sr-only">{props.caption}</caption>
      <TableHead columns={columns} />
      {parts.map((part) => (
        <tbody key={part.key}>
          {part.head ? (
            <tr>
              <th scope="rowgroup" colSpan={columns.length} className="part">
                {part.head}
              </th>
            </tr>
          ) : null}
          {part.rows.map((row, index) => (
            <BodyRow
              key={props.keyOf(row, index)}
              {...{ columns, row, index }}
              rule={props.ruleOf?.(row)}
              anchor={props.anchorOf?.(row)}
            />
          ))}
        </tbody>
      ))}
      {props.total ? <TableFoot columns={columns} rule={props.total} /> : null}
    </table>
  );
  return (
    <>
      {scroll ? (
        <div
          className={`scroll-region ${scroll === true ? '' : scroll}`}
          tabIndex={0}
          role="region"
          aria-label={props.caption}
        >
          {table}
        </div>
      ) : (
        table
      )}
      {csv ? <CsvBelow href={csv} of={props.caption} /> : null}
    </>
  );
}

type HeadProps<Row> = { columns: readonly Column<Row>[] };

function TableHead<Row>({ columns }: HeadProps<Row>) {
  return (
    <thead>
      {columns.some(({ group }) => group) ? <GroupRow columns={columns} /> : null}
      <tr>
        {columns.map((column, index) => (
          <th key={index} scope="col" className={classOf(column, column.tax && !column.group && 'tax')}>
            {column.unseen ? <span className="sr-only">{column.head}</span> : column.head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** Book and tax over their columns; over a column of no group nothing stands. */
function GroupRow<Row>({ columns }: HeadProps<Row>) {
  const spans: { first: Column<Row>; count: number }[] = [];
  for (const column of columns) {
    const last = spans.at(-1);
    if (last && column.group && last.first.group === column.group) last.count += 1;
    else spans.push({ first: column, count: 1 });
  }
  return (
    <tr>
      {spans.map(({ first, count }, index) => {
        const classes = [first.tax && 'tax', first.lined && 'line-left', first.from && fromClass[first.from]];
        const className = ['group', ...classes].filter(Boolean).join(' ');
        return first.group ? (
          <th key={index} scope="colgroup" colSpan={count} className={className}>
            {first.group}
          </th>
        ) : (
          <td key={index} className={className} />
        );
      })}
    </tr>
  );
}

type RowProps<Row> = HeadProps<Row> & {
  row: Row;
  index: number;
  rule: Rule | null | undefined;
  anchor: string | undefined;
};

function BodyRow<Row>({ columns, row, index, rule, anchor }: RowProps<Row>) {
  return (
    <tr id={anchor} className={rule ? ruleClass[rule] : undefined}>
      {columns.map((column, at) => {
        const tone = typeof column.tone === 'function' ? column.tone(row) : column.tone;
        const className = classOf(column, tone);
        if ('name' in column)
          return (
            <th key={at} scope="row" className={className}>
              {column.name(row, index)}
            </th>
          );
        return (
          <td key={at} className={className}>
            {'money' in column ? (
              <MoneyCell column={column} row={row} index={index} />
            ) : 'figure' in column ? (
              column.figure(row, index)
            ) : (
              column.text(row, index)
            )}
          </td>
        );
      })}
    </tr>
  );
}

type MoneyProps<Row> = { column: Extract<Column<Row>, { money: unknown }>; row: Row; index: number };

/** Where there is no amount there is nothing to open: a link would have no name. */
function MoneyCell<Row>({ column, row, index }: MoneyProps<Row>) {
  const value = column.money(row, index);
  return (
    <Opens href={value ? (column.opens?.(row) ?? null) : null}>
      <Amount value={value} signed={column.signed} />
    </Opens>
  );
}

function TableFoot<Row>({ columns, rule }: HeadProps<Row> & { rule: Rule }) {
  return (
    <tfoot>
      <tr className={ruleClass[rule]}>
        {columns.map((column, at) =>
          'name' in column ? (
            <th key={at} scope="row" className={classOf(column)}>
              {column.total}
            </th>
          ) : (
            <td key={at} className={classOf(column)}>
              {'money' in column ? <Amount value={column.total} signed={column.signed} /> : column.total}
            </td>
          ),
        )}
      </tr>
    </tfoot>
  );
}

function Amount({ value, signed }: { value: string | null | undefined; signed: boolean | undefined }) {
  return value ? <Money value={value} {...(signed ? { signed } : {})} /> : null;
}
