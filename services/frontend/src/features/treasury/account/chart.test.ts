import { describe, expect, it } from 'vitest';
import { asRead, chartRows } from './chart.ts';

const account = (code: string, parent: string | null, type: string, book: string | null, active = true) => ({
  id: code,
  code,
  name: code,
  type,
  leaf: book !== null,
  active,
  parent: parent === null ? null : { code: parent },
  member: null,
  balance: book === null ? null : { book, tax: book },
});

const chart = [
  account('3000', null, 'equity', null),
  account('3100', '3000', 'equity', null),
  account('3100-02', '3100', 'equity', '-200.00'),
  account('3100-01', '3100', 'equity', '-100.00'),
  account('3330', '3000', 'equity', '-50.00'),
  account('1110', null, 'asset', '350.00'),
  account('1190', null, 'asset', '0.00', false),
];

describe('the chart of accounts', () => {
  it('stands in the order of codes, each account below its group', () => {
    expect(chartRows(chart).map(({ account: one, depth }) => `${depth} ${one.code}`)).toEqual([
      '0 1110',
      '0 3000',
      '1 3100',
      '2 3100-01',
      '2 3100-02',
      '1 3330',
    ]);
  });

  it('a group stands at what its leaves do together, once', () => {
    const of = (code: string) => chartRows(chart).find((row) => row.account.code === code)?.book;
    expect([of('3100'), of('3000'), of('1110')]).toEqual(['300.00', '350.00', '350.00']);
  });

  it('a credit of equity reads as something had, a debit of an asset too', () => {
    expect([asRead('equity', '-5.00'), asRead('asset', '5.00'), asRead('expense', '-1.00')]).toEqual([
      '5.00',
      '5.00',
      '-1.00',
    ]);
  });

  it('a retired account is shown only when asked for', () => {
    expect(chartRows(chart, { retired: true }).map((row) => row.account.code)).toContain('1190');
  });
});
