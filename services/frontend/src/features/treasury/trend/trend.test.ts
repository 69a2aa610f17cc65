import { describe, expect, it } from 'vitest';
import { byCause, capitalPoints, incomeSteps, stepsOf } from './trend.ts';

const two = (book: string, tax = book) => ({ book, tax });

describe('the plots of the books', () => {
  it('months and quarters run over the turn of a year and end on their last day', () => {
    expect(stepsOf('2025-11-15', '2026-02-10', 'month').map(({ name, to }) => [name, to])).toEqual([
      ['2025-11', '2025-11-30'],
      ['2025-12', '2025-12-31'],
      ['2026-01', '2026-01-31'],
      ['2026-02', '2026-02-28'],
    ]);
    expect(stepsOf('2025-11-15', '2026-02-10', 'quarter').map(({ name, from }) => [name, from])).toEqual([
      ['Q4 2025', '2025-10-01'],
      ['Q1 2026', '2026-01-01'],
    ]);
  });

  it('a month in which nothing moved is there, at nothing', () => {
    const months = [
      { month: '2026-01-01', revenue: two('900.00', '800.00'), expense: two('1000.00') },
      { month: '2026-03-01', revenue: two('300.00'), expense: two('0.00') },
    ];
    const span = { from: '2026-01-01', to: '2026-03-31' };
    expect(incomeSteps(months, span, 'month', 'book').map(({ net }) => net)).toEqual([
      '-100.00',
      '0.00',
      '300.00',
    ]);
    expect(incomeSteps(months, span, 'quarter', 'tax')).toMatchObject([
      { name: 'Q1 2026', revenue: '1100.00', expense: '1000.00', net: '100.00' },
    ]);
  });

  it('capital carries on from what the span opened with, one point for a day', () => {
    const movements = [
      { on: '2026-02-01', cause: 'cash', change: two('50.00') },
      { on: '2026-02-01', cause: 'work', change: two('25.00', '0.00') },
      { on: '2026-03-01', cause: 'paid_out', change: two('-10.00') },
    ];
    expect(capitalPoints({ opening: two('100.00'), movements }, '2026-01-01')).toEqual([
      { on: '2026-01-01', book: '100.00', tax: '100.00' },
      { on: '2026-02-01', book: '175.00', tax: '150.00' },
      { on: '2026-03-01', book: '165.00', tax: '140.00' },
    ]);
    expect(byCause(movements, ['work', 'cash', 'in_kind'])).toEqual([
      { cause: 'work', book: '25.00', tax: '0.00' },
      { cause: 'cash', book: '50.00', tax: '50.00' },
    ]);
  });
});
