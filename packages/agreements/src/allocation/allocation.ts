// From the recorded facts of a period to what the formula is told, and from its result to what is stored and
// posted. Pure: the same facts give the same record, byte for byte.
import type { JsonValue, Rational } from '@habitat/kernel';
import { addDays, addMonths, localDate, quarterOf, toDecimalString } from '@habitat/kernel';
import type { LocalDate } from '@habitat/kernel';
import type {
  AllocationCalculation,
  AllocationInput,
  AllocationPolicy,
  CategoryTotal,
  MemberAllocation,
} from '@habitat/patronage';
import { allocableSurplus } from '@habitat/patronage';
import type { TaxRegime } from '@habitat/events';
import { formatDecimal } from '@habitat/kernel';
import type { Bases } from '../copies/ledger-copy.ts';
import type { Policies, Weights } from '../terms/terms.ts';
import { allocationPolicy } from '../terms/terms.ts';

/** Where net income goes that no member gets: unallocated reserves. */
const RESERVE_ACCOUNT = '3330';

export interface MemberFacts {
  readonly id: string;
  readonly class: string;
  readonly status: string;
  readonly joinedOn: string;
  readonly droMinor: bigint;
}

export interface AllocationFacts {
  readonly currency: string;
  readonly digits: number;
  readonly taxRegime: TaxRegime;
  readonly period: {
    readonly id: string;
    readonly name: string;
    readonly startsOn: string;
    readonly endsOn: string;
  };
  readonly closeId: string | null;
  readonly netIncome: Bases;
  readonly weights: { readonly version: number; readonly document: Weights };
  readonly policies: { readonly version: number; readonly document: Policies };
  readonly members: readonly MemberFacts[];
  readonly totals: ReadonlyMap<string, readonly CategoryTotal[]>;
  /** Capital at the end of the period, before the allocation. */
  readonly capital: ReadonlyMap<string, Bases>;
  /** Σ members' book capital on the eve of the period. */
  readonly shareCapitalMinor: bigint;
  /** Nobody takes part and the cooperative decided to keep the whole result in its reserves. */
  readonly keepUnallocated: boolean;
}

/** Class, status and tenure at the end of the period decide who takes part; the policy says which. */
export function isEligible(
  member: MemberFacts,
  eligibility: Policies['eligibility'],
  endsOn: string,
): boolean {
  if (eligibility.classes !== null && !eligibility.classes.includes(member.class)) return false;
  if (!eligibility.statuses.includes(member.status)) return false;
  return addDays(member.joinedOn as LocalDate, eligibility.minimumTenureDays) <= endsOn;
}

function policyOf(facts: AllocationFacts): AllocationPolicy {
  const policy = allocationPolicy(facts.weights.document, facts.policies.document, facts.shareCapitalMinor);
  if (!facts.keepUnallocated) return policy;
  const kept = {
    kind: 'non_member_income',
    id: 'kept-unallocated',
    label: 'Kept in reserves: nobody took part',
    amount: { kind: 'fraction', fraction: '1', of: 'remaining' },
    treatment: 'kept',
    accountCode: RESERVE_ACCOUNT,
  } as const;
  return { ...policy, surplusLines: [kept] };
}

/**
 * The part of tax-basis net income that goes to members. Under subchapter K all of it does: a partnership pays no
 * tax itself (26 USC 701, 702), whatever it reserves in its books. Under subchapter T what the bylaws keep back is
 * taxed to the cooperative, so the same lines come off first (26 USC 1382, 1388(a)).
 */
function taxToMembers(facts: AllocationFacts, policy: AllocationPolicy): bigint {
  if (facts.keepUnallocated) return 0n;
  if (facts.taxRegime === 'subchapter_k') return facts.netIncome.taxMinor;
  const surplus = allocableSurplus(facts.netIncome.taxMinor, policy.surplusLines);
  return surplus.ok ? surplus.value.allocableMinor : facts.netIncome.taxMinor;
}

/** What the formula is told. Members who joined after the period are left out. */
export function allocationInput(facts: AllocationFacts): AllocationInput {
  const { period } = facts;
  const policy = policyOf(facts);
  const { eligibility } = facts.policies.document;
  return {
    currency: facts.currency,
    digits: facts.digits,
    netIncomeMinor: facts.netIncome.bookMinor,
    taxNetIncomeMinor: taxToMembers(facts, policy),
    policy,
    members: facts.members
      .filter((member) => member.joinedOn <= period.endsOn || facts.totals.has(member.id))
      .map((member) => ({
        memberId: member.id,
        memberClass: member.class,
        status: member.status,
        eligible: isEligible(member, eligibility, period.endsOn),
        lossCapacityMinor: (facts.capital.get(member.id)?.bookMinor ?? 0n) + member.droMinor,
        categories: facts.totals.get(member.id) ?? [],
      })),
    references: {
      periodId: period.id,
      periodName: period.name,
      startsOn: period.startsOn,
      endsOn: period.endsOn,
      weightsVersion: facts.weights.version.toString(),
      policiesVersion: facts.policies.version.toString(),
      taxRegime: facts.taxRegime,
      ...(facts.closeId === null ? {} : { closeId: facts.closeId }),
    },
  };
}

