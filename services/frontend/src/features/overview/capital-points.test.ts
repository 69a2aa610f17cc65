import { describe, expect, it } from 'vitest';
import { largestLoss, pointPerDay } from './capital-points.ts';

const point = (on: string, book: string, cause = 'work') => ({ on, book, tax: '0.00', cause });

describe('the points of the capital plot', () => {
  it('a day with several postings stands at where it ended', () => {
    const points = [point('2026-01-01', '10.00'), point('2026-01-01', '17.00'), point('2026-02-01', '18.00')];
    expect(pointPerDay(points).map(({ book }) => book)).toEqual(['17.00', '18.00']);
  });

  it('only a shared loss is worth the note, and the largest of them', () => {
    const points = [
      point('2026-01-01', '1000.00'),
      point('2026-03-31', '900.00', 'surplus'),
      point('2026-05-01', '100.00', 'paid_out'),
      point('2026-06-30', '50.00', 'surplus'),
    ];
    expect(largestLoss(points)).toEqual({ on: '2026-03-31', amount: '-100.00' });
    expect(largestLoss([point('2026-01-01', '1.00')])).toBeNull();
  });
});
