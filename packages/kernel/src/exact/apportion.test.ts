import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectAccepted } from '../result.ts';
import { apportion, apportionResidualToLargest } from './apportion.ts';
import type { Weighted } from './apportion.ts';
import { ceilingOf, weighted } from './apportion.fixture.ts';
import { compareRational, floorRational, rational } from './rational.ts';

function units(total: bigint, weights: readonly Weighted[]): bigint[] {
  return expectAccepted(apportion(total, weights)).lines.map((line) => line.units);
}

describe('largest remainder, against published tables', () => {
  // Where each row comes from is named; ids are zero-padded positions, so "first" means "lower id".
  const cases: readonly [string, bigint, readonly number[], readonly number[]][] = [
    ['Balinski–Young 1975, example 1', 100n, [5117, 4400, 162, 161, 160], [51, 44, 2, 2, 1]],
    ['ties go to the lowest index (martinlackner/apportionment)', 2n, [2, 1, 1, 2, 2], [1, 0, 0, 1, 0]],
    ['Hare–Niemeyer, 60 seats (proporz)', 60n, [216, 310, 22, 32], [23, 32, 2, 3]],
    ['Hamilton, 10 seats (proporz)', 10n, [47000, 16000, 15800, 12000, 6100, 3100], [5, 2, 1, 1, 1, 0]],
    ['100 in thirds (moneyphp)', 100n, [1, 1, 1], [34, 33, 33]],
    ['101 in thirds (moneyphp)', 101n, [1, 1, 1], [34, 34, 33]],
    ['5 by 7:0:3 (moneyphp)', 5n, [7, 0, 3], [4, 0, 1]],
    ['2 in thirds (moneyphp)', 2n, [1, 1, 1], [1, 1, 0]],
    ['1 in halves (moneyphp)', 1n, [1, 1], [1, 0]],
    ['101 by 3:7 (moneyphp)', 101n, [3, 7], [30, 71]],
    ['1003 in halves (dinero.js)', 1003n, [50, 50], [502, 501]],
    ['100.00 in thirds', 10000n, [1, 1, 1], [3334, 3333, 3333]],
    ['12,000.00 by 4050:3000:2200', 1200000n, [405000, 300000, 220000], [525406, 389189, 285405]],
  ];
  it.each(cases)('%s', (_source, total, weights, expected) => {
    expect(units(total, weighted(weights))).toEqual(expected.map((n) => BigInt(n)));
  });

  it('gives a unit two remainders tie for to the larger share, where moneyphp gives it to the first', () => {
    // moneyphp answers [2, 3] for 5 by 3:7 (1.5 and 3.5): it breaks ties by position alone.
    expect(units(5n, weighted([3, 7]))).toEqual([1n, 4n]);
    expect(units(5n, weighted([7, 3]))).toEqual([4n, 1n]);
  });
});

