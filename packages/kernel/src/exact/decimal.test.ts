import { describe, expect, it } from 'vitest';
import { expectAccepted } from '../result.ts';
import {
  addDecimal,
  coefficientAtScale,
  decimalToRational,
  formatDecimal,
  isPositive,
  multiplyDecimal,
  normalizeDecimal,
  parseDecimal,
  valueAtRate,
} from './decimal.ts';
import type { Decimal } from './decimal.ts';
import {
  addRational,
  compareRational,
  divideRational,
  floorRational,
  multiplyRational,
  rational,
  roundHalfUp,
  subtractRational,
  toDecimalString,
} from './rational.ts';

const decimal = (text: string): Decimal => expectAccepted(parseDecimal(text));

describe('decimal', () => {
  it('reads and prints the same digits', () => {
    for (const text of ['0.40', '-3', '1.6833', '0', '-0.001', '12345678901234567890.123456789012']) {
      expect(formatDecimal(decimal(text))).toBe(text);
    }
  });

  it('refuses what is not a decimal, is too long, or has more digits than allowed', () => {
    expect(parseDecimal('1e3')).toMatchObject({ ok: false, refusal: { code: 'NOT_A_DECIMAL' } });
    expect(parseDecimal('1'.repeat(21))).toMatchObject({ ok: false, refusal: { code: 'TOO_LONG' } });
    expect(parseDecimal('1.234', { maxScale: 2 })).toMatchObject({
      ok: false,
      refusal: { code: 'TOO_MANY_DECIMALS', digits: 2 },
    });
  });

  it('drops zeros beyond the allowed scale, as Postgres prints them', () => {
    expect(parseDecimal('1.5000', { maxScale: 2 })).toEqual({
      ok: true,
      value: { coefficient: 150n, scale: 2 },
    });
  });

  it('adds and multiplies without rounding', () => {
    expect(formatDecimal(addDecimal(decimal('0.1'), decimal('0.20')))).toBe('0.30');
    expect(formatDecimal(multiplyDecimal(decimal('0.1'), decimal('-0.2')))).toBe('-0.02');
    expect([isPositive(decimal('0.00')), isPositive(decimal('0.01'))]).toEqual([false, true]);
    expect(normalizeDecimal(decimal('0.400'))).toEqual({ coefficient: 4n, scale: 1 });
    expect(decimalToRational(decimal('0.75'))).toEqual(rational(3n, 4n));
    expect(() => coefficientAtScale(decimal('0.75'), 1)).toThrow(RangeError);
  });
});

describe('rational', () => {
  it('is always reduced with a positive denominator', () => {
    expect(rational(4050n, -9250n)).toEqual({ numerator: -81n, denominator: 185n });
    expect(rational(0n, 5n)).toEqual({ numerator: 0n, denominator: 1n });
    expect(() => rational(1n, 0n)).toThrow(RangeError);
  });

  it('computes exactly', () => {
    const third = rational(1n, 3n);
    const half = rational(1n, 2n);
    expect(addRational(third, half)).toEqual(rational(5n, 6n));
    expect(subtractRational(third, half)).toEqual(rational(-1n, 6n));
    expect(multiplyRational(third, half)).toEqual(rational(1n, 6n));
    expect(divideRational(third, half)).toEqual(rational(2n, 3n));
    expect(compareRational(third, half)).toBe(-1);
  });

  it('floors towards minus infinity and rounds an exact half away from zero', () => {
    expect([
      floorRational(rational(7n, 2n)),
      floorRational(rational(-7n, 2n)),
      floorRational(rational(-4n)),
    ]).toEqual([3n, -4n, -4n]);
    expect([1n, -1n, 3n, 5n].map((n) => roundHalfUp(rational(n, 2n)))).toEqual([1n, -1n, 2n, 3n]);
    expect(roundHalfUp(rational(49n, 100n))).toBe(0n);
  });

  it('shows a rounded decimal', () => {
    expect(toDecimalString(rational(8100n, 185n), 2)).toBe('43.78');
    expect(toDecimalString(rational(-1n, 3n), 4)).toBe('-0.3333');
    expect(toDecimalString(rational(-1n, 300n), 1)).toBe('0.0');
    expect(toDecimalString(rational(5n, 2n), 0)).toBe('3');
  });
});

describe('valueAtRate', () => {
  it('values 10 h at 75 an hour at 750.00', () => {
    expect(valueAtRate(decimal('10'), decimal('75'), 2)).toBe(75000n);
  });

  it('rounds once, at the end, half away from zero', () => {
    expect(valueAtRate(decimal('0.5'), decimal('0.01'), 2)).toBe(1n);
    expect(valueAtRate(decimal('1.333'), decimal('75.25'), 2)).toBe(10031n);
    expect(valueAtRate(decimal('-0.5'), decimal('0.01'), 2)).toBe(-1n);
  });

  it('values 101 minutes at 60 an hour at 101.00, which rounded hours would not', () => {
    expect(valueAtRate(rational(101n, 60n), decimal('6000'), 2)).toBe(1010000n);
    expect(valueAtRate(decimal('1.6833'), decimal('6000'), 2)).toBe(1009980n);
  });
});
