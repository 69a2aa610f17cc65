// What the ledger's answers do to a close: each answer finishes the step that waits for it and begins the next.
// An answer that comes again, or to a close that no longer waits, changes nothing.
import type { Transaction } from '@habitat/database';
import type { Envelope, PayloadOf } from '@habitat/events';
import {
  allocationCredited,
  allocationRefused,
  allocationReversed,
  capitalStatementPrepared,
  incomeStatementPrepared,
  newEvent,
  periodClosed,
  periodCloseFinalised,
  periodClosing,
  periodReopened,
  readPayload,
} from '@habitat/events';
import { findAllocation, insertEffect } from '../allocation/allocation.store.ts';
import { findPeriod } from '../copies/period-copy.ts';
import { openLots, reverseLots } from '../retained-lot/retained-lot.store.ts';
import { makeStatements } from '../statement/statement.store.ts';
import type { CloseRow, StoredIncome } from './period-close.store.ts';
import { lockClose, lockCloseOf, putStep, stepsOf, updateClose } from './period-close.store.ts';

type Reaction = (tx: Transaction, event: Envelope) => Promise<void>;

const reactions: Readonly<Record<string, Reaction>> = {
  [periodClosing.type]: (tx, event) => cutOffDone(tx, readPayload(periodClosing, event).periodId),
  [incomeStatementPrepared.type]: (tx, event) => incomeReady(tx, readPayload(incomeStatementPrepared, event)),
  [allocationCredited.type]: (tx, event) => credited(tx, readPayload(allocationCredited, event)),
  [allocationRefused.type]: (tx, event) => refused(tx, readPayload(allocationRefused, event)),
  [capitalStatementPrepared.type]: (tx, event) =>
    makeStatements(tx, readPayload(capitalStatementPrepared, event)),
  [periodClosed.type]: (tx, event) => closed(tx, readPayload(periodClosed, event).periodId),
  [allocationReversed.type]: (tx, event) => reversed(tx, readPayload(allocationReversed, event)),
  [periodReopened.type]: (tx, event) => reopened(tx, readPayload(periodReopened, event).periodId),
};

/** The ledger's answers a close listens to. */
export const closeAnswerTypes: readonly string[] = Object.keys(reactions);

/** Carries a close on by the ledger's answers, one after the other. */
export async function followCloses(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  for (const event of events) {
    const reaction = reactions[event.type];
    if (reaction === undefined) throw new Error(`no close waits for ${event.type}`);
    await reaction(tx.causedBy(event), event);
  }
}

async function isWaiting(tx: Transaction, close: CloseRow | null, step: number): Promise<boolean> {
  if (close?.status !== 'running') return false;
  const rows = await stepsOf(tx, tx.cooperativeId, close.id);
  return rows.find((row) => row.number === step)?.state === 'working';
}

async function cutOffDone(tx: Transaction, periodId: string): Promise<void> {
  const close = await lockCloseOf(tx, periodId, ['running']);
  if (close === null || !(await isWaiting(tx, close, 2))) return;
  const period = await findPeriod(tx, tx.cooperativeId, periodId);
  const [counts] = await tx.query<{ applied: number; valued: number }>(
    `select count(*) filter (where status = 'applied')::int as applied, count(*) filter (where status = 'valued')::int as valued
     from agreements.contribution where cooperative_id = $1 and worked_on between $2 and $3`,
    [tx.cooperativeId, period?.startsOn ?? null, period?.endsOn ?? null],
  );
  await putStep(tx, close.id, { number: 2, state: 'done', facts: { ...counts } });
}

async function incomeReady(tx: Transaction, told: PayloadOf<typeof incomeStatementPrepared>): Promise<void> {
  const close = await lockClose(tx, told.closeId);
  if (close === null || !(await isWaiting(tx, close, 4))) return;
  const inText = (one: { bookMinor: bigint; taxMinor: bigint }) => ({
    bookMinor: one.bookMinor.toString(),
    taxMinor: one.taxMinor.toString(),
  });
  const income: StoredIncome = {
    revenue: inText(told.revenue),
    expense: inText(told.expense),
    netIncome: inText(told.netIncome),
    lines: told.lines.map((line) => ({ ...line, ...inText(line) })),
  };
  await updateClose(tx, close.id, { income });
  const { revenue, expense, netIncome } = income;
  await putStep(tx, close.id, { number: 4, state: 'done', facts: { revenue, expense, netIncome } });
}

async function credited(tx: Transaction, told: PayloadOf<typeof allocationCredited>): Promise<void> {
  const close = await lockClose(tx, told.closeId);
  if (close === null || close.allocationId !== told.allocationId || !(await isWaiting(tx, close, 6))) return;
  const period = await findPeriod(tx, tx.cooperativeId, close.periodId);
  if (period === null) throw new Error(`no period ${close.periodId} is known here yet`);
  await insertEffect(tx, told.allocationId, 'credited', told.transactionIds);
  await openLots(tx, told.allocationId, period);
  await putStep(tx, close.id, {
    number: 6,
    state: 'done',
    facts: { transactions: told.transactionIds.length },
  });
  await putStep(tx, close.id, { number: 7, state: 'working' });
  tx.append(newEvent(periodCloseFinalised, close.id, { closeId: close.id, periodId: close.periodId }));
}

/**
 * The ledger would not take it: nothing was posted, and the allocation goes back to be proposed anew. A reopen it
 * would not take leaves the period closed.
 */
async function refused(tx: Transaction, told: PayloadOf<typeof allocationRefused>): Promise<void> {
  const close = await lockClose(tx, told.closeId);
  if (close?.status === 'reopening') await updateClose(tx, close.id, { status: 'completed' });
  if (close === null || close.allocationId !== told.allocationId || !(await isWaiting(tx, close, 6))) return;
  const facts = { refused: { allocationId: told.allocationId, reason: told.reason, detail: told.detail } };
  await updateClose(tx, close.id, { allocationId: null });
  await putStep(tx, close.id, { number: 5, state: 'working', facts });
  await putStep(tx, close.id, { number: 6, state: 'blocked', facts });
}

async function closed(tx: Transaction, periodId: string): Promise<void> {
  const close = await lockCloseOf(tx, periodId, ['running']);
  if (close === null || !(await isWaiting(tx, close, 7))) return;
  await putStep(tx, close.id, { number: 7, state: 'done' });
  await updateClose(tx, close.id, { status: 'completed' });
}

async function reversed(tx: Transaction, told: PayloadOf<typeof allocationReversed>): Promise<void> {
  const close = await lockClose(tx, told.closeId);
  const allocation = await findAllocation(tx, tx.cooperativeId, told.allocationId);
  const period = close === null ? null : await findPeriod(tx, tx.cooperativeId, close.periodId);
  if (close === null || allocation === null || period === null || allocation.creditedAt === null) return;
  await insertEffect(tx, allocation.id, 'reversed', told.transactionIds);
  await reverseLots(tx, allocation.id, period.endsOn);
}

async function reopened(tx: Transaction, periodId: string): Promise<void> {
  const close = await lockCloseOf(tx, periodId, ['reopening']);
  if (close !== null) await updateClose(tx, close.id, { status: 'reopened' });
}
