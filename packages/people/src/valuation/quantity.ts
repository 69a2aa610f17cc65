// How much was given: hours, units or money, exactly. Clock time that decimal hours cannot hold (1:41) keeps its
// minutes, and values are computed from those.
import {
  accept,
  decimalToRational,
  formatDecimal,
  hoursAsDecimal,
  multiplyRational,
  normalizeDecimal,
  parseDecimal,
  parseDuration,
  parseMoney,
  rational,
  refuse,
} from '@habitat/kernel';
import type { Decimal, DurationRefusal, MoneyRefusal, Rational, Result } from '@habitat/kernel';
import type { ContributionKind } from '@habitat/events';

export type Unit = 'hour' | 'unit' | 'money';

export interface Quantity {
  readonly unit: Unit;
  /** Hours (at most 12 digits after the point), units, or money in major units. */
  readonly amount: Decimal;
  /** Exact minutes, where `amount` is rounded. */
  readonly minutes: Decimal | null;
}

export type QuantityRefusal =
  | DurationRefusal
  | MoneyRefusal
  | { readonly code: 'QUANTITY_REQUIRED'; readonly unit: Unit }
  | { readonly code: 'NOT_A_QUANTITY'; readonly text: string }
  | { readonly code: 'NOT_POSITIVE'; readonly text: string };

const HOURS_SCALE = 12;

/** What a kind is counted in. */
export const UNIT_OF_KIND: Readonly<Record<ContributionKind, Unit>> = {
  labor: 'hour',
  expertise: 'hour',
  community: 'hour',
  cash: 'money',
  revenue: 'money',
  in_kind: 'unit',
  relationship: 'unit',
};

/** The exact quantity valuing works with. */
export function exactAmount(quantity: Quantity): Rational {
  return quantity.minutes === null
    ? decimalToRational(quantity.amount)
    : multiplyRational(decimalToRational(quantity.minutes), rational(1n, 60n));
}

/** True when two quantities are the same amount of the same thing. */
export function isSameQuantity(left: Quantity, right: Quantity): boolean {
  const [mine, its] = [exactAmount(left), exactAmount(right)];
  return left.unit === right.unit && mine.numerator === its.numerator && mine.denominator === its.denominator;
}

/** A quantity as people and events carry it: no trailing zeros. */
export function formatQuantity(quantity: Quantity): string {
  return formatDecimal(normalizeDecimal(quantity.amount));
}

/**
 * Reads a quantity as typed for a kind: hours as people write them ("6", "1:30", "90 min", "9-15"; a day has 24
 * hours), money with at most the currency's digits, or units. Nothing, zero and less are refused.
 */
export function parseQuantity(
  text: string,
  kind: ContributionKind,
  digits: number,
): Result<Quantity, QuantityRefusal> {
  const unit = UNIT_OF_KIND[kind];
  if (text.trim() === '') return refuse({ code: 'QUANTITY_REQUIRED', unit });
  if (unit === 'hour') return parseHours(text);
  if (unit === 'money') {
    const money = parseMoney(text, digits);
    if (!money.ok) return money;
    if (money.value <= 0n) return refuse({ code: 'NOT_POSITIVE', text: text.slice(0, 64) });
    return accept({ unit, amount: { coefficient: money.value, scale: digits }, minutes: null });
  }
  const units = parseDecimal(text, { maxScale: 6 });
  if (!units.ok) return refuse({ code: 'NOT_A_QUANTITY', text: text.slice(0, 64) });
  if (units.value.coefficient <= 0n) return refuse({ code: 'NOT_POSITIVE', text: text.slice(0, 64) });
  if (units.value.coefficient >= 10n ** BigInt(9 + units.value.scale))
    return refuse({ code: 'NOT_A_QUANTITY', text: text.slice(0, 64) });
  return accept({ unit, amount: normalizeDecimal(units.value), minutes: null });
}

function parseHours(text: string): Result<Quantity, QuantityRefusal> {
  const duration = parseDuration(text);
  if (!duration.ok) return duration;
  const { hours, exact } = hoursAsDecimal(duration.value, HOURS_SCALE);
  const amount = normalizeDecimal(hours);
  if (exact) return accept({ unit: 'hour', amount, minutes: null });
  const minutes = decimalOf(multiplyRational(duration.value.hours, rational(60n)));
  if (minutes === null) return refuse({ code: 'NOT_A_DURATION', text: text.slice(0, 64) });
  return accept({ unit: 'hour', amount, minutes });
}

/** The fraction as a decimal of at most 12 digits, when it is one. */
function decimalOf(value: Rational): Decimal | null {
  const scaled = rational(value.numerator * 10n ** BigInt(HOURS_SCALE), value.denominator);
  return scaled.denominator === 1n
    ? normalizeDecimal({ coefficient: scaled.numerator, scale: HOURS_SCALE })
    : null;
}
