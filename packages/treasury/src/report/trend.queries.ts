// What moved over a span of days, in the steps a plot is drawn from: income and expense by month, members' capital by
// day and cause. Each is one query over the entries; the reports of the same days add up to the same sums.
import type { Database } from '@habitat/database';
import type { CapitalCause } from '../transaction/posting.ts';
import type { Bases } from './report.ts';

/** First and last day, both included. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

export interface IncomeOfMonth {
  /** The month's first day. */
  readonly month: string;
  readonly revenue: Bases;
  readonly expense: Bases;
}

/** Revenue and expense of every month that moved, oldest first, before closing entries; both up is positive. */
export async function incomeByMonth(
  database: Database,
  cooperativeId: string,
  span: Span,
): Promise<IncomeOfMonth[]> {
  const rows = await database.read('treasury', { cooperativeId }, (client) =>
    client.query<
      Record<'revenueBook' | 'revenueTax' | 'expenseBook' | 'expenseTax', bigint> & { month: string }
    >(
      `select date_trunc('month', e.effective_on)::date as month,
         (-coalesce(sum(e.book_minor) filter (where a.type = 'revenue'), 0))::bigint as "revenueBook",
         (-coalesce(sum(e.tax_minor) filter (where a.type = 'revenue'), 0))::bigint as "revenueTax",
         coalesce(sum(e.book_minor) filter (where a.type = 'expense'), 0)::bigint as "expenseBook",
         coalesce(sum(e.tax_minor) filter (where a.type = 'expense'), 0)::bigint as "expenseTax"
       from treasury.account a
       join treasury.entry e on e.cooperative_id = a.cooperative_id and e.account_id = a.id
       where a.cooperative_id = $1 and a.type in ('revenue', 'expense') and not e.is_closing
         and e.effective_on between $2 and $3
       group by 1 order by 1`,
      [cooperativeId, span.from, span.to],
    ),
  );
  return rows.map((row) => ({
    month: row.month,
    revenue: { bookMinor: row.revenueBook, taxMinor: row.revenueTax },
    expense: { bookMinor: row.expenseBook, taxMinor: row.expenseTax },
  }));
}

export interface CapitalMovement extends Bases {
  readonly on: string;
  readonly cause: CapitalCause;
}

export interface CapitalMovements {
  /** What all members had before the first day; up is positive. */
  readonly opening: Bases;
  readonly movements: readonly CapitalMovement[];
}

/** How all members' capital together moved, by day and cause, oldest first. No member can be told from it. */
export async function capitalMovements(
  database: Database,
  cooperativeId: string,
  span: Span,
): Promise<CapitalMovements> {
  const rows = await database.read('treasury', { cooperativeId }, (client) =>
    client.query<CapitalMovement & { on: string | null } & Record<string, unknown>>(
      `select case when e.effective_on < $2 then null else e.effective_on end as "on",
         case when e.effective_on < $2 then 'other' else t.cause::text end as cause,
         (-sum(e.book_minor))::bigint as "bookMinor", (-sum(e.tax_minor))::bigint as "taxMinor"
       from treasury.account a
       join treasury.entry e on e.cooperative_id = a.cooperative_id and e.account_id = a.id
       join treasury.transaction t on t.cooperative_id = e.cooperative_id and t.id = e.transaction_id
       where a.cooperative_id = $1 and a.member_id is not null and e.effective_on <= $3
       group by 1, 2 order by 1 nulls first, 2`,
      [cooperativeId, span.from, span.to],
    ),
  );
  const before = rows.find(({ on }) => on === null);
  return {
    opening: { bookMinor: before?.bookMinor ?? 0n, taxMinor: before?.taxMinor ?? 0n },
    movements: rows.filter(({ on }) => on !== null),
  };
}
