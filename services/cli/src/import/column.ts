// What a column of an import file may hold, one reader per kind of value. A reader either returns the value or tells
// the fault; amounts become minor units without ever being a floating-point number.
import type { LocalDate } from '@habitat/kernel';
import { isLocalDate, parseMoney } from '@habitat/kernel';

/** One cell being read. */
export interface Cell {
  readonly text: string;
  /** Reports what is wrong with it; reading goes on with the next cell. */
  refuse(code: string, message: string): undefined;
}

export type Reader<Value> = (cell: Cell) => Value | undefined;

export interface Column<Value> {
  /** A required column must be in the header, and no cell of it may be empty. */
  readonly required: boolean;
  /** What it holds, for the help text. */
  readonly about: string;
  readonly read: Reader<Value>;
  readonly empty: Value | undefined;
}

export function required<Value>(about: string, read: Reader<Value>): Column<Value> {
  return { required: true, about, read, empty: undefined };
}

/** A column that may be missing, or empty in a row: `empty` stands in. */
export function optional<Value>(about: string, read: Reader<Value>, empty: Value): Column<Value> {
  return { required: false, about, read, empty };
}

/** Text up to a length. */
export function text(most: number): Reader<string> {
  return (cell) =>
    cell.text.length <= most
      ? cell.text
      : cell.refuse('TOO_LONG', `has ${cell.text.length} characters; at most ${most} are kept`);
}

/** One of a list of words, whatever their case. */
export function oneOf<Word extends string>(words: readonly Word[]): Reader<Word> {
  return (cell) =>
    words.find((word) => word === cell.text.toLowerCase()) ??
    cell.refuse('UNKNOWN_VALUE', `"${cell.text}" is not one of ${words.join(', ')}`);
}

/** A mail address, in lower case: good enough to tell a slip; the sending decides the rest. */
export const emailAddress: Reader<string> = (cell) =>
  cell.text.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cell.text)
    ? cell.text.toLowerCase()
    : cell.refuse('NOT_AN_EMAIL', `"${cell.text}" is not an email address`);

/** A day as YYYY-MM-DD. */
export const day: Reader<LocalDate> = (cell) =>
  isLocalDate(cell.text)
    ? cell.text
    : cell.refuse('NOT_A_DATE', `"${cell.text}" is not a day of the calendar written YYYY-MM-DD`);

/** A calendar year. */
export const year: Reader<number> = (cell) =>
  /^(19|20)\d\d$/.test(cell.text)
    ? Number(cell.text)
    : cell.refuse('NOT_A_YEAR', `"${cell.text}" is not a year`);

/** Zero or more, in minor units of a currency with that many digits. */
export function amount(digits: number): Reader<bigint> {
  return (cell) => {
    const read = parseMoney(cell.text, digits);
    if (read.ok && read.value >= 0n) return read.value;
    if (read.ok) return cell.refuse('NEGATIVE', `${cell.text} is below zero`);
    switch (read.refusal.code) {
      case 'NOT_A_NUMBER':
        return cell.refuse(
          'NOT_A_NUMBER',
          `"${read.refusal.text}" is not an amount such as 1234.50 (no separators, no signs)`,
        );
      case 'TOO_MANY_DECIMALS':
        return cell.refuse('TOO_MANY_DECIMALS', `${read.refusal.text} has more than ${digits} decimals`);
      case 'OUT_OF_RANGE':
        return cell.refuse(
          'OUT_OF_RANGE',
          `${read.refusal.text} is too large; amounts stay below 10^15 minor units`,
        );
    }
  };
}
