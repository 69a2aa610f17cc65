// Allocations in SQL. A proposal is written once with its record, hash and lines; decisions and effects are rows
// of their own, so nothing that was signed can change.
import type { Queryable, Transaction } from '@habitat/database';
import { encodePayload } from '@habitat/events';
import { newId } from '@habitat/kernel';
import type { AllocationCalculation } from '@habitat/patronage';
import { signatureOf } from '../signature.ts';
import type { LineDetail } from './allocation.ts';
import { lineDetail } from './allocation.ts';
import type { AllocationSummary } from './allocation-summary.ts';

export interface NewAllocation {
  readonly closeId: string;
  readonly periodId: string;
  readonly record: string;
  readonly recordHash: string;
  readonly netIncomeBookMinor: bigint;
  readonly netIncomeTaxMinor: bigint;
  readonly calculation: AllocationCalculation;
  readonly summary: AllocationSummary;
  readonly weightsId: string;
  readonly policiesId: string;
}

/** Writes a proposal and its lines; returns its id. The caller holds the close's lock. */
export async function insertAllocation(tx: Transaction, allocation: NewAllocation): Promise<string> {
  const id = newId();
  const { loginId, memberId } = signatureOf(tx.actor);
  await tx.query(
    `insert into agreements.allocation (cooperative_id, id, close_id, period_id, attempt, record, record_hash,
       net_income_book_minor, net_income_tax_minor, allocable_minor, unborne_minor, summary, weights_id, policies_id,
       by_login_id, by_member_id, recorded_at)
     select $1, $2, $3, $4, 1 + (select count(*) from agreements.allocation where cooperative_id = $1 and close_id = $3),
       $5, $6, $7, $8, $9, $10, $11::jsonb, $12, $13, $14, $15, $16`,
    [
      tx.cooperativeId,
      id,
      allocation.closeId,
      allocation.periodId,
      allocation.record,
      allocation.recordHash,
      allocation.netIncomeBookMinor,
      allocation.netIncomeTaxMinor,
      allocation.calculation.surplus.allocableMinor,
      allocation.calculation.unborneMinor,
      JSON.stringify(allocation.summary),
      allocation.weightsId,
      allocation.policiesId,
      loginId,
      memberId,
      tx.now,
    ],
  );
  const lines = allocation.calculation.members.map((member) => ({
    memberId: member.memberId,
    book: member.allocationMinor,
    tax: member.taxMinor,
    cash: member.cashMinor,
    retained: member.retainedMinor,
    detail: lineDetail(member),
  }));
  await tx.query(
    `insert into agreements.allocation_line (cooperative_id, allocation_id, member_id, book_minor, tax_minor, cash_minor,
       retained_minor, detail)
     select $1, $2, l."memberId", l.book, l.tax, l.cash, l.retained, l.detail
     from jsonb_to_recordset($3::jsonb)
       as l("memberId" uuid, book bigint, tax bigint, cash bigint, retained bigint, detail jsonb)`,
    [tx.cooperativeId, id, encodePayload(lines)],
  );
  return id;
}

export interface StoredAllocation {
  readonly id: string;
  readonly closeId: string;
  readonly periodId: string;
  readonly attempt: number;
  readonly recordHash: string;
  readonly netIncomeBookMinor: bigint;
  readonly netIncomeTaxMinor: bigint;
  readonly allocableMinor: bigint;
  readonly unborneMinor: bigint;
  readonly summary: AllocationSummary;
  readonly byLoginId: string | null;
  readonly byMemberId: string | null;
  readonly recordedAt: Date;
  readonly outcome: 'approved' | 'returned' | null;
  readonly reason: string | null;
  readonly decidedByLoginId: string | null;
  readonly decidedByMemberId: string | null;
  readonly decidedAt: Date | null;
  readonly creditedAt: Date | null;
  readonly reversedAt: Date | null;
}

const columns = `a.id, a.close_id as "closeId", a.period_id as "periodId", a.attempt, a.record_hash as "recordHash",
  a.net_income_book_minor as "netIncomeBookMinor", a.net_income_tax_minor as "netIncomeTaxMinor",
  a.allocable_minor as "allocableMinor", a.unborne_minor as "unborneMinor", a.summary,
  a.by_login_id as "byLoginId", a.by_member_id as "byMemberId", a.recorded_at as "recordedAt",
  d.outcome, d.reason, d.by_login_id as "decidedByLoginId", d.by_member_id as "decidedByMemberId",
  d.recorded_at as "decidedAt", c.recorded_at as "creditedAt", r.recorded_at as "reversedAt"`;
