import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDecimal } from '../exact/decimal.ts';
import { rational } from '../exact/rational.ts';
import { expectAccepted } from '../result.ts';
import { hoursAsDecimal, parseDuration, wholeSeconds } from './duration.ts';

describe('parseDuration', () => {
  it.each([
    ['1:30', 90n],
    ['01:05', 65n],
    ['90 min', 90n],
    ['90m', 90n],
    ['9-15', 360n],
    ['9–15', 360n],
    ['9:15 - 10:00', 45n],
    ['9.30-15.30', 360n],
    ['9 to 17', 480n],
    ['22:00-02:00', 240n],
    ['1.5', 90n],
    ['1,5', 90n],
    ['.5', 30n],
    [',5', 30n],
    ['.5 h', 30n],
    ['1:30:00', 90n],
    ['0:45:00', 45n],
    ['1,5 horas', 90n],
    ['90 minutos', 90n],
    ['9 a 17', 480n],
    ['1.5 h', 90n],
    ['1.5 hours', 90n],
    ['1h 30m', 90n],
    ['1h30', 90n],
    ['24', 1440n],
    ['0-24', 1440n],
    ['1h59', 119n],
    ['22:59-23:59', 60n],
    ['23:59-24:00', 1n],
  ])('reads %s', (text, minutes) => {
    expect(expectAccepted(parseDuration(text)).hours).toEqual(rational(minutes, 60n));
  });

  it('takes 10:01–11:42 as exactly 6,060 seconds, where rounded decimal hours lose one', () => {
    const worked = expectAccepted(parseDuration('10:01–11:42'));
    expect(worked.hours).toEqual(rational(101n, 60n));
    expect(wholeSeconds(worked)).toBe(6060n);
    expect(hoursAsDecimal(worked, 4)).toEqual({ hours: { coefficient: 16833n, scale: 4 }, exact: false });
  });

  it('reads the same time alike, whichever way it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 59 }), (hours, minutes) => {
        const clock = `${hours}:${String(minutes).padStart(2, '0')}`;
        const expected = rational(BigInt(hours * 60 + minutes), 60n);
        for (const text of [clock, `${clock}:00`, `${hours}h ${minutes}m`, `${hours * 60 + minutes} minutos`])
          expect(expectAccepted(parseDuration(text)).hours).toEqual(expected);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), (hundredths) => {
        const digits = String(hundredths).padStart(2, '0');
        for (const text of [`.${digits}`, `,${digits}`, `0.${digits}`, `0,${digits} h`])
          expect(expectAccepted(parseDuration(text)).hours).toEqual(rational(BigInt(hundredths), 100n));
      }),
    );
  });

  it('says when the decimal hours are exact', () => {
    const { hours, exact } = hoursAsDecimal(expectAccepted(parseDuration('1:30')), 2);
    expect([formatDecimal(hours), exact]).toEqual(['1.50', true]);
  });

  it.each([
    ['-1', 'NEGATIVE_DURATION'],
    ['-.5', 'NEGATIVE_DURATION'],
    ['-1:30', 'NEGATIVE_DURATION'],
    ['25', 'OVER_24_HOURS'],
    ['24:01', 'OVER_24_HOURS'],
    ['1441 min', 'OVER_24_HOURS'],
    ['0', 'ZERO_DURATION'],
    ['0:00', 'ZERO_DURATION'],
    ['9-9', 'ZERO_DURATION'],
    ['', 'NOT_A_DURATION'],
    ['a while', 'NOT_A_DURATION'],
    ['1:75', 'NOT_A_DURATION'],
    ['25:00-26:00', 'NOT_A_DURATION'],
    ['9:99-10:00', 'NOT_A_DURATION'],
    ['1:30:20', 'NOT_A_DURATION'],
    ['1:30:0', 'NOT_A_DURATION'],
    ['5.', 'NOT_A_DURATION'],
    ['.', 'NOT_A_DURATION'],
    [',,5', 'NOT_A_DURATION'],
    ['1.2.3', 'NOT_A_DURATION'],
    ['1e3', 'NOT_A_DURATION'],
    ['9'.repeat(1000), 'NOT_A_DURATION'],
  ])('refuses %s', (text, code) => {
    expect(parseDuration(text)).toMatchObject({ ok: false, refusal: { code } });
  });
});
