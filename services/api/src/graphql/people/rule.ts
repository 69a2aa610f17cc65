// Valuation rules and the policies contributions are decided under: read by everybody, set by administrators.
import type { ApprovalPolicy, PeerRule, PolicyVersion, StoredRule } from '@habitat/people';
import {
  confirmValuationRule,
  listAutoApprovalRules,
  listPolicies,
  listValuationRules,
  policyInForce,
  setValuationRule,
} from '@habitat/people';
import type { AutoApprovalRule } from '@habitat/people';
import { formatDecimal, may, SECOND_PERSON_DAYS } from '@habitat/kernel';
import type { Types } from '../builder.ts';
import { builder } from '../builder.ts';
import type { ApiContext } from '../context.ts';
import { notFound } from '../error.ts';
import { defineMutation } from '../mutation.ts';
import { isOver } from '../platform/waiting/second-person-days.ts';
import { localDay } from './day.ts';
import { ContributionKindEnum } from './enums.ts';
import { words } from './contribution/logging-acts.ts';
import { PeerTimeoutEnum } from './contribution/peers.ts';
import { MemberRef } from './member.ref.ts';

/** Declined or expired; what nobody confirmed in time is over before the clock has ended it. */
async function endOf(rule: StoredRule, context: ApiContext): Promise<string | null> {
  if (rule.inForce || rule.ended !== null) return rule.ended;
  return (await isOver(context, rule.recordedAt)) ? 'expired' : null;
}

const RuleRef = builder.objectRef<StoredRule>('ValuationRule').implement({
  description: 'How one kind of contribution is valued from a day on.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id of the rule.',
      resolve: ({ ruleId }) => ({ type: 'ValuationRule', id: ruleId }),
    }),
    kind: t.field({ type: ContributionKindEnum, description: 'The kind.', resolve: ({ kind }) => kind }),
    category: t.exposeString('category', { nullable: true, description: 'The category; null for all.' }),
    member: t.field({
      type: MemberRef,
      nullable: true,
      description: 'The member; null for all.',
      resolve: ({ memberId }) => memberId,
    }),
    version: t.exposeInt('version', {
      description: 'Counts the rules of the same kind, category and member.',
    }),
    effectiveFrom: t.expose('effectiveFrom', {
      type: 'LocalDate',
      description: 'Its first day; the day of the work decides.',
    }),
    method: t.exposeString('method', { description: 'rate, fixed, market or formula.' }),
    rate: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Major units per hour, unit or unit of money.',
      resolve: ({ rate }) => rate && formatDecimal(rate),
    }),
    fixedValue: t.field({
      type: 'Money',
      nullable: true,
      description: 'The fixed value.',
      resolve: ({ fixedMinor }, _args, context) => (fixedMinor === null ? null : context.money(fixedMinor)),
    }),
    expression: t.exposeString('expression', { nullable: true, description: 'The formula.' }),
    rationale: t.exposeString('rationale', { description: 'Why it was set.' }),
    inForce: t.exposeBoolean('inForce', {
      description: 'False while a waiver of notice waits for a second signature.',
    }),
    setBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who set it.',
      resolve: ({ setByMemberId }) => setByMemberId,
    }),
    setAt: t.field({ type: 'DateTime', description: 'When.', resolve: ({ recordedAt }) => recordedAt }),
    noticeWaived: t.exposeBoolean('noticeWaived', {
      description: 'True when it begins before its notice has run, so that two administrators sign.',
    }),
    ended: t.string({
      nullable: true,
      description: 'declined or expired: a waiver of notice that never came into force.',
      resolve: (rule, _args, context) => endOf(rule, context),
    }),
    viewerMayConfirm: t.boolean({
      description: 'True when it waits for a second administrator and you may be that one.',
      resolve: async (rule, _args, context) => {
        const { actor } = context.signedIn();
        const own =
          rule.setByLoginId === actor.loginId ||
          (rule.setByMemberId !== null && rule.setByMemberId === actor.memberId);
        return !rule.inForce && !own && may(actor, 'rate.set') && (await endOf(rule, context)) === null;
      },
    }),
  }),
});