const from = `agreements.allocation a
  left join agreements.allocation_decision d on d.cooperative_id = a.cooperative_id and d.allocation_id = a.id
  left join agreements.allocation_effect c
    on c.cooperative_id = a.cooperative_id and c.allocation_id = a.id and c.effect = 'credited'
  left join agreements.allocation_effect r
    on r.cooperative_id = a.cooperative_id and r.allocation_id = a.id and r.effect = 'reversed'`;

type Row = StoredAllocation & Record<string, unknown>;

/** The latest proposal of a close, with what became of it; null when none was made. */
export async function latestAllocation(
  db: Queryable,
  cooperativeId: string,
  closeId: string,
): Promise<StoredAllocation | null> {
  const [row] = await db.query<Row>(
    `select ${columns} from ${from} where a.cooperative_id = $1 and a.close_id = $2 order by a.attempt desc limit 1`,
    [cooperativeId, closeId],
  );
  return row ?? null;
}

/** One allocation by id, or null. */
export async function findAllocation(
  db: Queryable,
  cooperativeId: string,
  id: string,
): Promise<StoredAllocation | null> {
  const [row] = await db.query<Row>(
    `select ${columns} from ${from} where a.cooperative_id = $1 and a.id = $2`,
    [cooperativeId, id],
  );
  return row ?? null;
}

/** The allocation that stands for a period: credited and not reversed; null when there is none. */
export async function standingAllocation(
  db: Queryable,
  cooperativeId: string,
  periodId: string,
): Promise<StoredAllocation | null> {
  const [row] = await db.query<Row>(
    `select ${columns} from ${from}
     where a.cooperative_id = $1 and a.period_id = $2 and c.effect is not null and r.effect is null
     order by a.recorded_at desc limit 1`,
    [cooperativeId, periodId],
  );
  return row ?? null;
}

/** The record's canonical JSON text, as it was hashed, and that hash. */
export async function recordOf(
  db: Queryable,
  cooperativeId: string,
  allocationId: string,
): Promise<{ readonly text: string; readonly hash: string } | null> {
  const [row] = await db.query<{ text: string; hash: string }>(
    'select record as text, record_hash as hash from agreements.allocation where cooperative_id = $1 and id = $2',
    [cooperativeId, allocationId],
  );
  return row ?? null;
}

export interface AllocationLine<Detail = Omit<LineDetail, 'categories'>> {
  readonly memberId: string;
  readonly bookMinor: bigint;
  readonly taxMinor: bigint;
  readonly cashMinor: bigint;
  readonly retainedMinor: bigint;
  readonly detail: Detail;
}

const lineColumns = `member_id as "memberId", book_minor as "bookMinor", tax_minor as "taxMinor",
  cash_minor as "cashMinor", retained_minor as "retainedMinor"`;

/** Lines of an allocation, largest first, without what they came from. */
export async function allocationLines(
  db: Queryable,
  cooperativeId: string,
  allocationId: string,
): Promise<AllocationLine[]> {
  return db.query<AllocationLine & Record<string, unknown>>(
    `select ${lineColumns}, detail - 'categories' as detail from agreements.allocation_line
     where cooperative_id = $1 and allocation_id = $2 order by book_minor desc, member_id`,
    [cooperativeId, allocationId],
  );
}

/** Lines of these members with everything they came from, down to the contribution ids. */
export async function linesOfMembers(
  db: Queryable,
  cooperativeId: string,
  allocationId: string,
  memberIds: readonly string[],
): Promise<AllocationLine<LineDetail>[]> {
  return db.query<AllocationLine<LineDetail> & Record<string, unknown>>(
    `select ${lineColumns}, detail from agreements.allocation_line
     where cooperative_id = $1 and allocation_id = $2 and member_id = any ($3::uuid[])`,
    [cooperativeId, allocationId, memberIds],
  );
}

/** Writes a decision; the caller holds the close's lock and has checked who decides. */
export async function insertDecision(
  tx: Transaction,
  allocationId: string,
  outcome: 'approved' | 'returned',
  reason: string | null,
): Promise<void> {
  const { loginId, memberId } = signatureOf(tx.actor);
  await tx.query(
    `insert into agreements.allocation_decision (cooperative_id, allocation_id, outcome, reason, by_login_id, by_member_id,
       recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [tx.cooperativeId, allocationId, outcome, reason, loginId, memberId, tx.now],
  );
}

/** Notes what the ledger did; false when that was known already. */
export async function insertEffect(
  tx: Transaction,
  allocationId: string,
  effect: 'credited' | 'reversed',
  transactionIds: readonly string[],
): Promise<boolean> {
  const rows = await tx.query(
    `insert into agreements.allocation_effect (cooperative_id, allocation_id, effect, transaction_ids, recorded_at)
     values ($1, $2, $3, $4, $5) on conflict do nothing returning effect`,
    [tx.cooperativeId, allocationId, effect, transactionIds, tx.now],
  );
  return rows.length > 0;
}
