// What the formula is told and what the ledger is told: eligibility, reserves in both tax regimes, and that members
// and reserves together are net income in both bases.
import { calculateAllocation, sealRecord, verifyRecord } from '@habitat/patronage';
import { expectAccepted, sha256Hex } from '@habitat/kernel';
import { describe, expect, test } from 'vitest';
import type { Policies } from '../terms/terms.ts';
import { policiesSchema } from '../terms/terms.ts';
import { defaultTerms } from '../terms/terms-default.ts';
import type { AllocationFacts, MemberFacts } from './allocation.ts';
import { allocationInput, appropriations, isEligible, taxDates, yearOf } from './allocation.ts';

const base = policiesSchema.parse(defaultTerms('limited-cooperative-association')[1]?.document);

const member = (id: string, more: Partial<MemberFacts> = {}): MemberFacts => ({
  id,
  class: 'cooperative',
  status: 'active',
  joinedOn: '2024-01-15',
  droMinor: 0n,
  ...more,
});

function facts(more: Partial<AllocationFacts>, policies: Partial<Policies> = {}): AllocationFacts {
  return {
    currency: 'USD',
    digits: 2,
    taxRegime: 'subchapter_k',
    period: { id: 'p', name: 'Q3 2026', startsOn: '2026-07-01', endsOn: '2026-09-30' },
    closeId: 'c',
    netIncome: { bookMinor: 100_000n, taxMinor: 80_000n },
    weights: { version: 1, document: { weights: { labor: '0.40' } } },
    policies: { version: 1, document: { ...base, ...policies } },
    members: [member('a'), member('b')],
    totals: new Map(
      ['a', 'b'].map((id) => [
        id,
        [{ category: 'labor', valueMinor: 300n, hours: '3', contributionIds: [`${id}1`] }],
      ]),
    ),
    capital: new Map(),
    shareCapitalMinor: 0n,
    keepUnallocated: false,
    ...more,
  };
}

const reserve: Policies['surplusLines'][number] = {
  id: 'reserve',
  label: 'Legal reserve',
  kind: 'reserve',
  indivisible: true,
  accountCode: '3330',
  amount: { kind: 'fraction', fraction: '0.1', of: 'net_income' },
};

/** Book and tax, members and reserves together. */
function everything(given: AllocationFacts) {
  const calculated = expectAccepted(calculateAllocation(allocationInput(given)));
  const kept = appropriations(given, calculated);
  const book = kept.reduce((running, one) => running + one.bookMinor, calculated.allocatedMinor);
  const tax = kept.reduce((running, one) => running + one.taxMinor, calculated.taxMinor);
  return { calculated, kept, book, tax };
}

describe('reserves', () => {
  test('a partnership reserves in its books while its members carry all the tax income', () => {
    const { calculated, kept, book, tax } = everything(facts({}, { surplusLines: [reserve] }));
    expect(kept).toEqual([{ accountCode: '3330', label: 'Legal reserve', bookMinor: 10_000n, taxMinor: 0n }]);
    expect([calculated.allocatedMinor, calculated.taxMinor]).toEqual([90_000n, 80_000n]);
    expect([book, tax]).toEqual([100_000n, 80_000n]);
  });

  test('a subchapter T cooperative is itself taxed on what it reserves', () => {
    const given = facts({ taxRegime: 'subchapter_t' }, { surplusLines: [reserve] });
    const { calculated, kept, book, tax } = everything(given);
    expect(kept).toMatchObject([{ bookMinor: 10_000n, taxMinor: 8_000n }]);
    expect(calculated.taxMinor).toBe(72_000n);
    expect([book, tax]).toEqual([100_000n, 80_000n]);
  });

  test('a return on share capital is taken of capital on the eve of the period', () => {
    const line: Policies['surplusLines'][number] = {
      id: 'interest',
      label: 'Return on share capital',
      kind: 'return_on_share_capital',
      accountCode: null,
      amount: { kind: 'rate_on_capital', rate: '0.02' },
    };
    const { kept } = everything(facts({ shareCapitalMinor: 500_000n }, { surplusLines: [line] }));
    expect(kept).toMatchObject([{ accountCode: '3330', bookMinor: 10_000n }]);
  });

  test('a loss nobody can bear ends in the reserves, and the sums still hold', () => {
    const given = facts({
      netIncome: { bookMinor: -1_000n, taxMinor: -500n },
      capital: new Map([['a', { bookMinor: 300n, taxMinor: 0n }]]),
    });
    const { kept, book, tax } = everything(given);
    expect(kept).toMatchObject([{ accountCode: '3330', bookMinor: -700n }]);
    expect([book, tax]).toEqual([-1_000n, -500n]);
  });
});

describe('who takes part', () => {
  const rule = { classes: ['cooperative'], statuses: ['active'], minimumTenureDays: 90 };
  test.each([
    [{}, true],
    [{ class: 'investor' }, false],
    [{ status: 'pending' }, false],
    [{ joinedOn: '2026-07-02' }, true],
    [{ joinedOn: '2026-07-03' }, false],
  ])('%j: %s', (more, expected) => {
    expect(isEligible(member('a', more), rule, '2026-09-30')).toBe(expected);
  });

  test('who joined after the period is not even listed, who joined on its last day is', () => {
    const given = facts({
      members: [
        member('a'),
        member('b', { joinedOn: '2026-09-30' }),
        member('z', { joinedOn: '2026-10-01' }),
      ],
    });
    expect(allocationInput(given).members.map(({ memberId }) => memberId)).toEqual(['a', 'b']);
  });
});

test.each<Partial<Policies>>([
  {},
  { formula: { kind: 'equal' } },
  { formula: { kind: 'hours_only' } },
  { formula: { kind: 'revenue_only', categories: ['labor'] } },
  { formula: { kind: 'tiered', multipliers: { cooperative: '1.5' } } },
  { threshold: { kind: 'fixed', amountMinor: '1' }, surplusLines: [reserve] },
  { threshold: { kind: 'hours', hours: '0.5' }, maximumShare: '0.6' },
  { threshold: { kind: 'percent_of_average', fraction: '0.75' }, rounding: 'residual_to_largest' },
])('a record read back runs again to the same bytes: %j', (policies) => {
  const input = allocationInput(facts({}, policies));
  const sealed = sealRecord(input, expectAccepted(calculateAllocation(input)));
  expect(verifyRecord(sealed.text, sealed.hash).ok).toBe(true);
  const altered = sealed.text.replace('"netIncomeMinor":"100000"', '"netIncomeMinor":"100001"');
  expect(verifyRecord(altered, sha256Hex(altered))).toMatchObject({ refusal: { code: 'RESULT_DIFFERS' } });
});

test('tax papers are due by the regime’s own days', () => {
  expect(taxDates('subchapter_k', 2026)).toEqual({ formDueOn: '2027-03-15', paymentDueOn: null });
  expect(taxDates('subchapter_t', 2026)).toEqual({ formDueOn: '2027-01-31', paymentDueOn: '2027-09-15' });
  // Fiscal year 2027 of July to June ends on 30 June 2027.
  expect(taxDates('subchapter_k', 2027, 7)).toEqual({ formDueOn: '2027-09-15', paymentDueOn: null });
  expect(taxDates('subchapter_t', 2027, 7)).toEqual({ formDueOn: '2028-01-31', paymentDueOn: '2028-03-15' });
  expect([yearOf('2026-09-30'), yearOf('2026-09-30', 7), yearOf('2027-06-30', 7)]).toEqual([
    2026, 2027, 2027,
  ]);
});
