// Books distributions as agreements schedules, pays and voids them: Dr capital / Cr 2320, Dr 2320 / Cr 1110, or the
// payable back to capital. Each line is booked once, under the guards of distribution.ts.
import type { Transaction } from '@habitat/database';
import type { Envelope } from '@habitat/events';
import {
  distributionPaid,
  distributionPaidPosted,
  distributionPayablePosted,
  distributionRefused,
  distributionReturned,
  distributionScheduled,
  distributionVoided,
  newEvent,
  readPayload,
} from '@habitat/events';
import { newId } from '@habitat/kernel';
import { CODE } from '../account/template.ts';
import type { ProposedEntry, ProposedTransaction } from '../transaction/posting.ts';
import { tryPost } from '../transaction/posting.ts';
import type { DistributionFacts } from './distribution.ts';
import { refuseDistribution, refusePayment } from './distribution.ts';

type Step = 'schedule' | 'pay' | 'return';

interface Line {
  readonly distributionId: string;
  readonly lineId: string;
  readonly memberId: string;
  readonly amountMinor: bigint;
  readonly effectiveOn: string;
}

const TOLD = {
  schedule: distributionPayablePosted,
  pay: distributionPaidPosted,
  return: distributionReturned,
} as const;

function refuseLine(tx: Transaction, line: Line, step: Step, reason: string, mostMinor: bigint | null): void {
  const { distributionId, lineId, memberId } = line;
  tx.append(
    newEvent(distributionRefused, distributionId, {
      distributionId,
      lineId,
      memberId,
      step,
      reason,
      mostMinor,
    }),
  );
}

function tell(tx: Transaction, line: Line, step: Step, transactionId: string): void {
  const { distributionId, lineId, memberId, amountMinor } = line;
  tx.append(
    newEvent(TOLD[step], distributionId, { distributionId, lineId, memberId, amountMinor, transactionId }),
  );
}

/**
 * Cash, payables and the member's capital as they stand. The row of 2320 is locked first: payments being booked at
 * once would otherwise each see the same cash above the reserve.
 */
async function loadFacts(
  tx: Transaction,
  memberId: string,
): Promise<Omit<DistributionFacts, 'reserveMinor'>> {
  await tx.query('select from treasury.account where cooperative_id = $1 and code = $2 for no key update', [
    tx.cooperativeId,
    CODE.distributionsPayable,
  ]);
  const [facts] = await tx.query<Omit<DistributionFacts, 'reserveMinor'> & Record<string, unknown>>(
    `select
       coalesce(sum(b.book_minor) filter (where a.is_cash), 0)::bigint as "cashMinor",
       coalesce(-sum(b.book_minor) filter (where a.code = $2), 0)::bigint as "payableMinor",
       coalesce(-sum(b.book_minor) filter (where a.member_id = $3), 0)::bigint as "capitalMinor",
       coalesce(max(a.dro_minor) filter (where a.member_id = $3), 0)::bigint as "droMinor"
     from treasury.account a
     left join treasury.balances_at('infinity') b on b.account_id = a.id
     where a.cooperative_id = $1 and (a.is_cash or a.code = $2 or a.member_id = $3)`,
    [tx.cooperativeId, CODE.distributionsPayable, memberId],
  );
  if (facts === undefined) throw new Error('an aggregate returned no row');
  return facts;
}

/** The steps of a line already in the ledger, with their transactions. */
async function stepsOf(tx: Transaction, lineId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ part: string; id: string }>(
    `select provenance_part as part, id from treasury.transaction
     where cooperative_id = $1 and provenance_type = 'distribution_line' and provenance_id = $2`,
    [tx.cooperativeId, lineId],
  );
  return new Map(rows.map(({ part, id }) => [part, id]));
}

async function book(
  tx: Transaction,
  line: Line,
  step: Step,
  description: string,
  debit: ProposedEntry,
  credit: ProposedEntry,
): Promise<void> {
  const transaction: ProposedTransaction = {
    id: newId(),
    effectiveOn: line.effectiveOn,
    description,
    source: 'distribution',
    cause: 'paid_out',
    provenance: { type: 'distribution_line', id: line.lineId, part: step },
    entries: [debit, credit],
  };
  const posted = await tryPost(tx, [transaction]);
  if (!posted.ok) return refuseLine(tx, line, step, posted.refusal.code, null);
  const [first] = posted.value;
  if (first !== undefined) tell(tx, line, step, first.id);
}

function of(account: { accountCode: string } | { memberId: string }, minor: bigint): ProposedEntry {
  // Money paid out reduces book and tax capital alike (IRC §705(a)(2)).
  return { ...account, bookMinor: minor, taxMinor: minor };
}

const payable = { accountCode: CODE.distributionsPayable };

async function schedule(tx: Transaction, event: Envelope): Promise<void> {
  const line = readPayload(distributionScheduled, event);
  const done = (await stepsOf(tx, line.lineId)).get('schedule');
  if (done !== undefined) return tell(tx, line, 'schedule', done);
  const facts = await loadFacts(tx, line.memberId);
  const refusal = refuseDistribution(line.amountMinor, { ...facts, reserveMinor: line.cashReserveMinor });
  if (refusal !== null) return refuseLine(tx, line, 'schedule', refusal.code, refusal.mostMinor);
  const { amountMinor } = line;
  await book(
    tx,
    line,
    'schedule',
    'Distribution scheduled',
    of({ memberId: line.memberId }, amountMinor),
    of(payable, -amountMinor),
  );
}

async function pay(tx: Transaction, event: Envelope): Promise<void> {
  const line = readPayload(distributionPaid, event);
  const steps = await stepsOf(tx, line.lineId);
  const done = steps.get('pay');
  if (done !== undefined) return tell(tx, line, 'pay', done);
  if (!steps.has('schedule') || steps.has('return'))
    return refuseLine(tx, line, 'pay', 'NOT_SCHEDULED', null);
  const facts = await loadFacts(tx, line.memberId);
  const refusal = refusePayment(line.amountMinor, {
    cashMinor: facts.cashMinor,
    reserveMinor: line.cashReserveMinor,
  });
  if (refusal !== null) return refuseLine(tx, line, 'pay', refusal.code, refusal.mostMinor);
  const { amountMinor } = line;
  await book(
    tx,
    line,
    'pay',
    'Distribution paid',
    of(payable, amountMinor),
    of({ accountCode: CODE.operatingCash }, -amountMinor),
  );
}

async function giveBack(tx: Transaction, event: Envelope): Promise<void> {
  const line = readPayload(distributionVoided, event);
  const steps = await stepsOf(tx, line.lineId);
  const done = steps.get('return');
  if (done !== undefined) return tell(tx, line, 'return', done);
  if (steps.has('pay')) return refuseLine(tx, line, 'return', 'ALREADY_PAID', null);
  if (!steps.has('schedule')) return refuseLine(tx, line, 'return', 'NOT_SCHEDULED', null);
  const { amountMinor } = line;
  await book(
    tx,
    line,
    'return',
    `Distribution ${line.outcome}`,
    of(payable, amountMinor),
    of({ memberId: line.memberId }, -amountMinor),
  );
}

/** Handles agreements.distribution.scheduled, .paid and .voided, one after the other. */
export async function bookDistributions(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  for (const event of events) {
    const caused = tx.causedBy(event);
    if (event.type === distributionScheduled.type) await schedule(caused, event);
    else if (event.type === distributionPaid.type) await pay(caused, event);
    else await giveBack(caused, event);
  }
}
