// What one member gave of one kind, and what it counts: shown in a draft and in a final share alike.
import type { LineDetail } from '@habitat/agreements';
import { builder } from '../../builder.ts';
import { ContributionRef } from '../../people/contribution.ref.ts';

export type Category = LineDetail['categories'][number] & { readonly count: number };

export const GivenCategoryRef = builder.objectRef<Category>('MyAllocationCategory').implement({
  description: 'What you gave of one kind, and what it counts.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    category: t.exposeString('category', { description: 'The category the formula weighs it under.' }),
    value: t.field({
      type: 'Money',
      description: 'What it is worth.',
      resolve: ({ valueMinor }, _args, context) => context.money(BigInt(valueMinor)),
    }),
    weight: t.field({
      type: 'Decimal',
      description: 'What it is multiplied by; 0 where the formula does not count it.',
      resolve: ({ factor }) => factor ?? '0',
    }),
    counts: t.field({ type: 'Decimal', description: 'Value times weight.', resolve: ({ counts }) => counts }),
    hours: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Hours behind it; null where there are none.',
      resolve: ({ hours }) => (/^0(\.0*)?$/.test(hours) ? null : hours),
    }),
    count: t.int({ description: 'Contributions behind it.', resolve: ({ count }) => count }),
    contributions: t.field({
      type: [ContributionRef],
      description: 'The contributions themselves; empty in a draft.',
      resolve: ({ contributionIds }) => [...contributionIds],
    }),
  }),
});
