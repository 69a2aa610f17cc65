// Which changes of the approval rules weaken them: those take the second person they would excuse. Who takes whose turn
// (routes, the fallback, days until stale) excuses nobody: whoever decides is a reviewer, and never of their own. Peers
// excuse the reviewer.
import { contributionKind } from '@habitat/events';
import type { Decimal } from '@habitat/kernel';
import { compareRational, decimalToRational, SECOND_PERSON_DAYS } from '@habitat/kernel';
import type { AutoApprovalRule } from '../approval/auto-approval.ts';
import type { ApprovalPolicyBody, PeerRule } from '../policy/policy.ts';
import { peerRuleFor, twoApproversFrom } from '../policy/policy.ts';
import { isSameCategory } from '../valuation/valuation-rule.ts';

const daysOf = (policy: ApprovalPolicyBody) => policy.secondPersonDays ?? SECOND_PERSON_DAYS;

/** How much silence may do. */
const WEIGHT_OF_SILENCE: Readonly<Record<PeerRule['onTimeout'], number>> = {
  reject: 0,
  escalate: 1,
  approve: 2,
};

/**
 * True when peers would let more through than before. A reviewer is what everything else asks for, so asking no peers any
 * more, or more of them, weakens nothing; asking peers where a reviewer decided does.
 */
function isLooserAboutPeers(before: PeerRule | null, after: PeerRule | null): boolean {
  if (after === null) return false;
  if (before === null || after.peers < before.peers) return true;
  const wider =
    (before.role !== null && after.role !== before.role) || (before.sameClass && !after.sameClass);
  const sooner = after.onTimeout === 'approve' && after.days < before.days;
  return wider || sooner || WEIGHT_OF_SILENCE[after.onTimeout] > WEIGHT_OF_SILENCE[before.onTimeout];
}

/** Every category that either policy names for its peers, and one that nobody named. */
function categoriesNamed(...policies: readonly ApprovalPolicyBody[]): string[] {
  const named = policies.flatMap(({ peerRules = [] }) => peerRules.map(({ category }) => category));
  return ['', ...new Set(named.flatMap((category) => category ?? []))];
}

/**
 * True when the later policy would ask for two signatures on less work of any kind, have peers let more through, or let
 * what waits for a second person stand longer, whatever else it tightens.
 */
export function isLooser(before: ApprovalPolicyBody, after: ApprovalPolicyBody): boolean {
  if (daysOf(after) > daysOf(before)) return true;
  const categories = categoriesNamed(before, after);
  return contributionKind.options.some(
    (kind) =>
      twoApproversFrom(after, kind) > twoApproversFrom(before, kind) ||
      categories.some((category) =>
        isLooserAboutPeers(peerRuleFor(before, kind, category), peerRuleFor(after, kind, category)),
      ),
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
