import { rational } from '@habitat/kernel';
import { describe, expect, it } from 'vitest';
import { allocationsOf, calculated, inputOf, memberOf, usd } from './allocation.fixture.ts';
import { spreadLoss } from './loss.ts';

const bearers = (capacities: Readonly<Record<string, string>>) => [
  memberOf('a', { labor: '50' }, { lossCapacityMinor: usd(capacities.a ?? '0') }),
  memberOf('b', { labor: '30' }, { lossCapacityMinor: usd(capacities.b ?? '0') }),
  memberOf('c', { labor: '20' }, { lossCapacityMinor: usd(capacities.c ?? '0') }),
];

describe('losses', () => {
  it('what one member cannot bear is spread over those who can', () => {
    const members = bearers({ a: '200.00', b: '1000.00', c: '1000.00' });
    expect(allocationsOf(inputOf('-1000.00', members))).toEqual({
      a: usd('-200.00'),
      b: usd('-480.00'),
      c: usd('-320.00'),
    });
  });

  it('spreading is repeated when it takes the next one to the floor', () => {
    const members = bearers({ a: '200.00', b: '400.00', c: '1000.00' });
    const result = calculated(inputOf('-1000.00', members));
    expect(result.members.map((one) => one.allocationMinor)).toEqual([usd('-200'), usd('-400'), usd('-400')]);
    expect(result.members.map((one) => one.floored)).toEqual([true, true, false]);
  });

  it('what none can bear is reported, never hidden', () => {
    const result = calculated(inputOf('-1000.00', bearers({ a: '200.00', b: '100.00', c: '50.50' })));
    expect(result.members.map((one) => one.allocationMinor)).toEqual([
      usd('-200'),
      usd('-100'),
      usd('-50.50'),
    ]);
    expect(result.unborneMinor).toBe(usd('649.50'));
    expect(result.allocatedMinor).toBe(usd('-350.50'));
  });

  it('a member already below zero bears nothing', () => {
    expect(allocationsOf(inputOf('-10.00', bearers({ a: '-5.00', b: '100', c: '100' })))).toEqual({
      a: 0n,
      b: usd('-6.00'),
      c: usd('-4.00'),
    });
    expect(calculated(inputOf('-10.00', bearers({ a: '-5.00' }))).unborneMinor).toBe(usd('10.00'));
  });

  it('a capacity equal to the part is not crossed by the odd cent', () => {
    for (const rounding of ['largest_remainder', 'residual_to_largest'] as const) {
      const members = ['a', 'b', 'c'].map((id) =>
        memberOf(id, { labor: '1' }, { lossCapacityMinor: usd('33.34') }),
      );
      const result = calculated(inputOf('-100.01', members, { rounding }));
      expect(result.allocatedMinor).toBe(usd('-100.01'));
      expect(result.members.every((one) => one.allocationMinor >= -usd('33.34'))).toBe(true);
    }
  });

  it('the residue goes to the largest as far as it can bear it, then to the next largest', () => {
    const members = ['b', 'c', 'a', 'd'].map((id) =>
      memberOf(id, { labor: '1' }, { lossCapacityMinor: id === 'b' ? 31n : 26n }),
    );
    const result = calculated(inputOf('-1.03', members, { rounding: 'residual_to_largest' }));
    expect(result.members.map((one) => [one.memberId, one.allocationMinor, one.extraReason])).toEqual([
      ['a', -26n, 'residual_to_largest'],
      ['b', -27n, 'residual_to_largest'],
      ['c', -25n, 'none'],
      ['d', -25n, 'none'],
    ]);
    expect(result.members.some((one) => one.floored)).toBe(false);
  });

  it('ten thousand members who can bear just their parts are told them as fast as any others', () => {
    const members = Array.from({ length: 10_000 }, (_, n) =>
      memberOf(`m${n}`, { labor: '1' }, { lossCapacityMinor: 10_000n }),
    );
    const result = calculated(inputOf('-999950.00', members, { rounding: 'residual_to_largest' }));
    expect(result.unborneMinor).toBe(0n);
    expect(result.members.filter((one) => one.allocationMinor === -10_000n)).toHaveLength(5_000);
    expect(result.members.filter((one) => one.allocationMinor === -9_999n)).toHaveLength(5_000);
  }, 10_000);

  it('a tax loss follows the loss the members really bore', () => {
    const members = bearers({ a: '200.00', b: '1000.00', c: '1000.00' });
    const result = calculated({ ...inputOf('-1000.00', members), taxNetIncomeMinor: usd('-500.00') });
    expect(result.members.map((one) => one.taxMinor)).toEqual([usd('-100'), usd('-240'), usd('-160')]);
  });

  it('a share of zero bears nothing', () => {
    const spread = spreadLoss(
      100n,
      [
        { memberId: 'a', share: rational(0n), capacityMinor: 1000n },
        { memberId: 'b', share: rational(1n), capacityMinor: 30n },
      ],
      'largest_remainder',
    );
    expect(spread.floored).toEqual(new Map([['b', 30n]]));
    expect(spread.unborneMinor).toBe(70n);
  });
});
