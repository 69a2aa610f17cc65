// Distributions in SQL: candidates by basis, the distribution and its lines. Whoever plans or promises money holds
// the cooperative's row, so two distributions never promise the same cash.
import type { Queryable, Transaction } from '@habitat/database';
import { encodePayload } from '@habitat/events';
import { newId } from '@habitat/kernel';
import { signatureOf } from '../signature.ts';
import type { Candidate, DistributionBasis, LineState, Plan } from './distribution.ts';

/** Lines whose money is promised but has not left yet. */
const promised = `('calculated', 'approved', 'scheduling', 'scheduled', 'paying', 'voiding')`;
/** Lines whose payable is not in the ledger yet, so that the member's capital still shows it. */
const unbooked = `('calculated', 'approved', 'scheduling')`;

/** Takes the cooperative's row: plans come one after the other. */
export async function lockPlanning(tx: Transaction): Promise<void> {
  await tx.query('select from agreements.cooperative where cooperative_id = $1 for update', [
    tx.cooperativeId,
  ]);
}

/** Money promised in distributions and not paid yet. */
export async function committedCash(db: Queryable, cooperativeId: string): Promise<bigint> {
  const [row] = await db.query<{ committed: bigint }>(
    `select coalesce(sum(amount_minor), 0)::bigint as committed from agreements.distribution_line
     where cooperative_id = $1 and state in ${promised}`,
    [cooperativeId],
  );
  return row?.committed ?? 0n;
}

const capacity = `m.dro_minor
  + (select coalesce(sum(c.book_minor), 0) from agreements.capital_change c
     where c.cooperative_id = m.cooperative_id and c.member_id = m.id)
  - (select coalesce(sum(l.amount_minor), 0) from agreements.distribution_line l
     where l.cooperative_id = m.cooperative_id and l.member_id = m.id and l.state in ${unbooked})`;

const candidatesBy: Readonly<Record<DistributionBasis, string>> = {
  allocation: `
    select o.member_id as "memberId", o.id as "lotId",
      (o.cash_minor - coalesce(taken.paid, 0) - coalesce(pending.amount, 0))::bigint as weight,
      (${capacity})::bigint as "capacityMinor"
    from agreements.retained_lot o
    join agreements.member m on m.cooperative_id = o.cooperative_id and m.id = o.member_id
    left join lateral (select sum(v.amount_minor) as paid from agreements.lot_movement v
                       where v.cooperative_id = o.cooperative_id and v.lot_id = o.id) taken on true
    left join lateral (select sum(l.amount_minor) as amount from agreements.distribution_line l
                       where l.cooperative_id = o.cooperative_id and l.lot_id = o.id and l.state in ${promised}) pending on true
    where o.cooperative_id = $1 and o.allocation_id = $2 and ($3::uuid[] is null or o.member_id = any ($3::uuid[]))
    order by o.member_id`,
  capital_account: `
    select m.id as "memberId", null::uuid as "lotId",
      (select coalesce(sum(c.book_minor), 0) from agreements.capital_change c
       where c.cooperative_id = m.cooperative_id and c.member_id = m.id)::bigint as weight,
      (${capacity})::bigint as "capacityMinor"
    from agreements.member m
    where m.cooperative_id = $1 and $2::uuid is null and ($3::uuid[] is null or m.id = any ($3::uuid[])) order by m.id`,
  equal: `
    select m.id as "memberId", null::uuid as "lotId", 1::bigint as weight, (${capacity})::bigint as "capacityMinor"
    from agreements.member m
    where m.cooperative_id = $1 and $2::uuid is null and ($3::uuid[] is null or m.id = any ($3::uuid[]))
      and m.status = 'active' order by m.id`,
};

/** Who may be paid on a basis, by what, and how much at most. */
export async function loadCandidates(
  db: Queryable,
  cooperativeId: string,
  wanted: {
    readonly basis: DistributionBasis;
    readonly allocationId: string | null;
    readonly memberIds: readonly string[] | null;
  },
): Promise<Candidate[]> {
  return db.query<Candidate & Record<string, unknown>>(candidatesBy[wanted.basis], [
    cooperativeId,
    wanted.allocationId,
    wanted.memberIds,
  ]);
}

export interface NewDistribution {
  readonly basis: DistributionBasis;
  readonly periodId: string | null;
  readonly allocationId: string | null;
  readonly plan: Plan;
  readonly cashMinor: bigint;
  readonly committedMinor: bigint;
  readonly reserveMinor: bigint;
  readonly policiesId: string;
}

