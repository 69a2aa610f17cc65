/**
 * Exact decimals for quantities, rates and weights: coefficient × 10^-scale, never a float.
 * Also the one documented rule by which a quantity at a rate becomes money.
 */
import { accept, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import { rational, roundHalfUp } from './rational.ts';
import type { Rational } from './rational.ts';

export interface Decimal {
  readonly coefficient: bigint;
  /** Digits after the point; never negative. */
  readonly scale: number;
}

export type DecimalRefusal =
  | { readonly code: 'NOT_A_DECIMAL'; readonly text: string }
  | { readonly code: 'TOO_MANY_DECIMALS'; readonly text: string; readonly digits: number }
  | { readonly code: 'TOO_LONG'; readonly text: string; readonly digits: number };

const DECIMAL_TEXT = /^(-?)(\d+)(?:\.(\d+))?$/;
const DEFAULT_MAX_SCALE = 12;
const MAX_WHOLE_DIGITS = 20;

/**
 * Reads plain decimal text ("0.40", "-3", "1.6833"). Trailing zeros beyond `maxScale` are harmless
 * and dropped (Postgres prints numeric with its full scale); other digits beyond it are refused.
 * Refusals in order: NOT_A_DECIMAL, TOO_LONG (over 20 digits before the point), TOO_MANY_DECIMALS.
 */
export function parseDecimal(
  text: string,
  options: { readonly maxScale?: number } = {},
): Result<Decimal, DecimalRefusal> {
  const maxScale = options.maxScale ?? DEFAULT_MAX_SCALE;
  const trimmed = text.trim();
  const shown = trimmed.slice(0, 64);
  const match = DECIMAL_TEXT.exec(trimmed);
  if (!match) return refuse({ code: 'NOT_A_DECIMAL', text: shown });
  const [, sign, whole = '', rawFraction = ''] = match;
  const significant = whole.replace(/^0+(?=\d)/, '');
  if (significant.length > MAX_WHOLE_DIGITS) {
    return refuse({ code: 'TOO_LONG', text: shown, digits: MAX_WHOLE_DIGITS });
  }
  const fraction =
    rawFraction.length > maxScale && /^0*$/.test(rawFraction.slice(maxScale))
      ? rawFraction.slice(0, maxScale)
      : rawFraction;
  if (fraction.length > maxScale) return refuse({ code: 'TOO_MANY_DECIMALS', text: shown, digits: maxScale });
  const magnitude = BigInt(significant + fraction);
  return accept({ coefficient: sign === '-' ? -magnitude : magnitude, scale: fraction.length });
}

/** Prints every digit of the scale: { 40, 2 } → "0.40". */
export function formatDecimal(value: Decimal): string {
  const sign = value.coefficient < 0n ? '-' : '';
  const magnitude = value.coefficient < 0n ? -value.coefficient : value.coefficient;
  const text = magnitude.toString().padStart(value.scale + 1, '0');
  if (value.scale === 0) return sign + text;
  return `${sign}${text.slice(0, -value.scale)}.${text.slice(-value.scale)}`;
}

/** The same number without trailing zeros, so that 0.4 and 0.40 have one written form. */
export function normalizeDecimal(value: Decimal): Decimal {
  let { coefficient, scale } = value;
  while (scale > 0 && coefficient % 10n === 0n) {
    coefficient /= 10n;
    scale -= 1;
  }
  return { coefficient, scale };
}

/** The coefficient the number would have at a scale at least as large as its own. */
export function coefficientAtScale(value: Decimal, scale: number): bigint {
  if (scale < value.scale) throw new RangeError('a coefficient can only be widened to a larger scale');
  return value.coefficient * 10n ** BigInt(scale - value.scale);
}

export function addDecimal(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { coefficient: coefficientAtScale(left, scale) + coefficientAtScale(right, scale), scale };
}

export function multiplyDecimal(left: Decimal, right: Decimal): Decimal {
  return { coefficient: left.coefficient * right.coefficient, scale: left.scale + right.scale };
}

export function isPositive(value: Decimal): boolean {
  return value.coefficient > 0n;
}

/** The same number as a reduced fraction. */
export function decimalToRational(value: Decimal): Rational {
  return rational(value.coefficient, 10n ** BigInt(value.scale));
}

/**
 * What a quantity is worth at a rate, in minor units: quantity × rate (major units per unit of
 * quantity) is computed exactly and rounded once, at the very end, half away from zero. Rounding
 * once per contribution is the rule everywhere; sums are sums of these rounded values.
 */
export function valueAtRate(quantity: Decimal | Rational, rate: Decimal, digits: number): bigint {
  const exactQuantity = 'scale' in quantity ? decimalToRational(quantity) : quantity;
  return roundHalfUp(
    rational(
      exactQuantity.numerator * rate.coefficient * 10n ** BigInt(digits),
      exactQuantity.denominator * 10n ** BigInt(rate.scale),
    ),
  );
}
