// Takes an import back. Balances and journal entries are reversed, lots emptied, contributions and members withdrawn;
// nothing is deleted, because the books and the event log remember. It is refused when something was built on it.
import { reverseOpeningLotsIn } from '@habitat/agreements';
import type { CommandContext, Database, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { ContextName } from '@habitat/events';
import type { Result } from '@habitat/kernel';
import { accept, isLocalDate, may, refuse, todayIn } from '@habitat/kernel';
import { undoImportedContributionsIn, undoImportedMembersIn } from '@habitat/people';
import type { UndoRefusal } from '@habitat/people';
import type { ImportBatch } from '@habitat/platform';
import { findImportBatch, markImportUndone } from '@habitat/platform';
import { findTransactions, listMemberCapital, listPeriods, reverseTransactionsIn } from '@habitat/treasury';
import type { Fault } from './fault.ts';
import { sortFaults } from './fault.ts';
import { faultOf } from './refusal.ts';

export interface UndoRequest {
  readonly batchId: string;
  readonly reason: string;
  readonly timeZone: string;
}

export type UndoOutcome =
  | { readonly state: 'undone'; readonly items: number }
  | { readonly state: 'refused'; readonly faults: readonly Fault[] };

const refused = (...faults: readonly Fault[]): UndoOutcome => ({
  state: 'refused',
  faults: sortFaults(faults),
});
const whole = (code: string, message: string): Fault => ({ line: null, column: null, code, message });

type Step = (tx: Transaction) => Promise<Result<number, readonly Fault[]>>;

const OBSTACLE_WORDS = {
  HAS_CONTRIBUTIONS: 'this member has contributions',
  CAN_SIGN_IN: 'this member has an account',
  ALREADY_LEFT: 'this member has left already',
  ALREADY_DECIDED: 'this contribution is decided; it is corrected by people, not by undoing the import',
  NOT_FOUND: 'this is not there any more',
} as const;

function obstaclesOf(batch: ImportBatch, refusal: UndoRefusal): Fault[] {
  if (refusal.code === 'FORBIDDEN') return [faultOf(null, refusal)];
  return refusal.obstacles.map(({ index, code }) => ({
    line: batch.items[index]?.line ?? null,
    column: null,
    code,
    message: OBSTACLE_WORDS[code],
  }));
}

/** Members with anything in their capital account stay: their books would point at nobody. */
async function capitalFaults(
  database: Database,
  context: CommandContext,
  batch: ImportBatch,
  today: string,
): Promise<Fault[]> {
  const memberIds = batch.items.map((item) => item.subjectId);
  const capital = await listMemberCapital(database, context.cooperativeId, { asOf: today, memberIds });
  const held = new Set(
    capital.filter((one) => one.bookMinor !== 0n || one.taxMinor !== 0n).map((one) => one.memberId),
  );
  return batch.items
    .filter((item) => held.has(item.subjectId))
    .map(({ line }) => ({
      line,
      column: null,
      code: 'HAS_CAPITAL',
      message: 'this member has capital; reverse what gave it first',
    }));
}

/** Reversals are dated like what they reverse while that period is open, and today once it is not. */
async function reversal(
  database: Database,
  context: CommandContext,
  batch: ImportBatch,
  reason: string,
  today: string,
): Promise<Step> {
  const ids = batch.items.map((item) => item.subjectId);
  const transactions = await findTransactions(database, context.cooperativeId, ids);
  const periods = await listPeriods(database, context.cooperativeId);
  const open = new Set(periods.filter(({ status }) => status === 'open').map(({ id }) => id));
  const days = new Map<string, string[]>();
  for (const { id, periodId, effectiveOn, reversedById } of transactions) {
    if (reversedById !== null) continue;
    const day = open.has(periodId) && isLocalDate(effectiveOn) ? effectiveOn : today;
    days.set(day, [...(days.get(day) ?? []), id]);
  }
  return async (tx) => {
    if (!may(tx.actor, 'data.import')) return refuse([faultOf(null, { code: 'FORBIDDEN' })]);
    let count = 0;
    for (const [day, onDay] of days) {
      const reversed = await reverseTransactionsIn(tx, onDay, reason, day);
      if (!reversed.ok) return refuse([faultOf(null, reversed.refusal)]);
      count += onDay.length;
    }
    return accept(count);
  };
}

async function stepOf(
  database: Database,
  context: CommandContext,
  batch: ImportBatch,
  request: UndoRequest,
): Promise<Result<{ context: ContextName; step: Step }, readonly Fault[]>> {
  const ids = batch.items.map((item) => item.subjectId);
  const today = todayIn(request.timeZone, context.now);
  switch (batch.kind) {
    case 'members': {
      const faults = await capitalFaults(database, context, batch, today);
      if (faults.length > 0) return refuse(faults);
      const step: Step = async (tx) => {
        const undone = await undoImportedMembersIn(tx, ids, request.reason);
        return undone.ok ? undone : refuse(obstaclesOf(batch, undone.refusal));
      };
      return accept({ context: 'people', step });
    }
    case 'contributions': {
      const step: Step = async (tx) => {
        const undone = await undoImportedContributionsIn(tx, ids, request.reason);
        return undone.ok ? undone : refuse(obstaclesOf(batch, undone.refusal));
      };
      return accept({ context: 'people', step });
    }
    case 'retained-patronage': {
      const step: Step = async (tx) => {
        const undone = await reverseOpeningLotsIn(tx, ids, today);
        return undone.ok ? undone : refuse([faultOf(null, undone.refusal)]);
      };
      return accept({ context: 'agreements', step });
    }
    default:
      return accept({
        context: 'treasury',
        step: await reversal(database, context, batch, request.reason, today),
      });
  }
}

/**
 * Undoes a batch, all of it or nothing. Faults: BATCH_NOT_FOUND, BATCH_NOT_DONE, REASON_REQUIRED, FORBIDDEN, what was
 * built on an item by its line, and what the ledger's guards refuse of a reversal (CAPITAL_DEFICIT).
 */
export async function undoImport(
  database: Database,
  context: CommandContext,
  request: UndoRequest,
): Promise<UndoOutcome> {
  if (request.reason.trim() === '') return refused(whole('REASON_REQUIRED', 'say why it is taken back'));
  const batch = await findImportBatch(database, context.cooperativeId, request.batchId);
  if (batch === null) return refused(whole('BATCH_NOT_FOUND', `there is no batch ${request.batchId}`));
  if (batch.state !== 'done') return refused(whole('BATCH_NOT_DONE', `the batch is ${batch.state}`));
  const prepared = await stepOf(database, context, batch, request);
  if (!prepared.ok) return refused(...prepared.refusal);
  const { context: owner, step } = prepared.value;
  const keyed = { ...context, idempotencyKey: `undo-import-${batch.batchId}` };
  const undone = await runCommand<{ readonly items: number }, readonly Fault[]>(
    database,
    owner,
    keyed,
    { name: 'undoImport', input: null },
    async (tx) => {
      const done = await step(tx);
      return done.ok ? accept({ items: done.value }) : done;
    },
  );
  if (!undone.ok) return Array.isArray(undone.refusal) ? refused(...(undone.refusal as Fault[])) : refused();
  await markImportUndone(database, context, batch.batchId, request.reason);
  return { state: 'undone', items: undone.value.items };
}
