// How often an event failed in a handler, and the letters given up on. Written apart from the handler's own
// transaction, which was rolled back; under the relay's role, which sees every cooperative.
import type { Database } from '@habitat/database';
import type { Envelope } from '@habitat/events';
import { newId } from '@habitat/kernel';

const MOST_ERROR_TEXT = 2_000;

/** The error as an operator needs it: message, code and where, without the event's payload. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, MOST_ERROR_TEXT);
  const code = 'code' in error ? ` [${String(error.code)}]` : '';
  return `${error.message}${code}\n${error.stack?.split('\n').slice(1, 6).join('\n') ?? ''}`.slice(
    0,
    MOST_ERROR_TEXT,
  );
}

/** What went wrong in one line, for lists. */
export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 500) ?? '';
}

/** Attempts recorded for these events in a handler; an event without any is left out. */
export async function findAttempts(
  database: Database,
  handler: string,
  events: readonly Envelope[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await database.single<{ event_id: string; attempts: number }>(
    'relay',
    `select event_id, attempts from platform.delivery_attempt
     where handler = $1 and (cooperative_id, event_id) in (select * from unnest($2::uuid[], $3::uuid[]))`,
    [handler, events.map((event) => event.cooperativeId), events.map((event) => event.id)],
  );
  return new Map(rows.map((row) => [row.event_id, row.attempts]));
}

/** Adds one attempt to each event (once, if it is there twice) and returns the new counts by event id. */
export async function countAttempts(
  database: Database,
  handler: string,
  events: readonly Envelope[],
  error: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await database.single<{ event_id: string; attempts: number }>(
    'relay',
    `insert into platform.delivery_attempt as a (cooperative_id, event_id, handler, attempts, last_error, last_attempt_at)
     select distinct e.cooperative_id, e.id, $1, 1, $4, now() from unnest($2::uuid[], $3::uuid[]) as e (cooperative_id, id)
     on conflict (cooperative_id, event_id, handler)
       do update set attempts = a.attempts + 1, last_error = excluded.last_error, last_attempt_at = excluded.last_attempt_at
     returning event_id, attempts`,
    [handler, events.map((event) => event.cooperativeId), events.map((event) => event.id), error],
  );
  return new Map(rows.map((row) => [row.event_id, row.attempts]));
}

/** Replaces the last error of an attempt that was counted before it was made. */
export async function explainAttempt(
  database: Database,
  handler: string,
  event: Envelope,
  error: string,
): Promise<void> {
  await database.single(
    'relay',
    `update platform.delivery_attempt set last_error = $4, last_attempt_at = now()
     where cooperative_id = $1 and event_id = $2 and handler = $3`,
    [event.cooperativeId, event.id, handler, error],
  );
}

/** The events got through after all. */
export async function forgetAttempts(
  database: Database,
  handler: string,
  events: readonly Envelope[],
): Promise<void> {
  await database.single(
    'relay',
    `delete from platform.delivery_attempt
     where handler = $1 and (cooperative_id, event_id) in (select * from unnest($2::uuid[], $3::uuid[]))`,
    [handler, events.map((event) => event.cooperativeId), events.map((event) => event.id)],
  );
}

/** Puts an event to the dead letters of a handler; false when it is there already, or is no event of the log. */
export async function insertDeadLetter(
  database: Database,
  handler: string,
  event: Envelope,
  attempts: number,
  error: string,
): Promise<boolean> {
  const rows = await database.single(
    'relay',
    `insert into platform.dead_letter (cooperative_id, id, event_id, handler, attempts, error, dead_at, first_failed_at, last_failed_at)
     select e.cooperative_id, $2, e.id, $4, $5, $6, now(),
       coalesce((select a.first_attempt_at from platform.delivery_attempt a
         where a.cooperative_id = e.cooperative_id and a.event_id = e.id and a.handler = $4), now()), now()
     from platform.event e where e.cooperative_id = $1 and e.id = $3
     on conflict (cooperative_id, event_id, handler) where redriven_at is null do nothing returning id`,
    [event.cooperativeId, newId(), event.id, handler, attempts, error],
  );
  return rows.length > 0;
}
