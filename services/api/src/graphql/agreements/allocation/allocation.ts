// Allocations to read: the draft of everyone, and the record of a closed period with the proof that it runs again
// to the same bytes.
import type { AllocationLine, AllocationOfPeriod, DraftAllocation } from '@habitat/agreements';
import { draftAllocation, getAllocation, getAllocationRecord, verifyAllocation } from '@habitat/agreements';
import { builder } from '../../builder.ts';
import { MemberRef } from '../../people/member.ref.ts';
import { refusalError } from '../../refusal.ts';
import { PeriodRef } from '../../treasury/period.ref.ts';
import { AllocationLineRef, CheckRef, PolicyLineRef } from '../shared.ts';
import { formulaText } from '../words.ts';

const DraftAllocationRef = builder
  .objectRef<DraftAllocation & { readonly computedAt: Date }>('DraftAllocation')
  .implement({
    description: 'What everyone would get if the period ended now. A draft: nothing is posted.',
    authScopes: { act: 'allocation.draft' },
    fields: (t) => ({
      period: t.field({ type: PeriodRef, description: 'The period.', resolve: ({ period }) => period.id }),
      computedAt: t.field({
        type: 'DateTime',
        description: 'When it was computed.',
        resolve: (draft) => draft.computedAt,
      }),
      netIncome: t.field({
        type: 'Money',
        description: 'Net income posted so far.',
        resolve: (draft, _args, context) => context.money(draft.netIncomeBookMinor),
      }),
      total: t.field({
        type: 'Money',
        description: 'The surplus to share so far.',
        resolve: (draft, _args, context) => context.money(draft.allocableMinor),
      }),
      policyLines: t.field({
        type: [PolicyLineRef],
        description: 'From net income to the surplus.',
        resolve: ({ summary }) => summary.policyLines,
      }),
      lines: t.field({
        type: [AllocationLineRef],
        description: 'Every member’s line.',
        resolve: ({ lines }) => lines as readonly AllocationLine[],
      }),
    }),
  });

builder.queryField('draftAllocation', (t) =>
  t.field({
    type: DraftAllocationRef,
    description: 'The draft allocation of everyone, of today’s period unless another is given.',
    authScopes: { act: 'allocation.draft' },
    args: { periodId: t.arg.globalID({ description: 'The period.' }) },
    resolve: async (_root, args, context) => {
      const draft = await draftAllocation(context.database, context.cooperativeId(), {
        periodId: args.periodId?.id ?? null,
        now: context.now,
      });
      if (!draft.ok) throw refusalError(draft.refusal, context.money);
      return { ...draft.value, computedAt: context.now };
    },
  }),
);

export const AllocationRef = builder.objectRef<AllocationOfPeriod>('Allocation').implement({
  description: 'The allocation of a period with its record.',
  authScopes: { act: 'allocation.view_all' },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id of the allocation.',
      resolve: ({ allocation }) => ({ type: 'Allocation', id: allocation.id }),
    }),
    period: t.field({ type: PeriodRef, description: 'The period.', resolve: ({ period }) => period.id }),
    status: t.string({
      description: 'proposed, returned, approved, credited or reversed.',
      resolve: ({ allocation: one }) => {
        if (one.reversedAt !== null) return 'reversed';
        return one.creditedAt !== null ? 'credited' : (one.outcome ?? 'proposed');
      },
    }),
    formula: t.string({
      description: 'The formula in force.',
      resolve: ({ allocation }, _args, context) => formulaText(allocation.summary.formula, context),
    }),
    netIncome: t.field({
      type: 'Money',
      description: 'Book net income.',
      resolve: ({ allocation }, _args, context) => context.money(allocation.netIncomeBookMinor),
    }),
    total: t.field({
      type: 'Money',
      description: 'What was shared.',
      resolve: ({ allocation }, _args, context) => context.money(allocation.allocableMinor),
    }),
    policyLines: t.field({
      type: [PolicyLineRef],
      description: 'From net income to the surplus.',
      resolve: ({ allocation }) => allocation.summary.policyLines,
    }),
    lines: t.field({
      type: [AllocationLineRef],
      description: 'Every member’s line.',
      resolve: ({ lines }) => lines,
    }),
    recordHash: t.string({
      description: 'SHA-256 of the record.',
      resolve: ({ allocation }) => allocation.recordHash,
    }),
    record: t.string({
      description: 'The record as canonical JSON (RFC 8785): inputs, calculation, outputs, verification.',
      resolve: async ({ allocation }, _args, context) =>
        (await getAllocationRecord(context.database, context.cooperativeId(), allocation.id)) ?? '',
    }),
    verification: t.field({
      type: [CheckRef],
      description: 'The record run again from its own inputs, now.',
      resolve: async ({ allocation }, _args, context) => {
        const found = await verifyAllocation(context.database, context.cooperativeId(), allocation.id);
        return [
          { ok: found?.sameBytes === true, text: context.words.say('proof.sameBytes') },
          { ok: found?.linesMatch === true, text: context.words.say('proof.linesMatch') },
        ];
      },
    }),
    proposedBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who proposed it.',
      resolve: ({ allocation }) => allocation.byMemberId,
    }),
    approvedBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who approved it.',
      resolve: ({ allocation }) => (allocation.outcome === 'approved' ? allocation.decidedByMemberId : null),
    }),
  }),
});

builder.queryField('allocation', (t) =>
  t.field({
    type: AllocationRef,
    nullable: true,
    description: 'The allocation that stands for a period, else its latest proposal.',
    authScopes: { act: 'allocation.view_all' },
    args: { periodId: t.arg.globalID({ required: true, description: 'The period.' }) },
    resolve: (_root, args, context) =>
      getAllocation(context.database, context.cooperativeId(), args.periodId.id),
  }),
);
