/**
 * The allocation record: inputs, calculation, outputs and verification as plain JSON (every amount a
 * string, every list in a fixed order) and its SHA-256, so that anyone can recompute and compare.
 */
import {
  canonicalJson,
  compareIds,
  formatDecimal,
  formatMinor,
  normalizeDecimal,
  parseDecimal,
  sha256Hex,
  sum,
  toDecimalString,
} from '@habitat/kernel';
import type { Decimal, JsonValue, Rational } from '@habitat/kernel';
import type { AllocationCalculation, MemberAllocation } from './allocation.ts';
import type { AllocationInput, AllocationPolicy, MemberPatronage, Threshold } from './policy.ts';
import type { SurplusLine, SurplusStep } from './surplus.ts';
import type { ThresholdFacts } from './share.ts';

/** Names the layout; a change of layout gets a new name, so that old hashes stay verifiable. */
export const ALLOCATION_RECORD_FORMAT = 'habitat.allocation-record/1';

export type AllocationRecord = { readonly [key: string]: JsonValue };

/**
 * The record of a calculation. Amounts are minor units as decimal strings, decimals are written
 * without trailing zeros, members, categories and contribution ids are sorted by code unit: the same
 * inputs give the same bytes whatever order they were loaded in. Approvals are kept beside it.
 */
export function allocationRecord(
  input: AllocationInput,
  calculation: AllocationCalculation,
): AllocationRecord {
  return {
    format: ALLOCATION_RECORD_FORMAT,
    references: { ...input.references },
    inputs: {
      currency: input.currency,
      digits: input.digits,
      netIncomeMinor: text(input.netIncomeMinor),
      taxNetIncomeMinor: text(input.taxNetIncomeMinor),
      policy: policyRecord(input.policy),
      members: [...input.members].sort((a, b) => compareIds(a.memberId, b.memberId)).map(memberRecord),
    },
    calculation: {
      surplus: {
        memberIncomeMinor: text(calculation.surplus.memberIncomeMinor),
        steps: calculation.surplus.steps.map(stepRecord),
        allocableMinor: text(calculation.surplus.allocableMinor),
      },
      threshold: thresholdRecord(calculation.threshold),
      weightedTotal: plain(calculation.weightedTotal),
      participants: calculation.participants,
      members: calculation.members.map(calculationRecord),
    },
    outputs: {
      allocatedMinor: text(calculation.allocatedMinor),
      unborneMinor: text(calculation.unborneMinor),
      taxMinor: text(calculation.taxMinor),
      cashMinor: text(calculation.cashMinor),
      retainedMinor: text(calculation.retainedMinor),
      members: calculation.members.map(outputRecord),
    },
    verification: verificationRecord(calculation),
  };
}

/** A calculation's record as it is kept: RFC 8785 text and its SHA-256 in lower-case hex. */
export function sealRecord(
  input: AllocationInput,
  calculation: AllocationCalculation,
): { readonly text: string; readonly hash: string } {
  const text = canonicalJson(allocationRecord(input, calculation));
  return { text, hash: sha256Hex(text) };
}

function policyRecord(policy: AllocationPolicy): JsonValue {
  const { formula } = policy;
  return {
    surplusLines: policy.surplusLines.map(surplusLineRecord),
    formula:
      formula.kind === 'tiered'
        ? { kind: formula.kind, multipliers: decimals(formula.multipliers) }
        : 'categories' in formula && formula.categories
          ? { kind: formula.kind, categories: [...formula.categories].sort(compareIds) }
          : { kind: formula.kind },
    weights: decimals(policy.weights),
    threshold: thresholdPolicyRecord(policy.threshold),
    maximumShare: policy.maximumShare === null ? null : tidy(policy.maximumShare),
    rounding: policy.rounding,
    cashRate: tidy(policy.cashRate),
  };
}

function thresholdPolicyRecord(threshold: Threshold | null): JsonValue {
  if (threshold === null) return null;
  if (threshold.kind === 'fixed') return { kind: threshold.kind, amountMinor: text(threshold.amountMinor) };
  return threshold.kind === 'hours'
    ? { kind: threshold.kind, hours: tidy(threshold.hours) }
    : { kind: threshold.kind, fraction: tidy(threshold.fraction) };
}

