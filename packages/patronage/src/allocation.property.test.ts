import {
  canonicalJson,
  compareRational,
  decimalToRational,
  expectAccepted,
  floorRational,
} from '@habitat/kernel';
import { multiplyRational, parseDecimal, rational, sum } from '@habitat/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainPolicy } from './allocation.fixture.ts';
import { calculateAllocation } from './allocation.ts';
import type { AllocationCalculation } from './allocation.ts';
import type { AllocationInput, Formula, MemberPatronage, Threshold } from './policy.ts';
import { allocationRecord } from './record.ts';

const money = fc.oneof(fc.bigInt({ min: 0n, max: 100n }), fc.bigInt({ min: 0n, max: 10n ** 10n }));
const fraction = (min: number, max: number) => fc.integer({ min, max }).map((n) => `${n / 1000}`);

const member = (index: number): fc.Arbitrary<MemberPatronage> =>
  fc
    .record({
      labor: money,
      revenue: money,
      hours: fc.integer({ min: 0, max: 4000 }),
      eligible: fc.boolean().map((no) => !no || index % 3 !== 0),
      capacity: fc.bigInt({ min: -1000n, max: 10n ** 9n }),
    })
    .map(({ labor, revenue, hours, eligible, capacity }) => ({
      memberId: `m${index}`,
      memberClass: index % 2 === 0 ? 'cooperative' : 'community',
      status: 'active',
      eligible,
      lossCapacityMinor: capacity,
      categories: [
        { category: 'labor', valueMinor: labor, hours: `${hours / 4}`, contributionIds: [`l${index}`] },
        { category: 'revenue', valueMinor: revenue, hours: '0', contributionIds: [`r${index}`] },
      ],
    }));

const formula: fc.Arbitrary<Formula> = fc.constantFrom(
  { kind: 'weighted' },
  { kind: 'equal' },
  { kind: 'hours_only' },
  { kind: 'revenue_only' },
  { kind: 'tiered', multipliers: { cooperative: '1', community: '1.25' } },
);
const threshold: fc.Arbitrary<Threshold | null> = fc.oneof(
  fc.constant(null),
  fc.record({ kind: fc.constant('fixed' as const), amountMinor: fc.bigInt({ min: 0n, max: 1000n }) }),
  fc.record({ kind: fc.constant('percent_of_average' as const), fraction: fraction(0, 1200) }),
);

const input = (surplus: fc.Arbitrary<bigint>): fc.Arbitrary<AllocationInput> =>
  fc
    .integer({ min: 1, max: 25 })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => member(index))))
    .chain((members) =>
      fc.record({
        currency: fc.constant('USD'),
        digits: fc.constant(2),
        netIncomeMinor: surplus,
        taxNetIncomeMinor: fc.bigInt({ min: -(10n ** 10n), max: 10n ** 10n }),
        policy: fc.record({
          surplusLines: fc.constant([]),
          formula,
          weights: fc.record({ labor: fraction(1, 5000), revenue: fraction(1, 5000) }),
          threshold,
          maximumShare: fc.option(fraction(40, 1000), { nil: null }),
          rounding: fc.constantFrom('largest_remainder' as const, 'residual_to_largest' as const),
          cashRate: fraction(0, 1000),
        }),
        members: fc.constant(members),
        references: fc.constant({}),
      }),
    );
const profit = fc.bigInt({ min: 0n, max: 10n ** 12n });
const loss = fc.bigInt({ min: -(10n ** 11n), max: -1n });

/** Losses of which everyone can bear just about their part, so that each odd cent counts. */
const tightLoss = input(fc.bigInt({ min: -10_000n, max: -1n })).chain((one) =>
  fc
    .array(fc.bigInt({ min: -1n, max: 3n }), { minLength: 25, maxLength: 25 })
    .map((rooms): AllocationInput => {
      const generous = one.members.map((m) => ({ ...m, lossCapacityMinor: 10n ** 9n }));
      const result = calculateAllocation({ ...one, members: generous });
      const parts = new Map(
        result.ok ? result.value.members.map((m) => [m.memberId, -floorRational(m.exactMinor)]) : [],
      );
      const members = one.members.map((m, index) => ({
        ...m,
        lossCapacityMinor: (parts.get(m.memberId) ?? 0n) + (rooms[index] ?? 0n),
      }));
      return { ...one, members };
    }),
);

