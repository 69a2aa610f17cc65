// Requests to open a period again, in SQL: which of them wait, and their end when nobody decided in time.
import type { Transaction } from '@habitat/database';

/** Of a row called `r`: nobody has approved it, declined it or let it expire. */
export const openReopening = `not exists (select from agreements.reopen_approval a
    where a.cooperative_id = r.cooperative_id and a.request_id = r.id)
  and not exists (select from agreements.reopen_ending e
    where e.cooperative_id = r.cooperative_id and e.request_id = r.id)`;

/** Ends requests nobody approved in time; returns those that still waited. */
export async function expireReopenings(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const ended = await tx.query<{ id: string }>(
    `insert into agreements.reopen_ending (cooperative_id, request_id, outcome, recorded_at)
     select r.cooperative_id, r.id, 'expired', $3 from agreements.reopen_request r
     where r.cooperative_id = $1 and r.id = any($2::uuid[]) and ${openReopening}
     on conflict do nothing returning request_id as id`,
    [tx.cooperativeId, [...ids], tx.now],
  );
  return ended.map(({ id }) => id);
}
