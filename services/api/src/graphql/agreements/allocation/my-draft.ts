// A member's own share as a draft: what it would be if the period ended now.
import type { DraftAllocation, Uncounted } from '@habitat/agreements';
import { draftAllocation, draftPeriod, uncountedContributions } from '@habitat/agreements';
import { builder } from '../../builder.ts';
import { PeriodRef } from '../../treasury/period.ref.ts';
import { GivenCategoryRef } from './given-category.ts';

interface MyDraft {
  readonly draft: DraftAllocation | null;
  readonly periodId: string;
  readonly memberId: string;
  readonly reason: string | null;
  readonly uncounted: Uncounted;
  readonly computedAt: Date;
}

const ownLine = ({ draft, memberId }: MyDraft) =>
  draft?.lines.find((line) => line.memberId === memberId) ?? null;

const MyDraftRef = builder.objectRef<MyDraft>('MyDraftAllocation').implement({
  description:
    'Your share if the period ended now. A draft: it changes with everything that is given and earned.',
  authScopes: { act: 'allocation.draft_own' },
  fields: (t) => {
    const ownMoney = (description: string, pick: (line: NonNullable<ReturnType<typeof ownLine>>) => bigint) =>
      t.field({
        type: 'Money',
        description,
        resolve: (mine, _args, context) => {
          const line = ownLine(mine);
          return context.money(line === null ? 0n : pick(line));
        },
      });
    return {
      period: t.field({ type: PeriodRef, description: 'The period.', resolve: ({ periodId }) => periodId }),
      computedAt: t.field({
        type: 'DateTime',
        description: 'When it was computed.',
        resolve: (mine) => mine.computedAt,
      }),
      reason: t.string({
        nullable: true,
        description: 'Why there is nothing to share yet; null when there is.',
        resolve: ({ reason }) => reason,
      }),
      allocation: ownMoney('Your share.', (line) => line.bookMinor),
      cash: ownMoney('The part paid in cash.', (line) => line.cashMinor),
      retained: ownMoney('The part left in.', (line) => line.retainedMinor),
      percent: t.field({
        type: 'Decimal',
        description: 'Your share as a percentage, for reading.',
        resolve: (mine) => ownLine(mine)?.detail.percent ?? '0.0000',
      }),
      cashRate: t.field({
        type: 'Decimal',
        description: 'The part of a share paid in cash.',
        resolve: ({ draft }) => draft?.summary.cashRate ?? '0',
      }),
      surplus: t.field({
        type: 'Money',
        description: 'The surplus to share so far.',
        resolve: ({ draft }, _args, context) => context.money(draft?.allocableMinor ?? 0n),
      }),
      categories: t.field({
        type: [GivenCategoryRef],
        description: 'What you gave so far, by kind.',
        resolve: (mine) => {
          const line = ownLine(mine);
          return (line?.detail.categories ?? []).map((one) => ({
            ...one,
            count: line?.counts.get(one.category) ?? 0,
          }));
        },
      }),
      notCountedCount: t.int({
        description: 'Your contributions that do not count yet.',
        resolve: ({ uncounted }) => uncounted.count,
      }),
      notCountedValue: t.field({
        type: 'Money',
        description: 'What those are worth.',
        resolve: ({ uncounted }, _args, context) => context.money(uncounted.valueMinor),
      }),
    };
  },
});

builder.queryField('myDraftAllocation', (t) =>
  t.field({
    type: MyDraftRef,
    nullable: true,
    description:
      'Your own draft share of today’s period; null when you are no member or nothing is set up yet.',
    authScopes: { act: 'allocation.draft_own' },
    resolve: async (_root, _args, context): Promise<MyDraft | null> => {
      const { memberId } = context.signedIn().actor;
      const period = await draftPeriod(context.database, context.cooperativeId(), context.now);
      if (memberId === null || period === null) return null;
      const cooperativeId = context.cooperativeId();
      const draft = await draftAllocation(context.database, cooperativeId, {
        periodId: period.id,
        now: context.now,
      });
      const wanted = { periodId: period.id, memberId };
      return {
        draft: draft.ok ? draft.value : null,
        reason: draft.ok ? null : draft.refusal.code,
        periodId: period.id,
        memberId,
        uncounted: await uncountedContributions(context.database, cooperativeId, wanted),
        computedAt: context.now,
      };
    },
  }),
);
