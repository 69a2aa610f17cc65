// A reviewer as deciding sees them: what their assignment covers, and what stands between them and one contribution.
import type { LocalDate } from '@habitat/kernel';
import type { Absence } from '../absence/absence.ts';
import { isAway } from '../absence/absence.ts';
import type { Contribution } from '../contribution/contribution.ts';
import { isSameCategory } from '../valuation/valuation-rule.ts';

/** A member who holds the role reviewer now, with the limits of that assignment. */
export interface Reviewer {
  readonly memberId: string;
  readonly displayName: string;
  readonly kinds: readonly string[] | null;
  readonly categories: readonly string[] | null;
  readonly limitMinor: bigint | null;
}

/** True when the assignment is for contributions of this kind and category. */
export function covers(reviewer: Reviewer, contribution: Contribution): boolean {
  const { kinds, categories } = reviewer;
  return (
    (kinds === null || kinds.includes(contribution.kind)) &&
    (categories === null || categories.some((category) => isSameCategory(category, contribution.category)))
  );
}

/** True when the assignment reaches this value; work that has none yet is within every limit. */
export function isWithinLimit(reviewer: Reviewer, contribution: Contribution): boolean {
  return (
    reviewer.limitMinor === null ||
    contribution.valueMinor === null ||
    contribution.valueMinor <= reviewer.limitMinor
  );
}

/** What stands between somebody and deciding: it is theirs, out of their scope, above their limit, or they are away. */
export type Hindrance = 'self' | 'scope' | 'value' | 'absent';

/** What keeps a member from deciding this contribution on a day; null when nothing does. */
export function hindranceOf(
  memberId: string,
  contribution: Contribution,
  at: {
    readonly reviewers: readonly Reviewer[];
    readonly absences: readonly Absence[];
    readonly today: LocalDate;
  },
): Hindrance | null {
  if (memberId === contribution.memberId || memberId === contribution.loggedByMemberId) return 'self';
  const reviewer = at.reviewers.find((one) => one.memberId === memberId);
  if (reviewer === undefined || !covers(reviewer, contribution)) return 'scope';
  if (!isWithinLimit(reviewer, contribution)) return 'value';
  return isAway(at.absences, memberId, at.today) ? 'absent' : null;
}
