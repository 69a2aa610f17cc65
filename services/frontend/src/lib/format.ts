// How amounts, quantities and dates are printed. Money is text from the API to the page: it is grouped and signed here,
// never turned into a number.
import {
  decimalToRational,
  formatDecimal,
  multiplyDecimal,
  parseDecimal,
  toDecimalString,
} from '@habitat/kernel';

export type MoneyParts = { negative: boolean; whole: string; cents: string };

const trueMinus = '\u2212';

/** Splits "-5254.06" into its sign, "5,254" and "06"; a text that is no amount is a fault of ours and throws. */
export function moneyParts(value: string): MoneyParts {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value);
  if (!match) throw new Error(`"${value}" is not an amount of money`);
  const [, sign, whole = '0', cents = ''] = match;
  const zero = /^0*$/.test(whole + cents);
  return { negative: sign === '-' && !zero, whole: whole.replace(/\B(?=(\d{3})+$)/g, ','), cents };
}

/**
 * Prints an amount: "5,254.06", "−875.68"; with a currency "$5,254.06". `signed` shows a plus as well, for a change.
 * An amount that rounds to nothing has no sign.
 */
export function moneyText(
  value: string,
  { currency, signed }: { currency?: string; signed?: boolean } = {},
): string {
  const { negative, whole, cents } = moneyParts(value);
  const isZero = /^[0,]*$/.test(whole) && /^0*$/.test(cents);
  const sign = negative ? trueMinus : signed && !isZero ? '+' : '';
  return `${sign}${currency ? currencySymbol(currency) : ''}${whole}${cents ? `.${cents}` : ''}`;
}

const symbols = new Map<string, string>();

/** The short sign of a currency as English readers know it: $, €, ¥. */
export function currencySymbol(currency: string): string {
  let symbol = symbols.get(currency);
  if (symbol === undefined) {
    const format = new Intl.NumberFormat('en-US', {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
    });
    symbol = format.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency;
    symbols.set(currency, symbol);
  }
  return symbol;
}

/** The opposite of an amount, as text. */
export function negated(value: string): string {
  return value.startsWith('-') ? value.slice(1) : /^[0.]*$/.test(value) ? value : `-${value}`;
}

/** Rounds an exact decimal text for reading only: ("43.78378378", 4) is "43.7838". */
export function decimalText(value: string, digits: number): string {
  const parsed = parseDecimal(value);
  if (!parsed.ok) throw new Error(`"${value}" is not a decimal number`);
  const [whole = '0', fraction] = toDecimalString(decimalToRational(parsed.value), digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',').replace('-', trueMinus);
  return fraction ? `${grouped}.${fraction}` : grouped;
}

/** A rate as a percentage: "0.20" is "20%", "0.125" is "12.5%". */
export function percentText(rate: string): string {
  const parsed = parseDecimal(rate);
  if (!parsed.ok) throw new Error(`"${rate}" is not a rate`);
  const exact = formatDecimal(multiplyDecimal(parsed.value, { coefficient: 100n, scale: 0 }));
  return `${quantityText(exact)}%`;
}

/** A rate per hour or unit: an exact decimal shown with at least the two digits of money, and all it has beyond. */
export function rateText(rate: string, currency?: string): string {
  const [whole = '0', fraction = ''] = rate.split('.');
  const digits = fraction.replace(/0+$/, '').padEnd(2, '0');
  return moneyText(`${whole}.${digits}`, currency ? { currency } : {});
}

/** A weight with the two digits people agree on, or all it has: "0.40", "0.125". */
export function weightText(weight: string): string {
  const [whole = '0', fraction = ''] = weight.split('.');
  return `${whole}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`;
}

/** A quantity as people write it: trailing zeros dropped, "6", "1.5", "1,204". */
export function quantityText(value: string): string {
  const plain = value.includes('.') ? value.replace(/\.?0+$/, '') : value;
  const [whole = '0', fraction] = plain.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',').replace('-', trueMinus);
  return fraction ? `${grouped}.${fraction}` : grouped;
}

const longDate = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' });
const weekdayDate = new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeZone: 'UTC' });
const shortDate = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });
const monthDay = new Intl.DateTimeFormat('en-US', { month: 'long', day: 'numeric', timeZone: 'UTC' });

const noon = (date: string) => new Date(`${date}T12:00:00Z`);

/** "September 30, 2026": in prose. */
export const dateLong = (date: string): string => longDate.format(noon(date));
/** "Wednesday, September 30, 2026": once, at the head of a page. */
export const dateWithWeekday = (date: string): string => weekdayDate.format(noon(date));
/** "Sep 30": in lists. */
export const dateShort = (date: string): string => shortDate.format(noon(date));
/** "September 30": in a sentence that names the year elsewhere. */
export const dateMonthDay = (date: string): string => monthDay.format(noon(date));

/** An instant as the cooperative's clock shows it: "Oct 7, 9:14 AM", or only the time of day. */
export function instantText(
  instant: string,
  timeZone: string,
  form: 'short' | 'time' | 'long' = 'short',
): string {
  const options: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit', timeZone };
  if (form !== 'time') Object.assign(options, { month: form === 'long' ? 'long' : 'short', day: 'numeric' });
  return new Intl.DateTimeFormat('en-US', options).format(new Date(instant)).replace(/\u202f/g, ' ');
}

/** Up to two letters that stand for a person in a round mark. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase();
}

/** The first word of a name, for a sentence that speaks of somebody near. */
export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name;
