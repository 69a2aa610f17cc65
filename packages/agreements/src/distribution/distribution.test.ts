// The two guards of a distribution on the worked numbers, and how a distribution stands by its lines.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Candidate, PlanFacts } from './distribution.ts';
import { distributionStatus, planDistribution } from './distribution.ts';

const someone = (weight: bigint, capacityMinor = 10_000_000n, memberId = 'a'): Candidate => ({
  memberId,
  lotId: null,
  weight,
  capacityMinor,
});

/** Cash 11,550.00 over a reserve of 10,000.00: 1,550.00 may go out. */
const facts = (more: Partial<PlanFacts>): PlanFacts => ({
  basis: 'equal',
  poolMinor: 120_000n,
  whenShort: 'block',
  cashMinor: 1_155_000n,
  committedMinor: 0n,
  reserveMinor: 1_000_000n,
  candidates: [someone(1n)],
  ...more,
});

describe('the cash reserve', () => {
  test('a pool of 1,200.00 under 1,550.00 distributable passes', () => {
    expect(planDistribution(facts({}))).toMatchObject({ ok: true, value: { totalMinor: 120_000n } });
  });
  test('all that is distributable passes, to the cent', () => {
    const plan = planDistribution(facts({ poolMinor: 155_000n, whenShort: 'reduce' }));
    expect(plan).toMatchObject({ value: { totalMinor: 155_000n, reducedReason: null } });
  });
  test('one cent above what is distributable is refused and says the most', () => {
    const plan = planDistribution(facts({ poolMinor: 155_001n }));
    expect(plan).toMatchObject({ ok: false, refusal: { code: 'CASH_RESERVE', mostMinor: '155000' } });
  });
  test('what is promised already counts against it', () => {
    const plan = planDistribution(facts({ committedMinor: 100_000n }));
    expect(plan).toMatchObject({ refusal: { code: 'CASH_RESERVE', mostMinor: '55000' } });
  });
  test('reduced, it pays what is distributable and says why', () => {
    const plan = planDistribution(facts({ poolMinor: 200_000n, whenShort: 'reduce' }));
    expect(plan).toMatchObject({
      value: { askedMinor: 200_000n, totalMinor: 155_000n, reducedReason: 'CASH_RESERVE' },
    });
  });
  test('with nothing distributable there is nothing to reduce to', () => {
    const plan = planDistribution(facts({ cashMinor: 900_000n, whenShort: 'reduce' }));
    expect(plan).toMatchObject({ refusal: { code: 'CASH_RESERVE', mostMinor: '0' } });
  });
});

describe('the capital guard', () => {
  test('300.00 asked of a capital of 200.00 is refused: 200.00 is the most', () => {
    const plan = planDistribution(facts({ poolMinor: 30_000n, candidates: [someone(1n, 20_000n)] }));
    expect(plan).toMatchObject({
      refusal: { code: 'CAPITAL_DEFICIT', askedMinor: '30000', mostMinor: '20000' },
    });
  });
  test('the whole of a capital passes, to the cent, and is not called reduced', () => {
    for (const whenShort of ['block', 'reduce'] as const) {
      const plan = planDistribution(
        facts({ poolMinor: 20_000n, whenShort, candidates: [someone(1n, 20_000n)] }),
      );
      expect(plan).toMatchObject({ value: { lines: [{ amountMinor: 20_000n, reducedReason: null }] } });
    }
  });
  test('reduced, one member gets the most that passes and the others their part', () => {
    const candidates = [someone(1n, 20_000n, 'a'), someone(1n, 90_000n, 'b')];
    const plan = planDistribution(facts({ poolMinor: 60_000n, whenShort: 'reduce', candidates }));
    expect(plan).toMatchObject({
      value: {
        totalMinor: 50_000n,
        lines: [{ amountMinor: 20_000n, reducedReason: 'CAPITAL_DEFICIT' }, { amountMinor: 30_000n }],
      },
    });
  });
});

test.each([
  [{ basis: 'equal' as const, poolMinor: null }, 'POOL_REQUIRED'],
  [{ poolMinor: 0n }, 'POOL_NOT_POSITIVE'],
  [{ poolMinor: -1n }, 'POOL_NOT_POSITIVE'],
  [{ candidates: [] }, 'NOTHING_TO_DISTRIBUTE'],
  [{ candidates: [someone(0n), someone(-1n, 1n, 'b')] }, 'NOTHING_TO_DISTRIBUTE'],
  [{ basis: 'allocation' as const, candidates: [someone(100n)], poolMinor: 101n }, 'MORE_THAN_ALLOCATED'],
])('%o is refused as %s', (more, code) => {
  expect(planDistribution(facts(more))).toMatchObject({ ok: false, refusal: { code } });
});

test('the whole of what was allocated may be asked for, by its amount or without one', () => {
  for (const poolMinor of [100n, null]) {
    const plan = planDistribution(facts({ basis: 'allocation', candidates: [someone(100n)], poolMinor }));
    expect(plan).toMatchObject({ value: { askedMinor: 100n, totalMinor: 100n } });
  }
});

test('whatever is asked, a reduced plan keeps the reserve, every capacity, and adds up', () => {
  const amount = fc.bigInt({ min: 0n, max: 10_000_000n });
  const candidate = fc.record({
    weight: amount,
    capacityMinor: fc.bigInt({ min: -1_000n, max: 5_000_000n }),
  });
  fc.assert(
    fc.property(
      fc.array(candidate, { maxLength: 20 }),
      amount,
      amount,
      amount,
      (people, poolMinor, cashMinor, reserveMinor) => {
        const candidates = people.map((one, index) => ({ ...one, memberId: `m${index}`, lotId: null }));
        const plan = planDistribution(
          facts({ candidates, poolMinor, cashMinor, reserveMinor, whenShort: 'reduce' }),
        );
        if (!plan.ok) return;
        const { lines, totalMinor, askedMinor } = plan.value;
        expect(lines.reduce((running, line) => running + line.amountMinor, 0n)).toBe(totalMinor);
        expect(totalMinor <= askedMinor && cashMinor - totalMinor >= reserveMinor).toBe(true);
        for (const line of lines) {
          const { capacityMinor } = candidates.find(({ memberId }) => memberId === line.memberId) ?? {
            capacityMinor: -1n,
          };
          expect(line.amountMinor > 0n && line.amountMinor <= capacityMinor).toBe(true);
        }
      },
    ),
  );
});

test.each([
  [['calculated', 'calculated'], 'calculated'],
  [['approved', 'approved'], 'approved'],
  [['scheduled', 'approved'], 'scheduled'],
  [['scheduling', 'cancelled'], 'scheduled'],
  [['paid', 'scheduled'], 'processing'],
  [['paying'], 'processing'],
  [['paid', 'failed', 'cancelled'], 'completed'],
  [['failed', 'cancelled'], 'failed'],
  [['cancelled'], 'cancelled'],
] as const)('lines %o make a distribution %s', (states, status) => {
  expect(distributionStatus(states)).toBe(status);
});
