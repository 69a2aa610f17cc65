import { describe, expect, it } from 'vitest';
import type { Account } from '../account/account.store.ts';
import { postingLines } from './contribution-posting.queries.ts';

const account = (code: string, name: string, memberId: string | null = null) =>
  ({ id: code, code, name, memberId, active: true }) as unknown as Account;
const accounts = {
  rules: [
    { kind: 'in_kind', category: '', account: account('1420', 'Equipment') },
    { kind: 'in_kind', category: 'Furniture', account: account('1410', 'Furniture and fixtures') },
    { kind: 'revenue', category: '', account: null },
  ],
  capital: new Map([['bob', account('3100-02', 'Bob Okafor, capital', 'bob')]]),
};
const truck = {
  memberId: 'bob',
  kind: 'in_kind',
  category: 'Vehicles',
  treatment: 'both',
  valueMinor: 1_000_000n,
  taxMinor: 700_000n,
} as const;

describe('what a contribution posts', () => {
  it('equipment worth 10,000 that cost its giver 7,000 is debited in both bases and credited to their capital', () => {
    expect(postingLines(truck, accounts)).toEqual([
      { accountCode: '1420', accountName: 'Equipment', bookMinor: 1_000_000n, taxMinor: 700_000n },
      {
        accountCode: '3100-02',
        accountName: 'Bob Okafor, capital',
        bookMinor: -1_000_000n,
        taxMinor: -700_000n,
      },
    ]);
  });

  it('a category with an account of its own goes there', () => {
    expect(postingLines({ ...truck, category: 'Furniture' }, accounts)[0]?.accountCode).toBe('1410');
  });

  it('revenue, patronage-only work and what has no value yet post nothing', () => {
    expect(postingLines({ ...truck, kind: 'revenue' }, accounts)).toEqual([]);
    expect(postingLines({ ...truck, treatment: 'patronage' }, accounts)).toEqual([]);
    expect(postingLines({ ...truck, valueMinor: null }, accounts)).toEqual([]);
  });
});
