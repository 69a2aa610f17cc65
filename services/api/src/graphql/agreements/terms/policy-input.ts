// Policies as they are sent: which fields an act on policies takes, and what they mean for the version before.
import type { InputShapeFromFields } from '@pothos/core';
import type { Types } from '../../builder.ts';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';

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

type InputBuilder = PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'>;

/** Fields of every act that changes policies; what is left out stays. */
export const policyFields = (t: InputBuilder) => ({
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
});

type SentPolicies = InputShapeFromFields<ReturnType<typeof policyFields>>;

function formula(input: SentPolicies, kind: string) {
  const { formulaCategories: categories, multipliers } = input;
  return {
    kind,
    ...(categories == null ? {} : { categories }),
    ...(multipliers == null
      ? {}
      : { multipliers: Object.fromEntries(multipliers.map((one) => [one.memberClass, one.multiplier])) }),
  };
}

/** What was sent, as changes to the policies in force. */
export function policyChanges(input: SentPolicies, context: ApiContext): Record<string, unknown> {
  const {
    threshold: minimum,
    maximumShare,
    eligibility,
    rounding,
    cashRate,
    cashReserve,
    surplusLines,
  } = input;
  const reserve = (text: string) => context.minor(text, ['input', 'cashReserve']).toString();
  return {
    ...(input.formula == null ? {} : { formula: formula(input, input.formula) }),
    ...(minimum == null ? {} : { threshold: threshold(minimum, context) }),
    ...(maximumShare == null ? {} : { maximumShare: /^1(\.0*)?$/.test(maximumShare) ? null : maximumShare }),
    ...(eligibility == null ? {} : { eligibility: { ...eligibility, classes: eligibility.classes ?? null } }),
    ...(rounding == null ? {} : { rounding }),
    ...(cashRate == null ? {} : { cashRate }),
    ...(cashReserve == null ? {} : { cashReserveMinor: reserve(cashReserve) }),
    ...(surplusLines == null
      ? {}
      : { surplusLines: surplusLines.map((line, index) => surplusLine(line, index, context)) }),
  };
}
