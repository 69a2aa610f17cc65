// The close of a period as seven steps. This file says which step a close stands at, what stops it, and in which
// order; the commands only carry out what is decided here.
import type { Actor, OverRoleLimit, Result } from '@habitat/kernel';
import { accept, hasRole, may, refuse } from '@habitat/kernel';
import type { AllocationRefusal } from '@habitat/patronage';
import type { FactsRefusal } from '../allocation/allocation-facts.store.ts';
import type { Signature } from '../signature.ts';
import { isAnotherPerson } from '../signature.ts';

export const CLOSE_STEPS = [
  { number: 1, key: 'review' },
  { number: 2, key: 'cut_off' },
  { number: 3, key: 'revenue_and_expense' },
  { number: 4, key: 'income_statement' },
  { number: 5, key: 'allocation' },
  { number: 6, key: 'capital_credited' },
  { number: 7, key: 'period_closed' },
] as const;
export type StepNumber = (typeof CLOSE_STEPS)[number]['number'];
export type StepKey = (typeof CLOSE_STEPS)[number]['key'];
/** Steps the ledger carries out; a row in state working there waits for its answer. */
const LEDGER_STEPS: readonly number[] = [2, 4, 6, 7];
/** waiting: its turn has not come; current: a person must act; working: the ledger is at it. */
export type StepState = 'waiting' | 'current' | 'working' | 'done' | 'blocked';
export type CloseStatus = 'running' | 'completed' | 'abandoned' | 'reopening' | 'reopened';

