/**
 * Exact fractions of bigints, always reduced, denominator always positive. Shares and quotas are
 * fractions, never floats: a share of 4050/9250 is stored as 162/370 reduced to 81/185 and stays so.
 */
import { absolute } from './money.ts';

export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const ZERO: Rational = { numerator: 0n, denominator: 1n };

/** Greatest common divisor, never negative; gcd(0, 0) is 0. */
export function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let a = absolute(left);
  let b = absolute(right);
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** The reduced fraction numerator/denominator. Throws on a zero denominator: that is a fault. */
export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) throw new RangeError('a fraction cannot have the denominator zero');
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor };
}

export function addRational(left: Rational, right: Rational): Rational {
  return rational(
    left.numerator * right.denominator + right.numerator * left.denominator,
    left.denominator * right.denominator,
  );
}

export function subtractRational(left: Rational, right: Rational): Rational {
  return addRational(left, { numerator: -right.numerator, denominator: right.denominator });
}

export function multiplyRational(left: Rational, right: Rational): Rational {
  return rational(left.numerator * right.numerator, left.denominator * right.denominator);
}

/** left ÷ right. Throws when right is zero. */
export function divideRational(left: Rational, right: Rational): Rational {
  return rational(left.numerator * right.denominator, left.denominator * right.numerator);
}

/** -1, 0 or 1 as left is less than, equal to or greater than right. */
export function compareRational(left: Rational, right: Rational): -1 | 0 | 1 {
  const a = left.numerator * right.denominator;
  const b = right.numerator * left.denominator;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The greatest integer not above the fraction (towards minus infinity): floor(-1/2) is -1. */
export function floorRational(value: Rational): bigint {
  const quotient = value.numerator / value.denominator;
  const exact = quotient * value.denominator === value.numerator;
  return value.numerator < 0n && !exact ? quotient - 1n : quotient;
}

/**
 * The nearest integer, an exact half going away from zero (½ → 1, -½ → -1), as merchants round.
 * Negative amounts therefore mirror positive ones, so a reversal undoes a value to the unit.
 */
export function roundHalfUp(value: Rational): bigint {
  const magnitude = absolute(value.numerator);
  const rounded = (2n * magnitude + value.denominator) / (2n * value.denominator);
  return value.numerator < 0n ? -rounded : rounded;
}

/** Rounded decimal text with exactly `digits` places, for display only; money never passes here. */
export function toDecimalString(value: Rational, digits: number): string {
  const scaled = roundHalfUp(rational(value.numerator * 10n ** BigInt(digits), value.denominator));
  const sign = scaled < 0n ? '-' : '';
  const text = absolute(scaled)
    .toString()
    .padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
