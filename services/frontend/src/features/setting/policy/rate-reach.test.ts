import { expect, it } from 'vitest';
import { countsOn, ratesOn, reachesOf } from './rate-reach.ts';

const rule = (kind: string, effectiveFrom: string, more: object = {}) => ({
  kind,
  category: null as string | null,
  member: null as { displayName: string } | null,
  inForce: true,
  effectiveFrom,
  ...more,
});

// The newest first, as the API lists them.
const rules = [
  rule('LABOR', '2027-01-01'),
  rule('LABOR', '2026-07-01'),
  rule('LABOR', '2026-01-01'),
  rule('LABOR', '2026-01-01', { category: 'Engineering' }),
  rule('LABOR', '2026-03-01', { member: { displayName: 'Dana' } }),
  rule('CASH', '2026-12-01', { inForce: false }),
  rule('CASH', '2026-01-01'),
  rule('EXPERTISE', '2027-01-01'),
];

it('counts one rate of each reach: what was replaced, begins later or waits is not in force', () => {
  expect(ratesOn(rules, '2026-11-22')).toBe(4);
  expect(ratesOn(rules, '2027-01-01')).toBe(5);
  expect(ratesOn(rules, '2025-12-31')).toBe(0);
});

it('takes the newest that has begun', () => {
  const [labor] = reachesOf(rules);
  expect(labor && countsOn(labor, '2026-11-22')?.effectiveFrom).toBe('2026-07-01');
});

it('takes a category written in capitals for the same', () => {
  expect(
    reachesOf([
      rule('LABOR', '2026-01-01', { category: 'Field' }),
      rule('LABOR', '2026-01-01', { category: 'FIELD' }),
    ]),
  ).toHaveLength(1);
});
