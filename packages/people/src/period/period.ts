// Which accounting period a day of work belongs to, and until when its work may be logged freely.
import type { PeriodStatus } from '@habitat/events';
import { addDays } from '@habitat/kernel';
import type { LocalDate } from '@habitat/kernel';

export interface Period {
  readonly periodId: string;
  readonly name: string;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
  readonly status: PeriodStatus;
}

/** The period a day falls in, if there is one. */
export function periodOf(periods: readonly Period[], day: LocalDate): Period | null {
  return periods.find((period) => period.startsOn <= day && day <= period.endsOn) ?? null;
}

/** The last day on which a period's work may be logged without an override. */
export function graceEndsOn(period: Period, graceDays: number): LocalDate {
  return addDays(period.endsOn, graceDays);
}

/** True once the grace of a period is over. */
export function isLate(period: Period, graceDays: number, today: LocalDate): boolean {
  return today > graceEndsOn(period, graceDays);
}
