// The ledger's answers to payments: booked, paid, booked back, or refused by a guard. A refused line goes back to
// where it was, with the reason and the most that would have passed.
import type { Transaction } from '@habitat/database';
import type { Envelope } from '@habitat/events';
import {
  distributionPaidPosted,
  distributionPayablePosted,
  distributionRefused,
  distributionReturned,
  readPayload,
} from '@habitat/events';
import { drawLots } from '../retained-lot/retained-lot.store.ts';

/** Treasury's answers to distributions. */
export const distributionAnswerTypes: readonly string[] = [
  distributionPayablePosted.type,
  distributionPaidPosted.type,
  distributionReturned.type,
  distributionRefused.type,
];

/** Moves payment lines on by the ledger's answers: events of one kind that follow each other in one statement. */
export async function followDistributions(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  for (const run of runsOfOneType(events)) {
    const type = run[0]?.type;
    if (type === distributionPayablePosted.type)
      await settle(tx, run, distributionPayablePosted, 'scheduling', 'scheduled');
    else if (type === distributionPaidPosted.type) await paid(tx, run);
    else if (type === distributionReturned.type) await returned(tx, run);
    else if (type === distributionRefused.type) await refused(tx, run);
    else throw new Error(`no payment waits for ${type ?? 'nothing'}`);
  }
}

function runsOfOneType(events: readonly Envelope[]): Envelope[][] {
  const runs: Envelope[][] = [];
  for (const event of events) {
    const last = runs.at(-1);
    if (last?.[0]?.type === event.type) last.push(event);
    else runs.push([event]);
  }
  return runs;
}

type Posting = typeof distributionPayablePosted | typeof distributionPaidPosted | typeof distributionReturned;

interface Settled extends Record<string, unknown> {
  readonly lineId: string;
  readonly lotId: string | null;
  readonly amountMinor: bigint;
  readonly paidOn: string | null;
}

async function settle(
  tx: Transaction,
  events: readonly Envelope[],
  contract: Posting,
  from: string,
  to: string,
): Promise<Settled[]> {
  const lineIds = events.map((event) => readPayload(contract, event).lineId);
  return tx.query<Settled>(
    `update agreements.distribution_line set state = $4, problem = null, problem_most_minor = null, changed_at = $5
     where cooperative_id = $1 and id = any ($2::uuid[]) and state = $3
     returning id as "lineId", lot_id as "lotId", amount_minor as "amountMinor", paid_on as "paidOn"`,
    [tx.cooperativeId, lineIds, from, to, tx.now],
  );
}

async function paid(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  const lines = await settle(tx, events, distributionPaidPosted, 'paying', 'paid');
  await drawLots(
    tx,
    lines.flatMap(({ lineId, lotId, amountMinor, paidOn }) =>
      lotId === null || paidOn === null ? [] : [{ lineId, lotId, amountMinor, paidOn }],
    ),
  );
}

async function returned(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  const lineIds = events.map((event) => readPayload(distributionReturned, event).lineId);
  await tx.query(
    `update agreements.distribution_line set state = void_outcome, changed_at = $3
     where cooperative_id = $1 and id = any ($2::uuid[]) and state = 'voiding'`,
    [tx.cooperativeId, lineIds, tx.now],
  );
}

async function refused(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  const told = events.map((event) => readPayload(distributionRefused, event));
  await tx.query(
    `update agreements.distribution_line l set
       state = case r.step when 'schedule' then 'approved' else 'scheduled' end,
       pay_on = case r.step when 'schedule' then null else l.pay_on end,
       paid_on = case r.step when 'pay' then null else l.paid_on end,
       problem = r.reason, problem_most_minor = r.most, changed_at = $6
     from unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[]) as r(id, step, reason, most)
     where l.cooperative_id = $1 and l.id = r.id
       and l.state = case r.step when 'schedule' then 'scheduling' when 'pay' then 'paying' else 'voiding' end`,
    [
      tx.cooperativeId,
      told.map(({ lineId }) => lineId),
      told.map(({ step }) => step),
      told.map(({ reason }) => reason),
      told.map(({ mostMinor }) => mostMinor),
      tx.now,
    ],
  );
}