function surplusLineRecord(line: SurplusLine): JsonValue {
  const { amount } = line;
  const amountRecord =
    amount.kind === 'fixed'
      ? { kind: amount.kind, amountMinor: text(amount.amountMinor) }
      : amount.kind === 'fraction'
        ? { kind: amount.kind, fraction: tidy(amount.fraction), of: amount.of }
        : { kind: amount.kind, rate: tidy(amount.rate), capitalMinor: text(amount.capitalMinor) };
  return {
    kind: line.kind,
    id: line.id,
    label: line.label,
    accountCode: line.accountCode,
    amount: amountRecord,
    ...(line.kind === 'reserve' ? { indivisible: line.indivisible } : {}),
    ...(line.kind === 'non_member_income' ? { treatment: line.treatment } : {}),
  };
}

function memberRecord(member: MemberPatronage): JsonValue {
  return {
    memberId: member.memberId,
    memberClass: member.memberClass,
    status: member.status,
    eligible: member.eligible,
    lossCapacityMinor: member.lossCapacityMinor === null ? null : text(member.lossCapacityMinor),
    categories: [...member.categories]
      .sort((a, b) => compareIds(a.category, b.category))
      .map(({ category, valueMinor, hours, contributionIds }) => ({
        category,
        valueMinor: text(valueMinor),
        hours: tidy(hours),
        contributionIds: [...contributionIds].sort(compareIds),
      })),
  };
}

function stepRecord(step: SurplusStep): JsonValue {
  return {
    lineId: step.line.id,
    baseMinor: step.baseMinor === null ? null : text(step.baseMinor),
    askedMinor: text(step.askedMinor),
    takenMinor: text(step.takenMinor),
    remainingMinor: text(step.remainingMinor),
    limitedBy: step.limitedBy,
  };
}

function thresholdRecord(threshold: ThresholdFacts | null): JsonValue {
  if (threshold === null) return null;
  return {
    measure: threshold.measure,
    minimum: fraction(threshold.minimum),
    average: threshold.average === null ? null : fraction(threshold.average),
  };
}

function calculationRecord(member: MemberAllocation): JsonValue {
  return {
    memberId: member.memberId,
    participation: member.participation,
    lines: member.patronage.map((line) => ({
      category: line.category,
      factor: line.factor === null ? null : plain(line.factor),
      weighted: plain(line.weighted),
    })),
    weightedTotal: plain(member.weightedTotal),
    uncappedShare: fraction(member.uncappedShare),
    share: fraction(member.share),
    sharePercent: sharePercent(member.share),
    capped: member.capped,
    floored: member.floored,
    exactMinor: fraction(member.exactMinor),
    floorMinor: text(member.floorMinor),
    remainder: fraction(member.remainder),
    extraMinor: text(member.extraMinor),
    extraReason: member.extraReason,
    tiedAtCut: member.tiedAtCut,
  };
}

function outputRecord(member: MemberAllocation): JsonValue {
  return {
    memberId: member.memberId,
    allocationMinor: text(member.allocationMinor),
    taxMinor: text(member.taxMinor),
    cashMinor: text(member.cashMinor),
    retainedMinor: text(member.retainedMinor),
  };
}

/** The sums a reader can redo with a pencil, in major units. */
function verificationRecord(calculation: AllocationCalculation): JsonValue {
  const { members, digits } = calculation;
  const total = (pick: (member: MemberAllocation) => bigint): string =>
    formatMinor(sum(members.map(pick)), digits);
  return {
    allocable: formatMinor(calculation.surplus.allocableMinor, digits),
    sumOfAllocations: total((member) => member.allocationMinor),
    unborne: formatMinor(calculation.unborneMinor, digits),
    sumOfTax: total((member) => member.taxMinor),
    sumOfCash: total((member) => member.cashMinor),
    sumOfRetained: total((member) => member.retainedMinor),
  };
}

/** A share as a percentage with two digits, for reading only. */
export function sharePercent(share: Rational): string {
  return toDecimalString({ numerator: share.numerator * 100n, denominator: share.denominator }, 2);
}

function text(amount: bigint): string {
  return amount.toString();
}

function plain(value: Decimal): string {
  return formatDecimal(normalizeDecimal(value));
}

function tidy(decimalText: string): string {
  const parsed = parseDecimal(decimalText);
  if (!parsed.ok) throw new Error(`"${decimalText}" was checked to be a decimal before`);
  return plain(parsed.value);
}

function decimals(texts: Readonly<Record<string, string>>): JsonValue {
  return Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, tidy(value)]));
}

function fraction(value: Rational): JsonValue {
  return { numerator: text(value.numerator), denominator: text(value.denominator) };
}
