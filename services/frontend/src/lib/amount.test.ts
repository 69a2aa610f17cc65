import { describe, expect, it } from 'vitest';
import { bySize, differenceOf, largestOf, totalOf } from './amount.ts';

describe('amounts as text', () => {
  it('add up to the cent, also where a number would not', () => {
    expect(totalOf(['0.10', '0.20'])).toBe('0.30');
    expect(totalOf(['999999999999.99', '0.01', '-1.00'])).toBe('999999999999.00');
    expect(totalOf([])).toBe('0');
    expect(totalOf(['1204', '6'])).toBe('1210');
  });

  it('differ exactly and compare by size', () => {
    expect(differenceOf('35266.48', '30012.42')).toBe('5254.06');
    expect(bySize(['9.00', '10.00', '-11.00'], (one) => one)).toEqual(['10.00', '9.00', '-11.00']);
    expect(largestOf(['-5.00', '4.99', '5.00'])).toBe('5.00');
  });
});
