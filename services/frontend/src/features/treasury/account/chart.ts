// The chart as a tree in the order of codes, with what a group's leaves stand at together.
import { totalOf } from '../../../lib/amount.ts';
import { negated } from '../../../lib/format.ts';
import type { ChartAccount } from './account.documents.ts';

export type ChartRow = {
  account: ChartAccount;
  depth: number;
  /** As people read it: what an account ordinarily holds is positive. */
  book: string;
  tax: string;
};

/** A debit-positive amount as the reports print it: assets and expenses as debits, the rest as credits. */
export function asRead(type: string, amount: string): string {
  return /^(asset|expense)/i.test(type) ? amount : negated(amount);
}

/** Every account below its group; retired leaves only with `retired`. */
export function chartRows(accounts: readonly ChartAccount[], { retired = false } = {}): ChartRow[] {
  const below = new Map<string | null, ChartAccount[]>();
  for (const account of accounts) {
    const parent = account.parent?.code ?? null;
    below.set(parent, [...(below.get(parent) ?? []), account]);
  }
  const rowsOf = (parent: string | null, depth: number): ChartRow[] =>
    (below.get(parent) ?? [])
      .toSorted((a, b) => (a.code < b.code ? -1 : 1))
      .flatMap((account) => {
        if (!account.active && !retired) return [];
        const inner = rowsOf(account.code, depth + 1);
        const children = inner.filter((row) => row.depth === depth + 1);
        const own = (basis: 'book' | 'tax') =>
          account.balance
            ? asRead(account.type, account.balance[basis])
            : totalOf(['0.00', ...children.map((row) => row[basis])]);
        return [{ account, depth, book: own('book'), tax: own('tax') }, ...inner];
      });
  return rowsOf(null, 0);
}
