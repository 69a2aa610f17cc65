// Tells the log that what waited for a second person is over because nobody decided in time, whether the clock found it or
// somebody asked anew. Every context appends the same event: whoever asked, and whoever might have decided, hear of it.
import { newEvent, requestExpired } from '@habitat/events';
import type { WaitingRequest } from '@habitat/kernel';
import { requestExpiresAt, SECOND_PERSON_DAYS, todayIn } from '@habitat/kernel';
import type { Transaction } from './transaction.ts';

/** What was asked for, as far as its end is told. */
export type Expired = Pick<WaitingRequest, 'id' | 'act' | 'byMemberId' | 'requestedAt'>;

/** Appends the event of each; `days` is how long the cooperative let them wait, the days are counted where it is. */
export function appendExpired(
  tx: Transaction,
  requests: readonly Expired[],
  { days = SECOND_PERSON_DAYS, timeZone }: { readonly days?: number | undefined; readonly timeZone: string },
): void {
  for (const request of requests) {
    const { id: requestId, act: asked, byMemberId: memberId } = request;
    const expiredOn = todayIn(timeZone, requestExpiresAt(request, days));
    tx.append(newEvent(requestExpired, requestId, { requestId, asked, memberId, expiredOn }));
  }
}
