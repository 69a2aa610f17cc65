// A contribution as its author and its reviewers see it, with what the viewer may do and why not.
import { termsInForce } from '@habitat/agreements';
import {
  decimalToRational,
  expectAccepted,
  formatDecimal,
  isOwn,
  multiplyRational,
  parseDecimal,
  rational,
  toDecimalString,
} from '@habitat/kernel';
import type { Contribution } from '@habitat/people';
import { ageInDays, isStale } from '@habitat/people';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { requestLoader } from '../../loader.ts';
import { ContributionRef } from '../contribution.ref.ts';
import { CommentRef, commentLoader, MemberYearRef, SignatureRef, stepLoader, StepRef } from './parts.ts';
import { givenFields } from './given.ts';
import { localDay } from '../day.ts';
import { ContributionStatusEnum } from '../enums.ts';
import { MemberRef } from '../member.ref.ts';
import { rightsOf, settingOf, signatureLoader } from './setting.ts';

/** Weights by category in force on a day of work. */
export const weightsOn = requestLoader<string, Readonly<Record<string, string>>>((days, context) =>
  Promise.all(
    days.map(async (day) => {
      const terms = await termsInForce(context.database, context.cooperativeId(), { day });
      return terms?.weights.document.weights ?? {};
    }),
  ),
);

async function weightOf(
  { patronageCategory, workedOn }: Contribution,
  context: ApiContext,
): Promise<string | null> {
  if (patronageCategory === null) return null;
  return (await weightsOn(context).load(workedOn))[patronageCategory] ?? null;
}

/** A value times its weight, exactly, as a decimal with the currency's digits. */
export function countsOf(
  valueMinor: bigint | null,
  weight: string | null,
  context: ApiContext,
): string | null {
  if (valueMinor === null || weight === null) return null;
  const { currencyDigits } = context.signedIn().cooperative;
  const value = rational(valueMinor, 10n ** BigInt(currencyDigits));
  const product = multiplyRational(value, decimalToRational(expectAccepted(parseDecimal(weight))));
  return toDecimalString(product, currencyDigits);
}

ContributionRef.implement({
  description: 'Something a member gave, through its whole life.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    ...givenFields(t),
    loggedBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who logged it, when it was not the member.',
      resolve: ({ loggedByMemberId }) => loggedByMemberId,
    }),
    originalQuantity: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'As logged, when a reviewer adjusted it.',
      resolve: ({ originalQuantity }) => originalQuantity && formatDecimal(originalQuantity),
    }),
    status: t.field({
      type: ContributionStatusEnum,
      description: 'Where it is.',
      resolve: ({ status }) => status,
    }),
    treatment: t.exposeString('treatment', { description: 'capital, patronage or both.' }),
    ruleVersion: t.exposeInt('ruleVersion', {
      nullable: true,
      description: 'Version of the rule that values it.',
    }),
    signaturesNeeded: t.exposeInt('signaturesNeeded', { description: 'How many reviewers have to sign.' }),
    autoApproved: t.exposeBoolean('autoApproved', {
      description: 'True when a rule approved it, no reviewer.',
    }),
    late: t.exposeBoolean('late', {
      description: 'True when it was logged after the grace, by an override.',
    }),
    postingProblem: t.exposeString('postingProblem', {
      nullable: true,
      description: 'Why the ledger did not take it; null when it did or has not answered.',
    }),
    transactionId: t.globalID({
      nullable: true,
      description: 'The ledger’s transaction.',
      resolve: ({ transactionId }) =>
        transactionId === null ? null : { type: 'Transaction', id: transactionId },
    }),
    submittedAt: t.expose('submittedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was sent.',
    }),
  }),
});

builder.objectFields(ContributionRef, (t) => ({
  value: t.field({
    type: 'Money',
    nullable: true,
    description: 'What it is worth; an estimate until it is approved.',
    resolve: ({ valueMinor }, _args, context) => (valueMinor === null ? null : context.money(valueMinor)),
  }),
  originalValue: t.field({
    type: 'Money',
    nullable: true,
    description: 'The value before a reviewer set another.',
    resolve: ({ originalValueMinor }, _args, context) =>
      originalValueMinor === null ? null : context.money(originalValueMinor),
  }),
  tax: t.field({
    type: 'Money',
    nullable: true,
    description: 'Its tax basis.',
    resolve: ({ taxMinor }, _args, context) => (taxMinor === null ? null : context.money(taxMinor)),
  }),
  costBasis: t.field({
    type: 'Money',
    nullable: true,
    description: 'In kind: what it cost its giver.',
    resolve: ({ costBasisMinor }, _args, context) =>
      costBasisMinor === null ? null : context.money(costBasisMinor),
  }),
  rate: t.field({
    type: 'Decimal',
    nullable: true,
    description: 'Rate on the day of the work, where its rule has one.',
    resolve: ({ rate }) => rate && formatDecimal(rate),
  }),
  ruleId: t.globalID({
    nullable: true,
    description: 'Opaque id of the rule that values it.',
    resolve: ({ ruleId }) => (ruleId === null ? null : { type: 'ValuationRule', id: ruleId }),
  }),
  weight: t.field({
    type: 'Decimal',
    nullable: true,
    description: 'Its weight in the surplus; null when it has none.',
    resolve: (contribution, _args, context) => weightOf(contribution, context),
  }),
  counts: t.field({
    type: 'Decimal',
    nullable: true,
    description: 'Value times weight: what it counts for the share; null when it has no weight.',
    resolve: async (contribution, _args, context) =>
      countsOf(contribution.valueMinor, await weightOf(contribution, context), context),
  }),
}));

builder.objectFields(ContributionRef, (t) => ({
  ageDays: t.int({
    nullable: true,
    description: 'Days since it was sent; null for a draft.',
    resolve: (contribution, _args, context) =>
      contribution.submittedAt === null
        ? null
        : ageInDays(contribution, context.signedIn().cooperative.timeZone, localDay(context)),
  }),
  stale: t.boolean({
    description: 'True when it has waited longer than the policy’s days.',
    resolve: async (contribution, _args, context) => isStale(contribution, await settingOf(context)),
  }),
  mine: t.boolean({
    description: 'True when it is the viewer’s own.',
    resolve: ({ memberId }, _args, context) => isOwn(context.signedIn().actor, memberId),
  }),
  signatures: t.field({
    type: [SignatureRef],
    description: 'Signatures that count.',
    resolve: ({ contributionId }, _args, context) => signatureLoader(context).load(contributionId),
  }),
  viewerMay: t.stringList({
    description:
      'What the viewer may do: approve, adjust, ask, reject, comment, edit, submit, withdraw, answer, dispute …',
    resolve: async (contribution, _args, context) => (await rightsOf(contribution, context)).viewerMay,
  }),
  cannotBecause: t.string({
    nullable: true,
    description: 'Why the viewer may not approve what waits, as a refusal code.',
    resolve: async (contribution, _args, context) => (await rightsOf(contribution, context)).cannotBecause,
  }),
  history: t.field({
    type: [StepRef],
    description: 'Every step, in order.',
    resolve: ({ contributionId }, _args, context) => stepLoader(context).load(contributionId),
  }),
  comments: t.field({
    type: [CommentRef],
    description: 'The thread, oldest first.',
    resolve: ({ contributionId }, _args, context) => commentLoader(context).load(contributionId),
  }),
  memberYear: t.field({
    type: MemberYearRef,
    description: 'How its member’s last twelve months were decided.',
    resolve: ({ memberId }) => ({ memberId }),
  }),
}));
