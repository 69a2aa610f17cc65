import { formatDecimal, rational } from '@habitat/kernel';
import { describe, expect, it } from 'vitest';
import {
  allocationsOf,
  calculated,
  inputOf,
  memberOf,
  outcomeOf,
  plainPolicy,
  usd,
  walkthrough,
} from './allocation.fixture.ts';
import { calculateAllocation } from './allocation.ts';

describe('the weighted formula', () => {
  it('weighs what each member gave', () => {
    const { members, weightedTotal } = calculated(inputOf('12000.00'));
    expect(members.map((one) => formatDecimal(one.weightedTotal))).toEqual(['4050', '3000', '2200']);
    expect(weightedTotal).toEqual({ coefficient: 9250n, scale: 0 });
  });

  it.each([
    ['12000.00', '5254.06', '3891.89', '2854.05'],
    ['1200.00', '525.41', '389.19', '285.40'],
    ['-2000.00', '-875.68', '-648.65', '-475.67'],
    ['0.01', '0.01', '0.00', '0.00'],
    ['0.00', '0.00', '0.00', '0.00'],
  ])('divides %s into %s, %s and %s', (surplus, alice, bob, carol) => {
    expect(allocationsOf(inputOf(surplus))).toEqual({ alice: usd(alice), bob: usd(bob), carol: usd(carol) });
  });

  it('keeps the exact fractions and shows who won the tie for the last cent and why', () => {
    const [alice, bob, carol] = calculated(inputOf('12000.00')).members;
    expect([alice, bob, carol].map((one) => one?.exactMinor)).toEqual([
      rational(19440000n, 37n),
      rational(14400000n, 37n),
      rational(10560000n, 37n),
    ]);
    expect(alice).toMatchObject({ extraMinor: 1n, extraReason: 'tie_larger_share', tiedAtCut: true });
    expect(bob).toMatchObject({ extraMinor: 0n, tiedAtCut: false });
    expect(carol).toMatchObject({ extraMinor: 0n, tiedAtCut: true });
    expect(alice?.share).toEqual(rational(81n, 185n));
  });

  it('takes weights that do not add up to one', () => {
    const weights = { labor: '1.0', expertise: '1.5', capital: '0.5', relationship: '1.0' };
    // W = 15500, 21000, 9000, 3500, 4750 over 53,750.
    const members = [
      memberOf('todd', { labor: '8000', expertise: '3000', capital: '4000', relationship: '1000' }),
      memberOf('kevin', { expertise: '12000', relationship: '3000' }),
      memberOf('jeremy', { labor: '5000', capital: '8000' }),
      memberOf('aaron', { labor: '2000', expertise: '1000' }),
      memberOf('benjamin', { labor: '4000', capital: '1500' }),
    ];
    expect(allocationsOf(inputOf('50000.00', members, { weights }))).toEqual({
      todd: usd('14418.61'),
      kevin: usd('19534.88'),
      jeremy: usd('8372.09'),
      aaron: usd('3255.81'),
      benjamin: usd('4418.61'),
    });
  });

  it('does not change when all weights are multiplied by the same number', () => {
    const weights = { labor: '4', revenue: '3', cash: '2', community: '1' };
    expect(allocationsOf(inputOf('12000.00', walkthrough, { weights }))).toEqual(
      allocationsOf(inputOf('12000.00')),
    );
  });

  it('leaves the residue to the largest when so configured', () => {
    const policy = { rounding: 'residual_to_largest' } as const;
    expect(allocationsOf(inputOf('2000.00', walkthrough, policy))).toEqual({
      alice: usd('875.69'),
      bob: usd('648.64'),
      carol: usd('475.67'),
    });
  });
});

