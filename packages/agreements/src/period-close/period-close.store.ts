// Closes in SQL: the close row is the lock everybody takes first, so its steps and events are in commit order.
import type { Queryable, Transaction } from '@habitat/database';
import { newId } from '@habitat/kernel';
import type { PeriodCopy } from '../copies/period-copy.ts';
import { signatureOf } from '../signature.ts';
import type { Blocker, BlockerCode, Blockers, CloseStatus, StepRow } from './period-close.ts';

export interface IncomeLine {
  readonly accountCode: string;
  readonly accountName: string;
  readonly type: 'revenue' | 'expense';
  readonly bookMinor: string;
  readonly taxMinor: string;
}

interface BasesText {
  readonly bookMinor: string;
  readonly taxMinor: string;
}

/** The income statement of step 4; amounts as decimal strings. */
export interface StoredIncome {
  readonly revenue: BasesText;
  readonly expense: BasesText;
  readonly netIncome: BasesText;
  readonly lines: readonly IncomeLine[];
}

export interface CloseRow {
  readonly id: string;
  readonly periodId: string;
  readonly status: CloseStatus;
  readonly byLoginId: string | null;
  readonly byMemberId: string | null;
  readonly begunAt: Date;
  readonly income: StoredIncome | null;
  readonly allocationId: string | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

const columns = `id, period_id as "periodId", status, by_login_id as "byLoginId", by_member_id as "byMemberId",
  begun_at as "begunAt", income, allocation_id as "allocationId", ended_at as "endedAt", end_reason as "endReason"`;
type Row = CloseRow & Record<string, unknown>;

/** Begins a close; null when one exists for the period already. The unique index decides between two at once. */
export async function insertClose(tx: Transaction, periodId: string): Promise<string | null> {
  const { loginId, memberId } = signatureOf(tx.actor);
  const [row] = await tx.query<{ id: string }>(
    `insert into agreements.period_close (cooperative_id, id, period_id, status, by_login_id, by_member_id, begun_at)
     values ($1, $2, $3, 'running', $4, $5, $6) on conflict do nothing returning id`,
    [tx.cooperativeId, newId(), periodId, loginId, memberId, tx.now],
  );
  return row?.id ?? null;
}

/** Locks and reads a close; null when there is none of that id. */
export async function lockClose(tx: Transaction, closeId: string): Promise<CloseRow | null> {
  const [row] = await tx.query<Row>(
    `select ${columns} from agreements.period_close where cooperative_id = $1 and id = $2 for update`,
    [tx.cooperativeId, closeId],
  );
  return row ?? null;
}

/** Locks and reads the close of a period that is in one of the given states; null when there is none. */
export async function lockCloseOf(
  tx: Transaction,
  periodId: string,
  statuses: readonly CloseStatus[],
): Promise<CloseRow | null> {
  const [row] = await tx.query<Row>(
    `select ${columns} from agreements.period_close
     where cooperative_id = $1 and period_id = $2 and status = any ($3::text[]) order by begun_at desc limit 1 for update`,
    [tx.cooperativeId, periodId, statuses],
  );
  return row ?? null;
}

/** The close that says most about a period: the one that counts now, else the latest that ended. */
export async function findCloseOf(
  db: Queryable,
  cooperativeId: string,
  periodId: string,
): Promise<CloseRow | null> {
  const [row] = await db.query<Row>(
    `select ${columns} from agreements.period_close where cooperative_id = $1 and period_id = $2
     order by status in ('running', 'completed', 'reopening') desc, begun_at desc limit 1`,
    [cooperativeId, periodId],
  );
  return row ?? null;
}

/** A close by id without a lock, or null. */
export async function findClose(
  db: Queryable,
  cooperativeId: string,
  closeId: string,
): Promise<CloseRow | null> {
  const [row] = await db.query<Row>(
    `select ${columns} from agreements.period_close where cooperative_id = $1 and id = $2`,
    [cooperativeId, closeId],
  );
  return row ?? null;
}

export async function stepsOf(db: Queryable, cooperativeId: string, closeId: string): Promise<StepRow[]> {
  return db.query<StepRow & Record<string, unknown>>(
    `select number, state, begun_at as "begunAt", done_at as "doneAt", by_login_id as "byLoginId",
       by_member_id as "byMemberId", note, facts
     from agreements.close_step where cooperative_id = $1 and close_id = $2 order by number`,
    [cooperativeId, closeId],
  );
}

export interface StepChange {
  readonly number: number;
  readonly state: 'working' | 'done' | 'blocked';
  readonly note?: string | null;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** Begins or finishes a step. Who confirmed or began it stays; facts are added to. */
export async function putStep(tx: Transaction, closeId: string, change: StepChange): Promise<void> {
  const { loginId, memberId } = signatureOf(tx.actor);
  await tx.query(
    `insert into agreements.close_step as s (cooperative_id, close_id, number, state, begun_at, done_at, by_login_id,
       by_member_id, note, facts)
     values ($1, $2, $3, $4, $5, case when $4 = 'done' then $5::timestamptz end, $6, $7, $8, $9::jsonb)
     on conflict (cooperative_id, close_id, number) do update set state = excluded.state, done_at = excluded.done_at,
       by_login_id = coalesce(excluded.by_login_id, s.by_login_id),
       by_member_id = coalesce(excluded.by_member_id, s.by_member_id),
       note = coalesce(excluded.note, s.note), facts = s.facts || excluded.facts`,
    [
      tx.cooperativeId,
      closeId,
      change.number,
      change.state,
      tx.now,
      loginId,
      memberId,
      change.note ?? null,
      JSON.stringify(change.facts ?? {}),
    ],
  );
}

export interface CloseChange {
  readonly status?: CloseStatus;
  readonly income?: StoredIncome;
  readonly allocationId?: string | null;
  readonly endReason?: string;
}

/** Changes a locked close. `allocationId: null` takes an approved allocation back that the ledger refused. */
export async function updateClose(tx: Transaction, closeId: string, change: CloseChange): Promise<void> {
  const ended = change.status !== undefined && change.status !== 'running' && change.status !== 'reopening';
  await tx.query(
    `update agreements.period_close set status = coalesce($3, status), income = coalesce($4::jsonb, income),
       allocation_id = case when $5 then $6::uuid else allocation_id end,
       ended_at = case when $7 then $8::timestamptz else ended_at end, end_reason = coalesce($9, end_reason)
     where cooperative_id = $1 and id = $2`,
    [
      tx.cooperativeId,
      closeId,
      change.status ?? null,
      change.income === undefined ? null : JSON.stringify(change.income),
      change.allocationId !== undefined,
      change.allocationId ?? null,
      ended,
      tx.now,
      change.endReason ?? null,
    ],
  );
}

const blockerCode = `case
  when status = 'waiting' then 'CONTRIBUTION_WAITING'
  when status = 'disputed' then 'CONTRIBUTION_DISPUTED'
  when posting_problem is not null then 'POSTING_PROBLEM'
  else 'CONTRIBUTION_NOT_POSTED' end`;

const MOST_BLOCKERS = 100;

/** What stops the close of a period: counts of every kind, and the oldest hundred in full. */
export async function blockersOf(
  db: Queryable,
  cooperativeId: string,
  period: PeriodCopy,
): Promise<Blockers> {
  const where = `cooperative_id = $1 and status in ('waiting', 'valued', 'disputed') and worked_on between $2 and $3`;
  const values = [cooperativeId, period.startsOn, period.endsOn];
  const counted = await db.query<{ code: BlockerCode; count: number }>(
    `select ${blockerCode} as code, count(*)::int as count from agreements.contribution where ${where} group by 1`,
    values,
  );
  const first =
    counted.length === 0
      ? []
      : await db.query<Blocker & Record<string, unknown>>(
          `select ${blockerCode} as code, id as "contributionId", number, member_id as "memberId", kind, category,
             value_minor as "valueMinor", hours::text as hours, posting_problem as problem, changed_at as since
           from agreements.contribution where ${where} order by changed_at, id limit ${MOST_BLOCKERS}`,
          values,
        );
  const counts = {
    CONTRIBUTION_WAITING: 0,
    POSTING_PROBLEM: 0,
    CONTRIBUTION_NOT_POSTED: 0,
    CONTRIBUTION_DISPUTED: 0,
  };
  for (const { code, count } of counted) counts[code] = count;
  return { counts, first };
}
