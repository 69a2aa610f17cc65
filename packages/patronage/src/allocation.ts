/**
 * The patronage formula: from recorded inputs to every member's share, allocation, tax, cash and
 * retained amount, exact to the minor unit. A pure function: same inputs, same result, anywhere.
 */
import { absolute, accept, apportion, apportionResidualToLargest, expectAccepted } from '@habitat/kernel';
import { rational, refuse, sum, ZERO } from '@habitat/kernel';
import type { ApportionmentLine, Decimal, ExtraUnitReason, Rational, Result } from '@habitat/kernel';
import { splitCash } from './cash.ts';
import type { CashSplit } from './cash.ts';
import { spreadLoss } from './loss.ts';
import { parsePolicy } from './policy.ts';
import type { AllocationInput, ParsedPolicy, PolicyRefusal, Rounding } from './policy.ts';
import { integerTotals, participationOf, sharesOf, thresholdFacts } from './share.ts';
import type { Participation, ShareLine, ShareRefusal, ThresholdFacts } from './share.ts';
import { allocableSurplus } from './surplus.ts';
import type { SurplusCalculation, SurplusRefusal } from './surplus.ts';
import { weighPatronage } from './weighted-patronage.ts';
import type { PatronageLine, PatronageRefusal, WeightedMember } from './weighted-patronage.ts';

export type AllocationRefusal =
  | PolicyRefusal
  | SurplusRefusal
  | PatronageRefusal
  /** There is something to divide and nobody takes part: a surplus stays unallocated. */
  | { readonly code: 'NO_PATRONAGE'; readonly allocableMinor: string; readonly belowThreshold: number }
  | ShareRefusal
  | { readonly code: 'MISSING_LOSS_CAPACITY'; readonly memberId: string };

export interface MemberAllocation {
  readonly memberId: string;
  readonly memberClass: string;
  readonly participation: Participation;
  readonly patronage: readonly PatronageLine[];
  readonly weightedTotal: Decimal;
  /** W / ΣW before the maximum share; zero for those who take no part. */
  readonly uncappedShare: Rational;
  readonly share: Rational;
  readonly capped: boolean;
  /** The loss was cut at what the member can bear. */
  readonly floored: boolean;
  readonly lossCapacityMinor: bigint | null;
  /** The exact amount before rounding; in a loss, after the others' excess was spread. */
  readonly exactMinor: Rational;
  readonly floorMinor: bigint;
  readonly remainder: Rational;
  readonly extraMinor: bigint;
  readonly extraReason: ExtraUnitReason;
  readonly tiedAtCut: boolean;
  readonly allocationMinor: bigint;
  readonly taxMinor: bigint;
  readonly cashMinor: bigint;
  readonly retainedMinor: bigint;
}

export interface AllocationCalculation {
  readonly digits: number;
  readonly currency: string;
  readonly surplus: SurplusCalculation;
  readonly threshold: ThresholdFacts | null;
  /** Σ W over those taking part. */
  readonly weightedTotal: Decimal;
  readonly participants: number;
  /** Sorted by member id, every member of the input once. */
  readonly members: readonly MemberAllocation[];
  readonly allocatedMinor: bigint;
  /** Magnitude of a loss that nobody can bear; zero otherwise. */
  readonly unborneMinor: bigint;
  readonly taxMinor: bigint;
  readonly cashMinor: bigint;
  readonly retainedMinor: bigint;
}

/**
 * Calculates an allocation. Refusals, in the order checked: the policy's numbers, the surplus lines,
 * the members' patronage, NO_PATRONAGE (not when book and tax are both zero), INFEASIBLE_CAP,
 * MISSING_LOSS_CAPACITY (a loss needs to know what each participant can bear). Σ allocations + the
 * unborne loss = allocable surplus; Σ tax = tax net income; cash + retained = allocated.
 */
