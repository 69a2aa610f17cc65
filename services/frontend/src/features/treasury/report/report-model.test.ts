import { describe, expect, it } from 'vitest';
import { balanceSheetReport, cashFlowReport, columnsOf, incomeReport } from './report-model.ts';

const line = (code: string, book: string, tax = book) => ({
  book,
  tax,
  account: { id: code, code, name: code, member: null },
});
const section = (book: string, ...lines: ReturnType<typeof line>[]) => ({
  total: { book, tax: book },
  lines,
});
const two = (book: string, tax = book) => ({ book, tax });

const now = {
  asOf: '2026-11-20',
  assets: section('700.00', line('1110', '500.00'), line('1420', '200.00')),
  liabilities: section('0.00'),
  equity: section('600.00', line('3100-01', '600.00')),
  netIncome: two('100.00'),
  equityAndLiabilities: two('700.00'),
};
const before = { ...now, assets: section('300.00', line('1110', '250.00'), line('1010', '50.00')) };

describe('a report in columns', () => {
  it('both bases compared are four columns, book first', () => {
    expect(columnsOf('both', true).map(({ basis, at }) => `${basis} ${at}`)).toEqual([
      'book now',
      'book before',
      'tax now',
      'tax before',
    ]);
    expect(columnsOf('tax', false)).toEqual([{ basis: 'tax', at: 'now' }]);
  });

  it('an account that is there on one of two dates stands at nothing on the other, in the order of codes', () => {
    const [assets] = balanceSheetReport(now, before, columnsOf('book', true)).parts;
    expect(assets?.lines.map(({ key, values }) => [key, ...values])).toEqual([
      ['1010', '0.00', '50.00'],
      ['1110', '500.00', '250.00'],
      ['1420', '200.00', '0.00'],
    ]);
    expect(assets?.total).toEqual(['700.00', '300.00']);
  });

  it('income not closed yet belongs to equity, so that the parts add up to the end', () => {
    const report = balanceSheetReport(now, null, columnsOf('book', false));
    const equity = report.parts.at(-1);
    expect(equity?.lines.at(-1)).toMatchObject({ key: 'netIncome', values: ['100.00'] });
    expect(equity?.total).toEqual(['700.00']);
    expect(report.end).toEqual({ name: 'equityAndLiabilities', values: ['700.00'] });
  });

  it('an income statement ends with revenue less expenses', () => {
    const statement = {
      from: '2026-10-01',
      to: '2026-12-31',
      revenue: section('900.00', line('4110', '900.00')),
      expense: section('150.00', line('5110', '150.00')),
      netIncome: two('750.00', '700.00'),
    };
    const report = incomeReport(statement, null, columnsOf('both', false));
    expect(report.parts.map(({ name, total }) => [name, ...(total ?? [])])).toEqual([
      ['revenue', '900.00', '900.00'],
      ['expense', '150.00', '150.00'],
    ]);
    expect(report.end.values).toEqual(['750.00', '700.00']);
  });

  it('a cash flow leads from the cash there was over its activities to the cash there is', () => {
    const flow = {
      from: '2026-10-01',
      to: '2026-12-31',
      opening: two('100.00'),
      operating: section('550.00', line('4110', '950.00'), line('5110', '-400.00')),
      investing: section('-800.00', line('1420', '-800.00')),
      financing: section('200.00', line('3100-01', '200.00')),
      change: two('-50.00'),
      closing: two('50.00'),
    };
    const report = cashFlowReport(flow, null, columnsOf('book', false));
    expect(report.parts.map(({ name, total }) => [name, total?.[0]])).toEqual([
      ['operating', '550.00'],
      ['investing', '-800.00'],
      ['financing', '200.00'],
      ['cash', undefined],
    ]);
    expect(report.parts.at(-1)?.lines.map(({ key, values }) => [key, ...values])).toEqual([
      ['opening', '100.00'],
      ['change', '-50.00'],
    ]);
    expect(report.end).toEqual({ name: 'cash', values: ['50.00'] });
  });
});
