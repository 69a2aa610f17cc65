// What people do to a close: begin it, confirm its first steps, give it up, ask the ledger again. Every command
// locks the close first; two at once therefore come one after the other.
import type { CommandContext, Database, IdempotencyConflict, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import {
  contributionsCutOff,
  incomeStatementRequested,
  newEvent,
  periodCloseAbandoned,
  periodCloseFinalised,
  periodReopenApproved,
} from '@habitat/events';
import type { Result } from '@habitat/kernel';
import { accept, may, refuse } from '@habitat/kernel';
import { publishApproval } from '../allocation/allocation-approval.ts';
import { latestAllocation } from '../allocation/allocation.store.ts';
import { findCooperative, todayOf } from '../copies/cooperative-copy.ts';
import type { PeriodCopy } from '../copies/period-copy.ts';
import { findPeriod } from '../copies/period-copy.ts';
import type { CloseRefusal } from './period-close.ts';
import { checkConfirm, mayConfirm } from './period-close.ts';
import type { CloseRow } from './period-close.store.ts';
import {
  blockersOf,
  findCloseOf,
  insertClose,
  lockClose,
  putStep,
  stepsOf,
  updateClose,
} from './period-close.store.ts';
import { reopenRequestOf } from './reopen.commands.ts';
import { reviewChecks } from './review-checks.ts';

export type CloseDone = { readonly closeId: string };
type Outcome<R = CloseRefusal> = Promise<Result<CloseDone, R | IdempotencyConflict>>;

export interface BeginCloseInput {
  readonly periodId: string;
  /** Why the period is closed before its last day is over; without it that is refused. */
  readonly earlyBecause?: string | null;
}

/**
 * Begins the close of a period; the allocator's act. Of two at once one is refused. Refuses, in order: FORBIDDEN,
 * PERIOD_NOT_FOUND, NOT_READY, CLOSE_EXISTS, PERIOD_NOT_OPEN, EARLIER_PERIOD_OPEN, PERIOD_NOT_OVER.
 */
export async function beginPeriodClose(
  database: Database,
  context: CommandContext,
  input: BeginCloseInput,
): Outcome {
  return runCommand(
    database,
    'agreements',
    context,
    { name: 'beginPeriodClose', input },
    async (tx): Promise<Result<CloseDone, CloseRefusal>> => {
      if (!may(tx.actor, 'close.run')) return refuse({ code: 'FORBIDDEN', act: 'close.run' });
      const period = await findPeriod(tx, tx.cooperativeId, input.periodId);
      if (period === null) return refuse({ code: 'PERIOD_NOT_FOUND' });
      const cooperative = await findCooperative(tx, tx.cooperativeId);
      if (cooperative === null) return refuse({ code: 'NOT_READY' });
      const known = await findCloseOf(tx, tx.cooperativeId, period.id);
      if (known !== null && isStanding(known)) return refuse({ code: 'CLOSE_EXISTS', closeId: known.id });
      if (period.status !== 'open') return refuse({ code: 'PERIOD_NOT_OPEN', status: period.status });
      const [earlier] = await tx.query<{ name: string }>(
        `select name from agreements.period where cooperative_id = $1 and starts_on < $2 and status in ('open', 'closing')
       order by starts_on limit 1`,
        [tx.cooperativeId, period.startsOn],
      );
      if (earlier !== undefined) return refuse({ code: 'EARLIER_PERIOD_OPEN', periodName: earlier.name });
      const today = todayOf(cooperative, tx.now);
      const early = input.earlyBecause?.trim() ?? '';
      if (today <= period.endsOn && early === '')
        return refuse({ code: 'PERIOD_NOT_OVER', endsOn: period.endsOn, today });
      const closeId = await insertClose(tx, period.id);
      if (closeId === null) {
        const other = await findCloseOf(tx, tx.cooperativeId, period.id);
        return refuse({ code: 'CLOSE_EXISTS', closeId: other?.id ?? '' });
      }
      await putStep(tx, closeId, { number: 1, state: 'working', facts: early === '' ? {} : { early } });
      return accept({ closeId });
    },
  );
}

function isStanding(close: CloseRow): boolean {
  return close.status === 'running' || close.status === 'completed' || close.status === 'reopening';
}

/** A running close under its lock, with its period, or why there is none to act on. */
export async function lockRunning(
  tx: Transaction,
  closeId: string,
): Promise<Result<{ readonly close: CloseRow; readonly period: PeriodCopy }, CloseRefusal>> {
  const close = await lockClose(tx, closeId);
  if (close === null) return refuse({ code: 'CLOSE_NOT_FOUND' });
  if (close.status !== 'running') return refuse({ code: 'CLOSE_NOT_RUNNING', status: close.status });
  const period = await findPeriod(tx, tx.cooperativeId, close.periodId);
  return period === null ? refuse({ code: 'PERIOD_NOT_FOUND' }) : accept({ close, period });
}

export interface ConfirmStepInput {
  readonly closeId: string;
  /** 1 review, 2 cut-off, 3 revenue and expense. The later steps are the allocation's and the ledger's. */
  readonly step: number;
  readonly note?: string | null;
}

/**
 * Confirms step 1, 2 or 3. Step 2 stops new contributions; step 3 makes the books final and asks treasury for the
 * income statement. Refuses, in order: FORBIDDEN, CLOSE_NOT_FOUND, CLOSE_NOT_RUNNING, STEP_NOT_CURRENT, BLOCKED.
 */
export async function confirmCloseStep(
  database: Database,
  context: CommandContext,
  input: ConfirmStepInput,
): Outcome {
  return runCommand(
    database,
    'agreements',
    context,
    { name: 'confirmCloseStep', input },
    async (tx): Promise<Result<CloseDone, CloseRefusal>> => {
      if (!mayConfirm(tx.actor, input.step)) return refuse({ code: 'FORBIDDEN', act: 'close.run' });
      const locked = await lockRunning(tx, input.closeId);
      if (!locked.ok) return locked;
      const { close, period } = locked.value;
      const blockers = await blockersOf(tx, tx.cooperativeId, period);
      const step = checkConfirm(input.step, await stepsOf(tx, tx.cooperativeId, close.id), blockers);
      if (!step.ok) return step;
      const note = input.note ?? null;
      if (step.value === 1) {
        const checks = await reviewChecks(tx, tx.cooperativeId, period);
        await putStep(tx, close.id, { number: 1, state: 'done', note, facts: { checks } });
      } else if (step.value === 2) {
        await putStep(tx, close.id, { number: 2, state: 'working', note });
        askTreasury(tx, close, 2);
      } else {
        await putStep(tx, close.id, { number: 3, state: 'done', note });
        await putStep(tx, close.id, { number: 4, state: 'working' });
        askTreasury(tx, close, 4);
      }
      return accept({ closeId: close.id });
    },
  );
}

function askTreasury(tx: Transaction, close: CloseRow, step: 2 | 4 | 7): void {
  const contract = { 2: contributionsCutOff, 4: incomeStatementRequested, 7: periodCloseFinalised }[step];
  tx.append(newEvent(contract, close.id, { closeId: close.id, periodId: close.periodId }));
}

/**
 * Gives a close up before its allocation is approved; treasury opens the period again. Refuses, in order: FORBIDDEN,
 * REASON_REQUIRED, CLOSE_NOT_FOUND, CLOSE_NOT_RUNNING, ALREADY_APPROVED.
 */
export async function abandonPeriodClose(
  database: Database,
  context: CommandContext,
  input: { readonly closeId: string; readonly reason: string },
): Outcome {
  return runCommand(
    database,
    'agreements',
    context,
    { name: 'abandonPeriodClose', input },
    async (tx): Promise<Result<CloseDone, CloseRefusal>> => {
      if (!may(tx.actor, 'close.run')) return refuse({ code: 'FORBIDDEN', act: 'close.run' });
      const reason = input.reason.trim();
      if (reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
      const locked = await lockRunning(tx, input.closeId);
      if (!locked.ok) return locked;
      const { close } = locked.value;
      if (close.allocationId !== null) return refuse({ code: 'ALREADY_APPROVED' });
      await updateClose(tx, close.id, { status: 'abandoned', endReason: reason });
      const cutOff = (await stepsOf(tx, tx.cooperativeId, close.id)).some(({ number }) => number === 2);
      if (cutOff) {
        tx.append(
          newEvent(periodCloseAbandoned, close.id, { closeId: close.id, periodId: close.periodId, reason }),
        );
      }
      return accept({ closeId: close.id });
    },
  );
}

/**
 * Asks the ledger again for whatever a close still waits for; treasury answers a repeated question from what it
 * has done already, so nothing is posted twice. Does nothing when nothing is awaited. Refuses: FORBIDDEN, CLOSE_NOT_FOUND.
 */
export async function resumeClose(
  database: Database,
  context: CommandContext,
  input: { readonly closeId: string },
): Outcome {
  return runCommand(
    database,
    'agreements',
    context,
    { name: 'resumeClose', input },
    async (tx): Promise<Result<CloseDone, CloseRefusal>> => {
      if (!may(tx.actor, 'close.run')) return refuse({ code: 'FORBIDDEN', act: 'close.run' });
      const close = await lockClose(tx, input.closeId);
      if (close === null) return refuse({ code: 'CLOSE_NOT_FOUND' });
      if (close.status === 'reopening') await askForReopen(tx, close);
      if (close.status !== 'running') return accept({ closeId: close.id });
      const working = (await stepsOf(tx, tx.cooperativeId, close.id)).find(
        (row) => row.state === 'working',
      )?.number;
      if (working === 2 || working === 4 || working === 7) askTreasury(tx, close, working);
      if (working === 6) {
        const allocation = await latestAllocation(tx, tx.cooperativeId, close.id);
        if (allocation !== null) await publishApproval(tx, allocation);
      }
      return accept({ closeId: close.id });
    },
  );
}

async function askForReopen(tx: Transaction, close: CloseRow): Promise<void> {
  const request = await reopenRequestOf(tx, tx.cooperativeId, close.id);
  if (request === null || close.allocationId === null) return;
  tx.append(
    newEvent(periodReopenApproved, close.id, {
      closeId: close.id,
      periodId: close.periodId,
      allocationId: close.allocationId,
      reason: request.reason,
    }),
  );
}
