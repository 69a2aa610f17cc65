// What a member holds and held, and how their standing came about: for themselves and those who see all members.
import type { Member, MemberStep, RoleAssignment } from '@habitat/people';
import { endedAssignmentsOf, memberSteps, roleAssignmentsOf } from '@habitat/people';
import { builder } from '../../builder.ts';
import { grouped, requestLoader } from '../../loader.ts';
import { MemberStatusEnum } from '../enums.ts';
import { MemberRef } from '../member.ref.ts';

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
    reasonCode: t.exposeString('reasonCode', {
      nullable: true,
      description: 'joined: it came with joining, and nobody wrote the reason; null where somebody did.',
    }),
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
    endedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was taken away; null while it is held.',
      resolve: ({ revokedAt }) => revokedAt,
    }),
    endReason: t.field({
      type: 'String',
      nullable: true,
      description: 'Why it was taken away.',
      resolve: ({ revokeReason }) => revokeReason,
    }),
  }),
});

const rolesLoader = requestLoader<string, RoleAssignment[]>(async (memberIds, context) => {
  const query = { cooperativeId: context.cooperativeId(), memberIds };
  const found = await roleAssignmentsOf(context.database, query);
  return memberIds.map((id) => found.get(id) ?? []);
});

const endedLoader = requestLoader<string, RoleAssignment[]>(async (memberIds, context) => {
  const ended = await endedAssignmentsOf(context.database, {
    cooperativeId: context.cooperativeId(),
    memberIds,
  });
  return grouped(memberIds, ended, ({ memberId }) => memberId);
});

const MemberStepRef = builder.objectRef<MemberStep>('MemberStep').implement({
  description: 'One step of a member’s standing.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    act: t.exposeString('act', {
      description: 'joined, changed, status_changed, login_linked or email_followed.',
    }),
    from: t.field({
      type: MemberStatusEnum,
      nullable: true,
      description: 'Standing before; null when joining.',
      resolve: ({ from }) => from,
    }),
    to: t.field({ type: MemberStatusEnum, description: 'Standing after.', resolve: ({ to }) => to }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why.' }),
    by: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who did it; null for the system.',
      resolve: ({ byMemberId }) => byMemberId,
    }),
    at: t.field({ type: 'DateTime', description: 'When.', resolve: ({ at }) => at }),
  }),
});

const stepsLoader = requestLoader<string, MemberStep[]>(async (memberIds, context) =>
  grouped(
    memberIds,
    await memberSteps(context.database, context.cooperativeId(), memberIds),
    ({ memberId }) => memberId,
  ),
);

builder.objectFields(MemberRef, (t) => ({
  roles: t.field({
    type: [RoleAssignmentRef],
    description: 'Roles held, expired ones included until they are ended.',
    authScopes: ownOrAll,
    resolve: ({ memberId }, _args, context) => rolesLoader(context).load(memberId),
  }),
  formerRoles: t.field({
    type: [RoleAssignmentRef],
    description: 'Roles taken away or ended, the latest first.',
    authScopes: ownOrAll,
    resolve: ({ memberId }, _args, context) => endedLoader(context).load(memberId),
  }),
  history: t.field({
    type: [MemberStepRef],
    description: 'How the member came to stand where they do, oldest first.',
    authScopes: ownOrAll,
    resolve: ({ memberId }, _args, context) => stepsLoader(context).load(memberId),
  }),
}));
