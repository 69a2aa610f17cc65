// When a reviewer or a peer is away, and who decides for a reviewer meanwhile. An absence is announced by days, both
// inclusive; whoever comes back early ends it.
import type { LocalDate } from '@habitat/kernel';

export interface Absence {
  readonly absenceId: string;
  readonly memberId: string;
  /** Who decides meanwhile; null leaves it to routes, fallback and the other reviewers. */
  readonly backupMemberId: string | null;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
}

/** The absence a member is in on a day; null when they are there. */
export function absenceOf(absences: readonly Absence[], memberId: string, on: LocalDate): Absence | null {
  return absences.find((one) => one.memberId === memberId && one.startsOn <= on && on <= one.endsOn) ?? null;
}

/** True when a member is away on a day. */
export function isAway(absences: readonly Absence[], memberId: string, on: LocalDate): boolean {
  return absenceOf(absences, memberId, on) !== null;
}
