/**
 * What the formula is told: the policy in force and each member's patronage of the period. Nothing
 * else goes in, so the same recorded inputs always give the same result.
 */
import { accept, isPositive, normalizeDecimal, parseDecimal, refuse } from '@habitat/kernel';
import type { Decimal, Result } from '@habitat/kernel';
import { parseFraction } from './surplus.ts';
import type { SurplusLine } from './surplus.ts';

export type Formula =
  /** Σ value × weight of the category. */
  | { readonly kind: 'weighted' }
  /** Everyone eligible counts the same, whatever they gave. */
  | { readonly kind: 'equal' }
  /** Hours only; of all categories unless some are named. */
  | { readonly kind: 'hours_only'; readonly categories?: readonly string[] }
  /** Value of the revenue categories only; `revenue` unless others are named. */
  | { readonly kind: 'revenue_only'; readonly categories?: readonly string[] }
  /** The weighted total times the multiplier of the member's class. */
  | { readonly kind: 'tiered'; readonly multipliers: Readonly<Record<string, string>> };

/** Members strictly below the minimum take no part; exactly at it they do. */
export type Threshold =
  /** On the weighted total, in money (on the unweighted value for hours-only and equal). */
  | { readonly kind: 'fixed'; readonly amountMinor: bigint }
  | { readonly kind: 'hours'; readonly hours: string }
  /** Fraction ("0.75") of the average weighted total of the eligible members who have any. */
  | { readonly kind: 'percent_of_average'; readonly fraction: string };

export type Rounding = 'largest_remainder' | 'residual_to_largest';

export interface AllocationPolicy {
  readonly surplusLines: readonly SurplusLine[];
  readonly formula: Formula;
  /** Positive decimals by patronage category; they need not add up to one. */
  readonly weights: Readonly<Record<string, string>>;
  readonly threshold: Threshold | null;
  /** Above 0, up to 1: no member's share exceeds it. */
  readonly maximumShare: string | null;
  readonly rounding: Rounding;
  /** 0 to 1: the part of a positive allocation paid in cash. */
  readonly cashRate: string;
}

export interface CategoryTotal {
  readonly category: string;
  readonly valueMinor: bigint;
  readonly hours: string;
  /** Every applied contribution behind the total; each id once in the whole input. */
  readonly contributionIds: readonly string[];
}

export interface MemberPatronage {
  readonly memberId: string;
  readonly memberClass: string;
  readonly status: string;
  /** Decided by the caller from class, status and tenure. */
  readonly eligible: boolean;
  /** Book capital plus deficit restoration obligation, in minor units: the most loss the member can bear. */
  readonly lossCapacityMinor: bigint | null;
  readonly categories: readonly CategoryTotal[];
}

export interface AllocationInput {
  readonly currency: string;
  /** Minor-unit digits of the currency. */
  readonly digits: number;
  /** Book net income of the period, before the policy's surplus lines. */
  readonly netIncomeMinor: bigint;
  /** Tax-basis net income to be allocated, in full, by the same shares. */
  readonly taxNetIncomeMinor: bigint;
  readonly policy: AllocationPolicy;
  readonly members: readonly MemberPatronage[];
  /** Period, policy versions and whatever else the record shall name; not used in the calculation. */
  readonly references: Readonly<Record<string, string>>;
}

export type PolicyRefusal =
  | { readonly code: 'WEIGHT_NOT_POSITIVE'; readonly category: string; readonly weight: string }
  | { readonly code: 'MULTIPLIER_NOT_POSITIVE'; readonly memberClass: string; readonly multiplier: string }
  | { readonly code: 'THRESHOLD_INVALID'; readonly text: string }
  | { readonly code: 'MAXIMUM_SHARE_OUT_OF_RANGE'; readonly maximumShare: string }
  | { readonly code: 'CASH_RATE_OUT_OF_RANGE'; readonly cashRate: string };

/** The policy's texts as exact numbers. */
export interface ParsedPolicy {
  readonly weights: ReadonlyMap<string, Decimal>;
  readonly multipliers: ReadonlyMap<string, Decimal>;
  readonly thresholdNumber: Decimal | null;
  readonly maximumShare: Decimal | null;
  readonly cashRate: Decimal;
}

/** Checks and parses a policy; refusals in the order of `PolicyRefusal`. Usable alone, when a policy is edited. */
export function parsePolicy(policy: AllocationPolicy): Result<ParsedPolicy, PolicyRefusal> {
  const weights = new Map<string, Decimal>();
  for (const [category, weight] of Object.entries(policy.weights)) {
    const parsed = parsePositive(weight);
    if (!parsed) return refuse({ code: 'WEIGHT_NOT_POSITIVE', category, weight });
    weights.set(category, parsed);
  }
  const multipliers = new Map<string, Decimal>();
  const tiers = policy.formula.kind === 'tiered' ? policy.formula.multipliers : {};
  for (const [memberClass, multiplier] of Object.entries(tiers)) {
    const parsed = parsePositive(multiplier);
    if (!parsed) return refuse({ code: 'MULTIPLIER_NOT_POSITIVE', memberClass, multiplier });
    multipliers.set(memberClass, parsed);
  }
  const threshold = parseThreshold(policy.threshold);
  if (!threshold.ok) return threshold;
  const cap = policy.maximumShare === null ? null : parseFraction(policy.maximumShare);
  if (policy.maximumShare !== null && (!cap || !isPositive(cap))) {
    return refuse({ code: 'MAXIMUM_SHARE_OUT_OF_RANGE', maximumShare: policy.maximumShare });
  }
  const cashRate = parseFraction(policy.cashRate);
  if (!cashRate) return refuse({ code: 'CASH_RATE_OUT_OF_RANGE', cashRate: policy.cashRate });
  return accept({ weights, multipliers, thresholdNumber: threshold.value, maximumShare: cap, cashRate });
}

function parsePositive(text: string): Decimal | null {
  const parsed = parseDecimal(text);
  return parsed.ok && isPositive(parsed.value) ? normalizeDecimal(parsed.value) : null;
}

function parseThreshold(threshold: Threshold | null): Result<Decimal | null, PolicyRefusal> {
  if (threshold === null) return accept(null);
  if (threshold.kind === 'fixed') {
    if (threshold.amountMinor >= 0n) return accept(null);
    return refuse({ code: 'THRESHOLD_INVALID', text: threshold.amountMinor.toString() });
  }
  const text = threshold.kind === 'hours' ? threshold.hours : threshold.fraction;
  const parsed = parseDecimal(text);
  if (!parsed.ok || parsed.value.coefficient < 0n) return refuse({ code: 'THRESHOLD_INVALID', text });
  return accept(parsed.value);
}