describe('the other formulas', () => {
  const worked = [
    {
      ...memberOf('a', {}),
      categories: [{ category: 'labor', valueMinor: usd('900'), hours: '10.5', contributionIds: [] }],
    },
    {
      ...memberOf('b', {}),
      memberClass: 'community',
      categories: [
        { category: 'labor', valueMinor: usd('100'), hours: '4.5', contributionIds: [] },
        { category: 'revenue', valueMinor: usd('300'), hours: '0', contributionIds: [] },
      ],
    },
  ];

  it('equal gives thirds, the last cent to the first id', () => {
    const members = ['m2', 'm0', 'm1'].map((id) => memberOf(id, {}));
    expect(allocationsOf(inputOf('10000.00', members, { formula: { kind: 'equal' } }))).toEqual({
      m0: usd('3333.34'),
      m1: usd('3333.33'),
      m2: usd('3333.33'),
    });
  });

  it('hours-only divides by exact hours', () => {
    expect(allocationsOf(inputOf('150.00', worked, { formula: { kind: 'hours_only' } }))).toEqual({
      a: usd('105.00'),
      b: usd('45.00'),
    });
  });

  it('revenue-only looks at revenue alone', () => {
    const { members } = calculated(inputOf('150.00', worked, { formula: { kind: 'revenue_only' } }));
    expect(members.map((one) => [one.allocationMinor, one.participation])).toEqual([
      [0n, 'no_patronage'],
      [usd('150.00'), 'takes_part'],
    ]);
  });

  it('tiered multiplies the weighted total by the multiplier of the class', () => {
    const formula = { kind: 'tiered', multipliers: { cooperative: '1', community: '2' } } as const;
    const weights = { labor: '1', revenue: '1' };
    // 900 × 1 against 400 × 2
    expect(allocationsOf(inputOf('170.00', worked, { formula, weights }))).toEqual({
      a: usd('90.00'),
      b: usd('80.00'),
    });
  });
});

describe('eligibility and threshold', () => {
  it('leaves out who is not eligible, and says so', () => {
    const members = walkthrough.map((one) => (one.memberId === 'bob' ? { ...one, eligible: false } : one));
    const { members: result } = calculated(inputOf('625.00', members));
    expect(result.map((one) => [one.participation, one.allocationMinor])).toEqual([
      ['takes_part', usd('405.00')],
      ['not_eligible', 0n],
      ['takes_part', usd('220.00')],
    ]);
  });

  it('leaves out who stays below three quarters of the average', () => {
    const threshold = { kind: 'percent_of_average', fraction: '0.75' } as const;
    const result = calculated(inputOf('12000.00', walkthrough, { threshold }));
    expect(result.members.map((one) => one.allocationMinor)).toEqual([usd('6893.62'), usd('5106.38'), 0n]);
    expect(result.members[2]?.participation).toBe('below_threshold');
    expect(result.threshold).toEqual({
      minimum: rational(4625n, 2n),
      average: rational(9250n, 3n),
      measure: 'weighted_total',
    });
  });

  it('averages only those who gave anything', () => {
    const threshold = { kind: 'percent_of_average', fraction: '0.75' } as const;
    const members = [
      ...walkthrough,
      memberOf('dan', {}),
      memberOf('eve', { labor: '99999' }, { eligible: false }),
    ];
    expect(allocationsOf(inputOf('12000.00', members, { threshold }))).toMatchObject({
      alice: usd('6893.62'),
    });
  });

  it('takes a member exactly at the minimum', () => {
    const at = (major: string) =>
      calculated(inputOf('100.00', walkthrough, { threshold: { kind: 'fixed', amountMinor: usd(major) } }))
        .participants;
    expect([at('2200'), at('2200.01'), at('3000.01')]).toEqual([3, 2, 1]);
  });

  it('counts hours where the minimum is in hours', () => {
    const hours = (memberId: string, text: string) => ({
      ...memberOf(memberId, {}),
      categories: [{ category: 'labor', valueMinor: usd('100'), hours: text, contributionIds: [] }],
    });
    const threshold = { kind: 'hours', hours: '10' } as const;
    expect(allocationsOf(inputOf('50.00', [hours('a', '10.00'), hours('b', '9.99')], { threshold }))).toEqual(
      {
        a: usd('50.00'),
        b: 0n,
      },
    );
  });
});

