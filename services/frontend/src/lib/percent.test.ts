import { describe, expect, it } from 'vitest';
import { fractionOf, percentOf } from './percent.ts';

describe('a percentage', () => {
  it.each([
    ['0.20', '20'],
    ['0.125', '12.5'],
    ['1', '100'],
    ['0', '0'],
    ['0.00005', '0.005'],
  ])('%s is %s percent, and back', (fraction, percent) => {
    expect(percentOf(fraction)).toBe(percent);
    expect(percentOf(fractionOf(percent))).toBe(percent);
  });

  it('is read with its sign, and left alone when it is no number', () => {
    expect(fractionOf('20 %')).toBe('0.2');
    expect(fractionOf('a fifth')).toBe('a fifth');
    expect(percentOf(null)).toBe('');
  });

  it('of half a megabyte of spaces is looked at once, not from each of them anew', () => {
    const spaces = `1${' '.repeat(500_000)}x`;
    expect(fractionOf(spaces)).toBe(spaces);
  });
});
