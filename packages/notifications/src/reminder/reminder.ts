// When somebody may remind others of what waits for them: whoever asked for it, once it has waited a day, and once a day.
import type { PayloadOf, requestReminded } from '@habitat/events';
import type { Actor, LocalDate, RemindableAct, WaitingRequest } from '@habitat/kernel';
import { isSamePerson } from '@habitat/kernel';

/** What waits, as a reminder needs to know it. */
export interface Waiting extends Pick<WaitingRequest, 'id' | 'byLoginId' | 'byMemberId' | 'requestedAt'> {
  readonly act: RemindableAct;
  /** Of a contribution: how its notices name it. */
  readonly about?: RemindedContribution;
}

export type RemindedContribution = NonNullable<PayloadOf<typeof requestReminded>['contribution']>;

/** In the order checked. */
export type RemindRefusal =
  | { readonly code: 'NOT_THE_ASKER' }
  | { readonly code: 'NOBODY_TO_REMIND' }
  | { readonly code: 'REMINDER_TOO_SOON' }
  | { readonly code: 'REMINDED_TODAY' };

/** Whether a person asked for it themselves; a program reads its answers and reminds nobody. */
export function isAskedBy(actor: Actor, { byLoginId: loginId, byMemberId: memberId }: Waiting): boolean {
  if (actor.kind !== 'person' || actor.memberId === null) return false;
  return isSamePerson(actor, { ...actor, kind: 'person', loginId, memberId });
}

/** Whoever reminds is not told of it: where nobody else could be, there is nobody to remind. */
export function reachesNobody(actor: Actor, reached: readonly string[]): boolean {
  return reached.every((memberId) => memberId === actor.memberId);
}

const FIRST_AFTER_MS = 24 * 60 * 60_000;

/** Why somebody may not remind others now, or null. `lastDay` is the day of the last reminder there was. */
export function reminderRefused(
  actor: Actor,
  waiting: Waiting,
  at: {
    readonly now: Date;
    readonly today: LocalDate;
    readonly lastDay: LocalDate | null;
    /** Who would be told of it. */
    readonly reached: readonly string[];
  },
): RemindRefusal | null {
  if (!isAskedBy(actor, waiting)) return { code: 'NOT_THE_ASKER' };
  if (reachesNobody(actor, at.reached)) return { code: 'NOBODY_TO_REMIND' };
  const waited = at.now.getTime() - waiting.requestedAt.getTime();
  if (waited < FIRST_AFTER_MS) return { code: 'REMINDER_TOO_SOON' };
  return at.lastDay === at.today ? { code: 'REMINDED_TODAY' } : null;
}
