// SQL of counted attempts, and the question every throttled act begins with.
import type { Database, Queryable } from '@habitat/database';
import { insertRefusal } from '../session/sign-in-refusal.store.ts';
import type { ThrottleKey, TooManyAttempts } from './throttle.ts';
import { secondsToWait, tooManyAttempts, windowStart } from './throttle.ts';

/** Failures counted in the window that began after `since`, per key. */
export async function countFailures(
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

/**
 * Counts one attempt in a transaction of its own: it stays counted whatever comes of it. A refused sign-in is noted for
 * the audit trail, with or without an account behind it: what is told and how long it takes must not depend on that.
 */
export async function countAttempt(
  database: Database,
  keys: readonly ThrottleKey[],
  now: Date,
  refused: { readonly loginId: string | null; readonly factor: 'password' | 'code' } | null = null,
): Promise<void> {
  const hashes = keys.map((key) => key.hash);
  await database.transaction('platform', {}, async (client) => {
    const counted = await addFailures(client, hashes, windowStart(now), now);
    if (refused === null) return;
    const locks = keys.some(({ hash, most }) => counted.find(({ key }) => key === hash)?.failures === most);
    await insertRefusal(client, { ...refused, locks, refusedAt: now });
  });
}
