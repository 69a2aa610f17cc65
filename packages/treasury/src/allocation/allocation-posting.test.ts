// Closing entries always come out even, whatever the books hold, and refuse an allocation that does not fit them.
import { expectAccepted, sum } from '@habitat/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideClosingEntries } from './allocation-posting.ts';

const amount = fc.bigInt({ min: -1_000_000n, max: 1_000_000n });
const leaves = fc.array(fc.record({ accountId: fc.uuid(), bookMinor: amount, taxMinor: amount }), {
  maxLength: 8,
});

test('both sets balance in both bases and leave 3310 at zero, for any leaves and any split', () => {
  fc.assert(
    fc.property(leaves, fc.array(fc.tuple(amount, amount), { maxLength: 4 }), (standing, given) => {
      const income = {
        book: -sum(standing.map((leaf) => leaf.bookMinor)),
        tax: -sum(standing.map((leaf) => leaf.taxMinor)),
      };
      const lines = given.map(([bookMinor, taxMinor], index) => ({
        memberId: `m${index}`,
        bookMinor,
        taxMinor,
      }));
      const rest = {
        accountCode: '3330',
        label: 'reserves',
        bookMinor: income.book - sum(lines.map((line) => line.bookMinor)),
        taxMinor: income.tax - sum(lines.map((line) => line.taxMinor)),
      };
      const allocation = {
        netIncomeBookMinor: income.book,
        netIncomeTaxMinor: income.tax,
        appropriations: [rest],
        lines,
      };
      const { closing, crediting } = expectAccepted(decideClosingEntries(standing, allocation));
      for (const entries of [closing, crediting]) {
        expect(sum(entries.map((entry) => entry.bookMinor))).toBe(0n);
        expect(sum(entries.map((entry) => entry.taxMinor))).toBe(0n);
      }
      const through = [...closing, ...crediting].filter(({ accountCode }) => accountCode === '3310');
      expect(sum(through.map((entry) => entry.bookMinor))).toBe(0n);
    }),
  );
});

test('shares that miss net income by one minor unit are refused', () => {
  const leaf = [{ accountId: 'a', bookMinor: -100n, taxMinor: -100n }];
  const base = { netIncomeBookMinor: 100n, netIncomeTaxMinor: 100n, appropriations: [] };
  const off = decideClosingEntries(leaf, {
    ...base,
    lines: [{ memberId: 'm', bookMinor: 100n, taxMinor: 99n }],
  });
  expect(off).toMatchObject({ refusal: { code: 'ALLOCATION_DOES_NOT_ADD_UP' } });
  const moved = decideClosingEntries(leaf, { ...base, netIncomeBookMinor: 99n, lines: [] });
  expect(moved).toMatchObject({ refusal: { code: 'NET_INCOME_CHANGED' } });
});
