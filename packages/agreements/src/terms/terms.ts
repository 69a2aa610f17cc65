// The terms members agreed on, as data: weights of the patronage categories, and the policies of allocation and
// distribution. Both are checked by the formula's own rules before they are ever recorded.
import type { Refused, Result } from '@habitat/kernel';
import { accept, isLocalDate, refuse, refuseAll } from '@habitat/kernel';
import type {
  AllocationPolicy,
  PolicyRefusal,
  SurplusLine,
  SurplusRefusal,
  Threshold,
} from '@habitat/patronage';
import { allocableSurplus, parsePolicy } from '@habitat/patronage';
import { z } from 'zod';

const minorText = z.string().regex(/^-?\d{1,15}$/, 'an amount in minor units');
const decimalText = z.string().regex(/^\d{1,9}(\.\d{1,12})?$/, 'a decimal number');
const categories = z.array(z.string().min(1).max(64)).min(1).max(50);

const formula = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('weighted') }),
  z.object({ kind: z.literal('equal') }),
  z.object({ kind: z.literal('hours_only'), categories: categories.optional() }),
  z.object({ kind: z.literal('revenue_only'), categories: categories.optional() }),
  z.object({ kind: z.literal('tiered'), multipliers: z.record(z.string(), decimalText) }),
]);

const threshold = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fixed'), amountMinor: minorText }),
  z.object({ kind: z.literal('hours'), hours: decimalText }),
  z.object({ kind: z.literal('percent_of_average'), fraction: decimalText }),
]);

const partOf = z.object({
  kind: z.literal('fraction'),
  fraction: decimalText,
  of: z.enum(['net_income', 'member_income', 'remaining']),
});
const fixed = z.object({ kind: z.literal('fixed'), amountMinor: minorText });
/** A rate on the members' book capital on the eve of the period; the amount is filled in when it is calculated. */
const rateOnCapital = z.object({ kind: z.literal('rate_on_capital'), rate: decimalText });

const lineFields = {
  id: z.string().min(1).max(64),
  label: z.string().min(1).max(200),
  accountCode: z.string().nullable(),
};
const surplusLine = z.discriminatedUnion('kind', [
  z.object({
    ...lineFields,
    kind: z.literal('non_member_income'),
    amount: z.discriminatedUnion('kind', [partOf, fixed]),
    treatment: z.enum(['kept', 'taxed_apart']),
  }),
  z.object({
    ...lineFields,
    kind: z.literal('reserve'),
    amount: z.discriminatedUnion('kind', [partOf, fixed]),
    indivisible: z.boolean(),
  }),
  z.object({
    ...lineFields,
    kind: z.literal('return_on_share_capital'),
    amount: z.discriminatedUnion('kind', [partOf, fixed, rateOnCapital]),
  }),
]);

const weightsSchema = z.object({ weights: z.record(z.string().min(1).max(64), decimalText) });

export const policiesSchema = z.object({
  formula,
  threshold: threshold.nullable(),
  maximumShare: decimalText.nullable(),
  eligibility: z.object({
    /** Null: every class. */
    classes: z.array(z.string()).nullable(),
    statuses: z.array(z.string()).min(1),
    /** Days a member must have belonged by the end of the period. */
    minimumTenureDays: z.int().min(0).max(36_500),
  }),
  rounding: z.enum(['largest_remainder', 'residual_to_largest']),
  cashRate: decimalText,
  surplusLines: z.array(surplusLine).max(20),
  cashReserveMinor: minorText,
});

/** Weights by patronage category, positive decimals as text. */
export type Weights = z.infer<typeof weightsSchema>;
/** Everything else agreed on; amounts as decimal strings of minor units. */
export type Policies = z.infer<typeof policiesSchema>;
export type TermsKind = 'weights' | 'policies';

export type TermsRefusal =
  | { readonly code: 'FORBIDDEN'; readonly act: string }
  | { readonly code: 'NOT_READY' }
  | { readonly code: 'MALFORMED'; readonly path: string; readonly problem: string }
  | PolicyRefusal
  | SurplusRefusal
  | { readonly code: 'NO_WEIGHTS' }
  | { readonly code: 'NOTHING_PROPOSED' }
  | { readonly code: 'RESERVE_NEGATIVE'; readonly field: 'cashReserve' }
  | { readonly code: 'REASON_REQUIRED'; readonly field: string }
  | { readonly code: 'NOT_A_DATE'; readonly text: string }
  | { readonly code: 'PERIOD_CLOSED'; readonly periodName: string }
  | { readonly code: 'TERMS_NOT_FOUND' }
  | { readonly code: 'NOTHING_TO_DECIDE' }
  | { readonly code: 'SAME_PERSON' };

function problems(error: z.ZodError): Refused<TermsRefusal> {
  const all = error.issues.map((issue): TermsRefusal => ({
    code: 'MALFORMED',
    path: issue.path.join('.'),
    problem: issue.message,
  }));
  return refuseAll(all[0] ?? { code: 'MALFORMED', path: '', problem: 'malformed' }, all.slice(1));
}

