// Paying members: how much of what is asked may be paid, and how a distribution stands. Two guards never give way:
// the cash reserve, and that nobody's book capital falls below zero beyond their deficit restoration obligation.
import type { OverRoleLimit, Result } from '@habitat/kernel';
import { accept, apportion, expectAccepted, rational, refuse, sum } from '@habitat/kernel';

export type DistributionBasis = 'allocation' | 'capital_account' | 'equal';
export type LineState =
  | 'calculated'
  | 'approved'
  | 'scheduling'
  | 'scheduled'
  | 'paying'
  | 'paid'
  | 'voiding'
  | 'failed'
  | 'cancelled';
export type DistributionStatus =
  'calculated' | 'approved' | 'scheduled' | 'processing' | 'completed' | 'failed' | 'cancelled';

export interface Candidate {
  readonly memberId: string;
  readonly lotId: string | null;
  /** What the member's part goes by: cash left in the lot, book capital, or one. */
  readonly weight: bigint;
  /** Book capital plus DRO, less what is promised already: the most that may be paid. */
  readonly capacityMinor: bigint;
}

export interface PlanFacts {
  readonly basis: DistributionBasis;
  /** What to pay in all; null pays out an allocation's whole cash part. */
  readonly poolMinor: bigint | null;
  /** Whether a guard stops everything or lowers what it must. */
  readonly whenShort: 'block' | 'reduce';
  readonly cashMinor: bigint;
  /** Promised in other distributions and not paid yet. */
  readonly committedMinor: bigint;
  readonly reserveMinor: bigint;
  readonly candidates: readonly Candidate[];
}

export interface PlannedLine {
  readonly memberId: string;
  readonly lotId: string | null;
  readonly askedMinor: bigint;
  readonly amountMinor: bigint;
  readonly reducedReason: string | null;
}

export interface Plan {
  readonly askedMinor: bigint;
  readonly totalMinor: bigint;
  readonly reducedReason: string | null;
  readonly lines: readonly PlannedLine[];
}

export type PlanRefusal =
  | { readonly code: 'POOL_REQUIRED' }
  | { readonly code: 'POOL_NOT_POSITIVE' }
  | { readonly code: 'NOTHING_TO_DISTRIBUTE' }
  | { readonly code: 'MORE_THAN_ALLOCATED'; readonly askedMinor: string; readonly mostMinor: string }
  | {
      readonly code: 'CASH_RESERVE';
      readonly askedMinor: string;
      readonly mostMinor: string;
      readonly reserveMinor: string;
    }
  | {
      readonly code: 'CAPITAL_DEFICIT';
      readonly memberId: string;
      readonly askedMinor: string;
      readonly mostMinor: string;
    };

export type DistributionRefusal =
  | { readonly code: 'FORBIDDEN'; readonly act: string }
  | OverRoleLimit
  | { readonly code: 'NOT_READY' }
  | { readonly code: 'MALFORMED_AMOUNT'; readonly field: string }
  | { readonly code: 'PERIOD_NOT_FOUND' }
  | { readonly code: 'NO_ALLOCATION' }
  | PlanRefusal
  | { readonly code: 'DISTRIBUTION_NOT_FOUND' }
  | { readonly code: 'ALREADY_APPROVED' }
  | { readonly code: 'SAME_PERSON' }
  | { readonly code: 'NOT_APPROVED' }
  | { readonly code: 'LINE_NOT_FOUND'; readonly lineId: string }
  | { readonly code: 'WRONG_STATE'; readonly state: string }
  | { readonly code: 'NOT_A_DATE'; readonly text: string }
  | { readonly code: 'DATE_PAST'; readonly today: string }
  | { readonly code: 'DATE_IN_FUTURE'; readonly today: string }
  | { readonly code: 'REASON_REQUIRED'; readonly field: string };

function atLeastZero(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}

/**
 * Divides a pool among the candidates by largest remainder under both guards. Refuses, in order: POOL_REQUIRED,
 * POOL_NOT_POSITIVE, NOTHING_TO_DISTRIBUTE, MORE_THAN_ALLOCATED, CASH_RESERVE, CAPITAL_DEFICIT; the last two carry
 * the most that would pass. With `reduce` they lower the amounts instead and give the reason.
 */
export function planDistribution(facts: PlanFacts): Result<Plan, PlanRefusal> {
  if (facts.poolMinor === null && facts.basis !== 'allocation') return refuse({ code: 'POOL_REQUIRED' });
  if (facts.poolMinor !== null && facts.poolMinor <= 0n) return refuse({ code: 'POOL_NOT_POSITIVE' });
  const candidates = facts.candidates.filter(({ weight }) => weight > 0n);
  if (candidates.length === 0) return refuse({ code: 'NOTHING_TO_DISTRIBUTE' });
  const whole = sum(candidates.map(({ weight }) => weight));
  const askedMinor = facts.poolMinor ?? whole;
  if (facts.basis === 'allocation' && askedMinor > whole) {
    return refuse({
      code: 'MORE_THAN_ALLOCATED',
      askedMinor: askedMinor.toString(),
      mostMinor: whole.toString(),
    });
  }
  const distributable = atLeastZero(facts.cashMinor - facts.committedMinor - facts.reserveMinor);
  const short = askedMinor > distributable;
  if (short && (facts.whenShort === 'block' || distributable === 0n)) {
    return refuse({
      code: 'CASH_RESERVE',
      askedMinor: askedMinor.toString(),
      mostMinor: distributable.toString(),
      reserveMinor: facts.reserveMinor.toString(),
    });
  }
  const poolMinor = short ? distributable : askedMinor;
  const weights = candidates.map(({ memberId, weight }) => ({ id: memberId, weight: rational(weight) }));
  const parts = expectAccepted(apportion(poolMinor, weights)).unitsById;
  const lines: PlannedLine[] = [];
  for (const { memberId, lotId, capacityMinor } of candidates) {
    const asked = parts.get(memberId) ?? 0n;
    const most = atLeastZero(capacityMinor);
    if (asked > most && (facts.whenShort === 'block' || (candidates.length === 1 && most === 0n))) {
      return refuse({
        code: 'CAPITAL_DEFICIT',
        memberId,
        askedMinor: asked.toString(),
        mostMinor: most.toString(),
      });
    }
    const amountMinor = asked > most ? most : asked;
    if (amountMinor === 0n) continue;
    lines.push({
      memberId,
      lotId,
      askedMinor: asked,
      amountMinor,
      reducedReason: asked > most ? 'CAPITAL_DEFICIT' : null,
    });
  }
  const totalMinor = sum(lines.map((line) => line.amountMinor));
  if (totalMinor === 0n) return refuse({ code: 'NOTHING_TO_DISTRIBUTE' });
  return accept({ askedMinor, totalMinor, reducedReason: short ? 'CASH_RESERVE' : null, lines });
}

const FINAL: readonly LineState[] = ['paid', 'failed', 'cancelled'];

/** How a distribution stands, by its lines: it is done when every line is, and failed when none was paid but one failed. */
export function distributionStatus(states: readonly LineState[]): DistributionStatus {
  const has = (...wanted: LineState[]) => states.some((state) => wanted.includes(state));
  if (states.every((state) => FINAL.includes(state))) {
    if (has('paid')) return 'completed';
    return has('failed') ? 'failed' : 'cancelled';
  }
  if (has('paid', 'paying', 'failed', 'voiding')) return 'processing';
  if (has('scheduling', 'scheduled')) return 'scheduled';
  return has('approved') ? 'approved' : 'calculated';
}
