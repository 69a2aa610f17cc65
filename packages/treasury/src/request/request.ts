// A request: an act of treasury that waits for a second person (large or sensitive journal entries, reversals,
// corrections, the lock of a period). Whoever asked can never be the one who agrees.
import type { Act, Actor, WaitingAct } from '@habitat/kernel';
import { isSamePerson, maySecond } from '@habitat/kernel';
import type { ProposedEntry } from '../transaction/posting.ts';
import type { TransactionDraft } from '../transaction/transaction.ts';

export type RequestAct = 'post' | 'reverse' | 'correct' | 'lock_period';
export type RequestStatus = 'pending' | 'approved' | 'declined' | 'withdrawn' | 'expired';

export interface JournalRequest {
  readonly id: string;
  readonly act: RequestAct;
  /** The transaction to reverse or correct, or the period to lock. */
  readonly subjectId: string | null;
  readonly payload: { readonly transactions: readonly StoredDraft[] };
  readonly reason: string;
  readonly amountMinor: bigint;
  readonly requestedByLoginId: string | null;
  readonly requestedByMemberId: string | null;
  readonly requestedAt: Date;
  readonly status: RequestStatus;
  readonly decidedByLoginId: string | null;
  readonly decidedByMemberId: string | null;
  readonly decidedAt: Date | null;
  readonly decisionNote: string | null;
  readonly transactionIds: readonly string[];
}

/** A draft as JSON: amounts are decimal strings. */
export interface StoredDraft {
  readonly effectiveOn: string;
  readonly description: string;
  readonly entries: readonly (Omit<ProposedEntry, 'bookMinor' | 'taxMinor'> & {
    readonly bookMinor: string;
    readonly taxMinor: string;
  })[];
}

export function storeDraft(draft: TransactionDraft): StoredDraft {
  return {
    effectiveOn: draft.effectiveOn,
    description: draft.description,
    entries: draft.entries.map((entry) => ({
      ...entry,
      bookMinor: entry.bookMinor.toString(),
      taxMinor: entry.taxMinor.toString(),
    })),
  };
}

export function restoreDraft(stored: StoredDraft): TransactionDraft {
  return {
    effectiveOn: stored.effectiveOn,
    description: stored.description,
    entries: stored.entries.map((entry) => ({
      ...entry,
      bookMinor: BigInt(entry.bookMinor),
      taxMinor: BigInt(entry.taxMinor),
    })),
  };
}

/** The person who asked, as the rules of dual control compare people. */
export function requesterOf(
  request: Pick<JournalRequest, 'requestedByLoginId' | 'requestedByMemberId'>,
  cooperativeId: string,
): Actor {
  return {
    kind: 'person',
    cooperativeId,
    loginId: request.requestedByLoginId,
    memberId: request.requestedByMemberId,
    roles: [],
  };
}

/** The act of the permission matrix whose second person decides a request. */
export const PERMISSION: Readonly<Record<RequestAct, Act>> = {
  post: 'transaction.post',
  reverse: 'transaction.reverse',
  correct: 'transaction.reverse',
  lock_period: 'period.lock',
};

/** The command that asked for it. */
export const ASKED_BY: Readonly<Record<RequestAct, WaitingAct>> = {
  post: 'postTransaction',
  reverse: 'reverseTransaction',
  correct: 'correctTransaction',
  lock_period: 'lockPeriod',
};

export type RequestDecision = 'approve' | 'decline' | 'withdraw';

/** What somebody may do with a request as it stands: whoever asked takes it back, a second person decides. */
export function decisionsOpenTo(
  actor: Actor,
  request: Pick<JournalRequest, 'act' | 'status' | 'requestedByLoginId' | 'requestedByMemberId'>,
): readonly RequestDecision[] {
  if (request.status !== 'pending') return [];
  const asker = requesterOf(request, actor.cooperativeId);
  if (isSamePerson(actor, asker)) return ['withdraw'];
  return maySecond(actor, PERMISSION[request.act], asker) ? ['approve', 'decline'] : [];
}
