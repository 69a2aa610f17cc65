// A report as parts, lines and sums in the columns asked for. The page prints it and the file lists it, so that both
// always say the same.
import { differenceOf, totalOf } from '../../../lib/amount.ts';
import type { BalanceSheet, IncomeStatement, SectionLine } from './report.documents.ts';

export type Basis = 'book' | 'tax' | 'both';
export const bases = ['book', 'tax', 'both'] as const;
export const basisOf = (text: string | undefined): Basis => bases.find((one) => one === text) ?? 'both';

/** One column: a basis, now or at the earlier date it is compared with. */
export type Column = { basis: 'book' | 'tax'; at: 'now' | 'before' };
export type Line = { key: string; account: SectionLine['account'] | null; values: readonly string[] };
export type SumName =
  'assets' | 'liabilities' | 'equity' | 'revenue' | 'expense' | 'equityAndLiabilities' | 'netIncome';
export type Part = { name: SumName; lines: readonly Line[]; total: readonly string[] };
export type Report = {
  columns: readonly Column[];
  parts: readonly Part[];
  /** What closes the report, under a double rule. */
  end: { name: SumName; values: readonly string[] };
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
function partOf(name: SumName, columns: readonly Column[], now: Section, before: Section | null): Part {
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