const FIELD_OF: Readonly<Record<PolicyRefusal['code'], string>> = {
  WEIGHT_NOT_POSITIVE: 'weights',
  MULTIPLIER_NOT_POSITIVE: 'multipliers',
  THRESHOLD_INVALID: 'threshold',
  MAXIMUM_SHARE_OUT_OF_RANGE: 'maximumShare',
  CASH_RATE_OUT_OF_RANGE: 'cashRate',
};

/** The formula's own refusal, with the field of the form it concerns. */
function located(refusal: PolicyRefusal): TermsRefusal {
  return { ...refusal, ...{ field: FIELD_OF[refusal.code] } };
}

/** Reads weights; refuses an empty table and anything but positive decimals. */
export function checkWeights(input: unknown): Result<Weights, TermsRefusal> {
  const parsed = weightsSchema.safeParse(input);
  if (!parsed.success) return problems(parsed.error);
  if (Object.keys(parsed.data.weights).length === 0) return refuse({ code: 'NO_WEIGHTS' });
  const checked = parsePolicy({ ...plainPolicy, weights: parsed.data.weights });
  return checked.ok ? accept(parsed.data) : refuse(located(checked.refusal));
}

/** Reads policies and tries every rule the formula will apply to them. */
export function checkPolicies(input: unknown): Result<Policies, TermsRefusal> {
  const parsed = policiesSchema.safeParse(input);
  if (!parsed.success) return problems(parsed.error);
  const policies = parsed.data;
  const policy = allocationPolicy({ weights: {} }, policies, 0n);
  const numbers = parsePolicy(policy);
  const lines = allocableSurplus(0n, policy.surplusLines);
  const negative = BigInt(policies.cashReserveMinor) < 0n;
  const [first, ...others]: TermsRefusal[] = [
    ...(numbers.ok ? [] : [located(numbers.refusal)]),
    ...(lines.ok ? [] : [{ ...lines.refusal, ...{ field: 'surplusLines' } }]),
    ...(negative ? [{ code: 'RESERVE_NEGATIVE', field: 'cashReserve' } as const] : []),
  ];
  return first === undefined ? accept(policies) : refuseAll(first, others);
}

const plainPolicy: AllocationPolicy = {
  surplusLines: [],
  formula: { kind: 'weighted' },
  weights: {},
  threshold: null,
  maximumShare: null,
  rounding: 'largest_remainder',
  cashRate: '0',
};

/** What the formula is told: both terms together. `shareCapitalMinor` is what a rate on capital is taken of. */
export function allocationPolicy(
  weights: Weights,
  policies: Policies,
  shareCapitalMinor: bigint,
): AllocationPolicy {
  const { formula: agreed } = policies;
  return {
    surplusLines: policies.surplusLines.map((line) => surplusLineOf(line, shareCapitalMinor)),
    formula:
      agreed.kind === 'hours_only' || agreed.kind === 'revenue_only'
        ? { kind: agreed.kind, ...(agreed.categories ? { categories: agreed.categories } : {}) }
        : agreed,
    weights: weights.weights,
    threshold: thresholdOf(policies.threshold),
    maximumShare: policies.maximumShare,
    rounding: policies.rounding,
    cashRate: policies.cashRate,
  };
}

function thresholdOf(agreed: Policies['threshold']): Threshold | null {
  return agreed?.kind === 'fixed' ? { kind: 'fixed', amountMinor: BigInt(agreed.amountMinor) } : agreed;
}

function surplusLineOf(line: Policies['surplusLines'][number], shareCapitalMinor: bigint): SurplusLine {
  const exact = (amount: z.infer<typeof partOf> | z.infer<typeof fixed>) =>
    amount.kind === 'fixed' ? { kind: 'fixed' as const, amountMinor: BigInt(amount.amountMinor) } : amount;
  if (line.kind !== 'return_on_share_capital') return { ...line, amount: exact(line.amount) };
  const { amount } = line;
  if (amount.kind !== 'rate_on_capital') return { ...line, amount: exact(amount) };
  return { ...line, amount: { ...amount, capitalMinor: shareCapitalMinor > 0n ? shareCapitalMinor : 0n } };
}

/** What every new version must say: from which day, and why. Empty when it does. */
export function versionFaults(effectiveFrom: string, rationale: string): TermsRefusal[] {
  return [
    ...(rationale.trim() === '' ? [{ code: 'REASON_REQUIRED', field: 'rationale' } as const] : []),
    ...(isLocalDate(effectiveFrom)
      ? []
      : [{ code: 'NOT_A_DATE', text: effectiveFrom.slice(0, 32) } as const]),
  ];
}

/** These faults and what was found wrong with a document, told at once; the document when nothing is. */
export function withFaults<Value>(
  faults: readonly TermsRefusal[],
  checked: Result<Value, TermsRefusal>,
): Result<Value, TermsRefusal> {
  const [first, ...others] = faults;
  if (first === undefined) return checked;
  if (checked.ok) return refuseAll(first, others);
  const { more, ...refusal } = checked.refusal as TermsRefusal & { readonly more?: readonly TermsRefusal[] };
  return refuseAll(first, [...others, refusal as TermsRefusal, ...(more ?? [])]);
}
