// Reads about members' capital: standing by cause, the statement of a span of days, and the steps of the plot.
import type { Database } from '@habitat/database';
import type { CapitalCause } from '../transaction/posting.ts';
import type { CapitalAmount, CapitalChange, CapitalStatement } from './capital-account.ts';
import { selectCapitalStatements } from './capital-account.store.ts';

export interface MemberCapitalView extends CapitalAmount {
  readonly memberId: string;
  readonly byCause: readonly CapitalChange[];
}

/** What every member (or those named) has in capital at a day, by cause since the beginning. */
export async function listMemberCapital(
  database: Database,
  cooperativeId: string,
  at: {
    readonly asOf: string;
    readonly asKnownAt?: Date | null;
    readonly memberIds?: readonly string[] | null;
  },
): Promise<MemberCapitalView[]> {
  const statements = await memberCapitalStatement(database, cooperativeId, {
    from: '0001-01-01',
    to: at.asOf,
    asKnownAt: at.asKnownAt ?? null,
    memberIds: at.memberIds ?? null,
  });
  return statements.map(({ memberId, closing, changes }) => ({ memberId, ...closing, byCause: changes }));
}

/** Opening, changes by cause and closing of each member over the days from–to, both included. */
export async function memberCapitalStatement(
  database: Database,
  cooperativeId: string,
  span: {
    readonly from: string;
    readonly to: string;
    readonly asKnownAt?: Date | null;
    readonly memberIds?: readonly string[] | null;
  },
): Promise<CapitalStatement[]> {
  return database.read('treasury', { cooperativeId }, (client) =>
    selectCapitalStatements(client, cooperativeId, {
      from: span.from,
      to: span.to,
      knownAt: span.asKnownAt ?? null,
      memberIds: span.memberIds ?? null,
    }),
  );
}

export interface CapitalPoint extends CapitalAmount {
  readonly memberId: string;
  readonly on: string;
  readonly cause: CapitalCause;
  readonly label: string;
}

const MOST_POINTS = 2_000;

/**
 * The steps of each member's capital: its standing after every day and cause it moved for, oldest first.
 * Of a member with more than 2,000 steps the latest are given.
 */
export async function capitalHistory(
  database: Database,
  cooperativeId: string,
  memberIds: readonly string[],
  asOf: string,
): Promise<CapitalPoint[]> {
  return database.read('treasury', { cooperativeId }, (client) =>
    client.query<CapitalPoint & Record<string, unknown>>(
      `select "memberId", "on", cause, label, "bookMinor", "taxMinor" from (
         select step.*, row_number() over (partition by "memberId" order by "on" desc, last_number desc) as back from (
           select "memberId", "on", cause, label, last_number,
             (sum(book) over w)::bigint as "bookMinor", (sum(tax) over w)::bigint as "taxMinor"
           from (
             select a.member_id as "memberId", e.effective_on as "on", t.cause, max(t.number) as last_number,
               (array_agg(t.description order by t.number desc))[1] as label, -sum(e.book_minor) as book, -sum(e.tax_minor) as tax
             from treasury.account a
             join treasury.entry e on e.cooperative_id = a.cooperative_id and e.account_id = a.id
             join treasury.transaction t on t.cooperative_id = e.cooperative_id and t.id = e.transaction_id
             where a.cooperative_id = $1 and a.member_id = any ($2::uuid[]) and e.effective_on <= $3
             group by 1, 2, 3
           ) day
           window w as (partition by "memberId" order by "on", last_number)
         ) step
       ) ranked
       where back <= $4
       order by "memberId", back desc`,
      [cooperativeId, [...memberIds], asOf, MOST_POINTS],
    ),
  );
}