builder.queryField('valuationRules', (t) =>
  t.field({
    type: [RuleRef],
    description: 'Every valuation rule, the newest first within its kind, category and member.',
    authScopes: { signedIn: true },
    args: { kind: t.arg({ type: ContributionKindEnum, description: 'Only of this kind.' }) },
    resolve: async (_root, args, context) => {
      const { actor } = context.signedIn();
      const rules = await listValuationRules(context.database, context.cooperativeId(), args.kind ?? null);
      // Another member's own rate is theirs.
      const seesAll = actor.roles.some((role) =>
        ['administrator', 'reviewer', 'auditor', 'treasurer', 'allocator'].includes(role),
      );
      return rules.filter((rule) => seesAll || rule.memberId === null || rule.memberId === actor.memberId);
    },
  }),
);

const RouteRef = builder.objectRef<ApprovalPolicy['routes'][number]>('ApprovalRoute').implement({
  description: 'Who decides one kind or category, and who stands in.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    kind: t.field({
      type: ContributionKindEnum,
      nullable: true,
      description: 'The kind; null for all.',
      resolve: ({ kind }) => kind,
    }),
    category: t.exposeString('category', { nullable: true, description: 'The category; null for all.' }),
    approver: t.field({
      type: MemberRef,
      description: 'Who decides.',
      resolve: ({ approverMemberId }) => approverMemberId,
    }),
    backup: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who stands in.',
      resolve: ({ backupMemberId }) => backupMemberId,
    }),
    withinDays: t.exposeInt('withinDays', { description: 'Days after which the backup may decide.' }),
  }),
});

const PeerRuleRef = builder.objectRef<PeerRule>('PeerRule').implement({
  description: 'What members validate of each other before any reviewer decides it.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    kind: t.field({
      type: ContributionKindEnum,
      nullable: true,
      description: 'The kind; null for all.',
      resolve: ({ kind }) => kind,
    }),
    category: t.exposeString('category', { nullable: true, description: 'The category; null for all.' }),
    peers: t.exposeInt('peers', { description: 'How many different peers have to validate it.' }),
    days: t.exposeInt('days', { description: 'Days they have after the one it was sent on.' }),
    onTimeout: t.field({
      type: PeerTimeoutEnum,
      description: 'What follows when the days pass.',
      resolve: ({ onTimeout }) => onTimeout,
    }),
    role: t.exposeString('role', { nullable: true, description: 'Only holders of this role are asked.' }),
    sameClass: t.exposeBoolean('sameClass', { description: 'Only members of the same class are asked.' }),
  }),
});

export const AutoRuleRef = builder.objectRef<AutoApprovalRule>('AutoApprovalRule').implement({
  description: 'A rule by which small or verified work needs no reviewer.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id.',
      resolve: ({ ruleId }) => ({ type: 'AutoApprovalRule', id: ruleId }),
    }),
    version: t.exposeInt('version', { description: 'Its version.' }),
    kind: t.field({ type: ContributionKindEnum, description: 'The kind.', resolve: ({ kind }) => kind }),
    category: t.exposeString('category', { nullable: true, description: 'The category; null for all.' }),
    maxQuantityPerWeek: t.field({
      type: 'Decimal',
      description: 'The most of one member in a week.',
      resolve: ({ maxQuantityPerWeek }) => formatDecimal(maxQuantityPerWeek),
    }),
    verifiedSourceOnly: t.exposeBoolean('verifiedSourceOnly', {
      description: 'Only what a verified source sent.',
    }),
    active: t.exposeBoolean('active', { description: 'False when switched off.' }),
  }),
});

