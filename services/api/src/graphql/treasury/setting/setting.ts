// Settings of the books: where contributions post, from which amount two people post, and who changed either and why.
import type { PostingRule, SettingVersion, TreasurySettings } from '@habitat/treasury';
import {
  decideSetting,
  removePostingRule,
  setJournalThreshold,
  setPostingRule,
  settingDecisionsOpenTo,
  treasurySettings,
} from '@habitat/treasury';
import type { ContributionKind } from '@habitat/events';
import { z } from 'zod';
import type { Types } from '../../builder.ts';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { defineMutation } from '../../mutation.ts';
import { ContributionKindEnum } from '../../people/enums.ts';
import { MemberRef } from '../../people/member.ref.ts';
import { isOver, secondPersonDays } from '../../platform/waiting/second-person-days.ts';
import { AccountRef } from '../account.ref.ts';

const PostingRuleRef = builder.objectRef<PostingRule>('PostingRule').implement({
  description: 'Where contributions of a kind, or of one category of it, are debited.',
  authScopes: { act: 'journal.view' },
  fields: (t) => ({
    kind: t.field({
      type: ContributionKindEnum,
      description: 'The kind.',
      resolve: ({ kind }) => kind as ContributionKind,
    }),
    category: t.string({
      nullable: true,
      description: 'The category; null for the rest of the kind.',
      resolve: ({ category }) => category || null,
    }),
    account: t.field({
      type: AccountRef,
      nullable: true,
      description: 'The account; null when it posts nothing.',
      resolve: ({ accountId }) => accountId,
    }),
  }),
});

/** in_force (it was, from when it was set), waiting for a second person, declined or expired. */
async function statusOf(version: SettingVersion, context: ApiContext): Promise<string> {
  const { needsSecond, outcome, recordedAt } = version;
  if (outcome === 'declined' || outcome === 'expired') return outcome;
  if (!needsSecond || outcome !== null) return 'in_force';
  return (await isOver(context, recordedAt)) ? 'expired' : 'waiting';
}

const SettingVersionRef = builder.objectRef<SettingVersion>('TreasurySettingVersion').implement({
  description: 'One change of a setting of the books.',
  authScopes: { act: 'journal.view' },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id of the change.',
      resolve: ({ id }) => ({ type: 'TreasurySettingVersion', id }),
    }),
    topic: t.exposeString('topic', { description: 'posting_rule or dual_threshold.' }),
    version: t.exposeInt('version', { description: 'Counts the changes of its topic.' }),
    kind: t.string({
      nullable: true,
      description: 'Of a posting rule: the kind.',
      resolve: ({ body }) => body['kind'] ?? null,
    }),
    category: t.string({
      nullable: true,
      description: 'Of a posting rule: the category; null for the rest of the kind.',
      resolve: ({ body }) => body['category'] || null,
    }),
    before: t.string({
      nullable: true,
      description: 'The account’s code or the amount before.',
      resolve: ({ body }, _args, context) =>
        shown(body['beforeMinor'], body['beforeAccountCode'], context.money),
    }),
    after: t.string({
      nullable: true,
      description: 'The account’s code or the amount from then on.',
      resolve: ({ body }, _args, context) => shown(body['amountMinor'], body['accountCode'], context.money),
    }),
    rationale: t.exposeString('rationale', { description: 'Why.' }),
    status: t.string({
      description: 'in_force, waiting (for a second administrator), declined or expired.',
      resolve: (version, _args, context) => statusOf(version, context),
    }),
    setBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who changed it.',
      resolve: ({ setByMemberId }) => setByMemberId,
    }),
    setAt: t.field({ type: 'DateTime', description: 'When.', resolve: ({ recordedAt }) => recordedAt }),
    decidedBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'The second person; null where none was needed or none decided yet.',
      resolve: ({ decidedByMemberId }) => decidedByMemberId,
    }),
    decidedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the second person decided.',
      resolve: ({ decidedAt }) => decidedAt,
    }),
    viewerMay: t.stringList({
      description: 'What you may do while it waits: approve, decline. Who asked may only decline.',
      resolve: async (version, _args, context) => {
        const open = settingDecisionsOpenTo(context.signedIn().actor, version);
        return (await isOver(context, version.recordedAt)) ? [] : open;
      },
    }),
    declineReason: t.exposeString('reason', { nullable: true, description: 'Why it was declined.' }),
  }),
});

function shown(
  minor: string | null | undefined,
  code: string | null | undefined,
  money: (minor: bigint) => string,
): string | null {
  return minor == null ? (code ?? null) : money(BigInt(minor));
}

