/**
 * What waits for a second person, whichever context keeps it: who asked for what and when. After the days the cooperative
 * gives it, it expires; nobody's silence is ever a yes.
 */

/** The command that asked; two-person acts that are steps of a larger one (a distribution, an allocation) wait with that. */
export type WaitingAct =
  | 'postTransaction'
  | 'reverseTransaction'
  | 'correctTransaction'
  | 'lockPeriod'
  | 'setJournalThreshold'
  | 'setWeights'
  | 'setPolicies'
  | 'requestReopen'
  | 'setValuationRule'
  | 'setApprovalPolicy'
  | 'setAutoApprovalRule'
  | 'overrideValuation'
  | 'requestErasure';

/** What somebody may be reminded of: a request, or a step of something larger that waits for others' word. */
export type RemindableAct = WaitingAct | 'submitContribution' | 'proposeAllocation' | 'calculateDistribution';

export interface WaitingRequest {
  readonly act: WaitingAct;
  readonly id: string;
  /** The thing it is about, where there is one already: a transaction, a period, a close, a contribution, a member. */
  readonly subjectId: string | null;
  /** In the words of whoever asked; empty where no reason is asked for, as to be erased. */
  readonly reason: string;
  readonly byLoginId: string | null;
  readonly byMemberId: string | null;
  readonly requestedAt: Date;
}

/** Days it waits where the cooperative never said otherwise. */
export const SECOND_PERSON_DAYS = 14;

const DAY_MS = 86_400_000;

/** When it expires unless somebody decides. */
export function requestExpiresAt(request: Pick<WaitingRequest, 'requestedAt'>, days: number): Date {
  return new Date(request.requestedAt.getTime() + days * DAY_MS);
}

/**
 * The cooperative's own days, given to a command by whoever knows them. A fact beside what is asked for: the same
 * idempotency key stays the same request when the days change.
 */
export interface SecondPersonDays {
  /** Days something may wait for a second person; fourteen when left out. */
  readonly secondPersonDays?: number | undefined;
}

/**
 * True of what nobody agreed to in time, also in the minutes before the clock has ended it: a yes comes too late, and it
 * keeps nobody from asking anew. The days are the cooperative's own where the caller knows them.
 */
export function isPastItsTime(requestedAt: Date, days: number | undefined, now: Date): boolean {
  return requestExpiresAt({ requestedAt }, days ?? SECOND_PERSON_DAYS) <= now;
}