export const ApprovalPolicyRef = builder.objectRef<PolicyVersion<'approval'>>('ApprovalPolicy').implement({
  description: 'Who decides contributions, and from which value two people sign.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'Its version.' }),
    effectiveOn: t.field({
      type: 'LocalDate',
      nullable: true,
      description: 'Its first day; null for the founding default.',
      resolve: ({ effectiveFrom }) => (effectiveFrom === BEGINNING ? null : effectiveFrom),
    }),
    rationale: t.exposeString('rationale', { description: 'Why it was set.' }),
    setBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who set it; null for the founding default.',
      resolve: ({ setByMemberId }) => setByMemberId,
    }),
    setAt: t.field({ type: 'DateTime', description: 'When.', resolve: ({ recordedAt }) => recordedAt }),
    twoApproversFrom: t.field({
      type: 'Money',
      description: 'From this value two people sign.',
      resolve: ({ body }, _args, context) => context.money(BigInt(body.twoApproversFromMinor)),
    }),
    inKindTwoApproversFrom: t.field({
      type: 'Money',
      description: 'The same for contributions in kind.',
      resolve: ({ body }, _args, context) =>
        context.money(BigInt(body.twoApproversFromMinorByKind.in_kind ?? body.twoApproversFromMinor)),
    }),
    fallback: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who decides too what nobody named can decide, or has gone stale.',
      resolve: ({ body }) => body.fallbackMemberId ?? null,
    }),
    secondPersonDays: t.int({
      description: 'Days after which what waits for a second person expires.',
      resolve: ({ body }) => body.secondPersonDays ?? SECOND_PERSON_DAYS,
    }),
    staleDays: t.int({
      description: 'Days after which a submission is stale.',
      resolve: ({ body }) => body.staleDays,
    }),
    routes: t.field({
      type: [RouteRef],
      description: 'Who decides what; none means any reviewer in scope.',
      resolve: ({ body }) => body.routes,
    }),
    peerRules: t.field({
      type: [PeerRuleRef],
      description: 'What peers validate first; none means reviewers decide everything.',
      resolve: ({ body }) => body.peerRules ?? [],
    }),
    autoApprovalRules: t.field({
      type: [AutoRuleRef],
      description: 'Rules that need no reviewer.',
      resolve: (_policy, _args, context) => listAutoApprovalRules(context.database, context.cooperativeId()),
    }),
  }),
});

/** The founding defaults count from the beginning of time. */
const BEGINNING = '0001-01-01';

builder.queryField('approvalPolicy', (t) =>
  t.field({
    type: ApprovalPolicyRef,
    description: 'The approval policy in force today.',
    authScopes: { signedIn: true },
    resolve: async (_root, _args, context) => {
      const at = [context.database, context.cooperativeId(), 'approval'] as const;
      const { version } = await policyInForce(...at, localDay(context));
      const found = (await listPolicies(...at)).find((one) => one.version === version);
      if (found === undefined) throw notFound('approval policy');
      return found;
    },
  }),
);

const rulePayload = (
  t: PothosSchemaTypes.ObjectFieldBuilder<
    Types,
    { readonly ruleId: string; readonly version: number; readonly inForce: boolean }
  >,
) => ({
  ruleId: t.globalID({
    description: 'Opaque id of the rule.',
    resolve: ({ ruleId }) => ({ type: 'ValuationRule', id: ruleId }),
  }),
  version: t.exposeInt('version', { description: 'Its version.' }),
  inForce: t.exposeBoolean('inForce', { description: 'False while it waits for a second administrator.' }),
});

defineMutation('setValuationRule', {
  description: 'Sets how a kind of contribution is valued from a day on. A change needs its notice.',
  allow: 'rate.set',
  input: (t) => ({
    kind: t.field({ type: ContributionKindEnum, required: true, description: 'The kind.' }),
    category: t.string({ description: 'The category; all when left out.' }),
    memberId: t.globalID({ description: 'The member; all when left out.' }),
    method: t.string({ required: true, description: 'rate, fixed, market or formula.' }),
    rate: t.field({ type: 'Decimal', description: 'Major units per hour, unit or unit of money.' }),
    fixedValue: t.field({ type: 'Money', description: 'The fixed value.' }),
    expression: t.string({ description: 'The formula: quantity, value, cost, + - * / ( ) min max if.' }),
    effectiveFrom: t.field({ type: 'LocalDate', required: true, description: 'Its first day.' }),
    rationale: t.string(words('Why.', 1_000)),
    waiveNotice: t.boolean({
      description: 'True to begin before the notice has run; a second administrator has to confirm.',
    }),
  }),
  run: ({ memberId, waiveNotice, ...input }, context, command) =>
    setValuationRule(context.database, command, {
      ...input,
      memberId: memberId?.id ?? null,
      waiveNotice: waiveNotice ?? false,
    }),
  payload: rulePayload,
});

defineMutation('confirmValuationRule', {
  description: 'A second administrator confirms a rule whose notice is waived.',
  allow: 'rate.set',
  input: (t) => ({ ruleId: t.globalID({ required: true, description: 'The rule.' }) }),
  run: ({ ruleId }, context, command) =>
    confirmValuationRule(context.database, command, { ruleId: ruleId.id }),
  payload: rulePayload,
});
