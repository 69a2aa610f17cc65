// Lots of retained patronage come one per period; the overview tells them by year, newest first.
import { totalOf } from '../../lib/amount.ts';

export type Lot = { year: number; allocated: string; paidOut: string; leftIn: string };

export function lotsByYear(lots: readonly Lot[]): Lot[] {
  const years = [...new Set(lots.map(({ year }) => year))].toSorted((a, b) => b - a);
  return years.map((year) => {
    const own = lots.filter((lot) => lot.year === year);
    return {
      year,
      allocated: totalOf(own.map(({ allocated }) => allocated)),
      paidOut: totalOf(own.map(({ paidOut }) => paidOut)),
      leftIn: totalOf(own.map(({ leftIn }) => leftIn)),
    };
  });
}
