// Another value for a contribution that waits for a second person, shown where the contribution is: whoever reads it sees
// what is asked for, and those it waits for may agree or say no.
import type { WaitingRequest } from '@habitat/kernel';
import { isOwn, requestExpiresAt } from '@habitat/kernel';
import type { Contribution, OpenOverride } from '@habitat/people';
import { findContributions, findOpenOverrides, overrideRights, whoAsked } from '@habitat/people';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { requestLoader } from '../../loader.ts';
import { ContributionRef } from '../../people/contribution.ref.ts';
import { MemberRef } from '../../people/member.ref.ts';
import type { Remindable } from './reminder.ts';
import { ReminderRef } from './reminder.ts';
import { isOver, secondPersonDays } from './second-person-days.ts';

interface Asked {
  readonly open: OpenOverride;
  readonly contribution: Contribution;
}

const openLoader = requestLoader<string, OpenOverride | null>(async (ids, context) => {
  const found = await findOpenOverrides(context.database, context.cooperativeId(), ids);
  return ids.map((id) => found.find(({ contributionId }) => contributionId === id) ?? null);
});

const memberLoader = requestLoader<string, string | null>(async (ids, context) => {
  const found = await findContributions(context.database, context.cooperativeId(), ids);
  return ids.map((id) => found.find(({ contributionId }) => contributionId === id)?.memberId ?? null);
});

/** True of another value for something the viewer gave: they say neither yes nor no to it. */
export async function isOfOwnGiving(
  { act, subjectId }: WaitingRequest,
  context: ApiContext,
): Promise<boolean> {
  if (act !== 'overrideValuation' || subjectId === null) return false;
  const memberId = await memberLoader(context).load(subjectId);
  return memberId !== null && isOwn(context.signedIn().actor, memberId);
}

function rightsOf({ open, contribution }: Asked, context: ApiContext) {
  const requestedBy = whoAsked(open, context.cooperativeId());
  return overrideRights(contribution, { ...open, requestedBy }, context.signedIn().actor);
}

const remindable = ({ open }: Asked): Remindable => {
  const { overrideId: id, byLoginId, byMemberId, requestedAt } = open;
  return {
    type: 'WaitingRequest',
    waiting: { act: 'overrideValuation', id, byLoginId, byMemberId, requestedAt },
  };
};

const ValuationOverrideRef = builder.objectRef<Asked>('ValuationOverride').implement({
  description: 'Another value asked for a contribution; nothing changes until a second person confirms it.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    requestId: t.globalID({
      description: 'What waits, for declineWaitingRequest and remindOfRequest.',
      resolve: ({ open }) => ({ type: 'WaitingRequest', id: open.overrideId }),
    }),
    value: t.field({
      type: 'Money',
      description: 'The value it would have.',
      resolve: ({ open }, _args, context) => context.money(open.valueMinor),
    }),
    justification: t.string({
      description: 'Why, in the words of whoever asked.',
      resolve: ({ open }) => open.justification,
    }),
    by: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who asked.',
      resolve: ({ open }) => open.byMemberId,
    }),
    requestedAt: t.field({
      type: 'DateTime',
      description: 'When.',
      resolve: ({ open }) => open.requestedAt,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When it ends by itself if nobody decides.',
      resolve: async ({ open }, _args, context) => requestExpiresAt(open, await secondPersonDays(context)),
    }),
    own: t.boolean({
      description: 'True when you asked for it yourself.',
      resolve: (asked, _args, context) => rightsOf(asked, context).own,
    }),
    viewerMayConfirm: t.boolean({
      description: 'True for those who may be the second person, as far as their role reaches.',
      resolve: (asked, _args, context) => rightsOf(asked, context).mayConfirm,
    }),
    viewerMayDecline: t.boolean({
      description: 'True for whoever asked, and for a second person of any reach.',
      resolve: (asked, _args, context) => rightsOf(asked, context).mayDecline,
    }),
    reminder: t.field({
      type: ReminderRef,
      description: 'Reminding those who may be the second person.',
      resolve: remindable,
    }),
  }),
});

builder.objectField(ContributionRef, 'override', (t) =>
  t.field({
    type: ValuationOverrideRef,
    nullable: true,
    description: 'Another value that waits for a second person; null where none does.',
    resolve: async (contribution, _args, context) => {
      const open = await openLoader(context).load(contribution.contributionId);
      if (open === null || (await isOver(context, open.requestedAt))) return null;
      return { open, contribution };
    },
  }),
);
