// Why a member got what they got, as a tree of figures that a program can follow: from the amount down to the
// contributions, calculated again from the record that was hashed. It shows that member's figures and everyone's totals.
import { explainMemberAllocation } from '@habitat/agreements';
import type { ExplanationNode } from '@habitat/patronage';
import { builder } from '../../builder.ts';
import { AllocationRef } from './allocation.ts';
import { MyAllocationRef } from './my-allocation.ts';

const ExplanationFactRef = builder
  .objectRef<{ readonly name: string; readonly value: string }>('ExplanationFact')
  .implement({
    description: 'Something a figure comes from.',
    authScopes: { signedIn: true },
    fields: (t) => ({
      name: t.exposeString('name', {
        description: 'What it is: weight of a category, numerator of a share …',
      }),
      value: t.exposeString('value', { description: 'Its value as text; money in major units.' }),
    }),
  });

const ExplanationNodeRef = builder.objectRef<ExplanationNode>('ExplanationNode');
ExplanationNodeRef.implement({
  description: 'One figure of an explanation, what it comes from, and the figures below it.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    code: t.exposeString('code', {
      description:
        'allocation, allocable_surplus, surplus_line, participation, share, weighted_total, category, maximum_share, loss_floor, rounding, tax, cash or retained.',
    }),
    value: t.exposeString('value', {
      description: 'The figure: money in major units, a weighted total, or a percentage for shares.',
    }),
    facts: t.field({
      type: [ExplanationFactRef],
      description: 'What it comes from.',
      resolve: ({ facts }) => Object.entries(facts).map(([name, value]) => ({ name, value })),
    }),
    contributionIds: t.globalIDList({
      description: 'The contributions behind a category; empty elsewhere.',
      resolve: ({ contributionIds }) => contributionIds.map((id) => ({ type: 'Contribution', id })),
    }),
    children: t.field({
      type: [ExplanationNodeRef],
      description: 'The figures below it.',
      resolve: ({ children }) => [...children],
    }),
  }),
});

builder.objectField(MyAllocationRef, 'explanation', (t) =>
  t.field({
    type: ExplanationNodeRef,
    nullable: true,
    description:
      'Your share as a tree down to contribution ids, calculated again from the record; null when the record no longer comes out as it was hashed.',
    resolve: ({ allocation, line }, _args, context) =>
      explainMemberAllocation(context.database, context.cooperativeId(), {
        allocationId: allocation.id,
        memberId: line.memberId,
      }),
  }),
);

builder.objectField(AllocationRef, 'explanation', (t) =>
  t.field({
    type: ExplanationNodeRef,
    nullable: true,
    description:
      'A member’s share as a tree down to contribution ids, calculated again from the record; null for a member who is not in it, and when the record no longer comes out as it was hashed.',
    args: { memberId: t.arg.globalID({ required: true, description: 'Whose share.' }) },
    resolve: ({ allocation }, args, context) =>
      explainMemberAllocation(context.database, context.cooperativeId(), {
        allocationId: allocation.id,
        memberId: args.memberId.id,
      }),
  }),
);
