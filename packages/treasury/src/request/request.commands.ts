// Deciding requests: a different person with a seconding role agrees, and the act happens in the same transaction;
// or declines with a reason, or the asker takes it back.
import type { CommandContext, Database, IdempotencyConflict, Transaction } from '@habitat/database';
import { appendDeclined, runCommand } from '@habitat/database';
import type { OverRoleLimit, Result, SecondPersonDays } from '@habitat/kernel';
import { accept, isPastItsTime, isSamePerson, maySecond, overRoleLimit, refuse } from '@habitat/kernel';
import type { LockRefusal } from '../period/lock.ts';
import { lockPeriodIn } from '../period/lock.ts';
import type { GuardRefusal } from '../transaction/posting.ts';
import { reverseTransactionsIn } from '../transaction/reversal.commands.ts';
import { checkDraftsIn, postDraftsIn } from '../transaction/transaction.commands.ts';
import type { DraftRefusal } from '../transaction/transaction.ts';
import type { JournalRequest } from './request.ts';
import { ASKED_BY, PERMISSION, requesterOf, restoreDraft } from './request.ts';
import { decideRequest, lockRequest } from './request.store.ts';

export type RequestRefusal =
  | { readonly code: 'REQUEST_NOT_FOUND' }
  | { readonly code: 'ALREADY_DECIDED'; readonly status: string }
  | { readonly code: 'SAME_PERSON' }
  | { readonly code: 'FORBIDDEN' }
  | OverRoleLimit
  | { readonly code: 'REASON_REQUIRED'; readonly path: string }
  | { readonly code: 'UNKNOWN_COOPERATIVE' }
  | { readonly code: 'TRANSACTION_NOT_FOUND' }
  | LockRefusal
  | DraftRefusal
  | GuardRefusal
  | IdempotencyConflict;

async function takeUp(tx: Transaction, requestId: string): Promise<Result<JournalRequest, RequestRefusal>> {
  const request = await lockRequest(tx, requestId);
  if (request === null) return refuse({ code: 'REQUEST_NOT_FOUND' });
  if (request.status !== 'pending') return refuse({ code: 'ALREADY_DECIDED', status: request.status });
  return accept(request);
}

async function carryOut(tx: Transaction, request: JournalRequest): Promise<Result<string[], RequestRefusal>> {
  if (request.act === 'lock_period') {
    const locked = await lockPeriodIn(tx, request.subjectId ?? '');
    return locked.ok ? accept([]) : locked;
  }
  const drafts = request.payload.transactions.map(restoreDraft);
  if (request.act === 'post') {
    // The ledger may have moved on since it was asked: accounts and periods are looked at again.
    const checked = await checkDraftsIn(tx, drafts, 'manual', () => '');
    return checked.ok ? postDraftsIn(tx, checked.value.drafts, 'manual') : checked;
  }
  const [undo, replacement] = drafts;
  if (undo === undefined || request.subjectId === null) return refuse({ code: 'TRANSACTION_NOT_FOUND' });
  return reverseTransactionsIn(
    tx,
    [request.subjectId],
    request.reason,
    undo.effectiveOn,
    replacement ?? null,
  );
}

export interface ApproveInput extends SecondPersonDays {
  readonly requestId: string;
  readonly note?: string | null;
}

/**
 * The second person agrees: the act is carried out now. Answers with the transactions posted.
 * Refuses ALREADY_DECIDED of what is past its time, SAME_PERSON for whoever asked, and whatever the act itself refuses
 * by now.
 */
export async function approveRequest(
  database: Database,
  context: CommandContext,
  input: ApproveInput,
): Promise<Result<{ requestId: string; transactionIds: readonly string[] }, RequestRefusal>> {
  const { secondPersonDays, ...asked } = input;
  return runCommand<{ requestId: string; transactionIds: readonly string[] }, RequestRefusal>(
    database,
    'treasury',
    context,
    { name: 'approveRequest', input: asked },
    async (tx) => {
      const found = await takeUp(tx, input.requestId);
      if (!found.ok) return found;
      const request = found.value;
      if (isPastItsTime(request.requestedAt, secondPersonDays, tx.now))
        return refuse({ code: 'ALREADY_DECIDED', status: 'expired' });
      const asker = requesterOf(request, tx.cooperativeId);
      if (isSamePerson(tx.actor, asker)) return refuse({ code: 'SAME_PERSON' });
      if (!maySecond(tx.actor, PERMISSION[request.act], asker)) return refuse({ code: 'FORBIDDEN' });
      const over = overRoleLimit(tx.actor, PERMISSION[request.act], request.amountMinor);
      if (over !== null) return refuse(over);
      const done = await carryOut(tx, request);
      if (!done.ok) return done;
      await decideRequest(tx, request.id, {
        status: 'approved',
        note: input.note ?? null,
        transactionIds: done.value,
      });
      return accept({ requestId: request.id, transactionIds: done.value });
    },
  );
}

/** Declines a request with a reason; the person who asked may take it back the same way. Nothing is posted. */
export async function declineRequest(
  database: Database,
  context: CommandContext,
  input: { readonly requestId: string; readonly reason: string },
): Promise<Result<{ requestId: string }, RequestRefusal>> {
  return runCommand<{ requestId: string }, RequestRefusal>(
    database,
    'treasury',
    context,
    { name: 'declineRequest', input },
    async (tx) => {
      const found = await takeUp(tx, input.requestId);
      if (!found.ok) return found;
      const asker = requesterOf(found.value, tx.cooperativeId);
      const own = isSamePerson(tx.actor, asker);
      if (!own && !maySecond(tx.actor, PERMISSION[found.value.act], asker))
        return refuse({ code: 'FORBIDDEN' });
      const reason = input.reason.trim();
      if (reason === '') return refuse({ code: 'REASON_REQUIRED', path: 'reason' });
      await decideRequest(tx, found.value.id, {
        status: own ? 'withdrawn' : 'declined',
        note: reason,
        transactionIds: [],
      });
      const { id: requestId, act } = found.value;
      const { memberId: askedBy } = asker;
      if (!own) appendDeclined(tx, { requestId, asked: ASKED_BY[act], askedBy, reason });
      return accept({ requestId });
    },
  );
}
