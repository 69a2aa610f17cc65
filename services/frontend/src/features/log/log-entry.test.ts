import { describe, expect, it } from 'vitest';
import { stepped, understand, unitOf } from './log-entry.ts';

describe('what is typed into the log form', () => {
  it('hours are understood in the ways people write them, and valued exactly', () => {
    expect(understand('6', 'hour', '100.00', 2)).toEqual({ ok: true, shown: '6', valueMinor: 60_000n });
    expect(understand('1:30', 'hour', '100.00', 2)).toEqual({ ok: true, shown: '1.5', valueMinor: 15_000n });
    expect(understand('9–15', 'hour', '100.00', 2)).toEqual({ ok: true, shown: '6', valueMinor: 60_000n });
    // 101 minutes at 60 an hour are 101.00, not the 101.00 of a rounded 1.6833 h by luck: 1.6833 × 60 is 100.998.
    expect(understand('10:01-11:42', 'hour', '60.00', 2)).toMatchObject({ ok: true, valueMinor: 10_100n });
  });

  it('more than a day, nothing, and nonsense are told before sending', () => {
    expect(understand('31', 'hour', '100.00', 2)).toEqual({ ok: false, reason: 'OVER_24_HOURS' });
    expect(understand('0', 'hour', '100.00', 2)).toEqual({ ok: false, reason: 'ZERO_DURATION' });
    expect(understand('all day', 'hour', '100.00', 2)).toEqual({ ok: false, reason: 'NOT_A_DURATION' });
    expect(understand('', 'hour', '100.00', 2)).toBeNull();
  });

  it('money may carry separators, but no third decimal and nothing below zero', () => {
    expect(understand('2,600.50', 'money', null, 2)).toEqual({
      ok: true,
      shown: '2600.50',
      valueMinor: 260_050n,
    });
    expect(understand('12.345', 'money', null, 2)).toEqual({ ok: false, reason: 'TOO_MANY_DECIMALS' });
    expect(understand('-5', 'money', null, 2)).toEqual({ ok: false, reason: 'NOT_POSITIVE' });
  });

  it('a step never leaves the day', () => {
    expect(stepped('24', 'hour', 1)).toBe('24');
    expect(stepped('0', 'hour', -1)).toBe('0');
    expect(stepped('1:30', 'hour', 1)).toBe('2.5');
    expect(stepped('', 'hour', 1)).toBe('1');
  });

  it('the API may name an hour as it likes', () => {
    expect(['h', 'hour', 'HOURS'].map(unitOf)).toEqual(['hour', 'hour', 'hour']);
    expect(unitOf('unit')).toBe('unit');
    expect(unitOf('USD')).toBe('money');
  });
});
