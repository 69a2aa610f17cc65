/**
 * Civil dates (a day of the calendar, no time, no zone), written YYYY-MM-DD. Which period a thing
 * belongs to is decided by these alone, never by the clock or time zone of the machine; only
 * `todayIn` looks at an instant, and asks for the cooperative's time zone.
 */
import { accept, refuse } from '../result.ts';
import type { Result } from '../result.ts';

/** A valid day between 0001-01-01 and 9999-12-31 as YYYY-MM-DD; plain text order is date order. */
export type LocalDate = string & { readonly __localDate: 'LocalDate' };

export type DateRefusal = { readonly code: 'NOT_A_DATE'; readonly text: string };

export interface CivilParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export interface Quarter {
  /** The calendar year in which the fiscal year ends. */
  readonly fiscalYear: number;
  readonly quarter: 1 | 2 | 3 | 4;
  readonly from: LocalDate;
  /** The last day, inclusive. */
  readonly to: LocalDate;
}

const DATE_TEXT = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Reads YYYY-MM-DD; refuses any other form and days that do not exist (2026-02-29). */
export function parseLocalDate(text: string): Result<LocalDate, DateRefusal> {
  return isLocalDate(text) ? accept(text) : refuse({ code: 'NOT_A_DATE', text: text.slice(0, 64) });
}

export function isLocalDate(text: string): text is LocalDate {
  const match = DATE_TEXT.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** The date of its parts; throws on a day that does not exist or a year outside 1–9999. */
export function localDate(year: number, month: number, day: number): LocalDate {
  const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  if (!isLocalDate(text)) throw new RangeError(`${text} is not a day of the calendar`);
  return text;
}

export function partsOf(date: LocalDate): CivilParts {
  return {
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(5, 7)),
    day: Number(date.slice(8, 10)),
  };
}

/** True when from ≤ date ≤ to, both ends included. */
export function isWithin(date: LocalDate, from: LocalDate, to: LocalDate): boolean {
  return from <= date && date <= to;
}

/** The date that many days later (earlier when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return fromEpochDay(toEpochDay(date) + days);
}

/** The same day that many months later, or the last day of that month when it is shorter (Jan 31 + 1 → Feb 28). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const { year, month, day } = partsOf(date);
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = index - targetYear * 12 + 1;
  return localDate(targetYear, targetMonth, Math.min(day, daysInMonth(targetYear, targetMonth)));
}

/** Whole days from one date to another: negative when `to` lies before `from`. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return toEpochDay(to) - toEpochDay(from);
}

/** Day of the week, Monday 1 to Sunday 7 (ISO 8601). */
export function dayOfWeek(date: LocalDate): number {
  // 1970-01-01 was a Thursday.
  return ((((toEpochDay(date) + 3) % 7) + 7) % 7) + 1;
}

/** The Monday of the week the date lies in (ISO 8601). */
export function startOfWeek(date: LocalDate): LocalDate {
  return addDays(date, 1 - dayOfWeek(date));
}

export function startOfMonth(date: LocalDate): LocalDate {
  const { year, month } = partsOf(date);
  return localDate(year, month, 1);
}

export function endOfMonth(date: LocalDate): LocalDate {
  const { year, month } = partsOf(date);
  return localDate(year, month, daysInMonth(year, month));
}

/**
 * The quarter a date lies in, for fiscal years that begin on the first of `startMonth` (1–12,
 * January by default). The fiscal year is named by the calendar year it ends in.
 */
export function quarterOf(date: LocalDate, startMonth = 1): Quarter {
  const { year, month } = partsOf(date);
  const monthsIn = (month - startMonth + 12) % 12;
  const quarter = (Math.floor(monthsIn / 3) + 1) as Quarter['quarter'];
  const from = addMonths(localDate(year, month, 1), -(monthsIn % 3));
  const startYear = month >= startMonth ? year : year - 1;
  const fiscalYear = startMonth === 1 ? startYear : startYear + 1;
  return { fiscalYear, quarter, from, to: endOfMonth(addMonths(from, 2)) };
}

/** Days in a month of the Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/**
 * Days since 1970-01-01. Years are counted from March so that the leap day comes last; each
 * block of 400 years has 146,097 days.
 */
function toEpochDay(date: LocalDate): number {
  const { year, month, day } = partsOf(date);
  const marchYear = month <= 2 ? year - 1 : year;
  const block = Math.floor(marchYear / 400);
  const yearOfBlock = marchYear - block * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfBlock =
    yearOfBlock * 365 + Math.floor(yearOfBlock / 4) - Math.floor(yearOfBlock / 100) + dayOfYear;
  return block * 146_097 + dayOfBlock - 719_468;
}

function fromEpochDay(epochDay: number): LocalDate {
  const shifted = epochDay + 719_468;
  const block = Math.floor(shifted / 146_097);
  const dayOfBlock = shifted - block * 146_097;
  const yearOfBlock = Math.floor(
    (dayOfBlock -
      Math.floor(dayOfBlock / 1_460) +
      Math.floor(dayOfBlock / 36_524) -
      Math.floor(dayOfBlock / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfBlock - (365 * yearOfBlock + Math.floor(yearOfBlock / 4) - Math.floor(yearOfBlock / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return localDate(yearOfBlock + block * 400 + (month <= 2 ? 1 : 0), month, day);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
