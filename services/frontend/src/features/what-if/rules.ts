// The rules somebody tries, as text the way fields hold them, and the formula's policy they make. The formula itself, and
// every check of a rule, is the package's that closes the period.
import {
  addDecimal,
  formatDecimal,
  formatMinor,
  normalizeDecimal,
  parseDecimal,
  parseMoney,
} from '@habitat/kernel';
import type { AllocationInput, AllocationPolicy, Threshold } from '@habitat/patronage';
import { fractionOf, percentOf } from '../../lib/percent.ts';

export const thresholdKinds = ['none', 'fixed', 'hours', 'percent_of_average'] as const;
export type ThresholdKind = (typeof thresholdKinds)[number];

export type Rules = {
  weights: Readonly<Record<string, string>>;
  /** A percentage; "100" is no cap. */
  cap: string;
  thresholdKind: ThresholdKind;
  /** Major units, hours or a percentage, by kind. */
  threshold: string;
};

/** The rules in force, as fields show them. */
export function rulesOf({ policy, digits }: AllocationInput): Rules {
  const { threshold } = policy;
  return {
    weights: Object.fromEntries(
      Object.entries(policy.weights).map(([category, weight]) => [category, twoDigits(weight)]),
    ),
    cap: percentOf(policy.maximumShare ?? '1'),
    thresholdKind: threshold?.kind ?? 'none',
    threshold: thresholdText(threshold, digits),
  };
}

function thresholdText(threshold: Threshold | null, digits: number): string {
  if (threshold === null) return '';
  if (threshold.kind === 'fixed') return plain(formatMinor(threshold.amountMinor, digits));
  return threshold.kind === 'hours' ? plain(threshold.hours) : percentOf(threshold.fraction);
}

/** A weight with the two digits people agree on, or all it has. */
function twoDigits(weight: string): string {
  const [whole = '0', fraction = ''] = plain(weight).split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

/** "0.40" and "0.4" are the same rule. */
export function plain(text: string): string {
  const parsed = parseDecimal(text.trim());
  return parsed.ok ? formatDecimal(normalizeDecimal(parsed.value)) : text.trim();
}

/** The policy in force with the rules tried put in. A text that is no number stays, and the formula refuses it. */
export function policyWith(policy: AllocationPolicy, rules: Rules, digits: number): AllocationPolicy {
  const cap = fractionOf(rules.cap);
  return {
    ...policy,
    weights: rules.weights,
    maximumShare: plain(cap) === '1' ? null : cap,
    threshold: thresholdWith(rules, digits),
  };
}

function thresholdWith({ thresholdKind, threshold }: Rules, digits: number): Threshold | null {
  const typed = threshold.trim() || '0';
  if (thresholdKind === 'none') return null;
  if (thresholdKind === 'hours') return { kind: 'hours', hours: typed };
  if (thresholdKind === 'percent_of_average')
    return { kind: 'percent_of_average', fraction: fractionOf(typed) };
  const amount = parseMoney(typed, digits);
  // Less than nothing is refused by the formula, as what cannot be read must be.
  return { kind: 'fixed', amountMinor: amount.ok ? amount.value : -1n };
}

/** Which rules differ from those in force: categories of weights, "cap", "threshold". */
export function changedRules(inForce: Rules, tried: Rules): string[] {
  const weights = Object.keys(inForce.weights).filter(
    (category) => plain(tried.weights[category] ?? '') !== plain(inForce.weights[category] ?? ''),
  );
  const cap = plain(tried.cap) === plain(inForce.cap) ? [] : ['cap'];
  const same =
    tried.thresholdKind === inForce.thresholdKind &&
    (tried.thresholdKind === 'none' || plain(tried.threshold || '0') === plain(inForce.threshold || '0'));
  return [...weights, ...cap, ...(same ? [] : ['threshold'])];
}

/** The end of a slider: one, or the next whole number above the largest weight in force. */
export function sliderEnd(weights: Rules['weights']): string {
  let end = { coefficient: 1n, scale: 0 };
  for (const weight of Object.values(weights)) {
    const parsed = parseDecimal(weight);
    while (parsed.ok && isAbove(parsed.value, end)) end = addDecimal(end, { coefficient: 1n, scale: 0 });
  }
  return formatDecimal(end);
}

type Exact = { coefficient: bigint; scale: number };
const isAbove = (left: Exact, right: Exact) =>
  left.coefficient * 10n ** BigInt(right.scale) > right.coefficient * 10n ** BigInt(left.scale);
