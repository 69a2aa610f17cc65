import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectAccepted } from '../result.ts';
import {
  addDays,
  addMonths,
  dayOfWeek,
  daysBetween,
  endOfMonth,
  isWithin,
  localDate,
  parseLocalDate,
  quarterOf,
  startOfMonth,
  startOfWeek,
} from './civil-date.ts';
import type { LocalDate } from './civil-date.ts';
import { isTimeZone, todayIn } from './time-zone.ts';

const day = (text: string): LocalDate => expectAccepted(parseLocalDate(text));

describe('civil dates', () => {
  it('accepts days of the calendar and nothing else', () => {
    expect(parseLocalDate('2024-02-29').ok).toBe(true);
    expect(parseLocalDate('2000-02-29').ok).toBe(true);
    for (const text of ['2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '0000-01-01']) {
      expect(parseLocalDate(text)).toEqual({ ok: false, refusal: { code: 'NOT_A_DATE', text } });
    }
    for (const text of ['2026-1-1', '20260101', '2026-01-01T00:00:00Z', '', '2026-01-01\n', '01/02/2026']) {
      expect(parseLocalDate(text).ok).toBe(false);
    }
    expect(() => localDate(2026, 2, 30)).toThrow(RangeError);
  });

  it('adds days across months, leap days and years', () => {
    expect(addDays(day('2026-12-31'), 1)).toBe('2027-01-01');
    expect(addDays(day('2024-02-28'), 1)).toBe('2024-02-29');
    expect(addDays(day('2026-03-01'), -1)).toBe('2026-02-28');
    expect(daysBetween(day('2026-01-01'), day('2027-01-01'))).toBe(365);
    expect(daysBetween(day('2026-03-29'), day('2026-03-28'))).toBe(-1);
  });

  it('agrees with UTC arithmetic on any day and distance', () => {
    const days = fc.date({
      min: new Date('0001-02-01T00:00:00Z'),
      max: new Date('9990-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(days, fc.integer({ min: -30, max: 3000 }), (date, distance) => {
        const from = day(date.toISOString().slice(0, 10));
        const later = new Date(Date.UTC(2000, 0, 1));
        later.setTime(Date.parse(`${from}T00:00:00Z`) + distance * 86_400_000);
        expect(addDays(from, distance)).toBe(later.toISOString().slice(0, 10));
        expect(daysBetween(from, addDays(from, distance))).toBe(distance);
        expect(dayOfWeek(from) % 7).toBe(new Date(`${from}T00:00:00Z`).getUTCDay());
      }),
    );
  });

  it('adds months to the last day of a shorter month', () => {
    expect(addMonths(day('2026-01-31'), 1)).toBe('2026-02-28');
    expect(addMonths(day('2026-01-31'), -2)).toBe('2025-11-30');
    expect(addMonths(day('2026-11-15'), 14)).toBe('2028-01-15');
  });

  it('bounds by text, both ends included', () => {
    expect(isWithin(day('2026-03-31'), day('2026-01-01'), day('2026-03-31'))).toBe(true);
    expect(isWithin(day('2026-04-01'), day('2026-01-01'), day('2026-03-31'))).toBe(false);
  });

  it('finds the quarter of a calendar year and of a fiscal year that begins elsewhere', () => {
    expect(quarterOf(day('2026-05-20'))).toEqual({
      fiscalYear: 2026,
      quarter: 2,
      from: '2026-04-01',
      to: '2026-06-30',
    });
    expect(quarterOf(day('2026-01-15'), 7)).toEqual({
      fiscalYear: 2026,
      quarter: 3,
      from: '2026-01-01',
      to: '2026-03-31',
    });
    expect(quarterOf(day('2026-12-01'), 11)).toMatchObject({
      fiscalYear: 2027,
      quarter: 1,
      to: '2027-01-31',
    });
  });

  it('finds months and weeks', () => {
    expect([startOfMonth(day('2024-02-11')), endOfMonth(day('2024-02-11'))]).toEqual([
      '2024-02-01',
      '2024-02-29',
    ]);
    expect(startOfWeek(day('2026-11-22'))).toBe('2026-11-16');
    expect(startOfWeek(day('2026-11-16'))).toBe('2026-11-16');
  });
});

describe('today', () => {
  it('is the date on the wall of the cooperative, not of the server', () => {
    const instant = new Date('2026-03-31T23:30:00Z');
    expect(todayIn('UTC', instant)).toBe('2026-03-31');
    expect(todayIn('Europe/Berlin', instant)).toBe('2026-04-01');
    expect(todayIn('America/Los_Angeles', instant)).toBe('2026-03-31');
    expect(todayIn('Pacific/Kiritimati', instant)).toBe('2026-04-01');
  });

  it('needs a named time zone', () => {
    expect(isTimeZone('America/New_York')).toBe(true);
    expect(isTimeZone('UTC')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
    expect(isTimeZone('+02:00')).toBe(false);
    expect(isTimeZone('')).toBe(false);
  });
});
