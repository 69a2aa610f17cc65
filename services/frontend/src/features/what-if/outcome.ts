// Both results side by side, member by member: what everyone gets under the rules in force and under those tried.
import { formatDecimal, rational, roundHalfUp, toDecimalString } from '@habitat/kernel';
import type { Rational } from '@habitat/kernel';
import type { AllocationCalculation, MemberAllocation } from '@habitat/patronage';

export type Line = {
  memberId: string;
  name: string;
  now: bigint;
  next: bigint;
  /** Percentages of the whole with four decimals, as text. */
  shareNow: string;
  shareNext: string;
  capped: boolean;
  /** Under the rules tried, before the cap: the share by weight, as a percentage, and what it would come to. */
  byWeight: string;
  uncapped: bigint;
  /** The weighted total under the rules tried. */
  total: string;
  below: boolean;
};

export type Comparison = { lines: readonly Line[]; now: bigint; next: bigint; largest: bigint };

const percentOfShare = ({ numerator, denominator }: Rational) =>
  toDecimalString(rational(numerator * 100n, denominator), 4);

const partOf = (minor: bigint, { numerator, denominator }: Rational) =>
  roundHalfUp(rational(minor * numerator, denominator));

/** Those who take part under either, the largest in force first; equal ones by name. */
export function compare(
  now: AllocationCalculation,
  next: AllocationCalculation,
  names: ReadonlyMap<string, string>,
): Comparison {
  const tried = new Map(next.members.map((one) => [one.memberId, one]));
  const lines = now.members.flatMap((one): Line[] => {
    const other = tried.get(one.memberId);
    if (!other || (!takesPart(one) && !takesPart(other))) return [];
    return [
      {
        memberId: one.memberId,
        name: names.get(one.memberId) ?? one.memberId,
        now: one.allocationMinor,
        next: other.allocationMinor,
        shareNow: percentOfShare(one.share),
        shareNext: percentOfShare(other.share),
        capped: other.capped,
        byWeight: percentOfShare(other.uncappedShare),
        uncapped: partOf(next.allocatedMinor, other.uncappedShare),
        total: formatDecimal(other.weightedTotal),
        below: other.participation === 'below_threshold',
      },
    ];
  });
  lines.sort((a, b) => (a.now === b.now ? a.name.localeCompare(b.name) : a.now > b.now ? -1 : 1));
  const sizes = lines.flatMap((line) => [size(line.now), size(line.next)]);
  return {
    lines,
    now: now.allocatedMinor,
    next: next.allocatedMinor,
    largest: sizes.reduce((most, one) => (one > most ? one : most), 0n),
  };
}

const takesPart = (one: MemberAllocation) =>
  one.participation === 'takes_part' || one.participation === 'below_threshold';
const size = (minor: bigint) => (minor < 0n ? -minor : minor);
