// What a what-if is calculated from: the formula's own input, for those who may draft everyone's allocation or set the
// weights. A member sees the draft of their own alone: with a cap, others' totals would show in the rest.
import type { DraftInputs } from '@habitat/agreements';
import { draftInputs } from '@habitat/agreements';
import type { MemberPatronage } from '@habitat/patronage';
import { allocationInputText } from '@habitat/patronage';
import { builder } from '../../builder.ts';
import { notFound } from '../../error.ts';
import { MemberRef } from '../../people/member.ref.ts';
import { refusalError } from '../../refusal.ts';
import { PeriodRef } from '../../treasury/period.ref.ts';

const DraftMemberRef = builder.objectRef<MemberPatronage>('DraftInputMember').implement({
  description: 'Who a member of the formula’s input is.',
  authScopes: { anyAct: ['allocation.draft', 'weight.set'] },
  fields: (t) => ({
    memberId: t.exposeString('memberId', { description: 'The id the input calls them by.' }),
    member: t.field({ type: MemberRef, description: 'The member.', resolve: ({ memberId }) => memberId }),
    memberClass: t.exposeString('memberClass', { description: 'Code of their class.' }),
    eligible: t.exposeBoolean('eligible', { description: 'True when the policies let them take part.' }),
  }),
});

const DraftInputsRef = builder.objectRef<DraftInputs>('DraftInputs').implement({
  description: 'What the draft of a period is calculated from.',
  authScopes: { anyAct: ['allocation.draft', 'weight.set'] },
  fields: (t) => ({
    period: t.field({ type: PeriodRef, description: 'The period.', resolve: ({ period }) => period.id }),
    computedAt: t.field({
      type: 'DateTime',
      description: 'When it was put together.',
      resolve: (_inputs, _args, context) => context.now,
    }),
    weightsVersion: t.exposeInt('weightsVersion', { description: 'Version of the weights in it.' }),
    policiesVersion: t.exposeInt('policiesVersion', { description: 'Version of the policies in it.' }),
    contributionCount: t.exposeInt('contributionCount', { description: 'How many contributions are in it.' }),
    input: t.string({
      description:
        'AllocationInput of the patronage package as JSON, amounts as decimal strings of minor units; readAllocationInput reads it. Contribution ids are left out.',
      resolve: ({ input }) => allocationInputText(input),
    }),
    members: t.field({
      type: [DraftMemberRef],
      description: 'Who the members of the input are.',
      resolve: ({ input }) => [...input.members],
    }),
  }),
});

builder.queryField('draftInputs', (t) =>
  t.field({
    type: DraftInputsRef,
    description: 'The inputs of a period’s draft allocation, to try the formula with other weights.',
    authScopes: { anyAct: ['allocation.draft', 'weight.set'] },
    args: { periodId: t.arg.globalID({ description: 'The period; today’s when left out.' }) },
    resolve: async (_root, { periodId }, context) => {
      const wanted = { periodId: periodId?.id ?? null, now: context.now };
      const found = await draftInputs(context.database, context.cooperativeId(), wanted);
      if (found.ok) return found.value;
      if (found.refusal.code === 'PERIOD_NOT_FOUND') throw notFound('period');
      throw refusalError(found.refusal, context.money);
    },
  }),
);
