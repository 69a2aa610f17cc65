// Which valuation rule counts: the one in force on the day of the work, the most particular first. When the work
// is approved, or the rule was written, makes no difference.
import type { ContributionKind } from '@habitat/events';
import type { Decimal, LocalDate } from '@habitat/kernel';

export type ValuationMethod = 'rate' | 'fixed' | 'market' | 'formula';

export interface ValuationRule {
  readonly ruleId: string;
  readonly kind: ContributionKind;
  /** Null covers every category. */
  readonly category: string | null;
  /** Null covers every member. */
  readonly memberId: string | null;
  /** Counts the rules of the same kind, category and member. */
  readonly version: number;
  readonly effectiveFrom: LocalDate;
  readonly method: ValuationMethod;
  /** Major units per hour, unit or unit of money; with method rate. */
  readonly rate: Decimal | null;
  readonly fixedMinor: bigint | null;
  readonly expression: string | null;
}

export interface RuleQuestion {
  readonly kind: ContributionKind;
  readonly category: string;
  readonly memberId: string;
  /** The day of the work. */
  readonly on: LocalDate;
}

/** True when two category names mean the same: capitals and outer spaces do not matter. */
export function isSameCategory(left: string, right: string): boolean {
  return left.trim().toLowerCase() === right.trim().toLowerCase();
}

/** Member and category 3, member 2, category 1, neither 0. */
function particularity(rule: ValuationRule): number {
  return (rule.memberId === null ? 0 : 2) + (rule.category === null ? 0 : 1);
}

function covers(rule: ValuationRule, question: RuleQuestion): boolean {
  return (
    rule.kind === question.kind &&
    rule.effectiveFrom <= question.on &&
    (rule.category === null || isSameCategory(rule.category, question.category)) &&
    (rule.memberId === null || rule.memberId === question.memberId)
  );
}

/**
 * The rule for this work, or null: the most particular that has begun by that day, of those the one that began
 * last, and of two that began the same day the later version.
 */
export function ruleInForce(rules: Iterable<ValuationRule>, question: RuleQuestion): ValuationRule | null {
  let best: ValuationRule | null = null;
  for (const rule of rules) {
    if (covers(rule, question) && (best === null || outranks(rule, best))) best = rule;
  }
  return best;
}

function outranks(rule: ValuationRule, best: ValuationRule): boolean {
  const [mine, its] = [particularity(rule), particularity(best)];
  if (mine !== its) return mine > its;
  if (rule.effectiveFrom !== best.effectiveFrom) return rule.effectiveFrom > best.effectiveFrom;
  return rule.version > best.version;
}
