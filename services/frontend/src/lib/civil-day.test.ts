import { expect, it } from 'vitest';
import { dayIn } from './civil-day.ts';

it('an instant late in the evening is still that day where the cooperative lives', () => {
  expect(dayIn('America/New_York', '2026-07-01T02:30:00Z')).toBe('2026-06-30');
  expect(dayIn('UTC', '2026-07-01T02:30:00Z')).toBe('2026-07-01');
});
