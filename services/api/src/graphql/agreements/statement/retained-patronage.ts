// Retained patronage by member and year: what was allocated, paid out, and is left in.
import type { RetainedYear } from '@habitat/agreements';
import { listRetainedYears } from '@habitat/agreements';
import { builder } from '../../builder.ts';
import { grouped, requestLoader } from '../../loader.ts';
import { MemberRef } from '../../people/member.ref.ts';
import { wantedMember } from '../shared.ts';

const RetainedLotRef = builder.objectRef<RetainedYear>('RetainedLot').implement({
  description: 'Patronage left in from one year’s allocations, by member.',
  authScopes: (lot) => ({ self: lot.memberId, act: 'capital.view_all' }),
  fields: (t) => {
    const money = (description: string, pick: (lot: RetainedYear) => bigint) =>
      t.field({ type: 'Money', description, resolve: (lot, _args, context) => context.money(pick(lot)) });
    return {
      year: t.exposeInt('year', { description: 'The year it counts for.' }),
      member: t.field({ type: MemberRef, description: 'Whose it is.', resolve: ({ memberId }) => memberId }),
      allocated: money('What was allocated, losses taken off.', (lot) => lot.allocatedMinor),
      paidOut: money('What was paid out of it, or booked to be.', (lot) => lot.paidOutMinor),
      reversed: money('What a reopen took back.', (lot) => lot.reversedMinor),
      leftIn: money('What is left.', (lot) => lot.leftMinor),
    };
  },
});

builder.queryField('retainedPatronage', (t) =>
  t.field({
    type: [RetainedLotRef],
    description: 'Retained patronage of one member, oldest first; your own when none is given.',
    authScopes: (_root, args, context) => ({
      self: wantedMember(args.memberId, context),
      act: 'capital.view_all',
    }),
    args: { memberId: t.arg.globalID({ description: 'Whose.' }) },
    resolve: async (_root, args, context) => {
      const memberId = wantedMember(args.memberId, context);
      return memberId === null ? [] : listRetainedYears(context.database, context.cooperativeId(), memberId);
    },
  }),
);

const lotsOf = requestLoader<string, RetainedYear[]>(async (memberIds, context) => {
  const [only] = memberIds;
  const one = memberIds.length === 1 && only !== undefined ? only : null;
  const rows = await listRetainedYears(context.database, context.cooperativeId(), one);
  return grouped(memberIds, rows, ({ memberId }) => memberId);
});

builder.objectField(MemberRef, 'retainedPatronage', (t) =>
  t.field({
    type: [RetainedLotRef],
    description: 'Patronage left in, oldest first.',
    authScopes: (member) => ({ self: member.memberId, act: 'capital.view_all' }),
    resolve: (member, _args, context) => lotsOf(context).load(member.memberId),
  }),
);
