/**
 * Splits positive allocations into cash and retained patronage: the cash pool is the rate of the
 * whole, rounded once, and divided by largest remainder, so that the cash of all members adds up.
 */
import { apportion, decimalToRational, expectAccepted, rational, roundHalfUp, sum } from '@habitat/kernel';
import type { Decimal } from '@habitat/kernel';

export interface CashLine {
  readonly memberId: string;
  readonly cashMinor: bigint;
  readonly retainedMinor: bigint;
  /** What rounding added to the member's exact part of the pool: 0 or 1 minor unit. */
  readonly extraMinor: bigint;
}

export interface CashSplit {
  readonly poolMinor: bigint;
  readonly retainedMinor: bigint;
  readonly lines: readonly CashLine[];
}

/**
 * `rate` is 0 to 1. A negative or zero allocation gets no cash and is retained as it is (it lowers
 * capital). Nobody gets more cash than their allocation. Lines come in the order given.
 */
export function splitCash(
  allocations: readonly { readonly memberId: string; readonly allocationMinor: bigint }[],
  rate: Decimal,
): CashSplit {
  const positive = allocations.filter(({ allocationMinor }) => allocationMinor > 0n);
  const exact = decimalToRational(rate);
  const total = sum(positive.map(({ allocationMinor }) => allocationMinor));
  const poolMinor = roundHalfUp(rational(total * exact.numerator, exact.denominator));
  const { lines } = expectAccepted(
    apportion(
      poolMinor,
      positive.map(({ memberId, allocationMinor }) => ({ id: memberId, weight: rational(allocationMinor) })),
    ),
  );
  const byId = new Map(lines.map((line) => [line.id, line]));
  const split = allocations.map(({ memberId, allocationMinor }): CashLine => {
    const line = byId.get(memberId);
    const cashMinor = line?.units ?? 0n;
    return {
      memberId,
      cashMinor,
      retainedMinor: allocationMinor - cashMinor,
      extraMinor: line?.extra ?? 0n,
    };
  });
  return { poolMinor, retainedMinor: sum(split.map((line) => line.retainedMinor)), lines: split };
}
