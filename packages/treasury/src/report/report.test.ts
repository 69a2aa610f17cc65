// Reports are sums: they agree with each other, and one that does not balance is not shown.
import { expectAccepted } from '@habitat/kernel';
import { expect, test } from 'vitest';
import { leaf } from './report.fixture.ts';
import { balanceSheet, incomeStatement, trialBalance } from './report.ts';

const books = [
  leaf('1110', 'asset', 700n),
  leaf('1420', 'asset', 1_000n, 700n),
  leaf('1490', 'asset', -100n, -100n),
  leaf('2110', 'liability', -200n),
  leaf('3100-01', 'equity', -1_000n, -700n),
  leaf('4110', 'revenue', -900n),
  leaf('5110', 'expense', 500n),
];

test('debits equal credits in each basis, and a contra account stands on its own side', () => {
  const trial = expectAccepted(trialBalance(books));
  expect([trial.bookDebitMinor, trial.bookCreditMinor]).toEqual([2_200n, 2_200n]);
  expect([trial.taxDebitMinor, trial.taxCreditMinor]).toEqual([1_900n, 1_900n]);
  expect(trial.lines.find(({ code }) => code === '1490')).toMatchObject({
    bookDebitMinor: 0n,
    bookCreditMinor: 100n,
  });
});

test('assets equal liabilities, equity and income not closed yet', () => {
  const sheet = expectAccepted(balanceSheet(books));
  expect(sheet.assets.total).toEqual({ bookMinor: 1_600n, taxMinor: 1_300n });
  expect(sheet.netIncome).toEqual({ bookMinor: 400n, taxMinor: 400n });
  expect(sheet.equityAndLiabilities).toEqual(sheet.assets.total);
});

test('income is revenue less expense, up is positive', () => {
  expect(incomeStatement(books).netIncome).toEqual({ bookMinor: 400n, taxMinor: 400n });
});

test('a report that does not balance refuses and says by how much and in which basis', () => {
  const off = [...books, leaf('1120', 'asset', 0n, 3n)];
  for (const report of [trialBalance(off), balanceSheet(off)]) {
    expect(report).toMatchObject({
      ok: false,
      refusal: { code: 'OUT_OF_BALANCE', basis: 'tax', differenceMinor: 3n },
    });
  }
});
