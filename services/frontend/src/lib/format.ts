// How amounts, quantities and dates are printed in the reader's language. Money is text from the API to the page: it is
// grouped and signed here, never turned into a number.
import {
  decimalToRational,
  formatDecimal,
  multiplyDecimal,
  parseDecimal,
  toDecimalString,
} from '@habitat/kernel';
import type { Language } from '@habitat/kernel';
import { conventionsOf, periodNameIn } from '@habitat/kernel';

export type MoneyParts = { negative: boolean; whole: string; cents: string; point: string };

const trueMinus = '\u2212';
const noon = (date: string) => new Date(`${date}T12:00:00Z`);

/** Browsers and servers part "9:14" and "AM" by different spaces; a page rendered twice must come out the same. */
const plainSpaces = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ');

/** Prints for one language. Its functions can be taken apart: `const { moneyText, dateLong } = formatFor('es')`. */
export class ReaderFormat {
  /** A period as a sentence names it: "Q4 2026", in Spanish "T4 2026" and "octubre de 2026". */
  readonly periodName: (kept: string) => string;
  readonly #locale: string;
  readonly #group: string;
  readonly #point: string;
  readonly #percent: string;
  readonly #symbols = new Map<string, string>();
  readonly #days = new Map<string, Intl.DateTimeFormat>();

  constructor(language: Language) {
    this.periodName = (kept) => periodNameIn(language, kept);
    this.#locale = conventionsOf[language];
    const parts = new Intl.NumberFormat(this.#locale, { useGrouping: 'always' }).formatToParts(12345.6);
    this.#group = parts.find(({ type }) => type === 'group')?.value ?? ',';
    this.#point = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
    this.#percent = new Intl.NumberFormat(this.#locale, { style: 'percent' }).format(0);
  }

  /** Splits "-5254.06" into its sign, "5,254" and "06"; a text that is no amount is a fault of ours and throws. */
  moneyParts = (value: string): MoneyParts => {
    const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value);
    if (!match) throw new Error(`"${value}" is not an amount of money`);
    const [, sign, whole = '0', cents = ''] = match;
    const zero = /^0*$/.test(whole + cents);
    return { negative: sign === '-' && !zero, whole: this.#grouped(whole), cents, point: this.#point };
  };

  /**
   * Prints an amount: "5,254.06", "−875.68"; with a currency "$5,254.06". `signed` shows a plus as well, for a change.
   * An amount that rounds to nothing has no sign.
   */
  moneyText = (value: string, { currency, signed }: { currency?: string; signed?: boolean } = {}): string => {
    const { negative, whole, cents, point } = this.moneyParts(value);
    const isZero = /^[0.-]*$/.test(value);
    const sign = negative ? trueMinus : signed && !isZero ? '+' : '';
    return `${sign}${currency ? this.currencySymbol(currency) : ''}${whole}${cents ? `${point}${cents}` : ''}`;
  };

  /** The short sign of a currency: $, €, ¥. */
  currencySymbol = (currency: string): string => {
    let symbol = this.#symbols.get(currency);
    if (symbol === undefined) {
      const format = new Intl.NumberFormat(this.#locale, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
      });
      symbol = format.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency;
      this.#symbols.set(currency, symbol);
    }
    return symbol;
  };

  /** Rounds an exact decimal text for reading only: ("43.78378378", 4) is "43.7838". */
  decimalText = (value: string, digits: number): string => {
    const parsed = parseDecimal(value);
    if (!parsed.ok) throw new Error(`"${value}" is not a decimal number`);
    return this.#printed(toDecimalString(decimalToRational(parsed.value), digits));
  };

  /** A rate as a percentage: "0.20" is "20%", "0.125" is "12.5%". */
  percentText = (rate: string): string => {
    const parsed = parseDecimal(rate);
    if (!parsed.ok) throw new Error(`"${rate}" is not a rate`);
    const exact = formatDecimal(multiplyDecimal(parsed.value, { coefficient: 100n, scale: 0 }));
    return this.#percent.replace('0', this.quantityText(exact));
  };

