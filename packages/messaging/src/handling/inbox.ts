// Runs a handler on fresh events only: the inbox rows are written in the handler's own transaction, so an
// event takes effect once however often it is delivered.
import type { Database, Transaction } from '@habitat/database';
import { runTransaction } from '@habitat/database';
import type { Envelope } from '@habitat/events';
import { systemActor } from '@habitat/kernel';
import type { EventHandler } from '../handler.ts';

/** Writes the inbox rows and returns the events that had none. */
async function claimFresh(
  tx: Transaction,
  handler: EventHandler,
  events: readonly Envelope[],
): Promise<Envelope[]> {
  const claimed = await tx.query<{ event_id: string }>({
    name: 'claim-inbox',
    text: `insert into platform.inbox (cooperative_id, handler, event_id)
           select $1, $2, e.id from unnest($3::uuid[]) with ordinality as e (id, place) order by e.place
           on conflict do nothing returning event_id`,
    values: [tx.cooperativeId, handler.name, events.map((event) => event.id)],
  });
  const fresh = new Set(claimed.map((row) => row.event_id));
  const wanted: Envelope[] = [];
  for (const event of events) {
    // The same event twice in one batch is one event.
    if (fresh.delete(event.id)) wanted.push(event);
  }
  return wanted;
}

/**
 * Handles events of one cooperative in one transaction and returns how many were fresh.
 *
 * Throws what the handler throws; then neither its effects nor its inbox rows remain.
 */
export async function handleOnce(
  database: Database,
  handler: EventHandler,
  events: readonly Envelope[],
  now: Date,
): Promise<number> {
  const [first] = events;
  if (first === undefined) return 0;
  const { cooperativeId, correlationId } = first;
  const facts = {
    cooperativeId,
    actor: systemActor(cooperativeId),
    now,
    correlationId,
    causationId: first.id,
  };
  return runTransaction(database, handler.context, facts, async (tx) => {
    const fresh = await claimFresh(tx, handler, events);
    if (fresh.length > 0) await handler.handle(tx, fresh);
    return fresh.length;
  });
}
