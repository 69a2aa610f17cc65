// A report as parts, lines and sums in the columns asked for. The page prints it and the file lists it, so that both
// always say the same.
import { differenceOf, isNothing, totalOf } from '../../../lib/amount.ts';
import type { BalanceSheet, CashFlow, IncomeStatement, SectionLine } from './report.documents.ts';

export type Basis = 'book' | 'tax' | 'both';
export const bases = ['book', 'tax', 'both'] as const;
export const basisOf = (text: string | undefined): Basis => bases.find((one) => one === text) ?? 'both';

/** One column: a basis, now or at the earlier date it is compared with. */
export type Column = { basis: 'book' | 'tax'; at: 'now' | 'before' };
/** A line without an account is one of the report's own, named by its key. */
export type OwnLine = 'netIncome' | 'opening' | 'change';
export type Line = { values: readonly string[] } & (
  { key: string; account: SectionLine['account'] } | { key: OwnLine; account: null }
);
export type SumName =
  | ('assets' | 'liabilities' | 'equity' | 'equityAndLiabilities')
  | ('revenue' | 'expense' | 'netIncome')
  | ('operating' | 'investing' | 'financing' | 'cash');
/** Without a total: what its lines come to is the end of the report. */
export type Part = { name: SumName; lines: readonly Line[]; total: readonly string[] | null };
export type EndName = 'equityAndLiabilities' | 'netIncome' | 'cash';
export type Report = {
  columns: readonly Column[];
  parts: readonly Part[];
  /** What closes the report, under a double rule. */
  end: { name: EndName; values: readonly string[] };
};

type Bases = { book: string; tax: string };
type Section = { total: Bases; lines: readonly SectionLine[] };

export function columnsOf(basis: Basis, compared: boolean): Column[] {
  const shown = basis === 'both' ? (['book', 'tax'] as const) : ([basis] as const);
  return shown.flatMap((one) =>
    (compared ? (['now', 'before'] as const) : (['now'] as const)).map((at) => ({ basis: one, at })),
  );
}

const inColumns = (columns: readonly Column[], now: Bases, before: Bases) =>
  columns.map(({ basis, at }) => (at === 'now' ? now : before)[basis]);

/** Lines of both dates under one another by code: one that stood at nothing on one of them stands there as zero. */
function partOf(
  name: SumName,
  columns: readonly Column[],
  now: Section,
  before: Section | null,
): Part & { total: readonly string[] } {
  const nothing = differenceOf(now.total.book, now.total.book);
  const none = { book: nothing, tax: nothing };
  const byCode = new Map<string, SectionLine['account']>();
  for (const { account } of [...now.lines, ...(before?.lines ?? [])]) byCode.set(account.code, account);
  const amounts = (section: Section | null, code: string): Bases =>
    section?.lines.find((line) => line.account.code === code) ?? none;
  const lines = [...byCode]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, account]) => ({
      key: code,
      account,
      values: inColumns(columns, amounts(now, code), amounts(before, code)),
    }));
  return { name, lines, total: inColumns(columns, now.total, before?.total ?? none) };
}

/** Assets against liabilities and equity; income not closed yet stands in equity as a line of its own. */
export function balanceSheetReport(
  now: BalanceSheet,
  before: BalanceSheet | null,
  columns: readonly Column[],
): Report {
  const equity = partOf('equity', columns, now.equity, before?.equity ?? null);
  const income = inColumns(columns, now.netIncome, before?.netIncome ?? now.netIncome);
  return {
    columns,
    parts: [
      partOf('assets', columns, now.assets, before?.assets ?? null),
      partOf('liabilities', columns, now.liabilities, before?.liabilities ?? null),
      {
        ...equity,
        lines: [...equity.lines, { key: 'netIncome', account: null, values: income }],
        total: equity.total.map((amount, index) => totalOf([amount, income[index] ?? '0'])),
      },
    ],
    end: {
      name: 'equityAndLiabilities',
      values: inColumns(columns, now.equityAndLiabilities, before?.equityAndLiabilities ?? now.netIncome),
    },
  };
}

/** Revenue less expenses. */
export function incomeReport(
  now: IncomeStatement,
  before: IncomeStatement | null,
  columns: readonly Column[],
): Report {
  return {
    columns,
    parts: [
      partOf('revenue', columns, now.revenue, before?.revenue ?? null),
      partOf('expense', columns, now.expense, before?.expense ?? null),
    ],
    end: { name: 'netIncome', values: inColumns(columns, now.netIncome, before?.netIncome ?? now.netIncome) },
  };
}

/** Whether nothing moved cash in these days and there was none. */
export const hasNoFlow = ({ opening, operating, investing, financing }: CashFlow): boolean =>
  isNothing(opening.book) && [operating, investing, financing].every(({ lines }) => lines.length === 0);

/** What cash was for, and from the cash there was to the cash there is. */
export function cashFlowReport(now: CashFlow, before: CashFlow | null, columns: readonly Column[]): Report {
  const own = (key: 'opening' | 'change'): Line => ({
    key,
    account: null,
    values: inColumns(columns, now[key], before?.[key] ?? now[key]),
  });
  return {
    columns,
    parts: [
      partOf('operating', columns, now.operating, before?.operating ?? null),
      partOf('investing', columns, now.investing, before?.investing ?? null),
      partOf('financing', columns, now.financing, before?.financing ?? null),
      { name: 'cash', lines: [own('opening'), own('change')], total: null },
    ],
    end: { name: 'cash', values: inColumns(columns, now.closing, before?.closing ?? now.closing) },
  };
}
