// The days a report speaks of where none are given: by the cooperative's own calendar, which the browser and the server
// that prints the page need not share.
import type { ApiContext } from '../../context.ts';

type Asked = { readonly from?: string | null | undefined; readonly to?: string | null | undefined };
export type Span = { readonly from: string; readonly to: string };

const yearOf = (day: string) => Number(day.slice(0, 4));
const inYear = (year: number, monthAndDay: string) => `${String(year).padStart(4, '0')}-${monthAndDay}`;

/** The same day some years before; the 29th of February becomes the 28th. */
export function yearsBefore(day: string, years: number): string {
  const monthAndDay = day.slice(5);
  return inYear(yearOf(day) - years, years !== 0 && monthAndDay === '02-29' ? '02-28' : monthAndDay);
}

/** The first day of the fiscal year a day lies in, for a year that begins in a month (1 to 12). */
export function fiscalYearStart(day: string, startMonth: number): string {
  const first = `${String(startMonth).padStart(2, '0')}-01`;
  return inYear(day.slice(5) < first ? yearOf(day) - 1 : yearOf(day), first);
}

/** The days asked for; else this fiscal year up to today. */
export function fiscalYearSoFar({ from, to }: Asked, context: ApiContext): Span {
  const last = to ?? context.today();
  return { from: from ?? fiscalYearStart(last, context.signedIn().cooperative.fiscalStartMonth), to: last };
}

/** The days asked for; else the year up to today, in whole months. */
export function lastYear({ from, to }: Asked, context: ApiContext): Span {
  const last = to ?? context.today();
  return { from: from ?? `${yearsBefore(last, 1).slice(0, 8)}01`, to: last };
}
