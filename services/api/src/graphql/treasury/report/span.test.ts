import { expect, it } from 'vitest';
import { fiscalYearStart, yearsBefore } from './span.ts';

it('a fiscal year begins in its month, also where that was last year', () => {
  expect(fiscalYearStart('2026-11-20', 1)).toBe('2026-01-01');
  expect(fiscalYearStart('2026-11-20', 7)).toBe('2026-07-01');
  expect(fiscalYearStart('2026-06-30', 7)).toBe('2025-07-01');
  expect(fiscalYearStart('2026-07-01', 7)).toBe('2026-07-01');
});

it('a leap day has its like in no year before', () => {
  expect(yearsBefore('2028-02-29', 1)).toBe('2027-02-28');
  expect(yearsBefore('2028-02-29', 0)).toBe('2028-02-29');
  expect(yearsBefore('2026-09-30', 1)).toBe('2025-09-30');
});
