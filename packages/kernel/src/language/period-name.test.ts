import { describe, expect, it } from 'vitest';
import { periodNameIn } from './period-name.ts';

describe('the name of a period', () => {
  it('is told in the reader’s language', () => {
    expect(periodNameIn('es', 'Q4 2026')).toBe('T4 2026');
    expect(periodNameIn('es', 'October 2026')).toBe('octubre de 2026');
    expect(periodNameIn('es', '2026')).toBe('2026');
  });

  it('is the kept one in English', () => {
    expect(['Q4 2026', 'May 2027', '2026'].map((name) => periodNameIn('en', name))).toEqual([
      'Q4 2026',
      'May 2027',
      '2026',
    ]);
  });

  it('stays as somebody gave it when the fiscal calendar did not', () => {
    expect(periodNameIn('es', 'Harvest 2026')).toBe('Harvest 2026');
    expect(periodNameIn('es', 'Q5 2026')).toBe('Q5 2026');
    expect(periodNameIn('es', 'The first long year')).toBe('The first long year');
  });
});
