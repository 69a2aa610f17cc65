// On which day others were last reminded of what waits.
import type { Queryable } from '@habitat/database';
import type { LocalDate } from '@habitat/kernel';

/** The day of the last reminder of each item there was one of. */
export async function lastReminders(
  client: Queryable,
  cooperativeId: string,
  itemIds: readonly string[],
): Promise<ReadonlyMap<string, LocalDate>> {
  const rows = await client.query<{ id: string; day: LocalDate }>(
    `select item_id as id, max(on_day)::text as day from platform.reminder
     where cooperative_id = $1 and item_id = any($2::uuid[]) group by item_id`,
    [cooperativeId, itemIds],
  );
  return new Map(rows.map(({ id, day }) => [id, day]));
}
