import { describe, expect, it } from 'vitest';
import { lotsByYear } from './retained.ts';

describe('surplus left in', () => {
  it('is told once a year, newest first, and adds up to the cent', () => {
    const lots = [
      { year: 2025, allocated: '2000.00', paidOut: '400.00', leftIn: '1600.00' },
      { year: 2026, allocated: '1313.51', paidOut: '525.41', leftIn: '788.10' },
      { year: 2026, allocated: '-875.68', paidOut: '0.00', leftIn: '-875.68' },
    ];
    expect(lotsByYear(lots)).toEqual([
      { year: 2026, allocated: '437.83', paidOut: '525.41', leftIn: '-87.58' },
      { year: 2025, allocated: '2000.00', paidOut: '400.00', leftIn: '1600.00' },
    ]);
  });
});