export interface Appropriation {
  readonly accountCode: string;
  readonly label: string;
  readonly bookMinor: bigint;
  readonly taxMinor: bigint;
}

/** What of net income goes elsewhere than to members, so that members and these add up to it in both bases. */
export function appropriations(facts: AllocationFacts, calculation: AllocationCalculation): Appropriation[] {
  const found: Appropriation[] = [];
  const taxSteps =
    facts.taxRegime === 'subchapter_t' && !facts.keepUnallocated
      ? taxTaken(facts)
      : new Map<string, bigint>();
  for (const { line, takenMinor } of calculation.surplus.steps) {
    const taxMinor = facts.keepUnallocated ? facts.netIncome.taxMinor : (taxSteps.get(line.id) ?? 0n);
    if (takenMinor === 0n && taxMinor === 0n) continue;
    found.push({
      accountCode: line.accountCode ?? RESERVE_ACCOUNT,
      label: line.label,
      bookMinor: takenMinor,
      taxMinor,
    });
  }
  if (calculation.unborneMinor > 0n) {
    const label = 'Loss that no member can bear';
    found.push({ accountCode: RESERVE_ACCOUNT, label, bookMinor: -calculation.unborneMinor, taxMinor: 0n });
  }
  return found;
}

function taxTaken(facts: AllocationFacts): ReadonlyMap<string, bigint> {
  const surplus = allocableSurplus(facts.netIncome.taxMinor, policyOf(facts).surplusLines);
  return new Map(surplus.ok ? surplus.value.steps.map((step) => [step.line.id, step.takenMinor]) : []);
}

/** One member's part of the result, as stored beside the line and shown to that member. */
export interface LineDetail {
  readonly participation: MemberAllocation['participation'];
  readonly memberClass: string;
  readonly weightedTotal: string;
  readonly share: { readonly numerator: string; readonly denominator: string };
  readonly percent: string;
  readonly capped: boolean;
  readonly floored: boolean;
  readonly exactMinor: { readonly numerator: string; readonly denominator: string };
  readonly floorMinor: string;
  readonly remainder: { readonly numerator: string; readonly denominator: string };
  readonly extraMinor: string;
  readonly extraReason: string;
  readonly tiedAtCut: boolean;
  readonly categories: readonly {
    readonly category: string;
    readonly valueMinor: string;
    readonly hours: string;
    /** What it is multiplied by; null when it does not count under the formula. */
    readonly factor: string | null;
    readonly counts: string;
    readonly contributionIds: readonly string[];
  }[];
}

/** A share as a percentage with four digits, for reading only. */
export function percentOf(share: Rational): string {
  return toDecimalString({ numerator: share.numerator * 100n, denominator: share.denominator }, 4);
}

function fraction(value: Rational) {
  return { numerator: value.numerator.toString(), denominator: value.denominator.toString() };
}

/** The stored detail of a member's line. */
export function lineDetail(member: MemberAllocation): LineDetail & { readonly [key: string]: JsonValue } {
  return {
    participation: member.participation,
    memberClass: member.memberClass,
    weightedTotal: formatDecimal(member.weightedTotal),
    share: fraction(member.share),
    percent: percentOf(member.share),
    capped: member.capped,
    floored: member.floored,
    exactMinor: fraction(member.exactMinor),
    floorMinor: member.floorMinor.toString(),
    remainder: fraction(member.remainder),
    extraMinor: member.extraMinor.toString(),
    extraReason: member.extraReason,
    tiedAtCut: member.tiedAtCut,
    categories: member.patronage.map((line) => ({
      category: line.category,
      valueMinor: line.valueMinor.toString(),
      hours: formatDecimal(line.hours),
      factor: line.factor === null ? null : formatDecimal(line.factor),
      counts: formatDecimal(line.weighted),
      contributionIds: line.contributionIds,
    })),
  };
}

/** The fiscal year a period counts for, named by the calendar year it ends in; January begins the usual one. */
export function yearOf(endsOn: string, fiscalStartMonth = 1): number {
  return quarterOf(endsOn as LocalDate, fiscalStartMonth).fiscalYear;
}

/**
 * When tax papers and payments of a fiscal year are due. Schedule K-1: the 15th day of the third month after the year
 * (26 USC 6072(b)); 1099-PATR: January 31 after the calendar year it ends in (26 USC 6044(e)); qualified notices are
 * paid within 8½ months after the year (26 USC 1382(d)).
 */
export function taxDates(
  regime: TaxRegime,
  year: number,
  fiscalStartMonth = 1,
): { readonly formDueOn: string; readonly paymentDueOn: string | null } {
  // The first day after the year: the month it begins in, of the year it is named by (of the next one for January).
  const after = localDate(fiscalStartMonth === 1 ? year + 1 : year, fiscalStartMonth, 15);
  if (regime === 'subchapter_k') return { formDueOn: addMonths(after, 2), paymentDueOn: null };
  return { formDueOn: localDate(year + 1, 1, 31), paymentDueOn: addMonths(after, 8) };
}
