/**
 * Reads working time the way people write it ("1:30", "90 min", "9-15", "10:01–11:42", "1.5 h") into
 * an exact number of hours. Times never pass through rounded decimal hours: 1:41 is 6,060 seconds,
 * where 1.6833 h would make it 6,059 (kimai/kimai#4838).
 */
import { accept, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import { decimalToRational, parseDecimal } from '../exact/decimal.ts';
import type { Decimal } from '../exact/decimal.ts';
import { compareRational, rational, roundHalfUp } from '../exact/rational.ts';
import type { Rational } from '../exact/rational.ts';

/** How the text was understood, so that a form can show it back: "9–15 is 6 hours". */
export type DurationForm = 'decimal_hours' | 'minutes' | 'hours_and_minutes' | 'time_range';

export interface Duration {
  /** Exact hours: 101 minutes are 101/60. */
  readonly hours: Rational;
  readonly form: DurationForm;
}

export type DurationRefusal =
  | { readonly code: 'NOT_A_DURATION'; readonly text: string }
  | { readonly code: 'NEGATIVE_DURATION'; readonly text: string }
  | { readonly code: 'ZERO_DURATION'; readonly text: string }
  | { readonly code: 'OVER_24_HOURS'; readonly text: string };

const DAY_HOURS = rational(24n);
const CLOCK = String.raw`(\d{1,2})(?:[:.h](\d{2}))?`;
const RANGE = new RegExp(String.raw`^${CLOCK}\s*(?:-|–|—|to|a)\s*${CLOCK}$`);
const NUMBER = String.raw`(\d+(?:\.\d+)?|\.\d+)`;
const HOUR = '(?:h|hrs?|hours?|horas?)';
const MINUTE = '(?:m|mins?|minutes?|minutos?)';
// A stopwatch writes its seconds as well: none may be dropped, so only ":00" is read.
const HOURS_AND_MINUTES = new RegExp(
  String.raw`^(?:(\d+)\s*:\s*([0-5]?\d)(?::00)?|(\d+)\s*${HOUR}\s*(\d{1,2})\s*${MINUTE}?)$`,
);
const MINUTES = new RegExp(String.raw`^${NUMBER}\s*${MINUTE}$`);
const HOURS = new RegExp(String.raw`^${NUMBER}\s*${HOUR}?$`);

/**
 * Reads one day's work, in English or Spanish. A decimal comma is read as a point. A range that ends before it begins
 * ("22:00-02:00") runs over midnight. Refusals in order: NEGATIVE_DURATION, NOT_A_DURATION,
 * ZERO_DURATION, OVER_24_HOURS (24 h itself is accepted).
 */
export function parseDuration(text: string): Result<Duration, DurationRefusal> {
  const shown = text.trim().slice(0, 64);
  const tidy = text
    .trim()
    .toLowerCase()
    .replace(/,(?=\d)/g, '.');
  if (/^[-–−]\s*\.?\d/.test(tidy)) return refuse({ code: 'NEGATIVE_DURATION', text: shown });
  const duration = tidy.length > 40 ? null : readDuration(tidy);
  if (!duration) return refuse({ code: 'NOT_A_DURATION', text: shown });
  if (duration.hours.numerator === 0n) return refuse({ code: 'ZERO_DURATION', text: shown });
  if (compareRational(duration.hours, DAY_HOURS) > 0) return refuse({ code: 'OVER_24_HOURS', text: shown });
  return accept(duration);
}

function readDuration(text: string): Duration | null {
  const range = RANGE.exec(text);
  if (range) return readRange(range);
  const clock = HOURS_AND_MINUTES.exec(text);
  if (clock) {
    const hours = BigInt(clock[1] ?? clock[3] ?? '0');
    const minutes = BigInt(clock[2] ?? clock[4] ?? '0');
    if (minutes > 59n) return null;
    return { hours: rational(hours * 60n + minutes, 60n), form: 'hours_and_minutes' };
  }
  const minutes = exactNumber(MINUTES.exec(text)?.[1]);
  if (minutes) {
    return { hours: rational(minutes.numerator, minutes.denominator * 60n), form: 'minutes' };
  }
  const hours = exactNumber(HOURS.exec(text)?.[1]);
  return hours ? { hours, form: 'decimal_hours' } : null;
}

function readRange(match: RegExpExecArray): Duration | null {
  const from = minuteOfDay(match[1], match[2]);
  const to = minuteOfDay(match[3], match[4]);
  if (from === null || to === null) return null;
  const minutes = to >= from ? to - from : to - from + 1_440n;
  return { hours: rational(minutes, 60n), form: 'time_range' };
}

function minuteOfDay(hourText = '0', minuteText = '0'): bigint | null {
  const minute = BigInt(hourText) * 60n + BigInt(minuteText);
  return BigInt(minuteText) > 59n || minute > 1_440n ? null : minute;
}

function exactNumber(text: string | undefined): Rational | null {
  if (text === undefined) return null;
  const parsed = parseDecimal(text.startsWith('.') ? `0${text}` : text);
  return parsed.ok ? decimalToRational(parsed.value) : null;
}

/** Whole seconds, rounded to the nearest only when the text itself had a fraction of a second. */
export function wholeSeconds(duration: Duration): bigint {
  return roundHalfUp(rational(duration.hours.numerator * 3_600n, duration.hours.denominator));
}

/**
 * The hours as a decimal of at most `scale` digits for storage and display, and whether that is
 * exact. 1.5 h is; 101 minutes are not (1.683333…): value such work from the fraction itself.
 */
export function hoursAsDecimal(duration: Duration, scale = 6): { hours: Decimal; exact: boolean } {
  const power = 10n ** BigInt(scale);
  const coefficient = roundHalfUp(rational(duration.hours.numerator * power, duration.hours.denominator));
  const hours: Decimal = { coefficient, scale };
  return { hours, exact: compareRational(decimalToRational(hours), duration.hours) === 0 };
}