describe('the maximum share', () => {
  it('spreads the excess proportionally over those below it', () => {
    const result = calculated(inputOf('12000.00', walkthrough, { maximumShare: '0.40' }));
    expect(result.members.map((one) => one.allocationMinor)).toEqual([
      usd('4800'),
      usd('4153.85'),
      usd('3046.15'),
    ]);
    expect(result.members.map((one) => one.capped)).toEqual([true, false, false]);
  });

  it('holds nobody who stands exactly at it', () => {
    const members = [
      memberOf('a', { labor: '40' }),
      memberOf('b', { labor: '30' }),
      memberOf('c', { labor: '30' }),
    ];
    const result = calculated(inputOf('100.00', members, { maximumShare: '0.40' }));
    expect(result.members.map((one) => [one.allocationMinor, one.capped])).toEqual([
      [usd('40'), false],
      [usd('30'), false],
      [usd('30'), false],
    ]);
  });

  it('is applied again to whoever the excess lifts above it', () => {
    const members = [
      memberOf('a', { labor: '60' }),
      memberOf('b', { labor: '30' }),
      memberOf('c', { labor: '9' }),
      memberOf('d', { labor: '1' }),
    ];
    // a is held at 0.35; b would get 0.65 × 30/40 = 0.4875 and is held too; c and d share 0.30 as 9:1.
    const result = calculated(inputOf('1000.00', members, { maximumShare: '0.35' }));
    expect(result.members.map((one) => one.allocationMinor)).toEqual([
      usd('350'),
      usd('350'),
      usd('270'),
      usd('30'),
    ]);
    expect(result.members.map((one) => one.capped)).toEqual([true, true, false, false]);
  });

  it('is refused when it cannot be kept', () => {
    expect(calculateAllocation(inputOf('12000.00', walkthrough, { maximumShare: '0.33' }))).toEqual({
      ok: false,
      refusal: { code: 'INFEASIBLE_CAP', maximumShare: '33/100', members: 3 },
    });
    const even = [memberOf('a', { labor: '9' }), memberOf('b', { labor: '1' })];
    expect(allocationsOf(inputOf('10.00', even, { maximumShare: '0.5' }))).toEqual({ a: 500n, b: 500n });
  });
});

describe('cash, retained and tax', () => {
  it('pays 20 % in cash, to the cent in all', () => {
    const result = calculated(inputOf('12000.00'));
    expect(result.members.map((one) => one.cashMinor)).toEqual([
      usd('1050.81'),
      usd('778.38'),
      usd('570.81'),
    ]);
    expect(result.members.map((one) => one.retainedMinor)).toEqual([
      usd('4203.25'),
      usd('3113.51'),
      usd('2283.24'),
    ]);
    expect([result.cashMinor, result.retainedMinor]).toEqual([usd('2400'), usd('9600')]);
  });

  it('makes a cash pool of 1,200.00 from 3,000.00 at 40 %', () => {
    expect(calculated(inputOf('3000.00', walkthrough, { cashRate: '0.40' })).cashMinor).toBe(usd('1200.00'));
  });

  it('pays no cash on a loss', () => {
    const result = calculated(inputOf('-2000.00'));
    expect([result.cashMinor, result.retainedMinor]).toEqual([0n, usd('-2000.00')]);
  });

  it('divides tax income by the same shares, exactly, even when book has none', () => {
    const result = calculated({ ...inputOf('0.00'), taxNetIncomeMinor: usd('-1200.00') });
    expect(result.members.map((one) => one.taxMinor)).toEqual([
      usd('-525.41'),
      usd('-389.19'),
      usd('-285.40'),
    ]);
    expect(result.members.map((one) => one.allocationMinor)).toEqual([0n, 0n, 0n]);
  });
});

