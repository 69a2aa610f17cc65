// Takes up the redrives people asked for: one at a time, each by one worker, and again a minute later when the worker
// that took it did not live to tell how it ended. An event takes effect once, however often it is driven.
import type { Database } from '@habitat/database';
import { redriveDeadLetter } from './dead-letter.ts';
import { firstLine } from '../handling/attempt.store.ts';
import type { EventHandler } from '../handler.ts';

export interface RedriveOutcome {
  readonly cooperativeId: string;
  readonly deadLetterId: string;
  readonly outcome: 'handled' | 'failed' | 'gone';
  readonly fault: string | null;
}

interface Taken extends Record<string, unknown> {
  readonly cooperativeId: string;
  readonly id: string;
  readonly deadLetterId: string;
}

const take = `
  update platform.redrive_request request set taken_at = now()
  from (select cooperative_id, id from platform.redrive_request
        where finished_at is null and (taken_at is null or taken_at < now() - interval '1 minute')
        order by requested_at limit 1 for update skip locked) waiting
  where request.cooperative_id = waiting.cooperative_id and request.id = waiting.id
  returning request.cooperative_id as "cooperativeId", request.id, request.dead_letter_id as "deadLetterId"`;

async function drive(
  database: Database,
  handlers: readonly EventHandler[],
  taken: Taken,
  now: Date,
): Promise<Pick<RedriveOutcome, 'outcome' | 'fault'>> {
  const result = await redriveDeadLetter(database, handlers, taken.deadLetterId, now);
  if (result.ok || result.refusal.code === 'ALREADY_REDRIVEN') return { outcome: 'handled', fault: null };
  const { refusal } = result;
  if (refusal.code === 'NO_SUCH_DEAD_LETTER') return { outcome: 'gone', fault: null };
  if (refusal.code === 'NO_SUCH_HANDLER')
    return { outcome: 'failed', fault: `no handler is named ${refusal.handler}` };
  return { outcome: 'failed', fault: firstLine(refusal.error) };
}

/** Drives everything that was asked for and tells how each ended. `now` is what the handlers get. */
export async function takeRedriveRequests(
  database: Database,
  handlers: readonly EventHandler[],
  now: Date,
): Promise<RedriveOutcome[]> {
  const outcomes: RedriveOutcome[] = [];
  for (;;) {
    const [taken] = await database.single<Taken>('relay', take);
    if (taken === undefined) return outcomes;
    const { outcome, fault } = await drive(database, handlers, taken, now);
    await database.single(
      'relay',
      `update platform.redrive_request set finished_at = greatest($3, requested_at), outcome = $4, fault = $5
       where cooperative_id = $1 and id = $2 and finished_at is null`,
      [taken.cooperativeId, taken.id, now, outcome, fault],
    );
    outcomes.push({ cooperativeId: taken.cooperativeId, deadLetterId: taken.deadLetterId, outcome, fault });
  }
}
