// A week of hours as a grid: what its cells are called in a form, what they add up to, and whether a day still has its
// 24 hours. Hours are summed exactly and never as numbers.
import {
  addDays,
  addRational,
  compareRational,
  isLocalDate,
  parseDecimal,
  decimalToRational,
  parseDuration,
  rational,
  startOfWeek,
  toDecimalString,
} from '@habitat/kernel';
import { plainQuantity } from '../../lib/format.ts';

export const daysOfWeek = [0, 1, 2, 3, 4, 5, 6] as const;
export const fewestRows = 4;
export const mostRows = 12;

/** One line of the grid: a kind with its category, a description, and the hours of the seven days as typed. */
export type WeekRow = { what: string; description: string; hours: readonly string[] };

export const emptyHours = (): string[] => daysOfWeek.map(() => '');

/** "LABOR Engineering" as one choice of a list; the kind never holds a space. */
export const whatOf = (kind: string, category: string): string => `${kind} ${category}`;

export function partsOf(what: string): { kind: string; category: string } {
  const at = what.indexOf(' ');
  return at < 0 ? { kind: what, category: '' } : { kind: what.slice(0, at), category: what.slice(at + 1) };
}

/** The Monday of the week an address names; this week for anything else, and never a week to come. */
export function mondayOf(asked: string | undefined, today: string): string {
  const now = isLocalDate(today) ? startOfWeek(today) : today;
  if (!asked || !isLocalDate(asked)) return now;
  const monday = startOfWeek(asked);
  return monday > now ? now : monday;
}

export const dayOf = (monday: string, day: number): string =>
  isLocalDate(monday) ? addDays(monday, day) : monday;

export type WeekCell = { row: number; day: number; what: string; description: string; hours: string };

/** The cells that hold something, row by row. */
export function filledCells(rows: readonly WeekRow[]): WeekCell[] {
  return rows.flatMap(({ what, description, hours }, row) =>
    hours.flatMap((typed, day) =>
      typed.trim() === '' ? [] : [{ row, day, what, description, hours: typed.trim() }],
    ),
  );
}

export const cellName = (row: number, day: number): string => `hours-${row}-${day}`;

/** Reads the grid back out of a submitted form, with or without scripts. */
export function rowsOf(form: FormData): WeekRow[] {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const rows: WeekRow[] = [];
  for (let row = 0; row < mostRows && form.has(`what-${row}`); row += 1) {
    const hours = daysOfWeek.map((day) => text(cellName(row, day)));
    rows.push({ what: text(`what-${row}`), description: text(`description-${row}`), hours });
  }
  return rows;
}

/** What hours as typed add up to, as a plain decimal; what cannot be read counts as nothing. */
export function hoursTotal(typed: readonly string[], more: readonly string[] = []): string {
  let total = rational(0n);
  for (const text of typed) {
    const read = parseDuration(text);
    if (read.ok) total = addRational(total, read.value.hours);
  }
  for (const text of more) {
    const read = parseDecimal(text);
    if (read.ok) total = addRational(total, decimalToRational(read.value));
  }
  return plainQuantity(toDecimalString(total, 4));
}

/** The refusal's code of one cell as typed; null for one that can be read or is empty. */
export function slipOf(typed: string): string | null {
  if (typed.trim() === '') return null;
  const read = parseDuration(typed);
  return read.ok ? null : read.refusal.code;
}

/** Days whose hours, with those logged before, come to more than a day has. */
export function overfullDays(
  rows: readonly WeekRow[],
  logged: readonly (readonly string[])[] = [],
): number[] {
  const whole = rational(24n);
  return daysOfWeek.filter((day) => {
    const typed = rows.map(({ hours }) => hours[day] ?? '');
    if (typed.every((text) => text.trim() === '')) return false;
    const total = parseDecimal(hoursTotal(typed, logged[day]));
    return total.ok && compareRational(decimalToRational(total.value), whole) > 0;
  });
}
