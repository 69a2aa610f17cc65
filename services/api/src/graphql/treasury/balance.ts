// What an account stands at on a day, for the chart and for the two ends of a ledger.
import type { AccountBalance } from '@habitat/treasury';
import { listBalances } from '@habitat/treasury';
import { builder } from '../builder.ts';
import { requestLoader } from '../loader.ts';
import { AccountRef } from './account.ref.ts';
import { TwoBasesRef } from './report/two-bases.ref.ts';

/** Every leaf's balance by day: a page of accounts asks the ledger once for each day. */
const balancesAt = requestLoader<string, ReadonlyMap<string, AccountBalance>>(async (days, context) =>
  Promise.all(
    days.map(async (asOf) => {
      const balances = await listBalances(await context.reports(), context.cooperativeId(), { asOf });
      return new Map(balances.map((balance) => [balance.accountId, balance]));
    }),
  ),
);

builder.objectField(AccountRef, 'balance', (t) =>
  t.field({
    type: TwoBasesRef,
    nullable: true,
    description: 'What it stands at, debit positive; none for a group, whose leaves have it.',
    authScopes: { act: 'report.view' },
    args: { asOf: t.arg({ type: 'LocalDate', description: 'At the end of this day; today when left out.' }) },
    resolve: async ({ id, isLeaf }, { asOf }, context) => {
      if (!isLeaf) return null;
      const found = (await balancesAt(context).load(asOf ?? context.today())).get(id);
      return found ?? { bookMinor: 0n, taxMinor: 0n };
    },
  }),
);
