import { describe, expect, it } from 'vitest';
import {
  dayOf,
  emptyHours,
  filledCells,
  hoursTotal,
  mondayOf,
  overfullDays,
  partsOf,
  rowsOf,
  slipOf,
  whatOf,
} from './week-grid.ts';

const row = (hours: Record<number, string>, what = whatOf('LABOR', 'Field work')) => ({
  what,
  description: 'Rounds',
  hours: emptyHours().map((none, day) => hours[day] ?? none),
});

describe('a week of hours', () => {
  it('begins on Monday, and no week to come can be filled in', () => {
    expect(mondayOf(undefined, '2026-11-21')).toBe('2026-11-16');
    expect(mondayOf('2026-11-12', '2026-11-21')).toBe('2026-11-09');
    expect(mondayOf('2026-12-01', '2026-11-21')).toBe('2026-11-16');
    expect(mondayOf('tomorrow', '2026-11-21')).toBe('2026-11-16');
    expect(dayOf('2026-11-30', 6)).toBe('2026-12-06');
  });

  it('adds hours up exactly, however they are written', () => {
    expect(hoursTotal(['1:20', '1:20', '1:20'])).toBe('4');
    expect(hoursTotal(['9-15', '90 min', '', 'soon'], ['2.25'])).toBe('9.75');
  });

  it('a day has 24 hours, all rows and what is logged already together', () => {
    const rows = [row({ 0: '12', 1: '12' }), row({ 0: '12', 1: '12:01' })];
    expect(overfullDays(rows)).toEqual([1]);
    expect(overfullDays(rows, [['0.5'], []])).toEqual([0, 1]);
    expect(overfullDays([row({})], [['30']])).toEqual([]);
    expect(slipOf('25')).toBe('OVER_24_HOURS');
    expect(slipOf('')).toBeNull();
  });

  it('comes out of a form as it went in, a category with spaces included', () => {
    const form = new FormData();
    form.set('what-0', whatOf('LABOR', 'Field work'));
    form.set('description-0', ' Rounds ');
    form.set('hours-0-2', '6');
    const rows = rowsOf(form);
    expect(rows).toEqual([row({ 2: '6' })]);
    expect(filledCells(rows)).toEqual([
      { row: 0, day: 2, what: 'LABOR Field work', description: 'Rounds', hours: '6' },
    ]);
    expect(partsOf('LABOR Field work')).toEqual({ kind: 'LABOR', category: 'Field work' });
  });
});
