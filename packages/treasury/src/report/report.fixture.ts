// Leaves with balances for the tests of the reports.
import type { AccountBalance } from './report.ts';

/** A leaf that stands at an amount, debit positive; named as its code. */
export function leaf(
  code: string,
  type: AccountBalance['type'],
  bookMinor: bigint,
  taxMinor = bookMinor,
): AccountBalance {
  const normalSide = type === 'asset' || type === 'expense' ? 'debit' : 'credit';
  return {
    accountId: code,
    code,
    name: code,
    type,
    normalSide,
    groupCode: null,
    groupName: null,
    memberId: null,
    bookMinor,
    taxMinor,
  };
}
