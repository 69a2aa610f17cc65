// Where the two bases of the books differ at a day, by account and by member, with the §704(c) layers behind it.
import type { Divergence, DivergenceLine, MemberDivergence } from '@habitat/treasury';
import { getDivergence } from '@habitat/treasury';
import { builder } from '../../builder.ts';
import { MemberRef } from '../../people/member.ref.ts';
import { AccountRef } from '../account.ref.ts';
import { Layer704cRef } from '../transaction.ts';
import { bookAndTax } from './two-bases.ref.ts';

const DivergenceLineRef = builder.objectRef<DivergenceLine>('DivergenceLine').implement({
  description: 'A leaf whose two bases differ, signed as people read it.',
  authScopes: { act: 'report.view' },
  fields: (t) => ({
    account: t.field({
      type: AccountRef,
      description: 'The account.',
      resolve: ({ accountId }) => accountId,
    }),
    ...bookAndTax(t),
    difference: t.field({
      type: 'Money',
      description: 'Tax less book.',
      resolve: (line, _args, context) => context.money(line.differenceMinor),
    }),
  }),
});

const MemberDivergenceRef = builder.objectRef<MemberDivergence>('MemberDivergence').implement({
  description:
    'A member whose capital differs between the bases, or who brought property with built-in gain.',
  authScopes: { act: 'capital.view_all' },
  fields: (t) => ({
    member: t.field({ type: MemberRef, description: 'Whose.', resolve: ({ memberId }) => memberId }),
    ...bookAndTax(t, { book: 'Book capital.', tax: 'Tax capital.' }),
    difference: t.field({
      type: 'Money',
      description: 'Tax less book.',
      resolve: (row, _args, context) => context.money(row.differenceMinor),
    }),
    builtInGain: t.field({
      type: 'Money',
      description: 'Built-in gain of the layers that stand, IRC §704(c): book less tax.',
      resolve: (row, _args, context) => context.money(row.builtInGainMinor),
    }),
    layers: t.field({
      type: [Layer704cRef],
      description: 'The layers, oldest first; those of what was reversed are gone.',
      resolve: ({ layers }) => layers,
    }),
  }),
});

const DivergenceRef = builder.objectRef<Divergence & { readonly asOf: string }>('Divergence').implement({
  description: 'Where book and tax differ.',
  authScopes: { act: 'report.view' },
  fields: (t) => ({
    asOf: t.field({ type: 'LocalDate', description: 'At the end of this day.', resolve: ({ asOf }) => asOf }),
    lines: t.field({
      type: [DivergenceLineRef],
      description: 'Leaves, by code.',
      resolve: ({ lines }) => lines,
    }),
    members: t.field({
      type: [MemberDivergenceRef],
      description: 'Members, by the code of their capital.',
      resolve: ({ members }) => members,
    }),
  }),
});

builder.queryField('divergence', (t) =>
  t.field({
    type: DivergenceRef,
    description: 'Where book and tax differ at a day, by account and by member.',
    authScopes: { act: 'report.view' },
    args: { asOf: t.arg({ type: 'LocalDate', description: 'At the end of this day; today when left out.' }) },
    resolve: async (_root, args, context) => {
      const asOf = args.asOf ?? context.today();
      return { ...(await getDivergence(await context.reports(), context.cooperativeId(), asOf)), asOf };
    },
  }),
);
