// The guards of paying members: the cash reserve stays, and nobody's book capital goes below zero beyond their
// deficit restoration obligation. A refusal says how much would pass.

export interface DistributionFacts {
  /** Book balance of cash and equivalents (11xx). */
  readonly cashMinor: bigint;
  /** Booked in 2320 and not paid yet: spoken for. */
  readonly payableMinor: bigint;
  readonly reserveMinor: bigint;
  /** The member's book capital and deficit restoration obligation. */
  readonly capitalMinor: bigint;
  readonly droMinor: bigint;
}

export interface DistributionRefusal {
  readonly code: 'CAPITAL_DEFICIT' | 'CASH_RESERVE';
  /** The most that would pass both guards; never negative. */
  readonly mostMinor: bigint;
}

function least(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}

/** Null when the amount may be booked as payable; CAPITAL_DEFICIT is looked at before CASH_RESERVE. */
export function refuseDistribution(
  amountMinor: bigint,
  facts: DistributionFacts,
): DistributionRefusal | null {
  const byCapital = facts.capitalMinor + facts.droMinor;
  const byCash = facts.cashMinor - facts.payableMinor - facts.reserveMinor;
  const most = least(byCapital, byCash);
  const mostMinor = most > 0n ? most : 0n;
  if (amountMinor > byCapital) return { code: 'CAPITAL_DEFICIT', mostMinor };
  if (amountMinor > byCash) return { code: 'CASH_RESERVE', mostMinor };
  return null;
}

/** Null when a booked payable may be paid out of cash without touching the reserve. */
export function refusePayment(
  amountMinor: bigint,
  facts: Pick<DistributionFacts, 'cashMinor' | 'reserveMinor'>,
): DistributionRefusal | null {
  const byCash = facts.cashMinor - facts.reserveMinor;
  if (amountMinor <= byCash) return null;
  return { code: 'CASH_RESERVE', mostMinor: byCash > 0n ? byCash : 0n };
}
