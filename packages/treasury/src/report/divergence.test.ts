// Where the bases differ: tax less book, account by account and member by member.
import { expect, test } from 'vitest';
import { divergence } from './divergence.ts';
import { leaf } from './report.fixture.ts';

const layer = (memberId: string, id: string, bookMinor: bigint, taxMinor: bigint) => ({
  id,
  accountId: '1420',
  memberId,
  transactionId: `t-${id}`,
  effectiveOn: '2026-08-11',
  bookMinor,
  taxMinor,
  builtInGainMinor: bookMinor - taxMinor,
});

const balances = [
  leaf('1110', 'asset', 5_000n),
  leaf('1420', 'asset', 10_000n, 7_000n),
  leaf('1910', 'asset', 600n, 0n),
  { ...leaf('3100-01', 'equity', -15_600n, -12_000n), memberId: 'alice' },
  { ...leaf('3100-02', 'equity', 0n), memberId: 'bob' },
];

test('a member’s difference is tax less book, and what of it is built-in gain is told with its layers', () => {
  const { members } = divergence(balances, [layer('alice', 'loom', 10_000n, 7_000n)]);
  expect(members).toMatchObject([
    {
      memberId: 'alice',
      bookMinor: 15_600n,
      taxMinor: 12_000n,
      differenceMinor: -3_600n,
      builtInGainMinor: 3_000n,
      layers: [{ id: 'loom' }],
    },
  ]);
});

test('only accounts that differ are lines, and assets differ by what equity does', () => {
  const { lines } = divergence(balances, []);
  expect(lines.map(({ code, differenceMinor }) => [code, differenceMinor])).toEqual([
    ['1420', -3_000n],
    ['1910', -600n],
    ['3100-01', -3_600n],
  ]);
});

test('a member whose layers cancel the difference is told all the same', () => {
  const { members } = divergence(balances, [
    layer('bob', 'up', 900n, 500n),
    layer('bob', 'down', 100n, 500n),
  ]);
  expect(members.map(({ memberId, builtInGainMinor }) => [memberId, builtInGainMinor])).toEqual([
    ['alice', 0n],
    ['bob', 0n],
  ]);
});
