// Periods follow the fiscal calendar without gap or overlap, and say what may still be dated in them.
import type { LocalDate } from '@habitat/kernel';
import { addDays } from '@habitat/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PeriodLength } from './period.ts';
import { calendarPeriod, calendarPeriods, takesPostings } from './period.ts';

const day = (text: string) => text as LocalDate;

test('a quarter is named after its fiscal year', () => {
  expect(calendarPeriod(day('2026-07-01'), 'quarter')).toEqual({
    name: 'Q3 2026',
    startsOn: '2026-07-01',
    endsOn: '2026-09-30',
  });
  expect(calendarPeriod(day('2026-07-01'), 'quarter', 7)).toEqual({
    name: 'Q1 2027',
    startsOn: '2026-07-01',
    endsOn: '2026-09-30',
  });
});

test('months and years end where the calendar says, also when they begin late', () => {
  expect(calendarPeriod(day('2028-02-01'), 'month')).toEqual({
    name: 'February 2028',
    startsOn: '2028-02-01',
    endsOn: '2028-02-29',
  });
  expect(calendarPeriod(day('2026-05-15'), 'year')).toEqual({
    name: '2026',
    startsOn: '2026-05-15',
    endsOn: '2026-12-31',
  });
  expect(calendarPeriod(day('2026-05-15'), 'year', 7).endsOn).toBe('2026-06-30');
});

test('periods up to a day follow each other and the last contains it', () => {
  const lengths = fc.constantFrom<PeriodLength>('month', 'quarter', 'year');
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 700 }),
      fc.integer({ min: 0, max: 1_500 }),
      lengths,
      fc.integer({ min: 1, max: 12 }),
      (from, span, length, start) => {
        const first = addDays(day('2025-01-01'), from);
        const through = addDays(first, span);
        const periods = calendarPeriods(first, through, length, start);
        expect(periods[0]?.startsOn).toBe(first);
        periods
          .slice(1)
          .forEach((period, index) =>
            expect(period.startsOn).toBe(addDays(periods[index]?.endsOn ?? first, 1)),
          );
        const last = periods.at(-1);
        expect(last !== undefined && last.startsOn <= through && through <= last.endsOn).toBe(true);
      },
    ),
  );
});

test('a closing period takes adjustments until its books are final, then only the close itself', () => {
  const closing = { status: 'closing' as const, booksFinalAt: null };
  expect(
    ['manual', 'contribution', 'close', 'import', 'distribution'].map((source) =>
      takesPostings(closing, source),
    ),
  ).toEqual([true, true, true, false, false]);
  const final = { status: 'closing' as const, booksFinalAt: new Date() };
  expect(['manual', 'contribution', 'close'].map((source) => takesPostings(final, source))).toEqual([
    false,
    false,
    true,
  ]);
  expect(takesPostings({ status: 'closed', booksFinalAt: null }, 'close')).toBe(false);
});