export interface StepRow {
  readonly number: number;
  readonly state: 'working' | 'done' | 'blocked';
  readonly begunAt: Date;
  readonly doneAt: Date | null;
  readonly byLoginId: string | null;
  readonly byMemberId: string | null;
  readonly note: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

export type BlockerCode =
  'CONTRIBUTION_WAITING' | 'POSTING_PROBLEM' | 'CONTRIBUTION_NOT_POSTED' | 'CONTRIBUTION_DISPUTED';

export interface Blocker {
  readonly code: BlockerCode;
  readonly contributionId: string;
  readonly number: bigint;
  readonly memberId: string;
  readonly kind: string;
  readonly category: string;
  readonly valueMinor: bigint;
  readonly hours: string;
  readonly problem: string | null;
  readonly since: Date;
}

/** Blockers of a period by code, and the first of them in full. */
export interface Blockers {
  readonly counts: Readonly<Record<BlockerCode, number>>;
  readonly first: readonly Blocker[];
}

/**
 * The first step a kind of blocker stops. After the cut-off nothing new is valued, so what waits stops step 2;
 * once books are final nothing is posted, so what is not posted stops step 3; a dispute stops the review and every later step.
 */
const STOPS_STEP: Readonly<Record<BlockerCode, StepNumber>> = {
  CONTRIBUTION_WAITING: 2,
  POSTING_PROBLEM: 3,
  CONTRIBUTION_NOT_POSTED: 3,
  // A dispute is settled before anything is final: what its settlement posts must still find an open book.
  CONTRIBUTION_DISPUTED: 1,
};

/** Whether a blocker of this kind stops this step (and every later one). */
export function stopsStep(code: BlockerCode, step: number): boolean {
  return STOPS_STEP[code] <= step;
}

/** How many items stop this step, and of which kind the first is; null when nothing does. */
export function blockedBy(
  step: StepNumber,
  blockers: Blockers,
): { readonly blocker: BlockerCode; readonly count: number } | null {
  const stopping = (Object.keys(STOPS_STEP) as BlockerCode[]).filter(
    (code) => STOPS_STEP[code] <= step && blockers.counts[code] > 0,
  );
  const [blocker] = stopping;
  if (blocker === undefined) return null;
  return { blocker, count: stopping.reduce((running, code) => running + blockers.counts[code], 0) };
}

export type CloseRefusal =
  | { readonly code: 'FORBIDDEN'; readonly act: string }
  | { readonly code: 'NOT_READY' }
  | { readonly code: 'PERIOD_NOT_FOUND' }
  | { readonly code: 'PERIOD_NOT_OPEN'; readonly status: string }
  | { readonly code: 'PERIOD_NOT_OVER'; readonly endsOn: string; readonly today: string }
  | { readonly code: 'EARLIER_PERIOD_OPEN'; readonly periodName: string }
  | { readonly code: 'CLOSE_EXISTS'; readonly closeId: string }
  | { readonly code: 'CLOSE_NOT_FOUND' }
  | { readonly code: 'CLOSE_NOT_RUNNING'; readonly status: CloseStatus }
  | { readonly code: 'STEP_NOT_CURRENT'; readonly step: number; readonly current: number }
  | { readonly code: 'BLOCKED'; readonly step: number; readonly blocker: BlockerCode; readonly count: number }
  | { readonly code: 'REASON_REQUIRED'; readonly field: string }
  | { readonly code: 'ALREADY_APPROVED' };

export type ProposalRefusal =
  | CloseRefusal
  | FactsRefusal
  | AllocationRefusal
  | { readonly code: 'NOTHING_PROPOSED' }
  | { readonly code: 'PROPOSAL_CHANGED'; readonly recordHash: string }
  | { readonly code: 'ALREADY_DECIDED'; readonly outcome: string }
  | { readonly code: 'SAME_PERSON' }
  | OverRoleLimit
  | { readonly code: 'PROPOSAL_STALE' };

export type ReopenRefusal =
  | { readonly code: 'FORBIDDEN'; readonly act: string }
  | { readonly code: 'PERIOD_NOT_FOUND' }
  | { readonly code: 'PERIOD_LOCKED' }
  | { readonly code: 'PERIOD_NOT_CLOSED'; readonly status: string }
  | { readonly code: 'LATER_PERIOD_CLOSED'; readonly periodName: string }
  | { readonly code: 'DISTRIBUTION_UNDER_WAY'; readonly distributionNumber: number; readonly state: string }
  | { readonly code: 'REASON_REQUIRED'; readonly field: string }
  | { readonly code: 'ALREADY_REQUESTED' }
  | { readonly code: 'NOTHING_REQUESTED' }
  | { readonly code: 'ALREADY_APPROVED' }
  | { readonly code: 'SAME_PERSON' };

/** The first step that is not done; 8 when all are. */
export function currentStep(rows: readonly StepRow[]): number {
  const done = new Set(rows.filter((row) => row.state === 'done').map((row) => row.number));
  return CLOSE_STEPS.find(({ number }) => !done.has(number))?.number ?? CLOSE_STEPS.length + 1;
}

/** How every step stands, for a checklist. A step of a person's is `blocked` while something stops it. */
export function stepStates(
  status: CloseStatus,
  rows: readonly StepRow[],
  blockers: Blockers,
): Map<StepNumber, StepState> {
  const current = currentStep(rows);
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  return new Map(
    CLOSE_STEPS.map(({ number }): [StepNumber, StepState] => {
      const row = byNumber.get(number);
      if (row?.state === 'done') return [number, 'done'];
      if (number !== current || status === 'abandoned') return [number, 'waiting'];
      if (row?.state === 'working' && LEDGER_STEPS.includes(number)) return [number, 'working'];
      return [
        number,
        row?.state === 'blocked' || blockedBy(number, blockers) !== null ? 'blocked' : 'current',
      ];
    }),
  );
}

/** Who may confirm a step by hand: the allocator runs the close, the treasurer vouches for the books (step 3). */
export function mayConfirm(actor: Actor, step: number): boolean {
  return may(actor, 'close.run') || (step === 3 && hasRole(actor, 'treasurer'));
}

/** Steps 1 to 3 are confirmed by hand, in order. */
export function checkConfirm(
  step: number,
  rows: readonly StepRow[],
  blockers: Blockers,
): Result<1 | 2 | 3, CloseRefusal> {
  const current = currentStep(rows);
  const working =
    LEDGER_STEPS.includes(current) && rows.some((row) => row.number === current && row.state === 'working');
  if ((step !== 1 && step !== 2 && step !== 3) || step !== current || working) {
    return refuse({ code: 'STEP_NOT_CURRENT', step, current });
  }
  const blocked = blockedBy(step, blockers);
  return blocked === null ? accept(step) : refuse({ code: 'BLOCKED', step, ...blocked });
}

/** Why an actor may not approve a proposal; null when they may. The proposer never does. */
export function approvalObstacle(actor: Actor, proposer: Signature): ProposalRefusal | null {
  if (!may(actor, 'allocation.approve')) return { code: 'FORBIDDEN', act: 'allocation.approve' };
  return isAnotherPerson(actor, proposer) ? null : { code: 'SAME_PERSON' };
}
