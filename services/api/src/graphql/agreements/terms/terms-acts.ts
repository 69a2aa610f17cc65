// Setting weights and policies, and a second person’s word on those that reach into a running period.
import type { TermsSet } from '@habitat/agreements';
import { decideTerms, setPolicies, setWeights } from '@habitat/agreements';
import type { Types } from '../../builder.ts';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { defineMutation } from '../../mutation.ts';

const CategoryWeightInput = builder.inputType('CategoryWeightInput', {
  description: 'What a category shall be multiplied by.',
  fields: (t) => ({
    category: t.string({ required: true, description: 'The patronage category.' }),
    weight: t.field({ type: 'Decimal', required: true, description: 'A positive decimal.' }),
  }),
});

const payload = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, TermsSet>) => ({
  termsId: t.globalID({
    description: 'Id of the new version.',
    resolve: ({ termsId }) => ({ type: 'Terms', id: termsId }),
  }),
  version: t.exposeInt('version', { description: 'Its number.' }),
  needsSecond: t.exposeBoolean('needsSecond', {
    description:
      'True when it reaches into a period already begun: it counts once a second person approved it.',
  }),
});

const EFFECTIVE_ON = {
  type: 'LocalDate',
  required: true,
  description: 'First day it counts; a period’s first day, as a rule.',
} as const;
const RATIONALE = { required: true, description: 'Why.' } as const;

defineMutation('setWeights', {
  description: 'Sets new weights from a day on.',
  allow: 'weight.set',
  input: (t) => ({
    effectiveOn: t.field(EFFECTIVE_ON),
    weights: t.field({
      type: [CategoryWeightInput],
      required: true,
      description: 'All weights; those left out are gone.',
    }),
    rationale: t.string(RATIONALE),
  }),
  run: (input, context, command) =>
    setWeights(context.database, command, {
      effectiveFrom: input.effectiveOn,
      weights: Object.fromEntries(input.weights.map(({ category, weight }) => [category, weight])),
      rationale: input.rationale,
    }),
  payload,
});

const MultiplierInput = builder.inputType('ClassMultiplierInput', {
  description: 'What a class’s weighted total is multiplied by under the tiered formula.',
  fields: (t) => ({
    memberClass: t.string({ required: true, description: 'The class.' }),
    multiplier: t.field({ type: 'Decimal', required: true, description: 'A positive decimal.' }),
  }),
});

const ThresholdInput = builder.inputType('ThresholdInput', {
  description: 'The least one must have given to take part.',
  fields: (t) => ({
    kind: t.string({ required: true, description: 'fixed, hours, percent_of_average, or none.' }),
    amount: t.field({ type: 'Money', description: 'For fixed.' }),
    number: t.field({ type: 'Decimal', description: 'Hours, or a fraction of the average such as 0.75.' }),
  }),
});

const SurplusLineInput = builder.inputType('SurplusPolicyLineInput', {
  description: 'Something taken off net income before it is shared.',
  fields: (t) => ({
    lineId: t.string({ required: true, description: 'A short name of its own.' }),
    label: t.string({ required: true, description: 'What it is.' }),
    kind: t.string({ required: true, description: 'non_member_income, reserve or return_on_share_capital.' }),
    fraction: t.field({ type: 'Decimal', description: 'The part taken, 0 to 1.' }),
    of: t.string({
      description: 'Of what: net_income, member_income, remaining, or capital (returns on share capital).',
    }),
    amount: t.field({ type: 'Money', description: 'A fixed amount instead.' }),
    indivisible: t.boolean({ description: 'A reserve that is never paid out to members.' }),
    taxedApart: t.boolean({ description: 'Non-member income taxed apart instead of kept.' }),
    accountCode: t.string({ description: 'Account it goes to; 3330 when left out.' }),
  }),
});

const EligibilityInput = builder.inputType('EligibilityInput', {
  description: 'Who takes part.',
  fields: (t) => ({
    classes: t.stringList({ description: 'Only these classes; every class when left out.' }),
    statuses: t.stringList({ required: true, description: 'These statuses.' }),
    minimumTenureDays: t.int({ required: true, description: 'Days of membership by the end of the period.' }),
  }),
});

type Line = typeof SurplusLineInput.$inferInput;

