// SQL of erasures. What is overwritten and destroyed the database does itself (people.erase_member), because no role of
// the product may.
import type { Queryable, Transaction } from '@habitat/database';
import type { Erasure, OpenBusiness } from './erasure.ts';

export const ERASURE_COLUMNS = `erasure_id as "erasureId", member_id as "memberId", status,
  requested_by_member_id as "requestedByMemberId", requested_by_login_id as "requestedByLoginId",
  requested_at as "requestedAt", approved_by_member_id as "approvedByMemberId", approved_at as "approvedAt",
  settled_at as "settledAt", obstacle, obstacle_minor as "obstacleMinor",
  declined_by_member_id as "declinedByMemberId", people.unseal(member_id, ended_reason) as "endedReason"`;

export type ErasureRow = Erasure & Record<string, unknown>;

/** The one of a member that is not settled. */
export async function lockOpenErasure(tx: Transaction, memberId: string): Promise<Erasure | null> {
  const [row] = await tx.query<ErasureRow>(
    `select ${ERASURE_COLUMNS} from people.erasure
     where cooperative_id = $1 and member_id = $2 and settled_at is null for update`,
    [tx.cooperativeId, memberId],
  );
  return row ?? null;
}

/** False when one for this member is open already. */
export async function insertErasure(
  tx: Transaction,
  erasure: { readonly erasureId: string; readonly memberId: string; readonly byMemberId: string },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into people.erasure (cooperative_id, erasure_id, member_id, status, requested_by_member_id,
       requested_by_login_id, requested_at)
     values ($1, $2, $3, 'checking', $4, $5, $6)
     on conflict (cooperative_id, member_id) where settled_at is null do nothing returning 1`,
    [tx.cooperativeId, erasure.erasureId, erasure.memberId, erasure.byMemberId, tx.actor.loginId, tx.now],
  );
  return rows.length === 1;
}

export async function lockErasure(tx: Transaction, erasureId: string): Promise<Erasure | null> {
  const [row] = await tx.query<ErasureRow>(
    `select ${ERASURE_COLUMNS} from people.erasure where cooperative_id = $1 and erasure_id = $2 for update`,
    [tx.cooperativeId, erasureId],
  );
  return row ?? null;
}

/** Moves a locked erasure on. */
export async function updateErasure(
  tx: Transaction,
  erasureId: string,
  next:
    | { readonly status: 'waiting' | 'approved' | 'erased' | 'withdrawn' | 'expired' }
    | { readonly status: 'withdrawn' | 'declined'; readonly reason: string }
    | { readonly status: 'refused'; readonly obstacle: string; readonly obstacleMinor: bigint | null },
): Promise<void> {
  const isSettled = next.status !== 'waiting' && next.status !== 'approved';
  await tx.query(
    `update people.erasure set status = $3, obstacle = $4, obstacle_minor = $5, settled_at = $6,
       approved_by_member_id = case when $3 = 'approved' then $7 else approved_by_member_id end,
       approved_by_login_id = case when $3 = 'approved' then $8 else approved_by_login_id end,
       approved_at = case when $3 = 'approved' then $9 else approved_at end,
       declined_by_member_id = case when $3 = 'declined' then $7::uuid end,
       ended_reason = people.seal(member_id, $10)
     where cooperative_id = $1 and erasure_id = $2`,
    [
      ...[tx.cooperativeId, erasureId, next.status],
      ...(next.status === 'refused' ? [next.obstacle, next.obstacleMinor] : [null, null]),
      ...[isSettled ? tx.now : null, tx.actor.memberId, tx.actor.loginId, tx.now],
      'reason' in next ? next.reason : null,
    ],
  );
}

/** Ends those nobody agreed to in time; returns which of them still waited for a second person. */
export async function expireErasures(
  tx: Transaction,
  ids: readonly string[],
): Promise<readonly { readonly id: string }[]> {
  return tx.query<{ id: string }>(
    `update people.erasure set status = 'expired', settled_at = $2
     where cooperative_id = $1 and status = 'waiting' and erasure_id = any($3::uuid[]) returning erasure_id as id`,
    [tx.cooperativeId, tx.now, ids],
  );
}

/** What of a member's is not over. A period counts as open until it is closed: its surplus is divided only then. */
export async function selectOpenBusiness(
  client: Queryable,
  cooperativeId: string,
  memberId: string,
): Promise<OpenBusiness> {
  const [row] = await client.query<{ openContributions: number; openPeriod: string | null }>(
    `select count(*) filter (where c.status in ('submitted', 'clarification', 'approved', 'valued', 'disputed', 'resolved'))::int
         as "openContributions",
       min(p.name) filter (where c.status = 'applied' and p.status not in ('closed', 'locked')) as "openPeriod"
     from people.contribution c
     left join people.period p on p.cooperative_id = c.cooperative_id and p.period_id = c.period_id
     where c.cooperative_id = $1 and c.member_id = $2`,
    [cooperativeId, memberId],
  );
  if (row === undefined) throw new Error('nothing was counted');
  return row;
}

/** Overwrites what can be overwritten and destroys the member's key; false when that was done before. */
export async function eraseMember(tx: Transaction, memberId: string): Promise<boolean> {
  const [row] = await tx.query<{ erased: boolean }>('select people.erase_member($1, $2) as erased', [
    memberId,
    tx.now,
  ]);
  return row?.erased === true;
}
