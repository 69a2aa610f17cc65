// The dead letters, for operators: list them, look at one with its event, and drive it through its handler again
// once the cause is mended.
import type { Database } from '@habitat/database';
import type { Envelope } from '@habitat/events';
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import { errorText, forgetAttempts } from '../handling/attempt.store.ts';
import { findEvent } from '../event-log.ts';
import type { EventHandler } from '../handler.ts';
import { handleOnce } from '../handling/inbox.ts';

export interface DeadLetter {
  readonly id: string;
  readonly cooperativeId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly handler: string;
  readonly attempts: number;
  readonly error: string;
  readonly deadAt: Date;
  readonly redrivenAt: Date | null;
  /** Null for letters older than these were kept. */
  readonly firstFailedAt: Date | null;
  /** When it last failed, a redrive included. */
  readonly lastFailedAt: Date;
  /** The last redrive somebody asked for. */
  readonly redrive: RedriveState | null;
}

/** How a redrive that was asked for stands. */
export interface RedriveState {
  readonly requestedAt: Date;
  readonly requestedByMemberId: string | null;
  readonly finishedAt: Date | null;
  readonly state: 'waiting' | 'running' | 'handled' | 'failed' | 'gone';
}

interface DeadLetterRow {
  readonly id: string;
  readonly cooperative_id: string;
  readonly event_id: string;
  readonly type: string;
  readonly handler: string;
  readonly attempts: number;
  readonly error: string;
  readonly dead_at: Date;
  readonly redriven_at: Date | null;
  readonly first_failed_at: Date | null;
  readonly last_failed_at: Date | null;
  readonly requested_at: Date | null;
  readonly requested_member_id: string | null;
  readonly taken_at: Date | null;
  readonly finished_at: Date | null;
  readonly outcome: 'handled' | 'failed' | 'gone' | null;
}

const select = `select d.id, d.cooperative_id, d.event_id, e.type, d.handler, d.attempts, d.error, d.dead_at, d.redriven_at,
    d.first_failed_at, d.last_failed_at, r.requested_at, r.requested_member_id, r.taken_at, r.finished_at, r.outcome
  from platform.dead_letter d join platform.event e on e.cooperative_id = d.cooperative_id and e.id = d.event_id
  left join lateral (select * from platform.redrive_request q
    where q.cooperative_id = d.cooperative_id and q.dead_letter_id = d.id order by q.requested_at desc limit 1) r on true`;

function redriveOf(row: DeadLetterRow): RedriveState | null {
  if (row.requested_at === null) return null;
  return {
    requestedAt: row.requested_at,
    requestedByMemberId: row.requested_member_id,
    finishedAt: row.finished_at,
    state: row.outcome ?? (row.taken_at === null ? 'waiting' : 'running'),
  };
}

function toDeadLetter(row: DeadLetterRow): DeadLetter {
  return {
    id: row.id,
    cooperativeId: row.cooperative_id,
    eventId: row.event_id,
    eventType: row.type,
    handler: row.handler,
    attempts: row.attempts,
    error: row.error,
    deadAt: row.dead_at,
    redrivenAt: row.redriven_at,
    firstFailedAt: row.first_failed_at,
    lastFailedAt: row.last_failed_at ?? row.dead_at,
    redrive: redriveOf(row),
  };
}

/** Dead letters of every cooperative or of one, oldest first; the redriven ones too when asked for. At most 1,000. */
export async function listDeadLetters(
  database: Database,
  options: { readonly includeRedriven?: boolean; readonly cooperativeId?: string } = {},
): Promise<DeadLetter[]> {
  const rows = await database.single<DeadLetterRow>(
    'relay',
    `${select} where ($1 or d.redriven_at is null) and ($2::uuid is null or d.cooperative_id = $2)
     order by d.dead_at, d.id limit 1000`,
    [options.includeRedriven ?? false, options.cooperativeId ?? null],
  );
  return rows.map(toDeadLetter);
}

/** One dead letter with its event, or null. */
export async function showDeadLetter(
  database: Database,
  id: string,
): Promise<{ readonly letter: DeadLetter; readonly event: Envelope } | null> {
  const [row] = await database.single<DeadLetterRow>('relay', `${select} where d.id = $1`, [id]);
  if (row === undefined) return null;
  const stored = await findEvent(database, row.cooperative_id, row.event_id);
  return stored === null ? null : { letter: toDeadLetter(row), event: stored.envelope };
}

/** Why a dead letter was not redriven, in the order checked. */
export type RedriveRefusal =
  | { readonly code: 'NO_SUCH_DEAD_LETTER'; readonly id: string }
  | { readonly code: 'ALREADY_REDRIVEN'; readonly id: string; readonly at: Date }
  | { readonly code: 'NO_SUCH_HANDLER'; readonly handler: string }
  | { readonly code: 'STILL_FAILING'; readonly handler: string; readonly error: string };

/** Runs the event through its handler again; it takes effect once even when it had got through meanwhile. */
export async function redriveDeadLetter(
  database: Database,
  handlers: readonly EventHandler[],
  id: string,
  now: Date,
): Promise<Result<{ readonly letter: DeadLetter }, RedriveRefusal>> {
  const found = await showDeadLetter(database, id);
  if (found === null) return refuse({ code: 'NO_SUCH_DEAD_LETTER', id });
  const { letter, event } = found;
  if (letter.redrivenAt !== null) return refuse({ code: 'ALREADY_REDRIVEN', id, at: letter.redrivenAt });
  const handler = handlers.find((candidate) => candidate.name === letter.handler);
  if (handler === undefined) return refuse({ code: 'NO_SUCH_HANDLER', handler: letter.handler });
  try {
    await handleOnce(database, handler, [event], now);
  } catch (error) {
    const text = errorText(error);
    await database.single(
      'relay',
      `update platform.dead_letter set attempts = attempts + 1, error = $3, last_failed_at = $4
       where cooperative_id = $1 and id = $2`,
      [letter.cooperativeId, id, text, now],
    );
    return refuse({ code: 'STILL_FAILING', handler: letter.handler, error: text });
  }
  await forgetAttempts(database, letter.handler, [event]);
  await database.single(
    'relay',
    'update platform.dead_letter set redriven_at = $3 where cooperative_id = $1 and id = $2 and redriven_at is null',
    [letter.cooperativeId, id, now],
  );
  return accept({ letter: { ...letter, redrivenAt: now } });
}