describe('refusals', () => {
  const refused = (policy: Partial<typeof plainPolicy>) => outcomeOf(inputOf('100.00', walkthrough, policy));

  it('a weight must be a positive number', () => {
    for (const weight of ['0', '0.00', '-1', 'much', '']) {
      expect(refused({ weights: { ...plainPolicy.weights, labor: weight } })).toBe('WEIGHT_NOT_POSITIVE');
    }
  });

  it('a category that was given must have a weight', () => {
    expect(refused({ weights: { labor: '1' } })).toBe('MISSING_WEIGHT');
  });

  it('a class that takes part must have a positive multiplier', () => {
    expect(refused({ formula: { kind: 'tiered', multipliers: { cooperative: '0' } } })).toBe(
      'MULTIPLIER_NOT_POSITIVE',
    );
    expect(refused({ formula: { kind: 'tiered', multipliers: { investor: '1' } } })).toBe(
      'MISSING_MULTIPLIER',
    );
  });

  it('threshold, maximum share and cash rate must lie in their range', () => {
    expect(refused({ threshold: { kind: 'fixed', amountMinor: -1n } })).toBe('THRESHOLD_INVALID');
    expect(refused({ threshold: { kind: 'hours', hours: 'ten' } })).toBe('THRESHOLD_INVALID');
    expect(refused({ maximumShare: '0' })).toBe('MAXIMUM_SHARE_OUT_OF_RANGE');
    expect(refused({ maximumShare: '1.01' })).toBe('MAXIMUM_SHARE_OUT_OF_RANGE');
    expect(refused({ cashRate: '1.2' })).toBe('CASH_RATE_OUT_OF_RANGE');
    expect(refused({ cashRate: '-0.2' })).toBe('CASH_RATE_OUT_OF_RANGE');
  });

  it('a member, a category and a contribution count once', () => {
    const [alice] = walkthrough;
    const [line] = alice?.categories ?? [];
    if (!alice || !line) throw new Error('the walkthrough lost alice');
    expect(outcomeOf(inputOf('1.00', [alice, alice]))).toBe('DUPLICATE_MEMBER');
    expect(outcomeOf(inputOf('1.00', [{ ...alice, categories: [line, line] }]))).toBe('DUPLICATE_CATEGORY');
    expect(outcomeOf(inputOf('1.00', [alice, { ...alice, memberId: 'z' }]))).toBe('DUPLICATE_CONTRIBUTION');
  });

  it('patronage is never negative and hours are decimals', () => {
    const one = (valueMinor: bigint, hours: string) =>
      outcomeOf(
        inputOf('1.00', [
          {
            ...memberOf('a', {}),
            categories: [{ category: 'labor', valueMinor, hours, contributionIds: [] }],
          },
        ]),
      );
    expect([one(-1n, '0'), one(1n, '-1'), one(1n, '1:30')]).toEqual([
      'NEGATIVE_PATRONAGE',
      'NEGATIVE_PATRONAGE',
      'HOURS_INVALID',
    ]);
  });

  it('a surplus nobody has patronage for stays unallocated', () => {
    const idle = [memberOf('a', {}), memberOf('b', { labor: '5' }, { eligible: false })];
    expect(calculateAllocation(inputOf('100.00', idle))).toEqual({
      ok: false,
      refusal: { code: 'NO_PATRONAGE', allocableMinor: '10000', belowThreshold: 0 },
    });
    expect(outcomeOf(inputOf('100.00', []))).toBe('NO_PATRONAGE');
    expect(refused({ threshold: { kind: 'fixed', amountMinor: usd('1000000') } })).toBe('NO_PATRONAGE');
    expect(outcomeOf(inputOf('0.00', idle))).toBe('ACCEPTED');
  });

  it('a loss needs to know what each can bear', () => {
    const members = walkthrough.map((one) => ({ ...one, lossCapacityMinor: null }));
    expect(outcomeOf(inputOf('-1.00', members))).toBe('MISSING_LOSS_CAPACITY');
    expect(outcomeOf(inputOf('1.00', members))).toBe('ACCEPTED');
  });
});
