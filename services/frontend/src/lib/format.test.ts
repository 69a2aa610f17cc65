import { describe, expect, it } from 'vitest';
import { formatFor, initials, opening } from './format.ts';

const format = formatFor('en');

describe('how figures are printed', () => {
  it('money is grouped, has a true minus and never loses a cent', () => {
    expect(format.moneyText('30012.42')).toBe('30,012.42');
    expect(format.moneyText('-875.68')).toBe('\u2212875.68');
    expect(format.moneyText('999999999999999.99')).toBe('999,999,999,999,999.99');
    expect(format.moneyText('0.01', { currency: 'USD' })).toBe('$0.01');
    expect(format.moneyText('-525.41', { currency: 'USD' })).toBe('\u2212$525.41');
    expect(format.moneyText('1204', { currency: 'JPY' })).toBe('¥1,204');
  });

  it('a change shows its plus, and nothing has no sign', () => {
    expect(format.moneyText('261.96', { signed: true })).toBe('+261.96');
    expect(format.moneyText('0.00', { signed: true })).toBe('0.00');
    expect(format.moneyText('-0.00')).toBe('0.00');
  });

  it('what is no amount is refused, not printed', () => {
    expect(() => format.moneyText('12e3')).toThrow('not an amount');
  });

  it('a share is rounded for reading only', () => {
    expect(format.decimalText('43.783783783783', 4)).toBe('43.7838');
    expect(format.decimalText('9250', 2)).toBe('9,250.00');
    expect(format.percentText('0.20')).toBe('20%');
    expect(format.percentText('0.125')).toBe('12.5%');
  });

  it('a rate shows two digits at least, and keeps all it has', () => {
    expect(format.rateText('100')).toBe('100.00');
    expect(format.rateText('0.5450', 'USD')).toBe('$0.545');
    expect(format.weightText('0.4')).toBe('0.40');
    expect(format.weightText('0.125')).toBe('0.125');
  });

  it('a quantity drops its idle zeros', () => {
    expect(format.quantityText('6.000')).toBe('6');
    expect(format.quantityText('1.50')).toBe('1.5');
    expect(format.quantityText('100')).toBe('100');
  });

  it('a civil date is the same day wherever the server stands', () => {
    expect(format.dateLong('2026-09-30')).toBe('September 30, 2026');
    expect(format.dateShort('2026-01-01')).toBe('Jan 1');
    expect(format.dateWithWeekday('2026-09-30')).toBe('Wednesday, September 30, 2026');
  });

  it('an instant is told by the clock of the cooperative', () => {
    expect(format.instantText('2026-10-07T16:14:00Z', 'America/Los_Angeles')).toBe('Oct 7, 9:14 AM');
  });

  it('initials are at most two', () => {
    expect(initials('Alice Moreno')).toBe('AM');
    expect(initials('Maria del Carmen Ruiz')).toBe('MR');
    expect(initials('Cher')).toBe('C');
  });

  it('Spanish prints the same figures, and its own dates', () => {
    const spanish = formatFor('es');
    expect(spanish.moneyText('-5254.06', { currency: 'USD' })).toBe('\u2212$5,254.06');
    expect(spanish.percentText('0.125')).toBe('12.5%');
    expect(spanish.dateLong('2026-09-30')).toBe('30 de septiembre de 2026');
    expect(spanish.dateWithWeekday('2026-09-30')).toBe('miércoles, 30 de septiembre de 2026');
    expect(spanish.instantText('2026-10-07T16:14:00Z', 'America/Los_Angeles', 'time')).toBe('9:14 a.m.');
  });

  it('a period is named as the reader says it, and with a capital where it opens a sentence', () => {
    const { periodName, periodShort } = formatFor('es');
    expect(periodName('Q4 2026')).toBe('T4 2026');
    expect(opening(periodName('October 2026'))).toBe('Octubre de 2026');
    expect(['Q4 2026', 'October 2026', '2026'].map(periodShort)).toEqual(['T4', 'octubre', '2026']);
    expect(['Q4 2026', 'October 2026'].map(formatFor('en').periodShort)).toEqual(['Q4', 'October']);
  });

  it('text of a figure has no space a browser might print differently', () => {
    for (const language of ['en', 'es'] as const) {
      const { instantText, dateShort } = formatFor(language);
      expect(instantText('2026-10-07T16:14:00Z', 'UTC', 'long') + dateShort('2026-10-07')).not.toMatch(
        /[\u00a0\u202f]/,
      );
    }
  });
});
