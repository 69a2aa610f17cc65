import { describe, expect, it } from 'vitest';
import { allocationsOf, calculated, inputOf, manyMembers, usd, walkthrough } from './allocation.fixture.ts';
import type { AllocationInput, AllocationPolicy } from './policy.ts';
import { allocationRecord, sealRecord } from './record.ts';

const bytesOf = (input: AllocationInput): string => sealRecord(input, calculated(input)).text;
const hashOf = (input: AllocationInput): string => sealRecord(input, calculated(input)).hash;

const everyOption: Partial<AllocationPolicy> = {
  surplusLines: [
    {
      kind: 'non_member_income',
      id: 'outside',
      label: 'Non-members',
      amount: { kind: 'fixed', amountMinor: usd('100.00') },
      treatment: 'taxed_apart',
      accountCode: '3330',
    },
    {
      kind: 'reserve',
      id: 'reserve',
      label: 'Reserve',
      amount: { kind: 'fraction', fraction: '0.10', of: 'member_income' },
      indivisible: true,
      accountCode: '3330',
    },
    {
      kind: 'return_on_share_capital',
      id: 'return',
      label: 'Return',
      amount: { kind: 'rate_on_capital', rate: '0.02', capitalMinor: usd('5000.00') },
      accountCode: null,
    },
  ],
  formula: { kind: 'tiered', multipliers: { cooperative: '1.50' } },
  threshold: { kind: 'percent_of_average', fraction: '0.10' },
  maximumShare: '0.40',
};

describe('the allocation record', () => {
  it('has a hash that never changes for the same inputs', () => {
    expect(hashOf(inputOf('12000.00'))).toBe(
      '3bf94606deecbd9a247d83c34fe12a5c34040928cac17c4e711826f1e836b7e1',
    );
    expect(hashOf(inputOf('12000.00', walkthrough, everyOption))).toBe(
      '11659a97b4c57981f78351055470d53a3ebed1ddcb32fbf6659a8c805dc3c704',
    );
  });

  it('is the same bytes whatever order members, categories and contributions came in', () => {
    const shuffled = [...walkthrough].reverse().map((member) => ({
      ...member,
      categories: [...member.categories]
        .reverse()
        .map((one) => ({ ...one, contributionIds: [...one.contributionIds].reverse() })),
    }));
    expect(bytesOf(inputOf('12000.00', shuffled))).toBe(bytesOf(inputOf('12000.00')));
  });

  it('writes 0.4 and 0.40 alike', () => {
    const weights = { labor: '0.4', revenue: '0.300', cash: '0.2', community: '0.1' };
    expect(bytesOf(inputOf('12000.00', walkthrough, { weights }))).toBe(bytesOf(inputOf('12000.00')));
  });

  it('changes its hash when any input changes', () => {
    const base = inputOf('12000.00');
    const [alice, ...others] = walkthrough;
    if (!alice) throw new Error('the walkthrough lost alice');
    const variants: AllocationInput[] = [
      base,
      { ...base, netIncomeMinor: base.netIncomeMinor + 1n },
      { ...base, taxNetIncomeMinor: base.taxNetIncomeMinor + 1n },
      { ...base, references: { period: '2026-Q2' } },
      { ...base, members: [{ ...alice, status: 'suspended' }, ...others] },
      { ...base, members: [{ ...alice, categories: alice.categories.slice(1) }, ...others] },
      { ...base, policy: { ...base.policy, cashRate: '0.21' } },
      { ...base, policy: { ...base.policy, rounding: 'residual_to_largest' } },
    ];
    expect(new Set(variants.map(hashOf)).size).toBe(variants.length);
  });

  it('keeps every amount as text and every contribution id', () => {
    const record = allocationRecord(inputOf('12000.00'), calculated(inputOf('12000.00')));
    expect(record).toMatchObject({
      inputs: {
        netIncomeMinor: '1200000',
        members: [
          {
            memberId: 'alice',
            categories: [
              { category: 'cash', contributionIds: ['alice-cash-0', 'alice-cash-1'] },
              { category: 'community' },
              { category: 'labor', valueMinor: '600000' },
              { category: 'revenue' },
            ],
          },
          { memberId: 'bob' },
          { memberId: 'carol' },
        ],
      },
      calculation: {
        weightedTotal: '9250',
        members: [
          {
            share: { numerator: '81', denominator: '185' },
            sharePercent: '43.78',
            exactMinor: { numerator: '19440000', denominator: '37' },
            extraReason: 'tie_larger_share',
          },
          {},
          {},
        ],
      },
      outputs: {
        members: [{ allocationMinor: '525406', cashMinor: '105081', retainedMinor: '420325' }, {}, {}],
      },
      verification: { allocable: '12000.00', sumOfAllocations: '12000.00', sumOfCash: '2400.00' },
    });
  });

  it('divides exactly among 1,000 members with 100,000 contributions: as a share, capped, as a loss and equally', () => {
    const members = manyMembers(1000, 25);
    const poor = members.map((one, m) => ({ ...one, lossCapacityMinor: BigInt(m * 1000) }));
    const idle = members.map((one) => ({ ...one, categories: [] }));
    const dividing = [
      inputOf('1234567.89', members),
      inputOf('1234567.89', members, { maximumShare: '0.00101' }),
      inputOf('-4000000.00', poor),
      inputOf('1234567.89', idle, { formula: { kind: 'equal' } }),
    ];
    expect(dividing.map((input) => Object.values(allocationsOf(input)).reduce((a, b) => a + b, 0n))).toEqual([
      usd('1234567.89'),
      usd('1234567.89'),
      usd('-4000000.00'),
      usd('1234567.89'),
    ]);
  });
});
