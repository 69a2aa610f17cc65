// What the treasury's plots show, out of the months and movements the API gives: every month or quarter of the span, also
// those in which nothing moved, and capital as it stood after each day.
import { differenceOf, totalOf } from '../../../lib/amount.ts';
import type { Trend } from './trend.documents.ts';

export type Step = 'month' | 'quarter';
type Basis = 'book' | 'tax';

export type IncomeStep = {
  /** First and last day. */
  from: string;
  to: string;
  name: string;
  revenue: string;
  expense: string;
  net: string;
};

const isoDay = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** The months or quarters from one day to another. */
export function stepsOf(from: string, to: string, step: Step): { from: string; to: string; name: string }[] {
  const size = step === 'quarter' ? 3 : 1;
  const [year = 1970, month = 1] = from.split('-').map(Number);
  const steps: { from: string; to: string; name: string }[] = [];
  for (let at = Math.floor((month - 1) / size) * size; isoDay(year, at, 1) <= to; at += size) {
    const first = isoDay(year, at, 1);
    const quarter = `Q${Math.ceil(Number(first.slice(5, 7)) / 3)}`;
    steps.push({
      from: first,
      to: isoDay(year, at + size, 0),
      name: step === 'quarter' ? `${quarter} ${first.slice(0, 4)}` : first.slice(0, 7),
    });
  }
  return steps;
}

/** Income, expenses and what is left of each step, nothing left out. */
export function incomeSteps(
  months: Trend['incomeByMonth'],
  span: { from: string; to: string },
  step: Step,
  basis: Basis,
): IncomeStep[] {
  return stepsOf(span.from, span.to, step).map((one) => {
    const within = months.filter(({ month }) => month >= one.from && month <= one.to);
    const revenue = totalOf(['0.00', ...within.map((each) => each.revenue[basis])]);
    const expense = totalOf(['0.00', ...within.map((each) => each.expense[basis])]);
    return { ...one, revenue, expense, net: differenceOf(revenue, expense) };
  });
}

/** All members' capital after each day it moved, beginning with what the span opened with. */
export function capitalPoints(
  { opening, movements }: Pick<Trend['capitalMovements'], 'opening' | 'movements'>,
  from: string,
): { on: string; book: string; tax: string }[] {
  const points = [{ on: from, ...opening }];
  for (const { on, change } of movements) {
    const last = points.at(-1) ?? { on: from, ...opening };
    const next = { on, book: totalOf([last.book, change.book]), tax: totalOf([last.tax, change.tax]) };
    if (last.on === on) points[points.length - 1] = next;
    else points.push(next);
  }
  return points;
}

/** What each cause changed capital by over the span, in the order given; causes that changed nothing are left out. */
export function byCause<Cause extends string>(
  movements: Trend['capitalMovements']['movements'],
  causes: readonly Cause[],
): { cause: Cause; book: string; tax: string }[] {
  return causes.flatMap((cause) => {
    const own = movements.filter((one) => one.cause === cause);
    if (own.length === 0) return [];
    const sum = (basis: Basis) => totalOf(['0.00', ...own.map(({ change }) => change[basis])]);
    return [{ cause, book: sum('book'), tax: sum('tax') }];
  });
}