describe('apportion', () => {
  it('breaks a tie of equal shares by the id in code-unit order, whatever the input order', () => {
    const ids = ['b', 'a', 'B', 'ä'];
    const parts = expectAccepted(
      apportion(
        1n,
        ids.map((id) => ({ id, weight: rational(1n) })),
      ),
    );
    expect(parts.unitsById).toEqual(
      new Map([
        ['b', 0n],
        ['a', 0n],
        ['B', 1n],
        ['ä', 0n],
      ]),
    );
    expect(parts.lines.every((line) => line.tiedAtCut)).toBe(true);
    expect(parts.lines[2]?.extraReason).toBe('tie_id');
  });

  it('explains every unit: floor, remainder, the extra unit and why it was given', () => {
    const { lines, leftover } = expectAccepted(apportion(1200000n, weighted([4050, 3000, 2200])));
    expect(leftover).toBe(1n);
    expect(lines[0]).toMatchObject({
      share: rational(81n, 185n),
      quota: rational(19440000n, 37n),
      floor: 525405n,
      remainder: rational(15n, 37n),
      extra: 1n,
      extraReason: 'tie_larger_share',
      tiedAtCut: true,
    });
    expect(lines[1]).toMatchObject({ floor: 389189n, extra: 0n, extraReason: 'none', tiedAtCut: false });
    expect(lines[2]).toMatchObject({ extra: 0n, extraReason: 'none', tiedAtCut: true });
  });

  it('mirrors a negative total', () => {
    expect(units(-200000n, weighted([4050, 3000, 2200]))).toEqual([-87568n, -64865n, -47567n]);
  });

  it('accepts weights of different denominators', () => {
    const weights = [
      { id: 'a', weight: rational(1n, 2n) },
      { id: 'b', weight: rational(1n, 3n) },
      { id: 'c', weight: rational(1n, 6n) },
    ];
    expect(units(100n, weights)).toEqual([50n, 33n, 17n]);
  });

  it('gives zeros when there is nothing to divide, even with no weight or nobody', () => {
    expect(units(0n, weighted([0, 0]))).toEqual([0n, 0n]);
    expect(units(0n, [])).toEqual([]);
  });

  it('refuses a duplicate id, a negative weight, and a total nobody has a weight for, in this order', () => {
    const [first] = weighted([1]);
    if (!first) throw new Error('no weight');
    const negative = { id: 'n', weight: rational(-1n) };
    expect(apportion(1n, [first, first, negative])).toEqual({
      ok: false,
      refusal: { code: 'DUPLICATE_ID', id: first.id },
    });
    expect(apportion(1n, [negative])).toEqual({ ok: false, refusal: { code: 'NEGATIVE_WEIGHT', id: 'n' } });
    expect(apportion(7n, weighted([0, 0]))).toEqual({
      ok: false,
      refusal: { code: 'NO_WEIGHT', total: '7' },
    });
    expect(apportion(7n, [])).toEqual({ ok: false, refusal: { code: 'NO_WEIGHT', total: '7' } });
  });

  it('gives the whole residue to the largest share when so configured', () => {
    const { lines } = expectAccepted(apportionResidualToLargest(200000n, weighted([4050, 3000, 2200])));
    expect(lines.map((line) => line.units)).toEqual([87569n, 64864n, 47567n]);
    expect(lines[0]?.extraReason).toBe('residual_to_largest');
    const tied = expectAccepted(apportionResidualToLargest(-101n, weighted([0, 3, 3, 3])));
    expect(tied.lines.map((line) => line.units)).toEqual([0n, -35n, -33n, -33n]);
  });
});

describe('apportion, for any input', () => {
  const parts = fc
    .array(fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.bigInt({ min: 1n, max: 1000n })), {
      minLength: 1,
      maxLength: 30,
    })
    .filter((list) => list.some(([n]) => n > 0n))
    .map((list) => list.map(([n, d], i): Weighted => ({ id: `m${i}`, weight: rational(n, d) })));
  const total = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

  it('adds up to the total exactly', () => {
    fc.assert(
      fc.property(total, parts, (t, p) => {
        expect(units(t, p).reduce((a, b) => a + b, 0n)).toBe(t);
        const residual = expectAccepted(apportionResidualToLargest(t, p));
        expect(residual.lines.reduce((a, line) => a + line.units, 0n)).toBe(t);
      }),
    );
  });

  it('keeps every part within its quota rounded down and rounded up', () => {
    fc.assert(
      fc.property(total, parts, (t, p) => {
        for (const line of expectAccepted(apportion(t, p)).lines) {
          expect(line.units).toBeGreaterThanOrEqual(floorRational(line.quota));
          expect(line.units).toBeLessThanOrEqual(ceilingOf(line.quota));
        }
      }),
    );
  });

  it('does not depend on the order of its input', () => {
    fc.assert(
      fc.property(total, parts, fc.infiniteStream(fc.nat()), (t, p, keys) => {
        const shuffled = p
          .map((part) => ({ part, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ part }) => part);
        const straight = expectAccepted(apportion(t, p)).unitsById;
        const mixed = expectAccepted(apportion(t, shuffled)).unitsById;
        for (const [id, value] of straight) expect(mixed.get(id)).toBe(value);
      }),
    );
  });

  it('never gives a larger weight less, and never gives a zero weight anything', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), parts, (t, p) => {
        const { unitsById } = expectAccepted(apportion(t, p));
        const ranked = [...p].sort((a, b) => compareRational(a.weight, b.weight));
        ranked.forEach((part, i) => {
          const next = ranked[i + 1];
          const mine = unitsById.get(part.id) ?? 0n;
          if (part.weight.numerator === 0n) expect(mine).toBe(0n);
          if (next && compareRational(part.weight, next.weight) < 0) {
            expect(unitsById.get(next.id) ?? 0n).toBeGreaterThanOrEqual(mine);
          }
        });
      }),
    );
  });

  it('mirrors: the parts of −t are the negated parts of t', () => {
    fc.assert(
      fc.property(total, parts, (t, p) => {
        expect(units(-t, p)).toEqual(units(t, p).map((n) => -n));
      }),
    );
  });
});
