/**
 * Divides a whole number of minor units by exact weights so that the parts add up to the whole,
 * and keeps every step (quota, floor, remainder, extra unit) so that each cent can be explained.
 */
import { accept, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import { absolute } from './money.ts';
import { greatestCommonDivisor, rational } from './rational.ts';
import type { Rational } from './rational.ts';

export interface Weighted {
  readonly id: string;
  readonly weight: Rational;
}

/** Why a part got more than its floor; `none` when it did not. */
export type ExtraUnitReason =
  'none' | 'larger_remainder' | 'tie_larger_share' | 'tie_id' | 'residual_to_largest';

/** One part and how it came about. For a negative total every amount is the mirror of the positive one. */
export interface ApportionmentLine {
  readonly id: string;
  /** weight ÷ Σ weights, reduced; zero when there is no weight at all. */
  readonly share: Rational;
  /** share × total before rounding. */
  readonly quota: Rational;
  /** The quota cut towards zero. */
  readonly floor: bigint;
  /** What was cut off, with the sign of the total: quota − floor. */
  readonly remainder: Rational;
  /** What rounding added, with the sign of the total. */
  readonly extra: bigint;
  readonly extraReason: ExtraUnitReason;
  /** True when this part's remainder equalled that of another one across the line of the last unit. */
  readonly tiedAtCut: boolean;
  /** floor + extra: the part. */
  readonly units: bigint;
}

export interface Apportionment {
  readonly total: bigint;
  /** In the order the weights came. */
  readonly lines: readonly ApportionmentLine[];
  readonly unitsById: ReadonlyMap<string, bigint>;
  /** Units left after the floors, handed out by the rounding rule; never negative. */
  readonly leftover: bigint;
}

export type ApportionRefusal =
  | { readonly code: 'DUPLICATE_ID'; readonly id: string }
  | { readonly code: 'NEGATIVE_WEIGHT'; readonly id: string }
  | { readonly code: 'NO_WEIGHT'; readonly total: string };

interface Part {
  readonly id: string;
  readonly index: number;
  readonly weight: bigint;
  readonly floor: bigint;
  /** Numerator of the remainder over the sum of the weights. */
  readonly rest: bigint;
}

type Award = { readonly extra: bigint; readonly reason: ExtraUnitReason };
type RoundingRule = (parts: readonly Part[], leftover: bigint) => Rounding;

interface Rounding {
  readonly awards: ReadonlyMap<number, Award>;
  readonly tied: ReadonlySet<number>;
}

/**
 * Largest remainder (Hamilton, Hare–Niemeyer): every part gets the floor of its quota, and the units
 * left go one each to the largest remainders; ties go to the larger share, then to the id that comes
 * first in code-unit order. The input order never matters. A negative total is the mirror image.
 *
 * A weight of zero never gets a unit, and Σ units = total exactly. Refusals in order: DUPLICATE_ID,
 * NEGATIVE_WEIGHT, NO_WEIGHT (all weights zero, or none given, and a total that is not zero).
 */
export function apportion(
  total: bigint,
  weights: readonly Weighted[],
): Result<Apportionment, ApportionRefusal> {
  return apportionBy(total, weights, awardLargestRemainders);
}

/**
 * The configurable alternative: every part gets the floor of its quota and all units left go to the
 * largest share (ties: the id that comes first). Same refusals and guarantees as `apportion`, except
 * that the largest part may be up to (parts − 1) units above its quota.
 */
export function apportionResidualToLargest(
  total: bigint,
  weights: readonly Weighted[],
): Result<Apportionment, ApportionRefusal> {
  return apportionBy(total, weights, awardResidualToLargest);
}

/** Code-unit order of ids, the same on every machine (localeCompare is not). */
export function compareIds(left: string, right: string): -1 | 0 | 1 {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function apportionBy(
  total: bigint,
  weights: readonly Weighted[],
  round: RoundingRule,
): Result<Apportionment, ApportionRefusal> {
  const faulty = firstFault(weights);
  if (faulty) return refuse(faulty);
  const integers = integerWeights(weights);
  const weightSum = integers.reduce((running, weight) => running + weight, 0n);
  if (weightSum === 0n && total !== 0n) return refuse({ code: 'NO_WEIGHT', total: total.toString() });

  const magnitude = absolute(total);
  // With a total of zero and no weight at all any divisor gives the right zeros.
  const divisor = weightSum === 0n ? 1n : weightSum;
  let leftover = magnitude;
  const parts = weights.map(({ id }, index): Part => {
    const weight = integers[index] ?? 0n;
    const product = magnitude * weight;
    const floor = product / divisor;
    leftover -= floor;
    return { id, index, weight, floor, rest: product - floor * divisor };
  });
  const rounding = leftover === 0n ? NO_ROUNDING : round(parts, leftover);
  const sign = total < 0n ? -1n : 1n;
  const lines = parts.map((part) => lineOf(part, divisor, sign, rounding));
  return accept({
    total,
    lines,
    unitsById: new Map(lines.map((line) => [line.id, line.units])),
    leftover,
  });
}

function firstFault(weights: readonly Weighted[]): ApportionRefusal | null {
  const seen = new Set<string>();
  for (const { id } of weights) {
    if (seen.has(id)) return { code: 'DUPLICATE_ID', id };
    seen.add(id);
  }
  const negative = weights.find(({ weight }) => weight.numerator < 0n);
  return negative ? { code: 'NEGATIVE_WEIGHT', id: negative.id } : null;
}

/** The weights over their common denominator, so that the rest is integer arithmetic. */
function integerWeights(weights: readonly Weighted[]): bigint[] {
  let common = 1n;
  for (const { weight } of weights) {
    common *= weight.denominator / greatestCommonDivisor(common, weight.denominator);
  }
  return weights.map(({ weight }) => weight.numerator * (common / weight.denominator));
}

const NO_ROUNDING: Rounding = { awards: new Map(), tied: new Set() };

function awardLargestRemainders(parts: readonly Part[], leftover: bigint): Rounding {
  const ranked = parts.filter((part) => part.rest > 0n).sort(byRemainderThenShareThenId);
  // The leftover is the sum of the cut-off fractions, each below one: fewer units than parts ranked.
  const winners = ranked.slice(0, Number(leftover));
  const lastWinner = winners.at(-1);
  const firstLoser = ranked[winners.length];
  const cut = lastWinner && firstLoser && lastWinner.rest === firstLoser.rest ? lastWinner.rest : null;
  const tied = new Set(cut === null ? [] : ranked.filter((p) => p.rest === cut).map((p) => p.index));
  const awards = new Map<number, Award>();
  for (const part of winners) {
    const reason = part.rest === cut && firstLoser ? tieReason(part, firstLoser) : 'larger_remainder';
    awards.set(part.index, { extra: 1n, reason });
  }
  return { awards, tied };
}

function tieReason(winner: Part, firstLoser: Part): ExtraUnitReason {
  return winner.weight > firstLoser.weight ? 'tie_larger_share' : 'tie_id';
}

function byRemainderThenShareThenId(left: Part, right: Part): number {
  if (left.rest !== right.rest) return left.rest > right.rest ? -1 : 1;
  if (left.weight !== right.weight) return left.weight > right.weight ? -1 : 1;
  return compareIds(left.id, right.id);
}

function awardResidualToLargest(parts: readonly Part[], leftover: bigint): Rounding {
  let largest = parts[0];
  for (const part of parts) {
    if (!largest || part.weight > largest.weight) largest = part;
    else if (part.weight === largest.weight && compareIds(part.id, largest.id) < 0) largest = part;
  }
  if (!largest) return NO_ROUNDING;
  return {
    awards: new Map([[largest.index, { extra: leftover, reason: 'residual_to_largest' }]]),
    tied: new Set(),
  };
}

function lineOf(part: Part, divisor: bigint, sign: bigint, rounding: Rounding): ApportionmentLine {
  const award = rounding.awards.get(part.index);
  const extra = sign * (award?.extra ?? 0n);
  const floor = sign * part.floor;
  return {
    id: part.id,
    share: rational(part.weight, divisor),
    quota: rational(sign * (part.floor * divisor + part.rest), divisor),
    floor,
    remainder: rational(sign * part.rest, divisor),
    extra,
    extraReason: award?.reason ?? 'none',
    tiedAtCut: rounding.tied.has(part.index),
    units: floor + extra,
  };
}
