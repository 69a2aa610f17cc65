// Members as others see them: a name for everybody, the rest for themselves and those who see all.
import type { Member } from '@habitat/people';
import { MEMBER_TRANSITIONS, countMembers, listContributions, listMembers } from '@habitat/people';
import { z } from 'zod';
import { builder } from '../../builder.ts';
import { defineConnection } from '../../connection.ts';
import { pageArgs, readPage } from '../../page.ts';
import { ContributionRef } from '../contribution.ref.ts';
import { MemberStatusEnum } from '../enums.ts';
import { MemberRef } from '../member.ref.ts';

const ownOrAll = (member: Member) => ({ self: member.memberId, act: 'member.view_all' as const });

MemberRef.implement({
  description: 'A member of the cooperative.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Running number in the cooperative.' }),
    displayName: t.exposeString('displayName', { description: 'Name as others see it.' }),
    legalName: t.string({
      nullable: true,
      description: 'Name in law; for the member and those who see all.',
      authScopes: ownOrAll,
      resolve: ({ legalName }) => legalName,
    }),
    email: t.string({
      nullable: true,
      description: 'Email; for the member and those who see all.',
      authScopes: ownOrAll,
      resolve: ({ email }) => email,
    }),
    status: t.field({
      type: MemberStatusEnum,
      nullable: true,
      description: 'Standing; for the member and those who see all.',
      authScopes: ownOrAll,
      resolve: ({ status }) => status,
    }),
    nextStatuses: t.field({
      type: [MemberStatusEnum],
      description: 'What the standing may be changed to from here; for the member and those who see all.',
      authScopes: ownOrAll,
      resolve: ({ status }) => [...MEMBER_TRANSITIONS[status]],
    }),
    hasLogin: t.boolean({
      description: 'True when the member can sign in; for the member and those who see all.',
      authScopes: ownOrAll,
      resolve: ({ loginId }) => loginId !== null,
    }),
    class: t.string({
      nullable: true,
      description: 'Code of the class of membership; for the member and those who see all.',
      authScopes: ownOrAll,
      resolve: (member) => member.class,
    }),
    joinedOn: t.field({
      type: 'LocalDate',
      nullable: true,
      description: 'Day of joining; for the member and those who see all.',
      authScopes: ownOrAll,
      resolve: ({ joinedOn }) => joinedOn,
    }),
    droAmount: t.field({
      type: 'Money',
      nullable: true,
      description:
        'What this member promised to restore of a deficit; for the member and those who see capital.',
      authScopes: (member) => ({ self: member.memberId, act: 'capital.view_all' }),
      resolve: ({ droMinor }, _args, context) => context.money(droMinor),
    }),
    openQuestions: t.field({
      type: [ContributionRef],
      description: 'Own contributions with a question to answer.',
      authScopes: ({ memberId }) => ({ self: memberId, act: 'contribution.view_all' }),
      resolve: ({ memberId }, _args, context) =>
        listContributions(
          context.database,
          context.cooperativeId(),
          { memberId, status: ['clarification'] },
          { limit: 50, after: null },
        ),
    }),
  }),
});

const MemberConnection = defineConnection<Member, { totalCount: number }>('Member', MemberRef, (t) => ({
  totalCount: t.exposeInt('totalCount', { description: 'How many there are in all.' }),
}));

const MemberOrderEnum = builder.enumType('MemberOrder', {
  description: 'How members are listed.',
  values: {
    NUMBER: { value: 'number', description: 'By number, as they joined.' },
    NAME: { value: 'name', description: 'By name.' },
  } as const,
});

const BY_NUMBER = { parts: ['whole'] as const, of: (member: Member) => [String(member.number)] };
const BY_NAME = {
  parts: ['words', 'id'] as const,
  of: (member: Member) => [member.displayName, member.memberId],
};

builder.queryField('members', (t) =>
  t.field({
    type: MemberConnection,
    description: 'Members by number, or by name.',
    authScopes: { act: 'member.view_all' },
    args: {
      ...pageArgs(t.arg),
      status: t.arg({ type: MemberStatusEnum, description: 'Only in this standing.' }),
      class: t.arg.string({ description: 'Only of this class, by its code.' }),
      search: t.arg.string({
        description: 'Part of a name or email, or a whole number.',
        validate: z.string().max(200),
      }),
      by: t.arg({ type: MemberOrderEnum, description: 'The order; by number when left out.' }),
    },
    resolve: async (_root, args, context) => {
      const filter = { status: args.status ?? null, class: args.class ?? null, search: args.search ?? null };
      const by = args.by ?? 'number';
      const page = await readPage(args, by === 'name' ? BY_NAME : BY_NUMBER, ({ limit, after }) =>
        listMembers(context.database, context.cooperativeId(), { ...filter, by, limit, after }),
      );
      return { ...page, totalCount: await countMembers(context.database, context.cooperativeId(), filter) };
    },
  }),
);

builder.queryField('member', (t) =>
  t.field({
    type: MemberRef,
    nullable: true,
    description: 'One member: yourself, or anybody for those who see all.',
    authScopes: (_root, args) => ({ self: args.id.id, act: 'member.view_all' }),
    args: { id: t.arg.globalID({ required: true, description: 'Its id.' }) },
    resolve: (_root, args) => args.id.id,
  }),
);
