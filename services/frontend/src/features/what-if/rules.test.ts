import { describe, expect, it } from 'vitest';
import type { AllocationInput, MemberPatronage } from '@habitat/patronage';
import { calculateAllocation } from '@habitat/patronage';
import { expectAccepted, parseMoney } from '@habitat/kernel';
import { compare } from './outcome.ts';
import { changedRules, policyWith, rulesOf, sliderEnd } from './rules.ts';

const usd = (text: string) => expectAccepted(parseMoney(text, 2));

function member(memberId: string, values: Record<string, string>): MemberPatronage {
  return {
    memberId,
    memberClass: 'cooperative',
    status: 'active',
    eligible: true,
    lossCapacityMinor: 0n,
    categories: Object.entries(values).map(([category, value]) => ({
      category,
      valueMinor: usd(value),
      hours: '0',
      contributionIds: [],
    })),
  };
}

const input: AllocationInput = {
  currency: 'USD',
  digits: 2,
  netIncomeMinor: usd('12000'),
  taxNetIncomeMinor: usd('12000'),
  policy: {
    surplusLines: [],
    formula: { kind: 'weighted' },
    weights: { labor: '0.40', revenue: '0.30', cash: '0.20', community: '0.10' },
    threshold: null,
    maximumShare: null,
    rounding: 'largest_remainder',
    cashRate: '0.20',
  },
  members: [
    member('a', { labor: '6000', revenue: '4000', cash: '2000', community: '500' }),
    member('b', { labor: '4000', revenue: '1000', cash: '5000', community: '1000' }),
    member('c', { labor: '3000', revenue: '2000', cash: '1000', community: '2000' }),
  ],
  references: {},
};
const inForce = rulesOf(input);
const names = new Map([
  ['a', 'Alice'],
  ['b', 'Bob'],
  ['c', 'Carol'],
]);

const tried = (change: Partial<typeof inForce>) =>
  calculateAllocation({ ...input, policy: policyWith(input.policy, { ...inForce, ...change }, 2) });

describe('trying other rules', () => {
  it('starts from the rules in force, and then changes nothing', () => {
    expect(inForce).toEqual({
      weights: { labor: '0.40', revenue: '0.30', cash: '0.20', community: '0.10' },
      cap: '100',
      thresholdKind: 'none',
      threshold: '',
    });
    expect(changedRules(inForce, { ...inForce, cap: '100.0' })).toEqual([]);
    const same = { ...inForce.weights, labor: '0.4' };
    expect(changedRules(inForce, { ...inForce, weights: same })).toEqual([]);
    expect(expectAccepted(tried({})).members.map((one) => one.allocationMinor)).toEqual(
      expectAccepted(calculateAllocation(input)).members.map((one) => one.allocationMinor),
    );
  });

  it('a cap of 40% takes from who is above it and spreads it over the others', () => {
    const now = expectAccepted(calculateAllocation(input));
    const next = expectAccepted(tried({ cap: '40' }));
    expect(compare(now, next, names).lines).toMatchObject([
      {
        ...{ name: 'Alice', now: 525406n, next: 480000n, shareNow: '43.7838', shareNext: '40.0000' },
        ...{ capped: true, byWeight: '43.7838', uncapped: 525405n, total: '4050' },
      },
      { name: 'Bob', now: 389189n, next: 415385n, capped: false },
      { name: 'Carol', now: 285405n, next: 304615n, capped: false },
    ]);
    expect(changedRules(inForce, { ...inForce, cap: '40' })).toEqual(['cap']);
  });

  it('a rule that is no rule is refused by the formula, not repaired', () => {
    expect(tried({ cap: '20' })).toMatchObject({ refusal: { code: 'INFEASIBLE_CAP' } });
    expect(tried({ weights: { ...inForce.weights, labor: 'much' } })).toMatchObject({ ok: false });
    expect(tried({ thresholdKind: 'fixed', threshold: 'some' })).toMatchObject({
      refusal: { code: 'THRESHOLD_INVALID' },
    });
  });

  it('whoever is below the least takes no part', () => {
    const next = expectAccepted(tried({ thresholdKind: 'fixed', threshold: '2500' }));
    const lines = compare(expectAccepted(calculateAllocation(input)), next, names).lines;
    expect(lines.map(({ name, below }) => [name, below])).toEqual([
      ['Alice', false],
      ['Bob', false],
      ['Carol', true],
    ]);
    expect(next.allocatedMinor).toBe(usd('12000'));
  });

  it('a slider reaches past the largest weight in force', () => {
    expect(sliderEnd({ labor: '0.4' })).toBe('1');
    expect(sliderEnd({ labor: '2.5' })).toBe('3');
  });
});
