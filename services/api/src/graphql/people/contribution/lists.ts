// Lists of contributions: one's own or everybody's, and the queue that waits for reviewers.
import { may } from '@habitat/kernel';
import type { Contribution, QueueFilter } from '@habitat/people';
import {
  contributionKey,
  countApprovalQueue,
  countContributions,
  listApprovalQueue,
  listContributions,
  queueKey,
} from '@habitat/people';
import { z } from 'zod';
import { builder } from '../../builder.ts';
import { defineConnection } from '../../connection.ts';
import { forbidden } from '../../error.ts';
import { pageArgs, readPage } from '../../page.ts';
import { ContributionRef } from '../contribution.ref.ts';
import { ContributionKindEnum, ContributionStatusEnum } from '../enums.ts';

interface Counts {
  readonly total: () => Promise<number>;
  readonly stale: () => Promise<number>;
}

// Counted only when asked for.
const ContributionConnection = defineConnection<Contribution, Counts>(
  'Contribution',
  ContributionRef,
  (t) => ({
    totalCount: t.int({ description: 'How many there are in all.', resolve: (page) => page.total() }),
    staleCount: t.int({
      description: 'How many have waited longer than the policy’s days.',
      resolve: (page) => page.stale(),
    }),
  }),
);

builder.queryField('contributions', (t) =>
  t.field({
    type: ContributionConnection,
    description: 'Contributions, the latest work first: your own, or everybody’s for those who see all.',
    authScopes: { anyAct: ['contribution.view_own', 'contribution.view_all'] },
    args: {
      ...pageArgs(t.arg),
      memberId: t.arg.globalID({ description: 'Only this member’s; your own when you do not see all.' }),
      periodId: t.arg.globalID({ description: 'Only of this period.' }),
      status: t.arg({ type: [ContributionStatusEnum], description: 'Only in these states.' }),
      kind: t.arg({ type: ContributionKindEnum, description: 'Only of this kind.' }),
      category: t.arg.string({ description: 'Only of this category.', validate: z.string().max(120) }),
      from: t.arg({ type: 'LocalDate', description: 'Only work of this day or later.' }),
      to: t.arg({ type: 'LocalDate', description: 'Only work of this day or earlier.' }),
      search: t.arg.string({
        description: 'Words of the description or category, or a number.',
        validate: z.string().max(200),
      }),
    },
    resolve: async (_root, args, context) => {
      const { actor } = context.signedIn();
      const asked = args.memberId?.id ?? null;
      const seesAll = may(actor, 'contribution.view_all');
      if (!seesAll && asked !== null && asked !== actor.memberId) throw forbidden();
      const filter = {
        memberId: seesAll ? asked : actor.memberId,
        periodId: args.periodId?.id ?? null,
        status: args.status ?? null,
        kind: args.kind ?? null,
        category: args.category ?? null,
        from: args.from ?? null,
        to: args.to ?? null,
        search: args.search ?? null,
      };
      const cooperativeId = context.cooperativeId();
      const page = await readPage<Contribution>(
        args,
        { parts: ['day', 'id'], of: contributionKey },
        (request) => listContributions(context.database, cooperativeId, filter, request),
      );
      const total = () => countContributions(context.database, cooperativeId, filter);
      const stale = async () =>
        (await countApprovalQueue(context.database, { cooperativeId, now: context.now })).stale;
      return { ...page, total, stale };
    },
  }),
);

builder.queryField('approvalQueue', (t) =>
  t.field({
    type: ContributionConnection,
    description: 'What waits for a reviewer, the oldest first.',
    authScopes: { act: 'contribution.view_all' },
    args: {
      ...pageArgs(t.arg),
      kind: t.arg({ type: ContributionKindEnum, description: 'Only of this kind.' }),
      category: t.arg.string({ description: 'Only of this category.', validate: z.string().max(120) }),
      search: t.arg.string({
        description: 'Words of the description or category, the member’s name, or a number.',
        validate: z.string().max(200),
      }),
      valueFrom: t.arg({ type: 'Money', description: 'Only what is worth at least so much.' }),
      staleOnly: t.arg.boolean({ description: 'Only what has waited longer than the policy’s days.' }),
    },
    resolve: async (_root, { kind, category, search, valueFrom, staleOnly, ...args }, context) => {
      const place = { cooperativeId: context.cooperativeId(), now: context.now };
      const atLeastMinor = valueFrom ? context.minor(valueFrom, ['valueFrom']) : null;
      const filter: QueueFilter = {
        kind: kind ?? null,
        category: category ?? null,
        search: search ?? null,
        staleOnly: staleOnly ?? false,
        atLeastMinor,
      };
      const page = await readPage<Contribution>(args, { parts: ['instant', 'id'], of: queueKey }, (request) =>
        listApprovalQueue(context.database, place, request, filter),
      );
      const counts = countApprovalQueue(context.database, place, filter);
      return { ...page, total: async () => (await counts).total, stale: async () => (await counts).stale };
    },
  }),
);

builder.queryField('contribution', (t) =>
  t.field({
    type: ContributionRef,
    nullable: true,
    description: 'One contribution: your own, or anybody’s for those who see all.',
    authScopes: { signedIn: true },
    args: { id: t.arg.globalID({ required: true, description: 'Its id.' }) },
    resolve: (_root, args) => args.id.id,
  }),
);
