// Sums over members' capital leaves, for statements, dashboards and the end of a period.
import type { Queryable } from '@habitat/database';
import type { CapitalMovement, CapitalStatement } from './capital-account.ts';
import { capitalStatement } from './capital-account.ts';

/**
 * Capital statements of members (all, or those named) over the days from–to. Members with a capital account and no
 * movement have a statement of zeros. `knownAt` leaves out what was written later.
 */
export async function selectCapitalStatements(
  client: Queryable,
  cooperativeId: string,
  span: {
    readonly from: string;
    readonly to: string;
    readonly memberIds?: readonly string[] | null;
    readonly knownAt?: Date | null;
  },
): Promise<CapitalStatement[]> {
  const rows = await client.query<CapitalMovement & Record<string, unknown>>(
    `select a.member_id as "memberId", a.id as "accountId", coalesce(m.is_opening, true) as "isOpening",
       coalesce(m.cause, 'other') as cause, coalesce(m.book, 0)::bigint as "bookMinor", coalesce(m.tax, 0)::bigint as "taxMinor"
     from treasury.account a
     left join lateral (
       select e.effective_on < $2 as is_opening, t.cause, -sum(e.book_minor) as book, -sum(e.tax_minor) as tax
       from treasury.entry e
       join treasury.transaction t on t.cooperative_id = e.cooperative_id and t.id = e.transaction_id
       where e.cooperative_id = a.cooperative_id and e.account_id = a.id and e.effective_on <= $3
         and ($5::timestamptz is null or e.recorded_at <= $5)
       group by 1, 2
     ) m on true
     where a.cooperative_id = $1 and a.member_id is not null and ($4::uuid[] is null or a.member_id = any ($4::uuid[]))
     order by a.code`,
    [
      cooperativeId,
      span.from,
      span.to,
      span.memberIds == null ? null : [...span.memberIds],
      span.knownAt ?? null,
    ],
  );
  const byMember = new Map<string, CapitalMovement[]>();
  for (const row of rows) byMember.set(row.memberId, [...(byMember.get(row.memberId) ?? []), row]);
  return [...byMember].map(([memberId, movements]) =>
    capitalStatement(memberId, movements[0]?.accountId ?? '', movements),
  );
}