export function calculateAllocation(
  input: AllocationInput,
): Result<AllocationCalculation, AllocationRefusal> {
  const policy = parsePolicy(input.policy);
  if (!policy.ok) return policy;
  const surplus = allocableSurplus(input.netIncomeMinor, input.policy.surplusLines);
  if (!surplus.ok) return surplus;
  const weighed = weighPatronage(input, policy.value);
  if (!weighed.ok) return weighed;
  const threshold = thresholdFacts(input, policy.value, weighed.value);
  const participation = weighed.value.map((one) => participationOf(one, threshold, input.digits));
  const participants = weighed.value.filter((_, index) => participation[index] === 'takes_part');
  const { allocableMinor } = surplus.value;
  if (participants.length === 0 && (allocableMinor !== 0n || input.taxNetIncomeMinor !== 0n)) {
    const belowThreshold = participation.filter((reason) => reason === 'below_threshold').length;
    return refuse({ code: 'NO_PATRONAGE', allocableMinor: allocableMinor.toString(), belowThreshold });
  }
  const shares = sharesOf(participants, policy.value.maximumShare);
  if (!shares.ok) return shares;
  const book = divideBook(allocableMinor, shares.value, participants, input.policy.rounding);
  if (!book.ok) return book;
  return accept(
    assemble(input, policy.value, {
      surplus: surplus.value,
      threshold,
      weighed: weighed.value,
      participation,
      participants,
      shares: shares.value,
      book: book.value,
    }),
  );
}

interface BookDivision {
  readonly lines: ReadonlyMap<string, ApportionmentLine>;
  /** Magnitudes of those held at their capacity. */
  readonly floored: ReadonlyMap<string, bigint>;
  readonly unborneMinor: bigint;
}

function divideBook(
  allocableMinor: bigint,
  shares: readonly ShareLine[],
  participants: readonly WeightedMember[],
  rounding: Rounding,
): Result<BookDivision, AllocationRefusal> {
  if (allocableMinor >= 0n) {
    const lines = divide(allocableMinor, shares, rounding);
    return accept({ lines, floored: new Map(), unborneMinor: 0n });
  }
  const bearers = [];
  for (const [index, { memberId, share }] of shares.entries()) {
    const capacity = participants[index]?.member.lossCapacityMinor ?? null;
    if (capacity === null) return refuse({ code: 'MISSING_LOSS_CAPACITY', memberId });
    bearers.push({ memberId, share, capacityMinor: capacity > 0n ? capacity : 0n });
  }
  return accept(spreadLoss(absolute(allocableMinor), bearers, rounding));
}

function divide(
  totalMinor: bigint,
  shares: readonly { readonly memberId: string; readonly share: Rational }[],
  rounding: Rounding,
): ReadonlyMap<string, ApportionmentLine> {
  const rule = rounding === 'largest_remainder' ? apportion : apportionResidualToLargest;
  const weights = shares.map(({ memberId, share }) => ({ id: memberId, weight: share }));
  return new Map(expectAccepted(rule(totalMinor, weights)).lines.map((line) => [line.id, line]));
}

interface Steps {
  readonly surplus: SurplusCalculation;
  readonly threshold: ThresholdFacts | null;
  readonly weighed: readonly WeightedMember[];
  readonly participation: readonly Participation[];
  readonly participants: readonly WeightedMember[];
  readonly shares: readonly ShareLine[];
  readonly book: BookDivision;
}