/** Writes a calculated distribution and its lines; the caller holds the planning lock. */
export async function insertDistribution(tx: Transaction, distribution: NewDistribution): Promise<string> {
  const id = newId();
  const { loginId, memberId } = signatureOf(tx.actor);
  const { plan } = distribution;
  await tx.query(
    `insert into agreements.distribution (cooperative_id, id, number, basis, period_id, allocation_id, asked_minor,
       total_minor, reduced_reason, cash_minor, committed_minor, reserve_minor, policies_id, by_login_id, by_member_id,
       recorded_at)
     select $1, $2, 1 + coalesce(max(number), 0), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
     from agreements.distribution where cooperative_id = $1`,
    [
      tx.cooperativeId,
      id,
      distribution.basis,
      distribution.periodId,
      distribution.allocationId,
      plan.askedMinor,
      plan.totalMinor,
      plan.reducedReason,
      distribution.cashMinor,
      distribution.committedMinor,
      distribution.reserveMinor,
      distribution.policiesId,
      loginId,
      memberId,
      tx.now,
    ],
  );
  await tx.query(
    `insert into agreements.distribution_line (cooperative_id, id, distribution_id, member_id, lot_id, asked_minor,
       amount_minor, reduced_reason, state, changed_at)
     select $1, l.id, $2, l."memberId", l."lotId", l."askedMinor", l."amountMinor", l."reducedReason", 'calculated', $4
     from jsonb_to_recordset($3::jsonb) as l(id uuid, "memberId" uuid, "lotId" uuid, "askedMinor" bigint,
       "amountMinor" bigint, "reducedReason" text)`,
    [tx.cooperativeId, id, encodePayload(plan.lines.map((line) => ({ id: newId(), ...line }))), tx.now],
  );
  return id;
}

export interface LineRow {
  readonly id: string;
  readonly distributionId: string;
  readonly memberId: string;
  readonly lotId: string | null;
  readonly askedMinor: bigint;
  readonly amountMinor: bigint;
  readonly reducedReason: string | null;
  readonly state: LineState;
  readonly payOn: string | null;
  readonly paidOn: string | null;
  readonly reference: string | null;
  readonly problem: string | null;
  readonly problemMostMinor: bigint | null;
  readonly voidOutcome: 'failed' | 'cancelled' | null;
  readonly reason: string | null;
}

export const lineColumns = `l.id, l.distribution_id as "distributionId", l.member_id as "memberId", l.lot_id as "lotId",
  l.asked_minor as "askedMinor", l.amount_minor as "amountMinor", l.reduced_reason as "reducedReason", l.state,
  l.pay_on as "payOn", l.paid_on as "paidOn", l.reference, l.problem, l.problem_most_minor as "problemMostMinor",
  l.void_outcome as "voidOutcome", l.reason`;

/** Locks and reads all lines of a distribution, in id order; empty when there is no such distribution. */
export async function lockLines(tx: Transaction, distributionId: string): Promise<LineRow[]> {
  return tx.query<LineRow & Record<string, unknown>>(
    `select ${lineColumns} from agreements.distribution_line l
     where l.cooperative_id = $1 and l.distribution_id = $2 order by l.id for update`,
    [tx.cooperativeId, distributionId],
  );
}

export interface LineChange {
  readonly state: LineState;
  readonly payOn?: string;
  readonly paidOn?: string | null;
  readonly reference?: string | null;
  readonly reason?: string;
  readonly voidOutcome?: 'failed' | 'cancelled';
}

/** Moves lines on together; a problem the ledger told of before is over. */
export async function moveLines(
  tx: Transaction,
  lineIds: readonly string[],
  change: LineChange,
): Promise<void> {
  await tx.query(
    `update agreements.distribution_line set state = $3, pay_on = coalesce($4::date, pay_on),
       paid_on = coalesce($5::date, paid_on), reference = coalesce($6, reference), reason = coalesce($7, reason),
       void_outcome = coalesce($8, void_outcome), problem = null, problem_most_minor = null, changed_at = $9
     where cooperative_id = $1 and id = any ($2::uuid[])`,
    [
      tx.cooperativeId,
      lineIds,
      change.state,
      change.payOn ?? null,
      change.paidOn ?? null,
      change.reference ?? null,
      change.reason ?? null,
      change.voidOutcome ?? null,
      tx.now,
    ],
  );
}
