/**
 * Money as text and as minor units. An amount is a bigint of minor units everywhere in the
 * system; this file is the only door between that and what people read and type.
 */
import { accept, refuse } from '../result.ts';
import type { Result } from '../result.ts';

/** An ISO 4217 alphabetic code, three capital letters: `USD`, `EUR`, `JPY`. */
export type CurrencyCode = string & { readonly __currency: 'CurrencyCode' };

/** Amounts stay strictly inside ±10^15 minor units, well within a Postgres bigint and any sum of them. */
const MONEY_BOUND_MINOR = 10n ** 15n;

export type MoneyRefusal =
  | { readonly code: 'NOT_A_NUMBER'; readonly text: string }
  | { readonly code: 'TOO_MANY_DECIMALS'; readonly text: string; readonly digits: number }
  | { readonly code: 'OUT_OF_RANGE'; readonly text: string; readonly boundMinor: string };

/**
 * Minor-unit digits of ISO 4217 for the currencies that do not have two. A fixed table rather
 * than Intl, because Intl's answer changes with the ICU data of the machine (HUF, ISK, UZS) and
 * the same text must mean the same amount on every machine.
 */
const DIGITS_BY_CURRENCY: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

/** True for three capital letters that Intl knows as a currency of this platform. */
export function isCurrencyCode(text: string): text is CurrencyCode {
  return /^[A-Z]{3}$/.test(text) && knownCurrencies().has(text);
}

let currencies: ReadonlySet<string> | undefined;
function knownCurrencies(): ReadonlySet<string> {
  currencies ??= new Set(Intl.supportedValuesOf('currency'));
  return currencies;
}

/** How many decimal digits the minor unit of a currency has: 2 for USD, 0 for JPY, 3 for KWD. */
export function currencyDigits(currency: string): number {
  return DIGITS_BY_CURRENCY[currency] ?? 2;
}

const MONEY_TEXT = /^(-?)(\d+)(?:\.(\d+))?$/;
const MONEY_TEXT_LONGEST = 64;

/**
 * Reads a plain decimal amount in major units ("5254.06", "-0.05", "12") into minor units.
 *
 * No thousands separators, exponents or signs other than a leading minus. Refuses, in this
 * order: NOT_A_NUMBER, TOO_MANY_DECIMALS (more than the currency has, even zeros: "12.340" is
 * not a USD amount), OUT_OF_RANGE (at or beyond ±10^15 minor units).
 */
export function parseMoney(text: string, digits: number): Result<bigint, MoneyRefusal> {
  const trimmed = text.trim();
  const shown = trimmed.slice(0, MONEY_TEXT_LONGEST);
  const match = MONEY_TEXT.exec(trimmed);
  if (!match) return refuse({ code: 'NOT_A_NUMBER', text: shown });
  const [, sign, whole = '', fraction = ''] = match;
  if (fraction.length > digits) return refuse({ code: 'TOO_MANY_DECIMALS', text: shown, digits });
  const outOfRange = { code: 'OUT_OF_RANGE', text: shown, boundMinor: MONEY_BOUND_MINOR.toString() } as const;
  const significant = whole.replace(/^0+(?=\d)/, '');
  if (significant.length > MONEY_TEXT_LONGEST) return refuse(outOfRange);
  const magnitude = BigInt(significant + fraction.padEnd(digits, '0'));
  if (magnitude >= MONEY_BOUND_MINOR) return refuse(outOfRange);
  return accept(sign === '-' ? -magnitude : magnitude);
}

/** True when an amount in minor units lies strictly inside ±10^15. */
export function isWithinMoneyBound(minor: bigint): boolean {
  return minor > -MONEY_BOUND_MINOR && minor < MONEY_BOUND_MINOR;
}

/** Prints minor units as plain major-unit text with all digits: 525406n → "5254.06", -5n → "-0.05". */
export function formatMinor(minor: bigint, digits: number): string {
  const sign = minor < 0n ? '-' : '';
  const text = absolute(minor)
    .toString()
    .padStart(digits + 1, '0');
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Sum of amounts in minor units; zero for none. */
export function sum(amounts: Iterable<bigint>): bigint {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

/** Magnitude of an amount. */
export function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
