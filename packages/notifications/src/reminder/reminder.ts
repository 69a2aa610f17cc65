// When somebody may remind others of what waits for them: whoever asked for it, once it has waited a day, and once a day.
import type { Actor, LocalDate, WaitingRequest } from '@habitat/kernel';
import { isSamePerson } from '@habitat/kernel';

/** What waits, as a reminder needs to know it. */
export type Waiting = Pick<WaitingRequest, 'act' | 'id' | 'byLoginId' | 'byMemberId' | 'requestedAt'>;

/** In the order checked. */
export type RemindRefusal =
  | { readonly code: 'NOT_THE_ASKER' }
  | { readonly code: 'REMINDER_TOO_SOON' }
  | { readonly code: 'REMINDED_TODAY' };

const FIRST_AFTER_MS = 24 * 60 * 60_000;

/** Why somebody may not remind others now, or null. `lastDay` is the day of the last reminder there was. */
export function reminderRefused(
  actor: Actor,
  waiting: Waiting,
  at: { readonly now: Date; readonly today: LocalDate; readonly lastDay: LocalDate | null },
): RemindRefusal | null {
  const { byLoginId: loginId, byMemberId: memberId } = waiting;
  const own = isSamePerson(actor, { ...actor, kind: 'person', loginId, memberId });
  if (actor.kind !== 'person' || actor.memberId === null || !own) return { code: 'NOT_THE_ASKER' };
  const waited = at.now.getTime() - waiting.requestedAt.getTime();
  if (waited < FIRST_AFTER_MS) return { code: 'REMINDER_TOO_SOON' };
  return at.lastDay === at.today ? { code: 'REMINDED_TODAY' } : null;
}
