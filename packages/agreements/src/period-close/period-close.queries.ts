// Reading a close: its steps as a checklist, what stops it, the proposal with its lines, and a reopen if one was
// asked for.
import type { Database } from '@habitat/database';
import type { AllocationLine, StoredAllocation } from '../allocation/allocation.store.ts';
import { allocationLines, findAllocation, latestAllocation } from '../allocation/allocation.store.ts';
import { cashNow } from '../copies/ledger-copy.ts';
import type { PeriodCopy } from '../copies/period-copy.ts';
import { findPeriod } from '../copies/period-copy.ts';
import { termsOn } from '../terms/terms.store.ts';
import type { Blockers, StepKey, StepNumber, StepRow, StepState } from './period-close.ts';
import { blockedBy, CLOSE_STEPS, currentStep, stepStates } from './period-close.ts';
import type { CloseRow } from './period-close.store.ts';
import { blockersOf, findClose, findCloseOf, stepsOf } from './period-close.store.ts';
import type { ReopenRequest } from './reopen.commands.ts';
import { reopenRequestOf } from './reopen.commands.ts';
import type { ReviewCheck } from './review-checks.ts';
import { reviewChecks } from './review-checks.ts';

export interface StepView {
  readonly number: StepNumber;
  readonly key: StepKey;
  readonly state: StepState;
  readonly row: StepRow | null;
}

export interface CloseView {
  readonly close: CloseRow;
  readonly period: PeriodCopy;
  readonly steps: readonly StepView[];
  readonly current: number;
  readonly blockers: Blockers;
  /** How many items stop the current step. */
  readonly blocking: number;
  /** The review, live while step 1 is open and as it was confirmed afterwards. */
  readonly checks: readonly ReviewCheck[];
  readonly proposal: StoredAllocation | null;
  readonly lines: readonly AllocationLine[];
  readonly cashMinor: bigint;
  readonly reserveMinor: bigint;
  readonly reopen: ReopenRequest | null;
}

const NO_BLOCKERS: Blockers = {
  counts: {
    CONTRIBUTION_WAITING: 0,
    POSTING_PROBLEM: 0,
    CONTRIBUTION_NOT_POSTED: 0,
    CONTRIBUTION_DISPUTED: 0,
  },
  first: [],
};

/** A close by its id, or the running (else last) one of a period, or of the whole cooperative; null when there is none. */
export async function getPeriodClose(
  database: Database,
  cooperativeId: string,
  wanted: { readonly closeId?: string | null; readonly periodId?: string | null } = {},
): Promise<CloseView | null> {
  return database.read('agreements', { cooperativeId }, async (db) => {
    const close = wanted.closeId
      ? await findClose(db, cooperativeId, wanted.closeId)
      : wanted.periodId
        ? await findCloseOf(db, cooperativeId, wanted.periodId)
        : await lastClose(db, cooperativeId);
    const period = close === null ? null : await findPeriod(db, cooperativeId, close.periodId);
    if (close === null || period === null) return null;
    const rows = await stepsOf(db, cooperativeId, close.id);
    const blockers = close.status === 'running' ? await blockersOf(db, cooperativeId, period) : NO_BLOCKERS;
    const proposal =
      close.allocationId === null
        ? await latestAllocation(db, cooperativeId, close.id)
        : await findAllocation(db, cooperativeId, close.allocationId);
    const states = stepStates(close.status, rows, blockers);
    const current = currentStep(rows);
    const confirmed = rows.find((row) => row.number === 1)?.facts['checks'] as
      readonly ReviewCheck[] | undefined;
    const policies = await termsOn(db, cooperativeId, 'policies', period.startsOn);
    return {
      close,
      period,
      steps: CLOSE_STEPS.map(({ number, key }) => ({
        number,
        key,
        state: states.get(number) ?? 'waiting',
        row: rows.find((row) => row.number === number) ?? null,
      })),
      current,
      blockers,
      blocking: current <= 5 ? (blockedBy(current as StepNumber, blockers)?.count ?? 0) : 0,
      checks: confirmed ?? (await reviewChecks(db, cooperativeId, period)),
      proposal,
      lines: proposal === null ? [] : await allocationLines(db, cooperativeId, proposal.id),
      cashMinor: await cashNow(db, cooperativeId),
      reserveMinor: BigInt(policies?.document.cashReserveMinor ?? '0'),
      reopen: await reopenRequestOf(db, cooperativeId, close.id),
    };
  });
}

async function lastClose(
  db: Parameters<typeof findClose>[0],
  cooperativeId: string,
): Promise<CloseRow | null> {
  const [row] = await db.query<{ id: string }>(
    `select id from agreements.period_close where cooperative_id = $1
     order by status in ('running', 'reopening') desc, begun_at desc limit 1`,
    [cooperativeId],
  );
  return row === undefined ? null : findClose(db, cooperativeId, row.id);
}

/** Closes that wait for a person's act now: for the number beside the menu entry. */
export async function countWaitingCloses(database: Database, cooperativeId: string): Promise<number> {
  return database.read('agreements', { cooperativeId }, async (db) => {
    const [row] = await db.query<{ count: number }>(
      `select count(*)::int as count from agreements.period_close c
       where c.cooperative_id = $1 and c.status = 'running' and not exists (
         select from agreements.close_step s where s.cooperative_id = c.cooperative_id and s.close_id = c.id
           and s.state = 'working' and s.number in (2, 4, 6, 7))`,
      [cooperativeId],
    );
    return row?.count ?? 0;
  });
}

/** Ids of closes the ledger has not answered yet, begun to wait before an instant: a schedule asks again. */
export async function listUnansweredCloses(
  database: Database,
  cooperativeId: string,
  before: Date,
): Promise<string[]> {
  return database.read('agreements', { cooperativeId }, async (db) => {
    const rows = await db.query<{ id: string }>(
      `select distinct c.id from agreements.period_close c
       left join agreements.close_step s on s.cooperative_id = c.cooperative_id and s.close_id = c.id
         and s.state = 'working' and s.number in (2, 4, 6, 7) and s.begun_at < $2
       where c.cooperative_id = $1 and ((c.status = 'running' and s.number is not null)
         or (c.status = 'reopening' and not exists (
           select from agreements.reopen_request r
           join agreements.reopen_approval a on a.cooperative_id = r.cooperative_id and a.request_id = r.id
           where r.cooperative_id = c.cooperative_id and r.close_id = c.id and a.recorded_at >= $2)))`,
      [cooperativeId, before],
    );
    return rows.map(({ id }) => id);
  });
}
