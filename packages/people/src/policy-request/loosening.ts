// Which changes of the approval rules weaken them: those take the second person they would excuse. Who takes whose turn
// (routes, the fallback, days until stale) excuses nobody: whoever decides is a reviewer, and never of their own.
import { contributionKind } from '@habitat/events';
import type { Decimal } from '@habitat/kernel';
import { compareRational, decimalToRational, SECOND_PERSON_DAYS } from '@habitat/kernel';
import type { AutoApprovalRule } from '../approval/auto-approval.ts';
import type { ApprovalPolicyBody } from '../policy/policy.ts';
import { twoApproversFrom } from '../policy/policy.ts';
import { isSameCategory } from '../valuation/valuation-rule.ts';

const daysOf = (policy: ApprovalPolicyBody) => policy.secondPersonDays ?? SECOND_PERSON_DAYS;

/**
 * True when the later policy would ask for two signatures on less work of any kind, or let what waits for a second person
 * stand longer, whatever else it tightens.
 */
export function isLooser(before: ApprovalPolicyBody, after: ApprovalPolicyBody): boolean {
  if (daysOf(after) > daysOf(before)) return true;
  return contributionKind.options.some(
    (kind) => twoApproversFrom(after, kind) > twoApproversFrom(before, kind),
  );
}

/** What of a rule decides how much goes through without a reviewer. */
export type AutoApprovalReach = Pick<
  AutoApprovalRule,
  'kind' | 'category' | 'maxQuantityPerWeek' | 'verifiedSourceOnly' | 'active'
>;

function covers(before: AutoApprovalReach, after: AutoApprovalReach): boolean {
  if (before.kind !== after.kind) return false;
  if (before.category === null) return true;
  return after.category !== null && isSameCategory(before.category, after.category);
}

const isMore = (left: Decimal, right: Decimal) =>
  compareRational(decimalToRational(left), decimalToRational(right)) > 0;

/** True when the rule would let anything through that it does not let through now; a new or reawakened one always does. */
export function isLooserRule(before: AutoApprovalReach | null, after: AutoApprovalReach): boolean {
  if (!after.active) return false;
  if (before === null || !before.active || !covers(before, after)) return true;
  if (before.verifiedSourceOnly && !after.verifiedSourceOnly) return true;
  return isMore(after.maxQuantityPerWeek, before.maxQuantityPerWeek);
}
