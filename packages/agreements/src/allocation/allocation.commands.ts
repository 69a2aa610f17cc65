// Step 5 of a close: the allocation is proposed by one person and approved by another, who names the hash of the
// record they saw. What is approved is exactly what was proposed.
import type { CommandContext, Database, IdempotencyConflict, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import { allocationProposed, allocationReturned, newEvent } from '@habitat/events';
import type { Result } from '@habitat/kernel';
import { accept, may, overRoleLimit, refuse } from '@habitat/kernel';
import { calculateAllocation, sealRecord } from '@habitat/patronage';
import type { PeriodCopy } from '../copies/period-copy.ts';
import { lockRunning } from '../period-close/period-close.commands.ts';
import type { ProposalRefusal } from '../period-close/period-close.ts';
import { approvalObstacle, blockedBy, currentStep } from '../period-close/period-close.ts';
import type { CloseRow, StoredIncome } from '../period-close/period-close.store.ts';
import { blockersOf, putStep, stepsOf, updateClose } from '../period-close/period-close.store.ts';
import { publishApproval } from './allocation-approval.ts';
import { countApplied, loadAllocationFacts } from './allocation-facts.store.ts';
import { allocationInput } from './allocation.ts';
import { insertAllocation, insertDecision, latestAllocation } from './allocation.store.ts';
import type { StoredAllocation } from './allocation.store.ts';
import { summarise } from './allocation-summary.ts';

export type Proposed = { readonly allocationId: string; readonly recordHash: string };
type Outcome<Value> = Promise<Result<Value, ProposalRefusal | IdempotencyConflict>>;

export interface ProposeInput {
  readonly closeId: string;
  /** Where nobody takes part: keep the whole result in reserves instead of refusing NO_PATRONAGE. */
  readonly keepUnallocated?: boolean;
}

/**
 * Calculates and proposes the allocation; a later proposal takes the place of an earlier one. Refuses, in order:
 * FORBIDDEN, CLOSE_NOT_FOUND, CLOSE_NOT_RUNNING, STEP_NOT_CURRENT, BLOCKED, NOT_READY, MEMBER_UNKNOWN, OVER_ROLE_LIMIT
 * (of the net income divided), and what the formula refuses (MISSING_WEIGHT, NO_PATRONAGE, INFEASIBLE_CAP …).
 */
export async function proposeAllocation(
  database: Database,
  context: CommandContext,
  input: ProposeInput,
): Outcome<Proposed> {
  return runCommand(
    database,
    'agreements',
    context,
    { name: 'proposeAllocation', input },
    async (tx): Promise<Result<Proposed, ProposalRefusal>> => {
      if (!may(tx.actor, 'allocation.propose'))
        return refuse({ code: 'FORBIDDEN', act: 'allocation.propose' });
      const ready = await lockAtStepFive(tx, input.closeId);
      if (!ready.ok) return ready;
      const { close, period, income } = ready.value;
      const loaded = await loadAllocationFacts(tx, tx.cooperativeId, {
        period,
        closeId: close.id,
        netIncome: {
          bookMinor: BigInt(income.netIncome.bookMinor),
          taxMinor: BigInt(income.netIncome.taxMinor),
        },
        keepUnallocated: input.keepUnallocated === true,
        withContributionIds: true,
      });
      if (!loaded.ok) return loaded;
      const { facts, counted, weightsId, policiesId, versions } = loaded.value;
      const over = overRoleLimit(tx.actor, 'allocation.propose', facts.netIncome.bookMinor);
      if (over !== null) return refuse(over);
      tx.judgedBy('weights', versions.weights);
      tx.judgedBy('agreement_policies', versions.policies);
      const formulaInput = allocationInput(facts);
      const calculated = calculateAllocation(formulaInput);
      if (!calculated.ok) return calculated;
      const record = sealRecord(formulaInput, calculated.value);
      const allocationId = await insertAllocation(tx, {
        closeId: close.id,
        periodId: period.id,
        record: record.text,
        recordHash: record.hash,
        netIncomeBookMinor: facts.netIncome.bookMinor,
        netIncomeTaxMinor: facts.netIncome.taxMinor,
        calculation: calculated.value,
        summary: summarise(facts, calculated.value, counted),
        weightsId,
        policiesId,
      });
      await putStep(tx, close.id, { number: 5, state: 'working', facts: { allocationId } });
      const reference = { allocationId, closeId: close.id, periodId: period.id };
      tx.append(newEvent(allocationProposed, allocationId, { ...reference, recordHash: record.hash }));
      return accept({ allocationId, recordHash: record.hash });
    },
  );
}

interface AtStepFive {
  readonly close: CloseRow;
  readonly period: PeriodCopy;
  readonly income: StoredIncome;
}

async function lockAtStepFive(
  tx: Transaction,
  closeId: string,
): Promise<Result<AtStepFive, ProposalRefusal>> {
  const locked = await lockRunning(tx, closeId);
  if (!locked.ok) return locked;
  const { close, period } = locked.value;
  const current = currentStep(await stepsOf(tx, tx.cooperativeId, close.id));
  if (current !== 5 || close.income === null) return refuse({ code: 'STEP_NOT_CURRENT', step: 5, current });
  const blocked = blockedBy(5, await blockersOf(tx, tx.cooperativeId, period));
  if (blocked !== null) return refuse({ code: 'BLOCKED', step: 5, ...blocked });
  return accept({ close, period, income: close.income });
}

export interface ApproveInput {
  readonly closeId: string;
  /** Hash of the record the approver saw. */
  readonly recordHash: string;
}

/**
 * The second signature. Refuses, in order: FORBIDDEN, CLOSE_NOT_FOUND, CLOSE_NOT_RUNNING, NOTHING_PROPOSED,
 * PROPOSAL_CHANGED, ALREADY_DECIDED, SAME_PERSON, OVER_ROLE_LIMIT, STEP_NOT_CURRENT, BLOCKED, PROPOSAL_STALE (something
 * counts now that the proposal did not count: propose again).
 */
export async function approveAllocation(
  database: Database,
  context: CommandContext,
  input: ApproveInput,
): Outcome<Proposed> {
  return runCommand(
    database,
    'agreements',
    context,
    { name: 'approveAllocation', input },
    async (tx): Promise<Result<Proposed, ProposalRefusal>> => {
      if (!may(tx.actor, 'allocation.approve'))
        return refuse({ code: 'FORBIDDEN', act: 'allocation.approve' });
      const found = await lockPending(tx, input.closeId, input.recordHash);
      if (!found.ok) return found;
      const { allocation } = found.value;
      const obstacle = approvalObstacle(tx.actor, {
        loginId: allocation.byLoginId,
        memberId: allocation.byMemberId,
      });
      if (obstacle !== null) return refuse(obstacle);
      const over = overRoleLimit(tx.actor, 'allocation.approve', allocation.netIncomeBookMinor);
      if (over !== null) return refuse(over);
      const ready = await lockAtStepFive(tx, input.closeId);
      if (!ready.ok) return ready;
      const { close, period } = ready.value;
      const counted = await countApplied(tx, tx.cooperativeId, period);
      const before = allocation.summary.counted;
      if (counted.contributions !== before.contributions || counted.valueMinor !== before.valueMinor) {
        return refuse({ code: 'PROPOSAL_STALE' });
      }
      await insertDecision(tx, allocation.id, 'approved', null);
      await updateClose(tx, close.id, { allocationId: allocation.id });
      await putStep(tx, close.id, { number: 5, state: 'done', facts: { allocationId: allocation.id } });
      await putStep(tx, close.id, { number: 6, state: 'working' });
      await publishApproval(tx, allocation);
      return accept({ allocationId: allocation.id, recordHash: allocation.recordHash });
    },
  );
}

async function lockPending(
  tx: Transaction,
  closeId: string,
  recordHash: string | null,
): Promise<Result<{ readonly close: CloseRow; readonly allocation: StoredAllocation }, ProposalRefusal>> {
  const locked = await lockRunning(tx, closeId);
  if (!locked.ok) return locked;
  const allocation = await latestAllocation(tx, tx.cooperativeId, closeId);
  if (allocation === null) return refuse({ code: 'NOTHING_PROPOSED' });
  if (recordHash !== null && allocation.recordHash !== recordHash) {
    return refuse({ code: 'PROPOSAL_CHANGED', recordHash: allocation.recordHash });
  }
  if (allocation.outcome !== null) return refuse({ code: 'ALREADY_DECIDED', outcome: allocation.outcome });
  return accept({ close: locked.value.close, allocation });
}

/**
 * Sends a proposal back with a reason: an approver does, or the proposer takes it back. Refuses, in order: FORBIDDEN,
 * REASON_REQUIRED, CLOSE_NOT_FOUND, CLOSE_NOT_RUNNING, NOTHING_PROPOSED, ALREADY_DECIDED.
 */
export async function returnAllocation(
  database: Database,
  context: CommandContext,
  input: { readonly closeId: string; readonly reason: string },
): Outcome<{ readonly allocationId: string }> {
  return runCommand(
    database,
    'agreements',
    context,
    { name: 'returnAllocation', input },
    async (tx): Promise<Result<{ readonly allocationId: string }, ProposalRefusal>> => {
      if (!may(tx.actor, 'allocation.approve') && !may(tx.actor, 'allocation.propose')) {
        return refuse({ code: 'FORBIDDEN', act: 'allocation.approve' });
      }
      const reason = input.reason.trim();
      if (reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
      const found = await lockPending(tx, input.closeId, null);
      if (!found.ok) return found;
      const { close, allocation } = found.value;
      await insertDecision(tx, allocation.id, 'returned', reason);
      const reference = { allocationId: allocation.id, closeId: close.id, periodId: close.periodId };
      tx.append(newEvent(allocationReturned, allocation.id, { ...reference, reason }));
      return accept({ allocationId: allocation.id });
    },
  );
}
