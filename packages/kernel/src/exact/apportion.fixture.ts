/**
 * Test inputs for apportionment: weights with zero-padded positions as ids, so that the order of ids
 * is the order of the list.
 */
import { floorRational, rational } from './rational.ts';
import type { Rational } from './rational.ts';
import type { Weighted } from './apportion.ts';

/** Integer weights with ids "00", "01", … */
export function weighted(weights: readonly number[]): Weighted[] {
  return weights.map((weight, index) => ({
    id: String(index).padStart(2, '0'),
    weight: rational(BigInt(weight)),
  }));
}

/** The least integer not below the fraction. */
export function ceilingOf(value: Rational): bigint {
  return -floorRational(rational(-value.numerator, value.denominator));
}
