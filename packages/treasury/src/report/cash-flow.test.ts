// The cash flow statement as sums: three activities, told apart by the account on the other side of cash.
import { expectAccepted } from '@habitat/kernel';
import { expect, test } from 'vitest';
import { activityOf, cashFlow } from './cash-flow.ts';
import { leaf } from './report.fixture.ts';

const bases = (bookMinor: bigint, taxMinor = bookMinor) => ({ bookMinor, taxMinor });

const movements = [
  leaf('1420', 'asset', 800n),
  leaf('2110', 'liability', -50n),
  leaf('2320', 'liability', 300n),
  leaf('3100-01', 'equity', -500n),
  leaf('4110', 'revenue', -900n),
  leaf('5110', 'expense', 400n),
];

test('what came in is positive, and the activities together are the change of cash', () => {
  const flow = expectAccepted(cashFlow(bases(1_000n), bases(950n), movements));
  expect(flow.operating.lines.map(({ code, bookMinor }) => [code, bookMinor])).toEqual([
    ['2110', 50n],
    ['4110', 900n],
    ['5110', -400n],
  ]);
  expect([flow.operating.total, flow.investing.total, flow.financing.total]).toEqual([
    bases(550n),
    bases(-800n),
    bases(200n),
  ]);
  expect(flow.change).toEqual(bases(-50n));
});

test('flows that do not lead to the cash there is are refused, with the difference', () => {
  expect(cashFlow(bases(1_000n), bases(951n), movements)).toMatchObject({
    ok: false,
    refusal: { code: 'OUT_OF_BALANCE', basis: 'book', differenceMinor: 1n },
  });
  expect(cashFlow(bases(0n), bases(10n, 0n), [leaf('4110', 'revenue', -10n)])).toMatchObject({
    ok: false,
    refusal: { basis: 'tax', differenceMinor: -10n },
  });
});

test.each([
  ['1410', 'asset', 'investing'],
  ['1490', 'asset', 'investing'],
  ['1530', 'asset', 'investing'],
  ['1510', 'asset', 'operating'],
  ['1220', 'asset', 'operating'],
  ['2110', 'liability', 'operating'],
  ['2330', 'liability', 'operating'],
  ['2240', 'liability', 'financing'],
  ['2310', 'liability', 'financing'],
  ['2320', 'liability', 'financing'],
  ['2910', 'liability', 'financing'],
  ['3100-07', 'equity', 'financing'],
  ['4130', 'revenue', 'operating'],
  ['5210', 'expense', 'operating'],
] as const)('cash against %s, %s, is %s', (code, type, activity) => {
  expect(activityOf({ code, type })).toBe(activity);
});
