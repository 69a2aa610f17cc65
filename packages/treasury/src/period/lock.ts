// Locking a closed period for good: one administrator asks, another agrees. What is locked cannot even be reopened
// in an emergency, and tax packages of it are final.
import type { CommandContext, Database, IdempotencyConflict, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import { newEvent, periodLocked } from '@habitat/events';
import type { Result, SecondPersonDays } from '@habitat/kernel';
import { accept, isSamePerson, may, maySecond, refuse } from '@habitat/kernel';
import { requesterOf } from '../request/request.ts';
import { decideRequest, insertRequest, lockPendingRequest } from '../request/request.store.ts';
import { periodFacts } from './period.commands.ts';
import { lockPeriodRow } from './period.store.ts';

export type LockRefusal =
  | { readonly code: 'PERIOD_NOT_FOUND' }
  | { readonly code: 'PERIOD_ALREADY_LOCKED' }
  | { readonly code: 'WRONG_STATUS'; readonly status: string };

/** Locks a closed period now; whoever calls has seen to the second person. */
export async function lockPeriodIn(tx: Transaction, periodId: string): Promise<Result<null, LockRefusal>> {
  const period = await lockPeriodRow(tx, periodId);
  if (period === null) return refuse({ code: 'PERIOD_NOT_FOUND' });
  if (period.status === 'locked') return refuse({ code: 'PERIOD_ALREADY_LOCKED' });
  if (period.status !== 'closed') return refuse({ code: 'WRONG_STATUS', status: period.status });
  await tx.query(
    `update treasury.period set status = 'locked', locked_at = $3 where cooperative_id = $1 and id = $2`,
    [tx.cooperativeId, periodId, tx.now],
  );
  tx.append(newEvent(periodLocked, periodId, periodFacts({ ...period, status: 'locked' })));
  return accept(null);
}

export type LockPeriodRefusal =
  { readonly code: 'FORBIDDEN' } | { readonly code: 'SAME_PERSON' } | LockRefusal | IdempotencyConflict;

export type LockAnswer = {
  readonly periodId: string;
  readonly requestId: string;
  /** False after the first administrator, true after the second. */
  readonly locked: boolean;
};

/**
 * The first administrator's call asks for the lock, another administrator's call carries it out; what was asked for and is
 * past its time ends, and the call asks anew.
 * Refuses FORBIDDEN, PERIOD_NOT_FOUND, PERIOD_ALREADY_LOCKED, WRONG_STATUS, SAME_PERSON (asking twice).
 */
export async function lockPeriod(
  database: Database,
  context: CommandContext,
  input: { readonly periodId: string; readonly reason?: string | null } & SecondPersonDays,
): Promise<Result<LockAnswer, LockPeriodRefusal>> {
  const { secondPersonDays, ...asked } = input;
  return runCommand<LockAnswer, LockPeriodRefusal>(
    database,
    'treasury',
    context,
    { name: 'lockPeriod', input: asked },
    async (tx) => {
      if (!may(tx.actor, 'period.lock')) return refuse({ code: 'FORBIDDEN' });
      const { periodId } = input;
      const period = await lockPeriodRow(tx, periodId);
      if (period === null) return refuse({ code: 'PERIOD_NOT_FOUND' });
      if (period.status === 'locked') return refuse({ code: 'PERIOD_ALREADY_LOCKED' });
      if (period.status !== 'closed') return refuse({ code: 'WRONG_STATUS', status: period.status });
      const pending = await lockPendingRequest(tx, {
        act: 'lock_period',
        subjectId: periodId,
        secondPersonDays,
      });
      if (pending === null) {
        const reason = input.reason?.trim() || `Lock ${period.name}`;
        const requestId = await insertRequest(tx, {
          act: 'lock_period',
          subjectId: periodId,
          transactions: [],
          reason,
          amountMinor: 0n,
        });
        // The period's row is locked, so no other request can have come in between.
        if (requestId === null)
          throw new Error('a request to lock the period appeared while its row was locked');
        return accept({ periodId, requestId, locked: false });
      }
      const asker = requesterOf(pending, tx.cooperativeId);
      if (isSamePerson(tx.actor, asker)) return refuse({ code: 'SAME_PERSON' });
      if (!maySecond(tx.actor, 'period.lock', asker)) return refuse({ code: 'FORBIDDEN' });
      const locked = await lockPeriodIn(tx, periodId);
      if (!locked.ok) return locked;
      await decideRequest(tx, pending.id, { status: 'approved', note: null, transactionIds: [] });
      return accept({ periodId, requestId: pending.id, locked: true });
    },
  );
}
