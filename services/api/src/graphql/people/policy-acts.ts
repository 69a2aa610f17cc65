// Setting the policies contributions are decided and valued under; each is a new version with its rationale.
import type { PeerRule } from '@habitat/people';
import { setApprovalPolicy, setAutoApprovalRule, setServicesTaxPolicy } from '@habitat/people';
import type { Types } from '../builder.ts';
import { builder } from '../builder.ts';
import { defineMutation } from '../mutation.ts';
import { PeerTimeoutEnum } from './contribution/peers.ts';
import { ContributionKindEnum } from './enums.ts';
import { words } from './contribution/logging-acts.ts';

const RouteInput = builder.inputType('ApprovalRouteInput', {
  description: 'Who decides one kind or category.',
  fields: (t) => ({
    kind: t.field({ type: ContributionKindEnum, description: 'The kind; all when left out.' }),
    category: t.string({ description: 'The category; all when left out.' }),
    approverMemberId: t.globalID({ required: true, description: 'Who decides.' }),
    backupMemberId: t.globalID({ description: 'Who stands in.' }),
    withinDays: t.int({ required: true, description: 'Days after which the backup may decide.' }),
  }),
});

const PeerRuleInput = builder.inputType('PeerRuleInput', {
  description: 'What members validate of each other before any reviewer decides it.',
  fields: (t) => ({
    kind: t.field({ type: ContributionKindEnum, description: 'The kind; all when left out.' }),
    category: t.string({ description: 'The category; all when left out.' }),
    peers: t.int({ required: true, description: 'How many different peers have to validate it, 1 to 20.' }),
    days: t.int({ required: true, description: 'Days they have after the one it was sent on, 1 to 90.' }),
    onTimeout: t.field({
      type: PeerTimeoutEnum,
      required: true,
      description: 'What follows when they pass.',
    }),
    role: t.string({ description: 'Only holders of this role are asked; every member when left out.' }),
    sameClass: t.boolean({ description: 'True asks only members of the class of whoever gave it.' }),
  }),
});

const versionPayload = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, { readonly version: number }>) => ({
  version: t.exposeInt('version', { description: 'The version that was set.' }),
});

const mayWaitPayload = (
  t: PothosSchemaTypes.ObjectFieldBuilder<Types, { readonly version: number; readonly needsSecond: boolean }>,
) => ({
  version: t.exposeInt('version', {
    description: 'The version that was set; the one it starts from while it waits, 0 for a new rule.',
  }),
  needsSecond: t.exposeBoolean('needsSecond', {
    description: 'True when it is looser than what counts now, and waits for a second administrator.',
  }),
});

const effectiveFrom = { type: 'LocalDate', description: 'Its first day; today when left out.' } as const;

defineMutation('setApprovalPolicy', {
  description:
    'Sets who decides contributions, and from which value two people sign; looser rules wait for a second administrator.',
  allow: 'policy.manage',
  input: (t) => ({
    twoApproversFrom: t.field({
      type: 'Money',
      required: true,
      description: 'From this value two people sign.',
    }),
    inKindTwoApproversFrom: t.field({
      type: 'Money',
      description: 'The same in kind; as above when left out.',
    }),
    staleDays: t.int({ required: true, description: 'Days after which a submission is stale.' }),
    secondPersonDays: t.int({
      description: 'Days after which what waits for a second person expires; 14 when left out.',
    }),
    routes: t.field({
      type: [RouteInput],
      description: 'Who decides what; none means any reviewer in scope.',
    }),
    peerRules: t.field({
      type: [PeerRuleInput],
      description: 'What peers validate first; none means reviewers decide everything.',
    }),
    fallbackMemberId: t.globalID({
      description: 'A reviewer who decides too what nobody named can decide, or has gone stale.',
    }),
    effectiveFrom: t.field(effectiveFrom),
    rationale: t.string(words('Why.', 1_000)),
  }),
  run: (input, context, command) => {
    const minor = (text: string, field: string) => context.minor(text, ['input', field]).toString();
    const inKind = input.inKindTwoApproversFrom;
    const body = {
      twoApproversFromMinor: minor(input.twoApproversFrom, 'twoApproversFrom'),
      twoApproversFromMinorByKind: inKind == null ? {} : { in_kind: minor(inKind, 'inKindTwoApproversFrom') },
      staleDays: input.staleDays,
      ...(input.secondPersonDays == null ? {} : { secondPersonDays: input.secondPersonDays }),
      fallbackMemberId: input.fallbackMemberId?.id ?? null,
      routes: (input.routes ?? []).map((route) => ({
        kind: route.kind ?? null,
        category: route.category ?? null,
        approverMemberId: route.approverMemberId.id,
        backupMemberId: route.backupMemberId?.id ?? null,
        withinDays: route.withinDays,
      })),
      peerRules: (input.peerRules ?? []).map((rule) => ({
        ...rule,
        kind: rule.kind ?? null,
        category: rule.category ?? null,
        role: (rule.role ?? null) as PeerRule['role'],
        sameClass: rule.sameClass ?? false,
      })),
    };
    return setApprovalPolicy(context.database, command, {
      body,
      effectiveFrom: input.effectiveFrom ?? null,
      rationale: input.rationale,
    });
  },
  payload: mayWaitPayload,
});

const ServicesTaxEnum = builder.enumType('ServicesTaxMethod', {
  description: 'Tax basis of services.',
  values: {
    A: { value: 'A', description: 'None.' },
    B: { value: 'B', description: 'Their full value, as a guaranteed payment.' },
    C: { value: 'C', description: 'A percentage of their value.' },
  } as const,
});

defineMutation('setServicesTaxPolicy', {
  description: 'Sets the tax basis of services.',
  allow: 'policy.manage',
  input: (t) => ({
    method: t.field({ type: ServicesTaxEnum, required: true, description: 'A, B or C.' }),
    percent: t.field({ type: 'Decimal', description: 'With C: the percentage.' }),
    effectiveFrom: t.field(effectiveFrom),
    rationale: t.string(words('Why.', 1_000)),
  }),
  run: ({ method, percent, effectiveFrom: from, rationale }, context, command) => {
    const body = method === 'C' ? { method, percent: percent ?? '' } : { method };
    return setServicesTaxPolicy(context.database, command, { body, effectiveFrom: from ?? null, rationale });
  },
  payload: versionPayload,
});

defineMutation('setAutoApprovalRule', {
  description:
    'Sets or changes a rule by which small or verified work needs no reviewer; one that lets more through waits for a second administrator.',
  allow: 'policy.manage',
  input: (t) => ({
    ruleId: t.globalID({ description: 'The rule to change; a new one when left out.' }),
    kind: t.field({ type: ContributionKindEnum, required: true, description: 'The kind.' }),
    category: t.string({ description: 'The category; all when left out.' }),
    maxQuantityPerWeek: t.field({
      type: 'Decimal',
      required: true,
      description: 'The most of one member in a week.',
    }),
    verifiedSourceOnly: t.boolean({ description: 'False to trust what people type; true when left out.' }),
    active: t.boolean({ description: 'False switches it off.' }),
    rationale: t.string(words('Why.', 1_000)),
  }),
  run: ({ ruleId, verifiedSourceOnly, active, ...input }, context, command) =>
    setAutoApprovalRule(context.database, command, {
      ...input,
      ruleId: ruleId?.id ?? null,
      verifiedSourceOnly: verifiedSourceOnly ?? true,
      active: active ?? true,
    }),
  payload: mayWaitPayload,
});
