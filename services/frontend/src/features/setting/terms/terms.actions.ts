'use server';
// Weights and policies of allocation: set by an administrator, and signed by a second person where they reach into a
// period that has begun.
import type { ActionState } from '../../../lib/api/action-state.ts';
import { optional, text } from '../../../lib/api/form.ts';
import { ask } from '../../../lib/api/request.ts';
import { fractionOf } from '../../../lib/percent.ts';
import { endedIn, keyOf, rowsOf } from '../ended.ts';
import {
  decideTermsDocument,
  setAgreementPoliciesDocument,
  setWeightsDocument,
} from '../setting-acts.documents.ts';
import { thresholdOf } from './threshold.ts';

/** Sets all weights from a day on; a row without a weight is left out. */
export async function setWeights(_: ActionState, form: FormData): Promise<ActionState> {
  const weights = rowsOf(form, 'weights')
    .map((row) => ({ category: row.get('category').toLowerCase(), weight: row.get('weight') }))
    .filter(({ category, weight }) => category && weight);
  const input = {
    effectiveOn: text(form, 'effectiveOn'),
    rationale: text(form, 'rationale'),
    weights,
    ...keyOf(form),
  };
  const answer = await ask(setWeightsDocument, { input });
  const said = (data: { setWeights: { needsSecond: boolean } }) =>
    data.setWeights.needsSecond ? 'waits' : 'weights';
  return endedIn(answer, form, 'weights', said, (fault) => {
    // A rule of the formula names the category; the form names its row.
    const category = fault.facts.category ?? /^weights\.(\D.*)$/.exec(fault.field ?? '')?.[1];
    const row = weights.findIndex((one) => one.category === category);
    return row < 0 ? (fieldOfRule[fault.reason] ?? fault.field) : `weights.${row}.weight`;
  });
}

/** Where a rule that names no field belongs. */
const fieldOfRule: Readonly<Record<string, string>> = {
  CASH_RATE_OUT_OF_RANGE: 'cashRate',
  MAXIMUM_SHARE_OUT_OF_RANGE: 'maximumShare',
  THRESHOLD_INVALID: 'thresholdNumber',
  RESERVE_NEGATIVE: 'cashReserve',
  NOT_A_DATE: 'effectiveOn',
  PERIOD_CLOSED: 'effectiveOn',
};

/** Sets the policies of allocation and distribution from a day on; a line of the surplus without a name is left out. */
export async function setAgreements(_: ActionState, form: FormData): Promise<ActionState> {
  const formula = text(form, 'formula');
  const categories = listOf(text(form, 'formulaCategories'));
  const multipliers = rowsOf(form, 'multipliers')
    .map((row) => ({ memberClass: row.get('memberClass'), multiplier: row.get('multiplier') }))
    .filter(({ multiplier }) => multiplier);
  const classes = form.getAll('eligibleClasses').map(String);
  const input = {
    effectiveOn: text(form, 'effectiveOn'),
    rationale: text(form, 'rationale'),
    formula,
    ...(/hours_only|revenue_only/.test(formula) && categories.length > 0
      ? { formulaCategories: categories }
      : {}),
    ...(formula === 'tiered' ? { multipliers } : {}),
    threshold: thresholdOf(text(form, 'thresholdKind'), text(form, 'thresholdNumber')),
    maximumShare: fractionOf(text(form, 'maximumShare') || '100'),
    eligibility: {
      classes: classes.length > 0 ? classes : null,
      statuses: form.getAll('eligibleStatuses').map(String),
      minimumTenureDays: Number(text(form, 'minimumTenureDays') || '0'),
    },
    rounding: text(form, 'rounding'),
    cashRate: fractionOf(text(form, 'cashRate')),
    cashReserve: text(form, 'cashReserve'),
    surplusLines: rowsOf(form, 'surplusLines')
      .filter((row) => row.get('label'))
      .map(surplusLine),
    ...keyOf(form),
  };
  const answer = await ask(setAgreementPoliciesDocument, { input });
  const said = (data: { setAgreementPolicies: { needsSecond: boolean } }) =>
    data.setAgreementPolicies.needsSecond ? 'waits' : 'allocation';
  return endedIn(answer, form, 'allocation', said, (fault) => {
    if (/^threshold/.test(fault.field ?? '')) return 'thresholdNumber';
    return fieldOfRule[fault.reason] ?? fault.field;
  });
}

/** A second person signs or declines what waits. */
export async function decideTerms(_: ActionState, form: FormData): Promise<ActionState> {
  const approve = text(form, 'approve') === 'true';
  const input = {
    termsId: text(form, 'termsId'),
    approve,
    reason: optional(form, 'reason'),
    ...keyOf(form),
  };
  const room = text(form, 'room') === 'weights' ? 'weights' : 'allocation';
  return endedIn(await ask(decideTermsDocument, { input }), form, room, approve ? 'signed' : 'declined');
}

type Row = ReturnType<typeof rowsOf>[number];

function surplusLine(row: Row) {
  const [kind = 'reserve', treatment] = row.get('kind').split(':');
  const fixed = row.get('of') === 'fixed';
  return {
    lineId: row.get('lineId') || lineName(row.get('label')),
    label: row.get('label'),
    kind,
    ...(fixed
      ? { amount: row.get('amount') }
      : { fraction: fractionOf(row.get('amount')), of: row.get('of') }),
    indivisible: treatment === 'indivisible',
    taxedApart: treatment === 'taxed_apart',
    accountCode: row.get('accountCode') || null,
  };
}

/** A short name of its own for a new line: "Statutory reserve" is statutory-reserve. */
function lineName(label: string): string {
  const plain = label
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-');
  return plain.replace(/^-|-$/g, '').slice(0, 60) || 'line';
}

const listOf = (words: string) =>
  words
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter(Boolean);
