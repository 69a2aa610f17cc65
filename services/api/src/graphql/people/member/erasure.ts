// Erasing a member: asked for by themselves or an administrator, agreed to by another administrator, refused with what
// stands against it.
import type { Erasure } from '@habitat/people';
import { approveErasure, isConcerned, listErasures, requestErasure, withdrawErasure } from '@habitat/people';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { defineMutation } from '../../mutation.ts';
import { isOver } from '../../platform/waiting/second-person-days.ts';
import { ViewerRef } from '../../platform/viewer.ts';
import { MemberRef } from '../member.ref.ts';

const MOST_LISTED = 200;

const Status = builder.enumType('ErasureStatus', {
  description: 'How far an erasure is.',
  values: {
    CHECKING: { value: 'checking', description: 'It is being looked for what stands against it.' },
    WAITING: { value: 'waiting', description: 'Another administrator has to agree.' },
    APPROVED: { value: 'approved', description: 'Agreed to, and about to be done.' },
    ERASED: { value: 'erased', description: 'Done; it cannot be undone.' },
    REFUSED: { value: 'refused', description: 'Something stands against it.' },
    WITHDRAWN: { value: 'withdrawn', description: 'Taken back.' },
    DECLINED: { value: 'declined', description: 'A second person said no.' },
    EXPIRED: { value: 'expired', description: 'No second person decided in time.' },
  } as const,
});

/** What nobody agreed to in time is expired, before the clock has ended it too. */
async function statusOf({ status, requestedAt }: Erasure, context: ApiContext): Promise<Erasure['status']> {
  return status === 'waiting' && (await isOver(context, requestedAt)) ? 'expired' : status;
}

const ErasureRef = builder.objectRef<Erasure>('Erasure').implement({
  description: 'A request to erase what is kept about a member beyond the books.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id.',
      resolve: ({ erasureId }) => ({ type: 'Erasure', id: erasureId }),
    }),
    member: t.field({ type: MemberRef, description: 'Whom it erases.', resolve: ({ memberId }) => memberId }),
    status: t.field({
      type: Status,
      description: 'How far it is.',
      resolve: (erasure, _args, context) => statusOf(erasure, context),
    }),
    requestedBy: t.field({
      type: MemberRef,
      description: 'Who asked.',
      resolve: ({ requestedByMemberId }) => requestedByMemberId,
    }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When they asked.' }),
    approvedBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who agreed.',
      resolve: ({ approvedByMemberId }) => approvedByMemberId,
    }),
    settledAt: t.expose('settledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was done, refused, declined, taken back, or expired.',
    }),
    obstacle: t.exposeString('obstacle', {
      nullable: true,
      description:
        'What stood against it: STILL_A_MEMBER, WORK_OPEN, PERIOD_NOT_CLOSED, PAYMENT_OPEN or CAPITAL_LEFT.',
    }),
    obstacleAmount: t.field({
      type: 'Money',
      nullable: true,
      description: 'How much is left or on its way, where that is it.',
      resolve: ({ obstacleMinor }, _args, context) =>
        obstacleMinor === null ? null : context.money(obstacleMinor),
    }),
    declinedBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who said no.',
      resolve: ({ declinedByMemberId }) => declinedByMemberId,
    }),
    endedReason: t.exposeString('endedReason', {
      nullable: true,
      description: 'Why it was declined or taken back; null once the member was erased.',
    }),
    needsYou: t.boolean({
      description: 'True when it waits for a second person and the viewer may be that person.',
      resolve: async (erasure, _args, context) => {
        const { actor } = context.signedIn();
        if (actor.memberId === null || isConcerned(actor, erasure)) return false;
        return (await statusOf(erasure, context)) === 'waiting';
      },
    }),
  }),
});

builder.objectField(MemberRef, 'isErased', (t) =>
  t.boolean({
    description: 'True when nothing of theirs is left but what the books keep.',
    resolve: (member) => member.isErased,
  }),
);

builder.queryField('erasures', (t) =>
  t.field({
    type: [ErasureRef],
    description: `The latest ${MOST_LISTED} requests to erase members, newest first.`,
    authScopes: { act: 'member.erase' },
    resolve: (_root, _args, context) =>
      listErasures(context.database, context.cooperativeId(), { limit: MOST_LISTED }),
  }),
);

builder.objectField(ViewerRef, 'erasure', (t) =>
  t.field({
    type: ErasureRef,
    nullable: true,
    description: 'The last request to erase the viewer; null when there never was one.',
    resolve: async ({ actor: { cooperativeId, memberId } }, _args, context) => {
      if (memberId === null) return null;
      const [last = null] = await listErasures(context.database, cooperativeId, { memberId, limit: 1 });
      return last;
    },
  }),
);

const ERASURE = { required: true, description: 'The request.' } as const;

defineMutation('requestErasure', {
  description:
    'Asks to erase a member: oneself, or another as an administrator. It is done once another administrator agreed.',
  allow: 'signedIn',
  sensitive: true,
  input: (t) => ({ memberId: t.globalID({ required: true, description: 'Whom to erase.' }) }),
  run: ({ memberId }, context, command) =>
    requestErasure(context.database, command, { memberId: memberId.id }),
  payload: (t) => ({
    requested: t.boolean({ description: 'True: it is being looked at.', resolve: () => true }),
  }),
});

defineMutation('approveErasure', {
  description:
    'Agrees to an erasure, as somebody who neither asked for it nor is erased. It cannot be undone.',
  allow: 'member.erase',
  sensitive: true,
  input: (t) => ({ erasureId: t.globalID(ERASURE) }),
  run: ({ erasureId }, context, command) =>
    approveErasure(context.database, command, { erasureId: erasureId.id }),
  payload: (t) => ({
    approved: t.boolean({ description: 'True: it is done within moments.', resolve: () => true }),
  }),
});

defineMutation('withdrawErasure', {
  description: 'Takes a request back that nobody has agreed to yet.',
  allow: 'signedIn',
  input: (t) => ({ erasureId: t.globalID(ERASURE) }),
  run: ({ erasureId }, context, command) =>
    withdrawErasure(context.database, command, { erasureId: erasureId.id }),
  payload: (t) => ({
    withdrawn: t.boolean({ description: 'True: nothing is erased.', resolve: () => true }),
  }),
});
