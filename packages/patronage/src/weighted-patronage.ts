/**
 * Each member's weighted patronage W, exactly and line by line: what a category was worth, what it
 * was multiplied by, and which contributions stand behind it.
 */
import {
  accept,
  addDecimal,
  compareIds,
  multiplyDecimal,
  normalizeDecimal,
  parseDecimal,
  refuse,
} from '@habitat/kernel';
import type { Decimal, Result } from '@habitat/kernel';
import type { AllocationInput, CategoryTotal, Formula, MemberPatronage, ParsedPolicy } from './policy.ts';

export interface PatronageLine {
  readonly category: string;
  readonly valueMinor: bigint;
  readonly hours: Decimal;
  /** Weight (times the class multiplier when tiered); one for hours and revenue; null when the category does not count. */
  readonly factor: Decimal | null;
  /** What the line adds to W, in major units or hours. */
  readonly weighted: Decimal;
  /** Sorted, so that the order they were loaded in leaves no trace. */
  readonly contributionIds: readonly string[];
}

export interface WeightedMember {
  readonly member: MemberPatronage;
  readonly lines: readonly PatronageLine[];
  readonly weightedTotal: Decimal;
  readonly valueMinor: bigint;
  readonly hours: Decimal;
}

export type PatronageRefusal =
  | { readonly code: 'DUPLICATE_MEMBER'; readonly memberId: string }
  | { readonly code: 'DUPLICATE_CATEGORY'; readonly memberId: string; readonly category: string }
  | { readonly code: 'DUPLICATE_CONTRIBUTION'; readonly memberId: string; readonly contributionId: string }
  | { readonly code: 'NEGATIVE_PATRONAGE'; readonly memberId: string; readonly category: string }
  | {
      readonly code: 'HOURS_INVALID';
      readonly memberId: string;
      readonly category: string;
      readonly hours: string;
    }
  | { readonly code: 'MISSING_MULTIPLIER'; readonly memberClass: string }
  | { readonly code: 'MISSING_WEIGHT'; readonly category: string };

const NOTHING: Decimal = { coefficient: 0n, scale: 0 };
const ONE_TIME: Decimal = { coefficient: 1n, scale: 0 };

/**
 * W of every member, sorted by member id. Weights and multipliers are only missed for eligible
 * members. Refusals in the order of `PatronageRefusal`, member by member.
 */
export function weighPatronage(
  input: AllocationInput,
  parsed: ParsedPolicy,
): Result<WeightedMember[], PatronageRefusal> {
  const members = [...input.members].sort((a, b) => compareIds(a.memberId, b.memberId));
  const seenMembers = new Set<string>();
  const seenContributions = new Set<string>();
  const weighed: WeightedMember[] = [];
  for (const member of members) {
    if (seenMembers.has(member.memberId)) {
      return refuse({ code: 'DUPLICATE_MEMBER', memberId: member.memberId });
    }
    seenMembers.add(member.memberId);
    const fault = memberFault(member, seenContributions);
    if (fault) return refuse(fault);
    const result = weighMember(member, input, parsed);
    if (!result.ok) return result;
    weighed.push(result.value);
  }
  return accept(weighed);
}

function memberFault(member: MemberPatronage, seenContributions: Set<string>): PatronageRefusal | null {
  const { memberId } = member;
  const categories = new Set<string>();
  for (const { category, valueMinor, hours, contributionIds } of member.categories) {
    if (categories.has(category)) return { code: 'DUPLICATE_CATEGORY', memberId, category };
    categories.add(category);
    for (const contributionId of contributionIds) {
      if (seenContributions.has(contributionId)) {
        return { code: 'DUPLICATE_CONTRIBUTION', memberId, contributionId };
      }
      seenContributions.add(contributionId);
    }
    if (valueMinor < 0n) return { code: 'NEGATIVE_PATRONAGE', memberId, category };
    const parsed = parseDecimal(hours);
    if (!parsed.ok) return { code: 'HOURS_INVALID', memberId, category, hours };
    if (parsed.value.coefficient < 0n) return { code: 'NEGATIVE_PATRONAGE', memberId, category };
  }
  return null;
}

function weighMember(
  member: MemberPatronage,
  input: AllocationInput,
  parsed: ParsedPolicy,
): Result<WeightedMember, PatronageRefusal> {
  const { formula } = input.policy;
  const multiplier =
    formula.kind === 'tiered' ? (parsed.multipliers.get(member.memberClass) ?? null) : ONE_TIME;
  if (multiplier === null && member.eligible) {
    return refuse({ code: 'MISSING_MULTIPLIER', memberClass: member.memberClass });
  }
  const lines: PatronageLine[] = [];
  for (const total of [...member.categories].sort((a, b) => compareIds(a.category, b.category))) {
    const weight = factorOf(formula, total.category, parsed.weights);
    if (weight === 'missing' && member.eligible) {
      return refuse({ code: 'MISSING_WEIGHT', category: total.category });
    }
    const usable = weight === 'missing' || weight === null || multiplier === null ? null : weight;
    const factor = usable && multiplier ? normalizeDecimal(multiplyDecimal(usable, multiplier)) : null;
    lines.push(lineOf(total, factor, formula.kind === 'hours_only', input.digits));
  }
  const sumOf = (pick: (line: PatronageLine) => Decimal): Decimal =>
    lines.reduce((running, line) => addDecimal(running, pick(line)), NOTHING);
  return accept({
    member,
    lines,
    weightedTotal: normalizeDecimal(formula.kind === 'equal' ? ONE_TIME : sumOf((line) => line.weighted)),
    valueMinor: lines.reduce((running, line) => running + line.valueMinor, 0n),
    hours: normalizeDecimal(sumOf((line) => line.hours)),
  });
}

/** What a category's value or hours are multiplied by; null when it does not count under the formula. */
function factorOf(
  formula: Formula,
  category: string,
  weights: ReadonlyMap<string, Decimal>,
): Decimal | null | 'missing' {
  switch (formula.kind) {
    case 'weighted':
    case 'tiered':
      return weights.get(category) ?? 'missing';
    case 'equal':
      return null;
    case 'hours_only':
      return !formula.categories || formula.categories.includes(category) ? ONE_TIME : null;
    case 'revenue_only':
      return (formula.categories ?? ['revenue']).includes(category) ? ONE_TIME : null;
  }
}

function lineOf(
  total: CategoryTotal,
  factor: Decimal | null,
  inHours: boolean,
  digits: number,
): PatronageLine {
  const parsed = parseDecimal(total.hours);
  if (!parsed.ok) throw new Error(`the hours "${total.hours}" were checked before`);
  const hours = normalizeDecimal(parsed.value);
  const measured = inHours ? hours : { coefficient: total.valueMinor, scale: digits };
  return {
    category: total.category,
    valueMinor: total.valueMinor,
    hours,
    factor,
    weighted: factor ? normalizeDecimal(multiplyDecimal(measured, factor)) : NOTHING,
    contributionIds: [...total.contributionIds].sort(compareIds),
  };
}
