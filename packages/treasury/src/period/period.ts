// Periods of the fiscal calendar and what may be dated in them. A period is open, closing, closed or locked;
// several may be open at once, because work goes on while the last one is being closed.
import { addDays, addMonths, endOfMonth, MONTHS, partsOf, quarterOf, startOfMonth } from '@habitat/kernel';
import type { LocalDate } from '@habitat/kernel';

export type PeriodLength = 'month' | 'quarter' | 'year';
export type PeriodStatus = 'open' | 'closing' | 'closed' | 'locked';

export interface Period {
  readonly id: string;
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly status: PeriodStatus;
  /** From here on only the close itself posts into a closing period. */
  readonly booksFinalAt: Date | null;
  readonly closedAt: Date | null;
  readonly lockedAt: Date | null;
}

export interface CalendarPeriod {
  readonly name: string;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
}

/** The period of the fiscal calendar that begins on `startsOn` (or runs from there, when that is not its first day). */
export function calendarPeriod(
  startsOn: LocalDate,
  length: PeriodLength,
  fiscalStartMonth = 1,
): CalendarPeriod {
  if (length === 'month') {
    const { year, month } = partsOf(startsOn);
    return { name: `${MONTHS[month - 1]} ${year}`, startsOn, endsOn: endOfMonth(startsOn) };
  }
  const quarter = quarterOf(startsOn, fiscalStartMonth);
  if (length === 'quarter') {
    return { name: `Q${quarter.quarter} ${quarter.fiscalYear}`, startsOn, endsOn: quarter.to };
  }
  const endsOn = endOfMonth(addMonths(startOfMonth(quarter.to), 3 * (4 - quarter.quarter)));
  return { name: `${quarter.fiscalYear}`, startsOn, endsOn };
}

/** Periods that follow one after the other from `startsOn` until one contains `through`. */
export function calendarPeriods(
  startsOn: LocalDate,
  through: LocalDate,
  length: PeriodLength,
  fiscalStartMonth = 1,
): CalendarPeriod[] {
  const periods = [calendarPeriod(startsOn, length, fiscalStartMonth)];
  for (let last = periods[0]; last !== undefined && last.endsOn < through; last = periods.at(-1)) {
    periods.push(calendarPeriod(addDays(last.endsOn, 1), length, fiscalStartMonth));
  }
  return periods;
}

/** Sources that may still post into a closing period until its books are final. */
const ADJUSTING: ReadonlySet<string> = new Set(['manual', 'contribution', 'reversal', 'correction']);

/** Whether a posting of this source may be dated in the period; the database asks the same (HB003). */
export function takesPostings(period: Pick<Period, 'status' | 'booksFinalAt'>, source: string): boolean {
  if (period.status === 'open') return true;
  if (period.status !== 'closing') return false;
  return source === 'close' || (period.booksFinalAt === null && ADJUSTING.has(source));
}