const TreasurySettingsRef = builder.objectRef<TreasurySettings>('TreasurySettings').implement({
  description: 'The settings of the books.',
  authScopes: { act: 'journal.view' },
  fields: (t) => ({
    journalThreshold: t.field({
      type: 'Money',
      description: 'From this amount on a journal entry needs two people.',
      resolve: ({ journalThresholdMinor }, _args, context) => context.money(journalThresholdMinor),
    }),
    periodLength: t.exposeString('periodLength', { description: 'month, quarter or year.' }),
    postingRules: t.field({
      type: [PostingRuleRef],
      description: 'Where contributions post, by kind and category.',
      resolve: ({ rules }) => [...rules],
    }),
    versions: t.field({
      type: [SettingVersionRef],
      description: 'Every change, newest first.',
      resolve: ({ versions }) => [...versions],
    }),
  }),
});

builder.queryField('treasurySettings', (t) =>
  t.field({
    type: TreasurySettingsRef,
    description: 'The settings of the books and every change of them.',
    authScopes: { act: 'journal.view' },
    resolve: (_root, _args, context) => treasurySettings(context.database, context.cooperativeId()),
  }),
);

type Answer = { readonly settingId: string; readonly needsSecond: boolean };
const payload = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, Answer>) => ({
  settingId: t.globalID({
    description: 'Opaque id of the change, for decideTreasurySetting.',
    resolve: ({ settingId }) => ({ type: 'TreasurySettingVersion', id: settingId }),
  }),
  needsSecond: t.exposeBoolean('needsSecond', {
    description: 'True when it waits for a second administrator.',
  }),
  settings: t.field({
    type: TreasurySettingsRef,
    description: 'The settings as they are now.',
    resolve: (_answer, _args, context) => treasurySettings(context.database, context.cooperativeId()),
  }),
});

const KIND = { type: ContributionKindEnum, required: true, description: 'The kind.' } as const;
const WHY = { required: true, description: 'Why.', validate: z.string().max(1_000) } as const;

defineMutation('setPostingRule', {
  description: 'Sets the account a kind, or one category of it, is debited to from now on.',
  allow: 'account.manage',
  input: (t) => ({
    kind: t.field(KIND),
    category: t.string({ description: 'One category of it; the rest of the kind when left out.' }),
    accountId: t.globalID({ description: 'An asset or expense account; posts nothing when left out.' }),
    rationale: t.string(WHY),
  }),
  run: ({ accountId, category, ...input }, context, command) =>
    setPostingRule(context.database, command, {
      ...input,
      category: category ?? null,
      accountId: accountId?.id ?? null,
    }),
  payload,
});

defineMutation('removePostingRule', {
  description: 'Takes a category’s own rule away: it posts as the rest of its kind does.',
  allow: 'account.manage',
  input: (t) => ({
    kind: t.field(KIND),
    category: t.string({ required: true, description: 'The category.' }),
    rationale: t.string(WHY),
  }),
  run: (input, context, command) => removePostingRule(context.database, command, input),
  payload,
});

defineMutation('setJournalThreshold', {
  description:
    'Sets from which amount a journal entry needs two people. Raising it above the present one waits for a second administrator.',
  allow: 'policy.manage',
  input: (t) => ({
    amount: t.field({ type: 'Money', required: true, description: 'The amount; 0.00 for every entry.' }),
    rationale: t.string(WHY),
  }),
  run: async ({ amount, rationale }, context, command) => {
    const amountMinor = context.minor(amount, ['input', 'amount']);
    const days = await secondPersonDays(context);
    return setJournalThreshold(context.database, command, {
      amountMinor,
      rationale,
      secondPersonDays: days,
    });
  },
  payload,
});

defineMutation('decideTreasurySetting', {
  description: 'A second administrator approves or declines a raised threshold; who asked may take it back.',
  allow: 'policy.manage',
  input: (t) => ({
    settingId: t.globalID({ required: true, description: 'The change that waits.' }),
    approve: t.boolean({ required: true, description: 'True to approve, false to decline.' }),
    reason: t.string({ description: 'Needed to decline.', validate: z.string().max(1_000) }),
  }),
  run: async ({ settingId: { id: settingId }, approve, reason }, context, command) =>
    decideSetting(context.database, command, {
      settingId,
      approve,
      reason: reason ?? null,
      secondPersonDays: await secondPersonDays(context),
    }),
  payload,
});
