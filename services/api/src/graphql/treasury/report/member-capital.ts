// Members' capital: standing by cause, and the steps of its plot. Also on the member itself.
import type { CapitalChange, CapitalPoint, MemberCapitalView } from '@habitat/treasury';
import { capitalHistory, listMemberCapital } from '@habitat/treasury';
import { builder } from '../../builder.ts';
import { grouped, requestLoader } from '../../loader.ts';
import { MemberRef } from '../../people/member.ref.ts';
import { bookAndTax } from './two-bases.ref.ts';

const CapitalCauseRef = builder.objectRef<CapitalChange>('CapitalCause').implement({
  description: 'What one cause has added to (or taken from) a member’s capital.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    cause: t.exposeString('cause', { description: 'work, cash, in_kind, surplus, paid_out or other.' }),
    ...bookAndTax(t),
  }),
});

const MemberCapitalRef = builder.objectRef<MemberCapitalView>('MemberCapital').implement({
  description: 'A member’s capital account.',
  authScopes: ({ memberId }) => ({ self: memberId, act: 'capital.view_all' }),
  fields: (t) => ({
    member: t.field({ type: MemberRef, description: 'Whose it is.', resolve: ({ memberId }) => memberId }),
    ...bookAndTax(t, { book: 'Book capital.', tax: 'Tax capital.' }),
    byCause: t.field({
      type: [CapitalCauseRef],
      description: 'What it is made of.',
      resolve: (row) => row.byCause,
    }),
  }),
});

const CapitalPointRef = builder.objectRef<CapitalPoint>('CapitalPoint').implement({
  description: 'A step of a member’s capital: where it stood after a day.',
  authScopes: ({ memberId }) => ({ self: memberId, act: 'capital.view_all' }),
  fields: (t) => ({
    on: t.field({ type: 'LocalDate', description: 'The day.', resolve: (point) => point.on }),
    ...bookAndTax(t, { book: 'Book capital.', tax: 'Tax capital.' }),
    cause: t.exposeString('cause', { description: 'Why it moved.' }),
    label: t.exposeString('label', { nullable: true, description: 'What the journal says.' }),
  }),
});

const capitalOf = requestLoader<string, MemberCapitalView | null>(async (memberIds, context) => {
  const at = { asOf: context.today(), memberIds };
  const found = await listMemberCapital(await context.reports(), context.cooperativeId(), at);
  return memberIds.map((id) => found.find(({ memberId }) => memberId === id) ?? null);
});

const historyOf = requestLoader<string, CapitalPoint[]>(async (memberIds, context) =>
  grouped(
    memberIds,
    await capitalHistory(await context.reports(), context.cooperativeId(), memberIds, context.today()),
    ({ memberId }) => memberId,
  ),
);

builder.objectFields(MemberRef, (t) => ({
  capital: t.field({
    type: MemberCapitalRef,
    nullable: true,
    description: 'The member’s capital today.',
    authScopes: ({ memberId }) => ({ self: memberId, act: 'capital.view_all' }),
    resolve: ({ memberId }, _args, context) => capitalOf(context).load(memberId),
  }),
  capitalHistory: t.field({
    type: [CapitalPointRef],
    description: 'How it came to be, step by step.',
    authScopes: ({ memberId }) => ({ self: memberId, act: 'capital.view_all' }),
    resolve: ({ memberId }, _args, context) => historyOf(context).load(memberId),
  }),
}));

builder.queryField('memberCapital', (t) =>
  t.field({
    type: [MemberCapitalRef],
    description: 'The capital of every member at a day.',
    authScopes: { act: 'capital.view_all' },
    args: { asOf: t.arg({ type: 'LocalDate', description: 'At the end of this day; today when left out.' }) },
    resolve: async (_root, { asOf }, context) =>
      listMemberCapital(await context.reports(), context.cooperativeId(), { asOf: asOf ?? context.today() }),
  }),
);