function surplusLine(line: Line, index: number, context: ApiContext) {
  const path = ['input', 'surplusLines', index, 'amount'];
  const amount =
    line.amount != null
      ? { kind: 'fixed', amountMinor: context.minor(line.amount, path).toString() }
      : line.of === 'capital'
        ? { kind: 'rate_on_capital', rate: line.fraction ?? '' }
        : { kind: 'fraction', fraction: line.fraction ?? '', of: line.of ?? 'net_income' };
  return {
    id: line.lineId,
    label: line.label,
    kind: line.kind,
    accountCode: line.accountCode ?? null,
    amount,
    ...(line.kind === 'reserve' ? { indivisible: line.indivisible === true } : {}),
    ...(line.kind === 'non_member_income'
      ? { treatment: line.taxedApart === true ? 'taxed_apart' : 'kept' }
      : {}),
  };
}

function threshold({ kind, amount, number }: typeof ThresholdInput.$inferInput, context: ApiContext) {
  if (kind === 'none') return null;
  if (kind === 'fixed')
    return { kind, amountMinor: context.minor(amount ?? '', ['input', 'threshold', 'amount']).toString() };
  return kind === 'hours' ? { kind, hours: number ?? '' } : { kind, fraction: number ?? '' };
}

defineMutation('setAgreementPolicies', {
  description: 'Sets new policies from a day on; what is left out stays as it is.',
  allow: 'policy.manage',
  input: (t) => ({
    effectiveOn: t.field(EFFECTIVE_ON),
    rationale: t.string(RATIONALE),
    formula: t.string({ description: 'weighted, equal, hours_only, revenue_only or tiered.' }),
    formulaCategories: t.stringList({ description: 'Categories that hours_only or revenue_only count.' }),
    multipliers: t.field({ type: [MultiplierInput], description: 'For the tiered formula, every class.' }),
    threshold: t.field({ type: ThresholdInput, description: 'The minimum to take part.' }),
    maximumShare: t.field({ type: 'Decimal', description: 'Largest share allowed; 1 for no cap.' }),
    eligibility: t.field({ type: EligibilityInput, description: 'Who takes part.' }),
    rounding: t.string({ description: 'largest_remainder or residual_to_largest.' }),
    cashRate: t.field({ type: 'Decimal', description: 'The part of a share paid in cash, 0 to 1.' }),
    cashReserve: t.field({ type: 'Money', description: 'Cash that stays, whatever is distributed.' }),
    surplusLines: t.field({
      type: [SurplusLineInput],
      description: 'What is taken off net income first, in order.',
    }),
  }),
  run: (input, context, command) => {
    const changes: Record<string, unknown> = {};
    if (input.formula != null) {
      changes['formula'] = {
        kind: input.formula,
        ...(input.formulaCategories == null ? {} : { categories: input.formulaCategories }),
        ...(input.multipliers == null
          ? {}
          : {
              multipliers: Object.fromEntries(
                input.multipliers.map((one) => [one.memberClass, one.multiplier]),
              ),
            }),
      };
    }
    if (input.threshold != null) changes['threshold'] = threshold(input.threshold, context);
    if (input.maximumShare != null)
      changes['maximumShare'] = /^1(\.0*)?$/.test(input.maximumShare) ? null : input.maximumShare;
    if (input.eligibility != null)
      changes['eligibility'] = { ...input.eligibility, classes: input.eligibility.classes ?? null };
    if (input.rounding != null) changes['rounding'] = input.rounding;
    if (input.cashRate != null) changes['cashRate'] = input.cashRate;
    if (input.cashReserve != null) {
      changes['cashReserveMinor'] = context.minor(input.cashReserve, ['input', 'cashReserve']).toString();
    }
    if (input.surplusLines != null) {
      changes['surplusLines'] = input.surplusLines.map((line, index) => surplusLine(line, index, context));
    }
    return setPolicies(context.database, command, {
      effectiveFrom: input.effectiveOn,
      changes,
      rationale: input.rationale,
    });
  },
  payload,
});

defineMutation('decideTerms', {
  description: 'A second person approves or declines terms that reach into a running period.',
  allow: 'signedIn',
  input: (t) => ({
    termsId: t.globalID({ required: true, description: 'The version that waits.' }),
    approve: t.boolean({ required: true, description: 'True to approve, false to decline.' }),
    reason: t.string({ description: 'Needed to decline.' }),
  }),
  run: (input, context, command) =>
    decideTerms(context.database, command, {
      termsId: input.termsId.id,
      outcome: input.approve ? 'approved' : 'declined',
      reason: input.reason ?? null,
    }),
  payload: (t) => ({
    termsId: t.globalID({
      description: 'The version decided on.',
      resolve: ({ termsId }) => ({ type: 'Terms', id: termsId }),
    }),
  }),
});
