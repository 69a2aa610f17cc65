/**
 * Spreads a loss by the members' shares without taking anyone below what they can bear: book capital
 * plus a deficit restoration obligation (26 CFR 1.704-1(b)(2)(ii)(d)). What one cannot bear goes to
 * those who can, by their shares; what none can bear is reported as unborne.
 */
import {
  apportion,
  apportionResidualToLargest,
  compareIds,
  compareRational,
  expectAccepted,
  multiplyRational,
  rational,
  subtractRational,
  sum,
  ZERO,
} from '@habitat/kernel';
import type { ApportionmentLine, Rational } from '@habitat/kernel';
import type { Rounding } from './policy.ts';

export interface LossBearer {
  readonly memberId: string;
  readonly share: Rational;
  /** At least zero: a member already in deficit bears nothing more. */
  readonly capacityMinor: bigint;
}

export interface LossSpread {
  /** Bearers held at their capacity: exactly this much, in magnitude. */
  readonly floored: ReadonlyMap<string, bigint>;
  /** How the rest was divided among the others; amounts are negative. */
  readonly lines: ReadonlyMap<string, ApportionmentLine>;
  /** Magnitude of what nobody can bear. */
  readonly unborneMinor: bigint;
}

/**
 * `lossMinor` is the magnitude of the loss, at least zero. Bearers with a share of zero bear nothing.
 * One pass in order of capacity per share finds those who are held at their capacity; the rest is
 * apportioned by the rounding rule. A part rounded up to the next unit stays within a whole capacity
 * it did not exceed before; only the residue of many parts may not, and is handed on.
 */
export function spreadLoss(
  lossMinor: bigint,
  bearers: readonly LossBearer[],
  rounding: Rounding,
): LossSpread {
  const bearing = bearers.filter(({ share }) => share.numerator > 0n);
  const held = overwhelmed(lossMinor, bearing);
  const floored = new Map(held.map(({ memberId, capacityMinor }) => [memberId, capacityMinor]));
  const remaining = lossMinor - sum(floored.values());
  const free = bearing.filter(({ memberId }) => !floored.has(memberId));
  if (free.length === 0) return { floored, lines: new Map(), unborneMinor: remaining };
  const weights = free.map(({ memberId, share }) => ({ id: memberId, weight: share }));
  const lines =
    rounding === 'largest_remainder'
      ? expectAccepted(apportion(-remaining, weights)).lines
      : residueWithin(expectAccepted(apportionResidualToLargest(-remaining, weights)).lines, free);
  return { floored, lines: new Map(lines.map((line) => [line.id, line])), unborneMinor: 0n };
}

/** The residue to the largest share as far as it can bear it, what is left to the next largest, and so on. */
function residueWithin(
  lines: readonly ApportionmentLine[],
  free: readonly LossBearer[],
): readonly ApportionmentLine[] {
  let residue = -sum(lines.map(({ extra }) => extra));
  const ranked = lines
    .map((line, index) => ({ line, index, capacityMinor: free[index]?.capacityMinor ?? 0n }))
    .sort((a, b) => compareRational(b.line.share, a.line.share) || compareIds(a.line.id, b.line.id));
  const within = [...lines];
  for (const { line, index, capacityMinor } of ranked) {
    const room = capacityMinor + line.floor;
    const taken = residue < room ? residue : room;
    residue -= taken;
    const extraReason = taken === 0n ? 'none' : 'residual_to_largest';
    within[index] = { ...line, extra: -taken, extraReason, units: line.floor - taken };
  }
  return within;
}

/** Those whose part, with what others cannot bear spread to them, exceeds their capacity. */
function overwhelmed(lossMinor: bigint, bearers: readonly LossBearer[]): LossBearer[] {
  const ranked = bearers
    .map((bearer) => ({
      bearer,
      loadPerShare: rational(bearer.capacityMinor * bearer.share.denominator, bearer.share.numerator),
    }))
    .sort(
      (a, b) =>
        compareRational(a.loadPerShare, b.loadPerShare) || compareIds(a.bearer.memberId, b.bearer.memberId),
    );
  const held: LossBearer[] = [];
  let remaining = lossMinor;
  // Σ of the shares still free; all shares of those taking part add up to one.
  let freeShare = rational(1n);
  for (const { bearer } of ranked) {
    const part = multiplyRational(rational(remaining), bearer.share);
    const bearable = multiplyRational(rational(bearer.capacityMinor), freeShare);
    if (compareRational(part, bearable) <= 0) break;
    held.push(bearer);
    remaining -= bearer.capacityMinor;
    freeShare = subtractRational(freeShare, bearer.share);
    if (compareRational(freeShare, ZERO) <= 0) break;
  }
  return held;
}
