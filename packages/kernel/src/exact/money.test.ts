import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectAccepted } from '../result.ts';
import { currencyDigits, formatMinor, isCurrencyCode, isWithinMoneyBound, parseMoney, sum } from './money.ts';

function codeOf(text: string, digits = 2): string {
  const result = parseMoney(text, digits);
  return result.ok ? 'ACCEPTED' : result.refusal.code;
}

describe('parseMoney', () => {
  it.each([
    ['5254.06', 2, 525406n],
    ['-0.05', 2, -5n],
    ['12', 2, 1200n],
    ['0.1', 2, 10n],
    [' 007.50 ', 2, 750n],
    ['1250', 0, 1250n],
    ['1.234', 3, 1234n],
    ['-0', 2, 0n],
    ['9999999999999.99', 2, 10n ** 15n - 1n],
  ])('reads %s with %i digits', (text, digits, minor) => {
    expect(parseMoney(text, digits)).toEqual({ ok: true, value: minor });
  });

  it('refuses an amount with more decimals than the currency has', () => {
    expect(parseMoney('12.345', 2)).toEqual({
      ok: false,
      refusal: { code: 'TOO_MANY_DECIMALS', text: '12.345', digits: 2 },
    });
    expect(codeOf('12.340')).toBe('TOO_MANY_DECIMALS');
    expect(codeOf('1.0', 0)).toBe('TOO_MANY_DECIMALS');
  });

  it('refuses 10^15 major units, 10^15 minor units and absurdly long numbers', () => {
    expect(codeOf('1000000000000000')).toBe('OUT_OF_RANGE');
    expect(codeOf('10000000000000.00')).toBe('OUT_OF_RANGE');
    expect(codeOf('-10000000000000.00')).toBe('OUT_OF_RANGE');
    expect(codeOf('9'.repeat(100_000))).toBe('OUT_OF_RANGE');
  });

  it.each(['', ' ', '1,000.00', '1e3', '.5', '5.', '+1', '--1', '1 2', 'NaN', 'Infinity', '0x10', '١٢'])(
    'refuses %j as not a number',
    (text) => {
      expect(codeOf(text)).toBe('NOT_A_NUMBER');
    },
  );

  it('reads back everything formatMinor prints, for any amount and any currency', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }),
        fc.integer({ min: 0, max: 4 }),
        (minor, digits) => {
          expect(expectAccepted(parseMoney(formatMinor(minor, digits), digits))).toBe(minor);
        },
      ),
    );
  });
});

describe('money', () => {
  it('prints minor units with every digit of the currency', () => {
    expect(formatMinor(525406n, 2)).toBe('5254.06');
    expect(formatMinor(-5n, 2)).toBe('-0.05');
    expect(formatMinor(0n, 2)).toBe('0.00');
    expect(formatMinor(-1250n, 0)).toBe('-1250');
    expect(formatMinor(7n, 3)).toBe('0.007');
  });

  it('sums exactly beyond what a float can hold', () => {
    expect(sum([2n ** 53n, 1n, 1n])).toBe(2n ** 53n + 2n);
    expect(sum([])).toBe(0n);
  });

  it('knows the minor-unit digits of ISO 4217', () => {
    expect([currencyDigits('USD'), currencyDigits('JPY'), currencyDigits('KWD')]).toEqual([2, 0, 3]);
  });

  it('knows a currency code from other words', () => {
    expect(isCurrencyCode('EUR')).toBe(true);
    expect(isCurrencyCode('eur')).toBe(false);
    expect(isCurrencyCode('QQQ')).toBe(false);
  });

  it('bounds amounts strictly inside ±10^15 minor units', () => {
    expect(isWithinMoneyBound(10n ** 15n - 1n)).toBe(true);
    expect(isWithinMoneyBound(10n ** 15n)).toBe(false);
    expect(isWithinMoneyBound(-(10n ** 15n))).toBe(false);
  });
});
