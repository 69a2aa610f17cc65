// Who decides a contribution next and why it came to them, and who is away meanwhile.
import type { Absence, Seat, Turn } from '@habitat/people';
import {
  announceAbsence,
  endAbsence,
  isAskedAsPeer,
  listAbsences,
  listRoleHolders,
  policyInForce,
  turnOf,
  waitedFor,
} from '@habitat/people';
import type { Role } from '@habitat/kernel';
import { may } from '@habitat/kernel';
import type { Types } from '../../builder.ts';
import { builder } from '../../builder.ts';
import { defineMutation } from '../../mutation.ts';
import { ContributionRef } from '../contribution.ref.ts';
import { localDay } from '../day.ts';
import { MemberRef } from '../member.ref.ts';
import { settingOf, signatureLoader } from './setting.ts';

const SeatRef = builder.objectRef<Seat>('ApprovalSeat').implement({
  description: 'Somebody who may decide now, and in which place.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    member: t.field({
      type: MemberRef,
      description: 'Who.',
      resolve: ({ reviewer }) => reviewer.memberId,
    }),
    standing: t.exposeString('standing', {
      description: 'reviewer, approver, backup, stand_in (for somebody away) or fallback.',
    }),
  }),
});

const TurnRef = builder.objectRef<Turn>('ApprovalTurn').implement({
  description: 'Whose turn it is to decide.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    seats: t.field({
      type: [SeatRef],
      description: 'Who is still waited for, in the order they are asked; empty when nobody can sign.',
      resolve: ({ seats }) => [...seats],
    }),
    because: t.exposeString('because', {
      nullable: true,
      description:
        'Why it is not with whoever decides first: self, scope, value, absent, late, stale, or how its peers ended (objected, timed_out, no_eligible); null while it is.',
    }),
  }),
});

builder.objectField(ContributionRef, 'turn', (t) =>
  t.field({
    type: TurnRef,
    nullable: true,
    description: 'Which reviewer decides it next; null unless it waits for one.',
    resolve: async (contribution, _args, context) => {
      if (contribution.status !== 'submitted' || contribution.peerState === 'open') return null;
      const [setting, signatures] = await Promise.all([
        settingOf(context),
        signatureLoader(context).load(contribution.contributionId),
      ]);
      return waitedFor(turnOf(contribution, signatures, setting), contribution, signatures);
    },
  }),
);

const AbsenceRef = builder.objectRef<Absence>('Absence').implement({
  description: 'Days on which a reviewer or a peer is away.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id.',
      resolve: ({ absenceId }) => ({ type: 'Absence', id: absenceId }),
    }),
    member: t.field({
      type: MemberRef,
      description: 'Who is away.',
      resolve: ({ memberId }) => memberId,
    }),
    backup: t.field({
      type: MemberRef,
      nullable: true,
      description:
        'Who decides meanwhile; null leaves it to routes, fallback and the other reviewers. A peer has none.',
      resolve: ({ backupMemberId }) => backupMemberId,
    }),
    startsOn: t.expose('startsOn', { type: 'LocalDate', description: 'The first day away.' }),
    endsOn: t.expose('endsOn', { type: 'LocalDate', description: 'The last day away.' }),
    viewerMayEnd: t.boolean({
      description: 'True when the viewer may end it.',
      resolve: ({ memberId }, _args, context) => {
        const { actor } = context.signedIn();
        return memberId === actor.memberId || may(actor, 'role.assign');
      },
    }),
  }),
});

builder.queryField('absences', (t) =>
  t.field({
    type: [AbsenceRef],
    description:
      'Absences that are not over, the next first: your own, or everybody’s for those who see all.',
    authScopes: { anyAct: ['contribution.validate', 'contribution.view_all'] },
    resolve: async (_root, _args, context) => {
      const { actor } = context.signedIn();
      const absences = await listAbsences(context.database, context.cooperativeId(), localDay(context));
      if (may(actor, 'contribution.view_all')) return absences;
      return absences.filter(({ memberId }) => memberId === actor.memberId);
    },
  }),
);

const allow = ['contribution.approve', 'contribution.validate', 'role.assign'] as const;

builder.queryField('standIns', (t) =>
  t.field({
    type: [MemberRef],
    description: 'Reviewers, for naming who stands in; empty where one stands in for nobody.',
    authScopes: { anyAct: allow },
    resolve: async (_root, _args, context) => {
      const { actor } = context.signedIn();
      if (!may(actor, 'contribution.approve') && !may(actor, 'role.assign')) return [];
      const query = {
        cooperativeId: context.cooperativeId(),
        roles: ['reviewer'] as const,
        now: context.now,
      };
      return (await listRoleHolders(context.database, query)).map(({ memberId }) => memberId);
    },
  }),
);

builder.queryField('absentees', (t) =>
  t.field({
    type: [MemberRef],
    description:
      'Whom the viewer may say is away: themselves, and as an administrator every reviewer and everybody the approval rules ask as a peer.',
    authScopes: { anyAct: allow },
    resolve: async (_root, _args, context) => {
      const { actor } = context.signedIn();
      const policy = await policyInForce(
        context.database,
        context.cooperativeId(),
        'approval',
        localDay(context),
      );
      const isAsked = (roles: readonly Role[]) => roles.includes('reviewer') || isAskedAsPeer(roles, policy);
      if (!may(actor, 'role.assign'))
        return actor.memberId !== null && isAsked(actor.roles) ? [actor.memberId] : [];
      const asked = (policy.peerRules ?? []).map(({ role }) => role ?? 'member');
      const roles: readonly Role[] = [...new Set<Role>(['reviewer', ...asked])];
      const query = { cooperativeId: context.cooperativeId(), roles, now: context.now };
      return (await listRoleHolders(context.database, query)).map(({ memberId }) => memberId);
    },
  }),
);

const payload = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, { readonly absenceId: string }>) => ({
  absenceId: t.globalID({
    description: 'Opaque id of the absence.',
    resolve: ({ absenceId }) => ({ type: 'Absence', id: absenceId }),
  }),
});

defineMutation('announceAbsence', {
  description:
    'Says that a reviewer or a peer is away, and who decides for a reviewer meanwhile; of others only administrators may.',
  allow,
  input: (t) => ({
    memberId: t.globalID({ description: 'Who is away; yourself when left out.' }),
    startsOn: t.field({ type: 'LocalDate', required: true, description: 'The first day away.' }),
    endsOn: t.field({ type: 'LocalDate', required: true, description: 'The last day away.' }),
    backupMemberId: t.globalID({ description: 'A reviewer who decides meanwhile.' }),
  }),
  run: ({ memberId, backupMemberId, startsOn, endsOn }, context, command) =>
    announceAbsence(context.database, command, {
      memberId: memberId?.id ?? null,
      backupMemberId: backupMemberId?.id ?? null,
      startsOn,
      endsOn,
    }),
  payload,
});

defineMutation('endAbsence', {
  description: 'Ends an absence at once: your own, or as an administrator anybody’s.',
  allow,
  input: (t) => ({ absenceId: t.globalID({ required: true, description: 'The absence.' }) }),
  run: ({ absenceId }, context, command) =>
    endAbsence(context.database, command, { absenceId: absenceId.id }),
  payload,
});