function assemble(input: AllocationInput, policy: ParsedPolicy, steps: Steps): AllocationCalculation {
  const allocations = steps.weighed.map(({ member: { memberId } }) => ({
    memberId,
    allocationMinor: bookOf(memberId, steps.book),
  }));
  const tax = divideTax(input, steps);
  const cash = splitCash(allocations, policy.cashRate);
  const shareById = new Map(steps.shares.map((line) => [line.memberId, line]));
  const members = steps.weighed.map((weighed, index): MemberAllocation => {
    const { memberId } = weighed.member;
    return {
      ...identityOf(weighed, steps.participation[index] ?? 'not_eligible', shareById.get(memberId)),
      ...roundingOf(memberId, steps.book),
      allocationMinor: allocations[index]?.allocationMinor ?? 0n,
      taxMinor: tax.get(memberId)?.units ?? 0n,
      cashMinor: cash.lines[index]?.cashMinor ?? 0n,
      retainedMinor: cash.lines[index]?.retainedMinor ?? 0n,
    };
  });
  const calculation: AllocationCalculation = {
    digits: input.digits,
    currency: input.currency,
    surplus: steps.surplus,
    threshold: steps.threshold,
    weightedTotal: integerTotals(steps.participants).total,
    participants: steps.participants.length,
    members,
    allocatedMinor: sum(allocations.map(({ allocationMinor }) => allocationMinor)),
    unborneMinor: steps.book.unborneMinor,
    taxMinor: sum(members.map(({ taxMinor }) => taxMinor)),
    cashMinor: cash.poolMinor,
    retainedMinor: cash.retainedMinor,
  };
  assertExact(input, calculation, cash);
  return calculation;
}

/**
 * Tax items follow the book shares (26 CFR 1.704-1(b)(4)(i)). When a book loss was cut at what members
 * can bear, a tax loss follows the loss they actually bore instead; §704(c) items come on top later.
 */
function divideTax(input: AllocationInput, steps: Steps): ReadonlyMap<string, ApportionmentLine> {
  const { taxNetIncomeMinor, policy } = input;
  if (steps.book.floored.size > 0 && taxNetIncomeMinor < 0n) {
    const borne = steps.shares.map(({ memberId }) => ({
      memberId,
      share: rational(absolute(bookOf(memberId, steps.book))),
    }));
    if (borne.some(({ share }) => share.numerator > 0n)) {
      return divide(taxNetIncomeMinor, borne, policy.rounding);
    }
  }
  return divide(taxNetIncomeMinor, steps.shares, policy.rounding);
}

function bookOf(memberId: string, book: BookDivision): bigint {
  const held = book.floored.get(memberId);
  return held === undefined ? (book.lines.get(memberId)?.units ?? 0n) : -held;
}

function identityOf(weighed: WeightedMember, participation: Participation, share: ShareLine | undefined) {
  const { member, lines, weightedTotal } = weighed;
  return {
    memberId: member.memberId,
    memberClass: member.memberClass,
    participation,
    patronage: lines,
    weightedTotal,
    uncappedShare: share?.uncappedShare ?? ZERO,
    share: share?.share ?? ZERO,
    capped: share?.capped ?? false,
    lossCapacityMinor: member.lossCapacityMinor,
  };
}

function roundingOf(memberId: string, book: BookDivision) {
  const held = book.floored.get(memberId);
  const line = book.lines.get(memberId);
  const fixed = held === undefined ? 0n : -held;
  return {
    floored: held !== undefined,
    exactMinor: line?.quota ?? rational(fixed),
    floorMinor: line?.floor ?? fixed,
    remainder: line?.remainder ?? ZERO,
    extraMinor: line?.extra ?? 0n,
    extraReason: line?.extraReason ?? ('none' as const),
    tiedAtCut: line?.tiedAtCut ?? false,
  };
}

/** The invariants of the formula, checked on every result: a violation is a fault of ours and stops everything. */
function assertExact(input: AllocationInput, calculation: AllocationCalculation, cash: CashSplit): void {
  const { allocatedMinor, unborneMinor, surplus, members } = calculation;
  const broken =
    allocatedMinor - unborneMinor !== surplus.allocableMinor
      ? 'allocations and the unborne loss do not add up to the allocable surplus'
      : calculation.taxMinor !== input.taxNetIncomeMinor
        ? 'tax allocations do not add up to the tax net income'
        : cash.poolMinor + cash.retainedMinor !== allocatedMinor
          ? 'cash and retained do not add up to the allocations'
          : sum(members.map(({ cashMinor }) => cashMinor)) !== cash.poolMinor
            ? 'the members’ cash does not add up to the pool'
            : null;
  if (broken) throw new Error(`the allocation is not exact: ${broken}`);
}
