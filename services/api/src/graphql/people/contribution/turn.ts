// Who decides a contribution next and why it came to them, and which reviewers are away meanwhile.
import type { Absence, Seat, Turn } from '@habitat/people';
import { announceAbsence, endAbsence, listAbsences, turnOf, waitedFor } from '@habitat/people';
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
  description: 'Days on which a reviewer is away.',
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
      description: 'Who decides meanwhile; null leaves it to routes, fallback and the other reviewers.',
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
    description: 'Absences of reviewers that are not over, the next first.',
    authScopes: { act: 'contribution.view_all' },
    resolve: (_root, _args, context) =>
      listAbsences(context.database, context.cooperativeId(), localDay(context)),
  }),
);

const payload = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, { readonly absenceId: string }>) => ({
  absenceId: t.globalID({
    description: 'Opaque id of the absence.',
    resolve: ({ absenceId }) => ({ type: 'Absence', id: absenceId }),
  }),
});

const allow = ['contribution.approve', 'role.assign'] as const;

defineMutation('announceAbsence', {
  description: 'Says that a reviewer is away and who decides meanwhile; of others only administrators may.',
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
