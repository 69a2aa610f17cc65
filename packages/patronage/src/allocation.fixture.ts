/**
 * Test inputs for the formula: the three members of the worked example, and short ways to build others.
 */
import { expectAccepted, parseMoney } from '@habitat/kernel';
import { calculateAllocation } from './allocation.ts';
import type { AllocationCalculation } from './allocation.ts';
import type { AllocationInput, AllocationPolicy, MemberPatronage } from './policy.ts';

export const usd = (text: string): bigint => expectAccepted(parseMoney(text, 2));

export const plainPolicy: AllocationPolicy = {
  surplusLines: [],
  formula: { kind: 'weighted' },
  weights: { labor: '0.40', revenue: '0.30', cash: '0.20', community: '0.10' },
  threshold: null,
  maximumShare: null,
  rounding: 'largest_remainder',
  cashRate: '0.20',
};

/** A member with category values in major units; contribution ids are made from member and category. */
export function memberOf(
  memberId: string,
  values: Readonly<Record<string, string>>,
  rest: Partial<MemberPatronage> = {},
): MemberPatronage {
  return {
    memberId,
    memberClass: 'cooperative',
    status: 'active',
    eligible: true,
    lossCapacityMinor: usd('100000'),
    categories: Object.entries(values).map(([category, value]) => ({
      category,
      valueMinor: usd(value),
      hours: '0',
      contributionIds: [`${memberId}-${category}-1`, `${memberId}-${category}-0`],
    })),
    ...rest,
  };
}

export const walkthrough: readonly MemberPatronage[] = [
  memberOf('alice', { labor: '6000', revenue: '4000', cash: '2000', community: '500' }),
  memberOf('bob', { labor: '4000', revenue: '1000', cash: '5000', community: '1000' }),
  memberOf('carol', { labor: '3000', revenue: '2000', cash: '1000', community: '2000' }),
];

/** Members with so many contributions in each of four categories. */
export function manyMembers(count: number, contributions: number): MemberPatronage[] {
  return Array.from({ length: count }, (_, m) => ({
    ...memberOf(`member-${m}`, {}),
    categories: ['labor', 'revenue', 'cash', 'community'].map((category, c) => ({
      category,
      valueMinor: BigInt(m * 7919 + c * 104729 + 1),
      hours: '12.25',
      contributionIds: Array.from({ length: contributions }, (__, i) => `contribution-${m}-${c}-${i}`),
    })),
  }));
}

/** An input dividing `surplus` (major units, book and tax alike) among members. */
export function inputOf(
  surplus: string,
  members: readonly MemberPatronage[] = walkthrough,
  policy: Partial<AllocationPolicy> = {},
): AllocationInput {
  return {
    currency: 'USD',
    digits: 2,
    netIncomeMinor: usd(surplus),
    taxNetIncomeMinor: usd(surplus),
    policy: { ...plainPolicy, ...policy },
    members,
    references: { period: '2026-Q1' },
  };
}

export function calculated(input: AllocationInput): AllocationCalculation {
  return expectAccepted(calculateAllocation(input));
}

/** Allocations in minor units by member id. */
export function allocationsOf(input: AllocationInput): Record<string, bigint> {
  return Object.fromEntries(calculated(input).members.map((one) => [one.memberId, one.allocationMinor]));
}

/** The code of the refusal, or ACCEPTED. */
export function outcomeOf(input: AllocationInput): string {
  const result = calculateAllocation(input);
  return result.ok ? 'ACCEPTED' : result.refusal.code;
}
