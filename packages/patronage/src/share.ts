/**
 * Who takes part and with what share: the minimum threshold first, then W / ΣW, then the maximum
 * share, whose excess goes proportionally to everyone still below it until nothing moves any more.
 */
import {
  accept,
  coefficientAtScale,
  compareIds,
  compareRational,
  decimalToRational,
  divideRational,
  multiplyRational,
  rational,
  refuse,
  ZERO,
} from '@habitat/kernel';
import type { Decimal, Rational, Result } from '@habitat/kernel';
import type { AllocationInput, ParsedPolicy } from './policy.ts';
import type { WeightedMember } from './weighted-patronage.ts';

export type Participation = 'takes_part' | 'not_eligible' | 'no_patronage' | 'below_threshold';

export interface ThresholdFacts {
  /** The least W, value or hours to take part, exact. */
  readonly minimum: Rational;
  readonly measure: 'weighted_total' | 'value' | 'hours';
  /** The average the minimum is a part of, where it is one. */
  readonly average: Rational | null;
}

export interface ShareLine {
  readonly memberId: string;
  /** W / ΣW over those taking part, before the maximum share. */
  readonly uncappedShare: Rational;
  readonly share: Rational;
  readonly capped: boolean;
}

export type ShareRefusal = {
  readonly code: 'INFEASIBLE_CAP';
  readonly maximumShare: string;
  readonly members: number;
};

/**
 * The minimum of the policy in exact terms; null without a threshold. The average of
 * percent_of_average is taken over the eligible members whose W is above zero.
 */
export function thresholdFacts(
  input: AllocationInput,
  parsed: ParsedPolicy,
  members: readonly WeightedMember[],
): ThresholdFacts | null {
  const { threshold, formula } = input.policy;
  if (threshold === null) return null;
  if (threshold.kind === 'fixed') {
    const inMoney = formula.kind !== 'hours_only' && formula.kind !== 'equal';
    return {
      minimum: rational(threshold.amountMinor, 10n ** BigInt(input.digits)),
      measure: inMoney ? 'weighted_total' : 'value',
      average: null,
    };
  }
  const number = decimalToRational(parsed.thresholdNumber ?? { coefficient: 0n, scale: 0 });
  if (threshold.kind === 'hours') return { minimum: number, measure: 'hours', average: null };
  const counted = members.filter(
    ({ member, weightedTotal }) => member.eligible && weightedTotal.coefficient > 0n,
  );
  const { total } = integerTotals(counted);
  const average =
    counted.length === 0 ? ZERO : divideRational(decimalToRational(total), rational(BigInt(counted.length)));
  return { minimum: multiplyRational(number, average), measure: 'weighted_total', average };
}

/** Whether a member takes part, and if not, the first reason why. */
export function participationOf(
  weighted: WeightedMember,
  threshold: ThresholdFacts | null,
  digits: number,
): Participation {
  if (!weighted.member.eligible) return 'not_eligible';
  if (weighted.weightedTotal.coefficient === 0n) return 'no_patronage';
  if (threshold === null) return 'takes_part';
  const measured: Decimal =
    threshold.measure === 'hours'
      ? weighted.hours
      : threshold.measure === 'value'
        ? { coefficient: weighted.valueMinor, scale: digits }
        : weighted.weightedTotal;
  return compareRational(decimalToRational(measured), threshold.minimum) < 0
    ? 'below_threshold'
    : 'takes_part';
}

/** The totals as integers over one scale, and their sum: Σ W of the members given. */
export function integerTotals(members: readonly WeightedMember[]): { integers: bigint[]; total: Decimal } {
  const scale = members.reduce((widest, { weightedTotal }) => Math.max(widest, weightedTotal.scale), 0);
  const integers = members.map(({ weightedTotal }) => coefficientAtScale(weightedTotal, scale));
  return { integers, total: { coefficient: integers.reduce((a, b) => a + b, 0n), scale } };
}

/**
 * Shares of those taking part, in the order given; Σ shares = 1. Capping goes down the members from
 * the largest W: whoever would exceed the maximum with the excess so far spread is held at it, which
 * is the fixed point of "repeat until stable" in one pass. Refuses INFEASIBLE_CAP when maximum ×
 * members is below one, because then the surplus cannot be divided at all.
 */
export function sharesOf(
  members: readonly WeightedMember[],
  maximumShare: Decimal | null,
): Result<ShareLine[], ShareRefusal> {
  if (members.length === 0) return accept([]);
  const { integers, total } = integerTotals(members);
  const all = total.coefficient;
  const cap = maximumShare ? decimalToRational(maximumShare) : rational(1n);
  const { numerator: top, denominator: whole } = cap;
  if (top * BigInt(members.length) < whole) {
    const text = `${top.toString()}/${whole.toString()}`;
    return refuse({ code: 'INFEASIBLE_CAP', maximumShare: text, members: members.length });
  }
  const ranked = members
    .map(({ member }, index) => ({ index, id: member.memberId, weight: integers[index] ?? 0n }))
    .sort((a, b) => (a.weight === b.weight ? compareIds(a.id, b.id) : a.weight > b.weight ? -1 : 1));
  let rest = all;
  let held = 0n;
  const cappedIndexes = new Set<number>();
  for (const { index, weight } of ranked) {
    // weight/rest × (1 − held × cap) > cap, without dividing
    if (weight * (whole - held * top) <= top * rest) break;
    cappedIndexes.add(index);
    rest -= weight;
    held += 1n;
  }
  const left = whole - held * top;
  return accept(
    members.map(({ member }, index) => {
      const weight = integers[index] ?? 0n;
      const capped = cappedIndexes.has(index);
      return {
        memberId: member.memberId,
        uncappedShare: rational(weight, all),
        share: capped ? cap : rational(weight * left, rest * whole),
        capped,
      };
    }),
  );
}
