// The parts of a contribution: evidence, signatures, steps, the thread, and how its member's year went.
import type {
  Contribution,
  ContributionComment,
  ContributionStep,
  MemberYear,
  SignatureView,
} from '@habitat/people';
import { commentsOf, memberYears, recentDecided, stepsOf } from '@habitat/people';
import { builder } from '../../builder.ts';
import { localDay } from '../day.ts';
import { grouped, requestLoader } from '../../loader.ts';
import { ContributionRef } from '../contribution.ref.ts';
import { ContributionStatusEnum } from '../enums.ts';
import { MemberRef } from '../member.ref.ts';

export const EvidenceLinkRef = builder.objectRef<{ label: string; url: string }>('EvidenceLink').implement({
  description: 'A link that shows what was given.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    label: t.exposeString('label', { description: 'What it shows.' }),
    url: t.exposeString('url', { description: 'Where it is.' }),
  }),
});

export const SignatureRef = builder.objectRef<SignatureView>('Signature').implement({
  description: 'A reviewer’s signature that counts.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    by: t.field({
      type: MemberRef,
      description: 'Who signed.',
      resolve: ({ approverMemberId }) => approverMemberId,
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    role: t.exposeString('role', { description: 'The role it was signed in.' }),
  }),
});

export const StepRef = builder.objectRef<ContributionStep>('ContributionStep').implement({
  description: 'One step of a contribution’s life.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    act: t.exposeString('act', { description: 'What was done: submitted, adjusted, approved, valued …' }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    by: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who did it; null for the system.',
      resolve: ({ byMemberId }) => byMemberId,
    }),
    from: t.field({
      type: ContributionStatusEnum,
      nullable: true,
      description: 'Status before.',
      resolve: ({ from }) => from,
    }),
    to: t.field({ type: ContributionStatusEnum, description: 'Status after.', resolve: ({ to }) => to }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why, where a reason belongs to it.' }),
    silentUntil: t.field({
      type: 'LocalDate',
      nullable: true,
      description: 'The last day of its peers, where their silence rejected it; `reason` says it in English.',
      resolve: ({ facts }) => (typeof facts['silentUntil'] === 'string' ? facts['silentUntil'] : null),
    }),
    quantityBefore: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Quantity before an adjustment or edit.',
      resolve: ({ facts }) => (typeof facts['quantityBefore'] === 'string' ? facts['quantityBefore'] : null),
    }),
    valueBefore: t.field({
      type: 'Money',
      nullable: true,
      description: 'Value before an adjustment, settlement or override.',
      resolve: ({ facts }, _args, context) =>
        typeof facts['valueBeforeMinor'] === 'string'
          ? context.money(BigInt(facts['valueBeforeMinor']))
          : null,
    }),
  }),
});

export const CommentRef = builder.objectRef<ContributionComment>('Comment').implement({
  description: 'A question, answer or remark in a contribution’s thread.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'question, answer or comment.' }),
    text: t.exposeString('body', { description: 'What was written.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    by: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who wrote it; null for the system.',
      resolve: ({ byMemberId }) => byMemberId,
    }),
  }),
});

export const stepLoader = requestLoader<string, ContributionStep[]>(async (ids, context) =>
  grouped(ids, await stepsOf(context.database, context.cooperativeId(), ids), (step) => step.contributionId),
);

export const commentLoader = requestLoader<string, ContributionComment[]>(async (ids, context) =>
  grouped(ids, await commentsOf(context.database, context.cooperativeId(), ids), (one) => one.contributionId),
);

const yearLoader = requestLoader<string, MemberYear>(async (memberIds, context) => {
  const rows = await memberYears(context.database, context.cooperativeId(), memberIds, localDay(context));
  const found = new Map(rows.map((row) => [row.memberId, row]));
  return memberIds.map(
    (memberId) =>
      found.get(memberId) ?? {
        memberId,
        approvedAsLogged: 0,
        adjusted: 0,
        rejected: 0,
        inKind: 0,
        inKindMinor: 0n,
      },
  );
});

const recentLoader = requestLoader<string, Contribution[]>(async (memberIds, context) =>
  grouped(
    memberIds,
    await recentDecided(context.database, context.cooperativeId(), memberIds),
    (one) => one.memberId,
  ),
);

export const MemberYearRef = builder.objectRef<{ memberId: string }>('MemberYear').implement({
  description: 'How a member’s contributions of the last twelve months were decided.',
  authScopes: ({ memberId }) => ({ self: memberId, act: 'contribution.view_all' }),
  fields: (t) => ({
    approvedAsLogged: t.int({
      description: 'Approved as they were logged.',
      resolve: async ({ memberId }, _args, context) =>
        (await yearLoader(context).load(memberId)).approvedAsLogged,
    }),
    adjusted: t.int({
      description: 'Approved with an adjustment.',
      resolve: async ({ memberId }, _args, context) => (await yearLoader(context).load(memberId)).adjusted,
    }),
    rejected: t.int({
      description: 'Rejected.',
      resolve: async ({ memberId }, _args, context) => (await yearLoader(context).load(memberId)).rejected,
    }),
    inKind: t.int({
      description: 'Things given in kind that were approved.',
      resolve: async ({ memberId }, _args, context) => (await yearLoader(context).load(memberId)).inKind,
    }),
    inKindValue: t.field({
      type: 'Money',
      description: 'What those things came to.',
      resolve: async ({ memberId }, _args, context) =>
        context.money((await yearLoader(context).load(memberId)).inKindMinor),
    }),
    recent: t.field({
      type: [ContributionRef],
      description: 'The latest that were approved.',
      resolve: ({ memberId }, _args, context) => recentLoader(context).load(memberId),
    }),
  }),
});
