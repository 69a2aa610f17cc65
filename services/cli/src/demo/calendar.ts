// The demo's calendar: three closed quarters and the current one, wherever today lies. Everything is dated from here,
// so that the demo is always in mid-quarter and nothing in it lies in the future.
import type { LocalDate } from '@habitat/kernel';
import {
  addDays,
  addMonths,
  daysBetween,
  daysInMonth,
  localDate,
  partsOf,
  quarterOf,
  todayIn,
} from '@habitat/kernel';

export const TIME_ZONE = 'America/New_York';

export type QuarterNumber = 1 | 2 | 3 | 4;

export interface DemoCalendar {
  /** The real instant the demo is made; its clock never runs past it. */
  readonly now: Date;
  readonly today: LocalDate;
  /** First and last day of the demo's quarters, the fourth being the current one. */
  readonly quarters: Readonly<Record<QuarterNumber, { readonly from: LocalDate; readonly to: LocalDate }>>;
  /** A day of a quarter's month (1 to 3); the last of the month when it is shorter. */
  day(quarter: QuarterNumber, month: number, day: number): LocalDate;
  /** That many days ago, but inside the current quarter. */
  ago(days: number): LocalDate;
  /** The day after this part of the quarter so far has passed: 0 its first day, 1 today. */
  soFar(numerator: number, denominator: number): LocalDate;
}

/** The calendar of a demo made at this instant. */
export function demoCalendar(now: Date): DemoCalendar {
  const today = todayIn(TIME_ZONE, now);
  const current = quarterOf(today);
  const quarterAt = (back: number) => {
    const { from, to } = quarterOf(addMonths(current.from, -3 * back));
    return { from, to };
  };
  const quarters = { 1: quarterAt(3), 2: quarterAt(2), 3: quarterAt(1), 4: quarterAt(0) };
  const elapsed = daysBetween(current.from, today);
  return {
    now,
    today,
    quarters,
    day(quarter, month, day) {
      const { year, month: at } = partsOf(addMonths(quarters[quarter].from, month - 1));
      return localDate(year, at, Math.min(day, daysInMonth(year, at)));
    },
    ago(days) {
      return addDays(today, -Math.min(days, elapsed));
    },
    soFar(numerator, denominator) {
      return addDays(current.from, Math.floor((elapsed * numerator) / denominator));
    },
  };
}

/** The instant a wall clock in the demo's time zone shows this time ("14:30") on a day. */
export function instantOf(day: LocalDate, time: string): Date {
  const asUtc = new Date(`${day}T${time}:00Z`);
  const shown = new Intl.DateTimeFormat('en-CA', {
    timeZone: TIME_ZONE,
    hourCycle: 'h23',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(asUtc);
  const behind = asUtc.getTime() - Date.parse(`${shown.replace(', ', 'T')}Z`);
  return new Date(asUtc.getTime() + behind);
}
