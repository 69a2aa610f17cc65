// Small or verified work that a rule approves by itself. Never above the line where two people must sign, never
// late, and never what somebody else logged; what a rule approved is flagged for ever.
import type { ContributionKind } from '@habitat/events';
import type { Decimal } from '@habitat/kernel';
import { addRational, compareRational, decimalToRational } from '@habitat/kernel';
import type { Contribution } from '../contribution/contribution.ts';
import type { ApprovalPolicyBody } from '../policy/policy.ts';
import { twoApproversFrom } from '../policy/policy.ts';
import { exactAmount } from '../valuation/quantity.ts';
import { isSameCategory } from '../valuation/valuation-rule.ts';

export interface AutoApprovalRule {
  readonly ruleId: string;
  readonly version: number;
  readonly kind: ContributionKind;
  readonly category: string | null;
  /** What one member may have approved by it in a week (Monday to Sunday) of work. */
  readonly maxQuantityPerWeek: Decimal;
  /** Only what a verified source sent (a time clock, a till), not what a person typed. */
  readonly verifiedSourceOnly: boolean;
  readonly active: boolean;
}

/** The rules that might apply to a contribution, before the week's quantity is known. */
export function candidateRules(
  rules: readonly AutoApprovalRule[],
  contribution: Contribution,
): AutoApprovalRule[] {
  return rules.filter(
    (rule) =>
      rule.active &&
      rule.kind === contribution.kind &&
      (rule.category === null || isSameCategory(rule.category, contribution.category)) &&
      (!rule.verifiedSourceOnly || contribution.sourceVerified),
  );
}

/** The rule that approves a submitted contribution, given what was auto-approved in its week already; or null. */
export function autoApprovingRule(
  rules: readonly AutoApprovalRule[],
  contribution: Contribution,
  weekSoFar: Decimal,
  policy: ApprovalPolicyBody,
): AutoApprovalRule | null {
  const { valueMinor } = contribution;
  if (contribution.late || contribution.loggedForReason !== null || valueMinor === null) return null;
  if (valueMinor >= twoApproversFrom(policy, contribution.kind)) return null;
  const week = addRational(decimalToRational(weekSoFar), exactAmount(contribution.quantity));
  const fits = (rule: AutoApprovalRule) =>
    compareRational(week, decimalToRational(rule.maxQuantityPerWeek)) <= 0;
  return candidateRules(rules, contribution).find(fits) ?? null;
}
