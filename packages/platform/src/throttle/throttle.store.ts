// SQL of counted attempts, and the question every throttled act begins with.
import type { Database, Queryable } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import type { Refusal } from '../session/sign-in-refusal.store.ts';
import { insertRefusal } from '../session/sign-in-refusal.store.ts';
import type { ThrottleKey, TooManyAttempts } from './throttle.ts';
import { secondsToWait, tooManyAttempts, windowStart } from './throttle.ts';

/** Failures counted in the window that began after `since`, per key. */
async function countFailures(
  client: Queryable,
  keys: readonly string[],
  since: Date,
): Promise<Map<string, { failures: number; startedAt: Date }>> {
  const rows = await client.query<{ key: string; failures: number; startedAt: Date }>(
    `select key_hash as key, failures, window_started_at as "startedAt" from platform.sign_in_failure
     where key_hash = any($1) and window_started_at > $2`,
    [keys, since],
  );
  return new Map(rows.map((row) => [row.key, row]));
}

/** Counts one more failure for each key and answers how many those are; a window that is over begins anew. */
async function addFailures(
  client: Queryable,
  keys: readonly string[],
  since: Date,
  now: Date,
): Promise<{ readonly key: string; readonly failures: number }[]> {
  return client.query(
    `insert into platform.sign_in_failure (key_hash, window_started_at, failures)
     select key, $3, 1 from unnest($1::text[]) as key order by key
     on conflict (key_hash) do update set
       failures = case when sign_in_failure.window_started_at > $2 then sign_in_failure.failures + 1 else 1 end,
       window_started_at = case when sign_in_failure.window_started_at > $2 then sign_in_failure.window_started_at else $3 end
     returning key_hash as key, failures`,
    [keys, since, now],
  );
}

/** Thrown inside the transaction to undo the counting of what may not be tried. */
class OverLimit extends Error {}

/** An attempt that may be made: it counts as failed until it is given back. */
export interface TakenAttempt {
  /** True when the next one will have to wait. */
  readonly isLast: boolean;
}

/**
 * Takes one attempt before it is made, or tells how long it has to wait. Of many that come at the same moment no more pass
 * than the limit lets: counting only what failed would let all of them look at their guess first.
 */
export async function takeAttempt(
  database: Database,
  keys: readonly ThrottleKey[],
  now: Date,
): Promise<Result<TakenAttempt, TooManyAttempts>> {
  const waiting = await throttled(database, keys, now);
  if (waiting !== null) return refuse(waiting);
  const hashes = keys.map((key) => key.hash);
  try {
    const counted = await database.transaction('platform', {}, async (client) => {
      const rows = await addFailures(client, hashes, windowStart(now), now);
      const counts = new Map(rows.map(({ key, failures }) => [key, failures]));
      if (keys.some(({ hash, most }) => (counts.get(hash) ?? 0) > most)) throw new OverLimit();
      return counts;
    });
    return accept({ isLast: keys.some(({ hash, most }) => counted.get(hash) === most) });
  } catch (error) {
    if (!(error instanceof OverLimit)) throw error;
    return refuse((await throttled(database, keys, now)) ?? tooManyAttempts(1));
  }
}

/** Gives an attempt back that was right after all, and forgets what that forgives. */
export async function giveAttemptBack(database: Database, keys: readonly ThrottleKey[]): Promise<void> {
  const hashes = keys.map((key) => key.hash);
  const forgiven = keys.filter((key) => key.clearedBySuccess).map((key) => key.hash);
  await database.transaction('platform', {}, async (client) => {
    // In the order in which they are counted, so that nobody waits for another who waits for them.
    await client.query(
      'select from platform.sign_in_failure where key_hash = any($1) order by key_hash for update',
      [hashes],
    );
    await client.query(
      `delete from platform.sign_in_failure
       where key_hash = any($1) and (failures = 1 or key_hash = any($2))`,
      [hashes, forgiven],
    );
    await client.query(
      'update platform.sign_in_failure set failures = failures - 1 where key_hash = any($1)',
      [hashes],
    );
  });
}

/**
 * Notes a refused sign-in for the audit trail, with or without an account behind it: what is told and how long it takes must
 * not depend on that.
 */
export async function noteRefusal(
  database: Database,
  refused: Omit<Refusal, 'refusedAt'>,
  now: Date,
): Promise<void> {
  await database.transaction('platform', {}, (client) =>
    insertRefusal(client, { ...refused, refusedAt: now }),
  );
}

/** Forgets what a success forgives. */
export async function clearAttempts(database: Database, keys: readonly ThrottleKey[]): Promise<void> {
  const hashes = keys.filter((key) => key.clearedBySuccess).map((key) => key.hash);
  await database.transaction('platform', {}, (client) =>
    client.query('delete from platform.sign_in_failure where key_hash = any($1)', [hashes]),
  );
}

/** Why an attempt may not be made now; null when it may. */
export async function throttled(
  database: Database,
  keys: readonly ThrottleKey[],
  now: Date,
): Promise<TooManyAttempts | null> {
  const counted = await database.read('platform', {}, (client) =>
    countFailures(
      client,
      keys.map((key) => key.hash),
      windowStart(now),
    ),
  );
  const wait = secondsToWait(keys, counted, now);
  return wait > 0 ? tooManyAttempts(wait) : null;
}

/** Counts one attempt that opened nothing, in a transaction of its own: it stays counted whatever comes of it. */
export async function countAttempt(
  database: Database,
  keys: readonly ThrottleKey[],
  now: Date,
): Promise<void> {
  const hashes = keys.map((key) => key.hash);
  await database.transaction('platform', {}, (client) => addFailures(client, hashes, windowStart(now), now));
}