  /** A rate per hour or unit: an exact decimal shown with at least the two digits of money, and all it has beyond. */
  rateText = (rate: string, currency?: string): string => {
    return this.moneyText(atLeastTwoDigits(rate), currency ? { currency } : {});
  };

  /** A weight with the two digits people agree on, or all it has: "0.40", "0.125". */
  weightText = (weight: string): string => this.#printed(atLeastTwoDigits(weight));

  /** A quantity as people write it: trailing zeros dropped, "6", "1.5", "1,204". */
  quantityText = (value: string): string => this.#printed(plainQuantity(value));

  /** "September 30, 2026": in prose. */
  dateLong = (date: string): string => this.#day(date, { dateStyle: 'long' });
  /** "Wednesday, September 30, 2026": once, at the head of a page. */
  dateWithWeekday = (date: string): string => this.#day(date, { dateStyle: 'full' });
  /** "Sep 30": in lists. */
  dateShort = (date: string): string => this.#day(date, { month: 'short', day: 'numeric' });
  /** "Wed": at the head of a day's column. */
  weekdayShort = (date: string): string => this.#day(date, { weekday: 'short' });
  /** "September 30": in a sentence that names the year elsewhere. */
  dateMonthDay = (date: string): string => this.#day(date, { month: 'long', day: 'numeric' });

  /** The same where its year is plain: "Q4", "octubre". */
  periodShort = (kept: string): string => this.periodName(kept).replace(/( de)? \d{4}$/, '');

  /** An instant as the cooperative's clock shows it: "Oct 7, 9:14 AM", or only the time of day. */
  instantText = (instant: string, timeZone: string, form: 'short' | 'time' | 'long' = 'short'): string => {
    const options: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit', timeZone };
    if (form !== 'time')
      Object.assign(options, { month: form === 'long' ? 'long' : 'short', day: 'numeric' });
    return plainSpaces(new Intl.DateTimeFormat(this.#locale, options).format(new Date(instant)));
  };

  #day(date: string, options: Intl.DateTimeFormatOptions): string {
    const key = JSON.stringify(options);
    let format = this.#days.get(key);
    if (format === undefined) {
      format = new Intl.DateTimeFormat(this.#locale, { ...options, timeZone: 'UTC' });
      this.#days.set(key, format);
    }
    return plainSpaces(format.format(noon(date)));
  }

  #printed(plain: string): string {
    const [whole = '0', fraction] = plain.split('.');
    const grouped = this.#grouped(whole).replace('-', trueMinus);
    return fraction ? `${grouped}${this.#point}${fraction}` : grouped;
  }

  #grouped(whole: string): string {
    return whole.replace(/\B(?=(\d{3})+$)/g, this.#group);
  }
}

const formats = new Map<Language, ReaderFormat>();

/** The one printer of a language. Components take theirs from `useFormat()`, pages and acts from `getFormat()`. */
export function formatFor(language: Language): ReaderFormat {
  let format = formats.get(language);
  if (format === undefined) {
    format = new ReaderFormat(language);
    formats.set(language, format);
  }
  return format;
}

function atLeastTwoDigits(value: string): string {
  const [whole = '0', fraction = ''] = value.split('.');
  return `${whole}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`;
}

/** A quantity without idle zeros, as it is typed into a field: "1204.50" is "1204.5". */
export function plainQuantity(value: string): string {
  return value.includes('.') ? value.replace(/\.?0+$/, '') : value;
}

/** The opposite of an amount, as text. */
export function negated(value: string): string {
  return value.startsWith('-') ? value.slice(1) : /^[0.]*$/.test(value) ? value : `-${value}`;
}

/** Up to two letters that stand for a person in a round mark. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase();
}

/** A text that opens a sentence or stands alone: "octubre de 2026" is "Octubre de 2026" there. */
export const opening = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The first word of a name, for a sentence that speaks of somebody near. */
export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name;