/** Runs the check on every input that is not refused. */
function holds(
  inputs: fc.Arbitrary<AllocationInput>,
  check: (input: AllocationInput, calculation: AllocationCalculation) => void,
): void {
  let calculatedOnes = 0;
  fc.assert(
    fc.property(inputs, (one) => {
      const result = calculateAllocation(one);
      if (!result.ok) {
        expect(['NO_PATRONAGE', 'INFEASIBLE_CAP']).toContain(result.refusal.code);
        return;
      }
      calculatedOnes += 1;
      check(one, result.value);
    }),
    { numRuns: 300 },
  );
  expect(calculatedOnes).toBeGreaterThan(50);
}

describe('the formula, for any input', () => {
  it('divides a surplus, its tax side and its cash exactly', () => {
    holds(input(profit), (one, { members, unborneMinor }) => {
      expect(sum(members.map((m) => m.allocationMinor))).toBe(one.netIncomeMinor);
      expect(sum(members.map((m) => m.taxMinor))).toBe(one.taxNetIncomeMinor);
      expect(unborneMinor).toBe(0n);
      for (const m of members) {
        expect(m.cashMinor + m.retainedMinor).toBe(m.allocationMinor);
        expect(m.cashMinor >= 0n && m.cashMinor <= m.allocationMinor).toBe(true);
        if (m.participation !== 'takes_part') expect(m.allocationMinor).toBe(0n);
      }
    });
  });

  it('gives the same bytes whatever order the members come in', () => {
    holds(input(fc.oneof(profit, loss)), (one, calculation) => {
      const turned = { ...one, members: [...one.members].reverse() };
      const again = calculateAllocation(turned);
      if (!again.ok) throw new Error('the reversed input was refused');
      expect(canonicalJson(allocationRecord(turned, again.value))).toBe(
        canonicalJson(allocationRecord(one, calculation)),
      );
    });
  });

  it('never gives a larger share less of a surplus', () => {
    holds(input(profit), (_one, { members }) => {
      const ranked = [...members].sort((a, b) => compareRational(a.share, b.share));
      ranked.forEach((m, i) => {
        const next = ranked[i + 1];
        if (next && compareRational(m.share, next.share) < 0) {
          expect(next.allocationMinor >= m.allocationMinor).toBe(true);
        }
      });
    });
  });

  it('keeps every share at or below the maximum, and every amount at or below it rounded up', () => {
    holds(input(profit), (one, { members, surplus }) => {
      const text = one.policy.maximumShare;
      if (text === null) return;
      const maximum = decimalToRational(expectAccepted(parseDecimal(text)));
      const top = multiplyRational(maximum, rational(surplus.allocableMinor));
      for (const m of members) {
        expect(compareRational(m.share, maximum)).toBeLessThanOrEqual(0);
        if (one.policy.rounding === 'largest_remainder') {
          // allocation ≤ ⌈maximum × surplus⌉
          const least = floorRational(top);
          const roundedUp = compareRational(rational(least), top) === 0 ? least : least + 1n;
          expect(m.allocationMinor <= roundedUp).toBe(true);
        }
      }
    });
  });

  it('never takes anyone below what they can bear, and hides nothing of a loss', () => {
    holds(fc.oneof(input(loss), tightLoss), (one, { members, unborneMinor }) => {
      expect(sum(members.map((m) => m.allocationMinor)) - unborneMinor).toBe(one.netIncomeMinor);
      expect(sum(members.map((m) => m.taxMinor))).toBe(one.taxNetIncomeMinor);
      for (const m of members) {
        const capacity = m.lossCapacityMinor ?? 0n;
        expect(m.allocationMinor <= 0n && -m.allocationMinor <= (capacity > 0n ? capacity : 0n)).toBe(true);
        expect(m.cashMinor).toBe(0n);
        // Unborne loss is only there when everyone who shares has reached the floor.
        if (unborneMinor > 0n && m.share.numerator > 0n) expect(m.floored).toBe(true);
      }
    });
  });

  it('needs nothing but its input: the default policy gives the same answer twice', () => {
    holds(
      input(profit).map((one) => ({ ...one, policy: { ...plainPolicy, weights: one.policy.weights } })),
      (one, calculation) => {
        expect(calculateAllocation(structuredClone(one))).toEqual({ ok: true, value: calculation });
      },
    );
  });
});
