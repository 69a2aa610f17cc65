// Members as others see them: a name for everybody, the rest for themselves and those who see all.
import type { Member, RoleAssignment } from '@habitat/people';
import { countMembers, listContributions, listMembers, roleAssignmentsOf } from '@habitat/people';
import { builder } from '../builder.ts';
import { defineConnection } from '../connection.ts';
import { requestLoader } from '../loader.ts';
import { pageArgs, readPage } from '../page.ts';
import { ContributionRef } from './contribution.ref.ts';
import { MemberStatusEnum } from './enums.ts';
import { MemberRef } from './member.ref.ts';

const ownOrAll = (member: Member) => ({ self: member.memberId, act: 'member.view_all' as const });

const RoleAssignmentRef = builder.objectRef<RoleAssignment>('RoleAssignment').implement({
  description: 'A role held by a member.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id of the assignment.',
      resolve: ({ assignmentId }) => ({ type: 'RoleAssignment', id: assignmentId }),
    }),
    role: t.exposeString('role', { description: 'The base role.' }),
    reason: t.exposeString('reason', { description: 'Why it was granted.' }),
    grantedBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who granted it; null for the founding.',
      resolve: ({ grantedByMemberId }) => grantedByMemberId,
    }),
    grantedAt: t.expose('grantedAt', { type: 'DateTime', description: 'When.' }),
    expiresOn: t.field({
      type: 'LocalDate',
      nullable: true,
      description: 'Its last day; null without end.',
      resolve: ({ expiresOn }) => expiresOn,
    }),
    kinds: t.stringList({
      nullable: true,
      description: 'Contribution kinds it covers; null for all.',
      resolve: ({ kinds }) => kinds && [...kinds],
    }),
    categories: t.stringList({
      nullable: true,
      description: 'Categories it covers; null for all.',
      resolve: ({ categories }) => categories && [...categories],
    }),
    limit: t.field({
      type: 'Money',
      nullable: true,
      description: 'The most one act may be worth; null without limit.',
      resolve: ({ limitMinor }, _args, context) => (limitMinor === null ? null : context.money(limitMinor)),
    }),
  }),
});

const rolesLoader = requestLoader<string, RoleAssignment[]>(async (memberIds, context) => {
  const query = { cooperativeId: context.cooperativeId(), memberIds };
  const found = await roleAssignmentsOf(context.database, query);
  return memberIds.map((id) => found.get(id) ?? []);
});

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
    status: t.field({ type: MemberStatusEnum, description: 'Standing.', resolve: ({ status }) => status }),
    class: t.exposeString('class', { description: 'Class of membership.' }),
    joinedOn: t.expose('joinedOn', { type: 'LocalDate', description: 'Day of joining.' }),
    droAmount: t.field({
      type: 'Money',
      description: 'What this member promised to restore of a deficit; for the member and those who see all.',
      authScopes: ownOrAll,
      resolve: ({ droMinor }, _args, context) => context.money(droMinor),
    }),
    roles: t.field({
      type: [RoleAssignmentRef],
      description: 'Roles held, expired ones included until they are ended.',
      authScopes: ownOrAll,
      resolve: ({ memberId }, _args, context) => rolesLoader(context).load(memberId),
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

builder.queryField('members', (t) =>
  t.field({
    type: MemberConnection,
    description: 'Members by number.',
    authScopes: { act: 'member.view_all' },
    args: { ...pageArgs(t.arg), status: t.arg({ type: MemberStatusEnum, description: 'Only these.' }) },
    resolve: async (_root, args, context) => {
      const status = args.status ?? null;
      const key = { parts: 1, of: (member: Member) => [String(member.number)] };
      const page = await readPage(args, key, ({ limit, after }) =>
        listMembers(context.database, context.cooperativeId(), { status, limit, after }),
      );
      return { ...page, totalCount: await countMembers(context.database, context.cooperativeId(), status) };
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
