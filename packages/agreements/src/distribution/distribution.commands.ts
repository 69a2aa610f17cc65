// Paying members, act by act: the treasurer calculates, an allocator who is somebody else approves, then payments
// are scheduled, made, failed or cancelled line by line. The ledger answers every step that touches it.
import type { CommandContext, Database, IdempotencyConflict, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import {
  distributionApproved,
  distributionPaid,
  distributionScheduled,
  distributionVoided,
  newEvent,
} from '@habitat/events';
import type { Result } from '@habitat/kernel';
import { accept, isLocalDate, may, overRoleLimit, refuse } from '@habitat/kernel';
import { standingAllocation } from '../allocation/allocation.store.ts';
import { findCooperative, todayOf } from '../copies/cooperative-copy.ts';
import { cashNow } from '../copies/ledger-copy.ts';
import { findPeriod } from '../copies/period-copy.ts';
import { isAnotherPerson, signatureOf } from '../signature.ts';
import { termsOn } from '../terms/terms.store.ts';
import type { DistributionBasis, DistributionRefusal, LineState } from './distribution.ts';
import { planDistribution } from './distribution.ts';
import type { LineChange, LineRow } from './distribution.store.ts';
import {
  committedCash,
  insertDistribution,
  loadCandidates,
  lockLines,
  lockPlanning,
  moveLines,
} from './distribution.store.ts';

export type DistributionDone = { readonly distributionId: string };
type Outcome = Promise<Result<DistributionDone, DistributionRefusal | IdempotencyConflict>>;
type Inner = Promise<Result<DistributionDone, DistributionRefusal>>;

export interface CalculateInput {
  readonly basis: DistributionBasis;
  /** Basis allocation: the period whose cash part is paid. */
  readonly periodId?: string | null;
  /** Minor units as a decimal string; without it an allocation's whole cash part is paid. */
  readonly poolMinor?: string | null;
  /** Only these members. */
  readonly memberIds?: readonly string[] | null;
  /** A guard stops everything (block, the default) or lowers what it must (reduce). */
  readonly whenShort?: 'block' | 'reduce';
}

/**
 * Calculates a distribution; the treasurer's act. Refuses, in order: FORBIDDEN, MALFORMED_AMOUNT, NOT_READY,
 * PERIOD_NOT_FOUND, NO_ALLOCATION, what planDistribution refuses, and OVER_ROLE_LIMIT.
 */
export async function calculateDistribution(
  database: Database,
  context: CommandContext,
  input: CalculateInput,
): Outcome {
  return runCommand(
    database,
    'agreements',
    context,
    { name: 'calculateDistribution', input },
    async (tx): Inner => {
      if (!may(tx.actor, 'distribution.calculate'))
        return refuse({ code: 'FORBIDDEN', act: 'distribution.calculate' });
      const text = input.poolMinor ?? null;
      if (text !== null && !/^-?\d{1,15}$/.test(text))
        return refuse({ code: 'MALFORMED_AMOUNT', field: 'poolMinor' });
      await lockPlanning(tx);
      const policies = await policiesToday(tx);
      if (policies === null) return refuse({ code: 'NOT_READY' });
      const source = await sourceOf(tx, input);
      if (!source.ok) return source;
      const { allocationId, periodId } = source.value;
      const facts = {
        cashMinor: await cashNow(tx, tx.cooperativeId),
        committedMinor: await committedCash(tx, tx.cooperativeId),
        reserveMinor: policies.reserveMinor,
      };
      const plan = planDistribution({
        ...facts,
        basis: input.basis,
        poolMinor: text === null ? null : BigInt(text),
        whenShort: input.whenShort ?? 'block',
        candidates: await loadCandidates(tx, tx.cooperativeId, {
          basis: input.basis,
          allocationId,
          memberIds: input.memberIds ?? null,
        }),
      });
      if (!plan.ok) return plan;
      const over = overRoleLimit(tx.actor, 'distribution.calculate', plan.value.totalMinor);
      if (over !== null) return refuse(over);
      const policiesId = policies.id;
      const distributionId = await insertDistribution(tx, {
        ...facts,
        basis: input.basis,
        periodId,
        allocationId,
        plan: plan.value,
        policiesId,
      });
      return accept({ distributionId });
    },
  );
}

const sumOf = (lines: readonly LineRow[]) =>
  lines.reduce((whole, { amountMinor }) => whole + amountMinor, 0n);

async function policiesToday(tx: Transaction) {
  const cooperative = await findCooperative(tx, tx.cooperativeId);
  if (cooperative === null) return null;
  const today = todayOf(cooperative, tx.now);
  const terms = await termsOn(tx, tx.cooperativeId, 'policies', today);
  if (terms === null) return null;
  tx.judgedBy('agreement_policies', terms.version);
  return { id: terms.id, today, reserveMinor: BigInt(terms.document.cashReserveMinor) };
}

async function sourceOf(
  tx: Transaction,
  input: CalculateInput,
): Promise<
  Result<{ readonly allocationId: string | null; readonly periodId: string | null }, DistributionRefusal>
> {
  if (input.basis !== 'allocation') return accept({ allocationId: null, periodId: null });
  const period = input.periodId ? await findPeriod(tx, tx.cooperativeId, input.periodId) : null;
  if (period === null) return refuse({ code: 'PERIOD_NOT_FOUND' });
  const allocation = await standingAllocation(tx, tx.cooperativeId, period.id);
  // Between the credit and the end of the close, or while a reopen is under way, nothing may be promised yet.
  if (allocation === null || (period.status !== 'closed' && period.status !== 'locked'))
    return refuse({ code: 'NO_ALLOCATION' });
  const [close] = await tx.query<{ status: string }>(
    'select status from agreements.period_close where cooperative_id = $1 and id = $2',
    [tx.cooperativeId, allocation.closeId],
  );
  if (close?.status !== 'completed') return refuse({ code: 'NO_ALLOCATION' });
  return accept({ allocationId: allocation.id, periodId: period.id });
}

/**
 * The second signature; an allocator's, never the calculating person's. Refuses, in order: FORBIDDEN,
 * DISTRIBUTION_NOT_FOUND, ALREADY_APPROVED, WRONG_STATE (cancelled), SAME_PERSON, OVER_ROLE_LIMIT.
 */
export async function approveDistribution(
  database: Database,
  context: CommandContext,
  input: { readonly distributionId: string },
): Outcome {
  return runCommand(
    database,
    'agreements',
    context,
    { name: 'approveDistribution', input },
    async (tx): Inner => {
      if (!may(tx.actor, 'distribution.approve'))
        return refuse({ code: 'FORBIDDEN', act: 'distribution.approve' });
      const lines = await lockLines(tx, input.distributionId);
      const [first] = await tx.query<{
        byLoginId: string | null;
        byMemberId: string | null;
        total: bigint;
        approved: boolean;
      }>(
        `select d.by_login_id as "byLoginId", d.by_member_id as "byMemberId", d.total_minor as total, a.distribution_id is not null as approved
       from agreements.distribution d left join agreements.distribution_approval a
         on a.cooperative_id = d.cooperative_id and a.distribution_id = d.id
       where d.cooperative_id = $1 and d.id = $2`,
        [tx.cooperativeId, input.distributionId],
      );
      if (first === undefined) return refuse({ code: 'DISTRIBUTION_NOT_FOUND' });
      if (first.approved) return refuse({ code: 'ALREADY_APPROVED' });
      const calculated = lines.filter(({ state }) => state === 'calculated').map(({ id }) => id);
      if (calculated.length === 0)
        return refuse({ code: 'WRONG_STATE', state: lines[0]?.state ?? 'cancelled' });
      const proposer = { loginId: first.byLoginId, memberId: first.byMemberId };
      if (!isAnotherPerson(tx.actor, proposer)) return refuse({ code: 'SAME_PERSON' });
      const over = overRoleLimit(tx.actor, 'distribution.approve', first.total);
      if (over !== null) return refuse(over);
      const { loginId, memberId } = signatureOf(tx.actor);
      await tx.query(
        `insert into agreements.distribution_approval (cooperative_id, distribution_id, by_login_id, by_member_id, recorded_at)
       values ($1, $2, $3, $4, $5)`,
        [tx.cooperativeId, input.distributionId, loginId, memberId, tx.now],
      );
      await moveLines(tx, calculated, { state: 'approved' });
      const distributionId = input.distributionId;
      tx.append(newEvent(distributionApproved, distributionId, { distributionId, totalMinor: first.total }));
      return accept({ distributionId });
    },
  );
}

export interface LinesInput {
  readonly distributionId: string;
  /** These lines; all that can be when left out. */
  readonly lineIds?: readonly string[] | null;
}

/** The lines an act is meant for: those named, else all in a state it applies to. A named one in another state is refused. */
async function chooseLines(
  tx: Transaction,
  input: LinesInput,
  from: readonly LineState[],
): Promise<Result<LineRow[], DistributionRefusal>> {
  const lines = await lockLines(tx, input.distributionId);
  if (lines.length === 0) return refuse({ code: 'DISTRIBUTION_NOT_FOUND' });
  const wanted = input.lineIds ?? null;
  const unknown = wanted?.find((id) => !lines.some((line) => line.id === id));
  if (unknown !== undefined) return refuse({ code: 'LINE_NOT_FOUND', lineId: unknown });
  const chosen = lines.filter((line) =>
    wanted === null ? from.includes(line.state) : wanted.includes(line.id),
  );
  const wrong =
    chosen.find((line) => !from.includes(line.state)) ?? (chosen.length === 0 ? lines[0] : undefined);
  if (wrong === undefined) return accept(chosen);
  return refuse(
    wrong.state === 'calculated' ? { code: 'NOT_APPROVED' } : { code: 'WRONG_STATE', state: wrong.state },
  );
}

function reference(line: LineRow, effectiveOn: string) {
  const { distributionId, id: lineId, memberId, amountMinor } = line;
  return { distributionId, lineId, memberId, amountMinor, effectiveOn };
}

/**
 * Schedules payments for a day; treasury books the payables (Dr capital / Cr 2320) under its guards and may refuse a
 * line, which then shows why. Refuses, in order: FORBIDDEN, NOT_READY, NOT_A_DATE, DATE_PAST, DISTRIBUTION_NOT_FOUND,
 * LINE_NOT_FOUND, NOT_APPROVED, WRONG_STATE, OVER_ROLE_LIMIT (of what is scheduled at once).
 */
export async function scheduleDistribution(
  database: Database,
  context: CommandContext,
  input: LinesInput & { readonly payOn: string },
): Outcome {
  return runCommand(
    database,
    'agreements',
    context,
    { name: 'scheduleDistribution', input },
    async (tx): Inner => {
      if (!may(tx.actor, 'distribution.pay')) return refuse({ code: 'FORBIDDEN', act: 'distribution.pay' });
      const policies = await policiesToday(tx);
      if (policies === null) return refuse({ code: 'NOT_READY' });
      const { today, reserveMinor } = policies;
      if (!isLocalDate(input.payOn)) return refuse({ code: 'NOT_A_DATE', text: input.payOn.slice(0, 32) });
      if (input.payOn < today) return refuse({ code: 'DATE_PAST', today });
      const lines = await chooseLines(tx, input, ['approved']);
      if (!lines.ok) return lines;
      const over = overRoleLimit(tx.actor, 'distribution.pay', sumOf(lines.value));
      if (over !== null) return refuse(over);
      await moveLines(tx, idsOf(lines.value), { state: 'scheduling', payOn: input.payOn });
      for (const line of lines.value) {
        const facts = { ...reference(line, today), payOn: input.payOn, cashReserveMinor: reserveMinor };
        tx.append(newEvent(distributionScheduled, input.distributionId, facts));
      }
      return accept({ distributionId: input.distributionId });
    },
  );
}

function idsOf(lines: readonly LineRow[]): string[] {
  return lines.map(({ id }) => id);
}

/**
 * Notes that scheduled payments left the bank; treasury clears the payables (Dr 2320 / Cr 1110). Refuses, in order:
 * FORBIDDEN, NOT_READY, NOT_A_DATE, DATE_IN_FUTURE, DISTRIBUTION_NOT_FOUND, LINE_NOT_FOUND, NOT_APPROVED, WRONG_STATE,
 * OVER_ROLE_LIMIT (of what is paid at once).
 */
export async function markDistributionPaid(
  database: Database,
  context: CommandContext,
  input: LinesInput & { readonly paidOn: string; readonly reference?: string | null },
): Outcome {
  return runCommand(
    database,
    'agreements',
    context,
    { name: 'markDistributionPaid', input },
    async (tx): Inner => {
      if (!may(tx.actor, 'distribution.pay')) return refuse({ code: 'FORBIDDEN', act: 'distribution.pay' });
      const policies = await policiesToday(tx);
      if (policies === null) return refuse({ code: 'NOT_READY' });
      if (!isLocalDate(input.paidOn)) return refuse({ code: 'NOT_A_DATE', text: input.paidOn.slice(0, 32) });
      if (input.paidOn > policies.today) return refuse({ code: 'DATE_IN_FUTURE', today: policies.today });
      const lines = await chooseLines(tx, input, ['scheduled']);
      if (!lines.ok) return lines;
      const over = overRoleLimit(tx.actor, 'distribution.pay', sumOf(lines.value));
      if (over !== null) return refuse(over);
      const change: LineChange = {
        state: 'paying',
        paidOn: input.paidOn,
        reference: input.reference ?? null,
      };
      await moveLines(tx, idsOf(lines.value), change);
      for (const line of lines.value) {
        const facts = { ...reference(line, input.paidOn), cashReserveMinor: policies.reserveMinor };
        tx.append(newEvent(distributionPaid, input.distributionId, facts));
      }
      return accept({ distributionId: input.distributionId });
    },
  );
}

/**
 * Notes that scheduled payments failed; treasury books them back to capital. Refuses, in order: FORBIDDEN,
 * REASON_REQUIRED, NOT_READY, DISTRIBUTION_NOT_FOUND, LINE_NOT_FOUND, NOT_APPROVED, WRONG_STATE.
 */
export async function markDistributionFailed(
  database: Database,
  context: CommandContext,
  input: LinesInput & { readonly reason: string },
): Outcome {
  return voidLines(database, context, input, 'failed', ['scheduled']);
}

/**
 * Cancels payments that have not been made; what is in the ledger already is booked back. Refusals as for
 * markDistributionFailed. A calculated or approved distribution is simply given up.
 */
export async function cancelDistribution(
  database: Database,
  context: CommandContext,
  input: LinesInput & { readonly reason: string },
): Outcome {
  return voidLines(database, context, input, 'cancelled', ['calculated', 'approved', 'scheduled']);
}

async function voidLines(
  database: Database,
  context: CommandContext,
  input: LinesInput & { readonly reason: string },
  outcome: 'failed' | 'cancelled',
  from: readonly LineState[],
): Outcome {
  const name = outcome === 'failed' ? 'markDistributionFailed' : 'cancelDistribution';
  return runCommand(database, 'agreements', context, { name, input }, async (tx): Inner => {
    if (!may(tx.actor, 'distribution.pay')) return refuse({ code: 'FORBIDDEN', act: 'distribution.pay' });
    const reason = input.reason.trim();
    if (reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
    const policies = await policiesToday(tx);
    if (policies === null) return refuse({ code: 'NOT_READY' });
    const lines = await chooseLines(tx, input, from);
    if (!lines.ok) return lines;
    const booked = lines.value.filter(({ state }) => state === 'scheduled');
    const unbooked = lines.value.filter(({ state }) => state !== 'scheduled');
    if (unbooked.length > 0) await moveLines(tx, idsOf(unbooked), { state: 'cancelled', reason });
    if (booked.length > 0)
      await moveLines(tx, idsOf(booked), { state: 'voiding', reason, voidOutcome: outcome });
    for (const line of booked) {
      const facts = { ...reference(line, policies.today), outcome, reason };
      tx.append(newEvent(distributionVoided, input.distributionId, facts));
    }
    return accept({ distributionId: input.distributionId });
  });
}
