// Reads of periods.
import type { Database } from '@habitat/database';
import type { Period } from './period.ts';
import { loadPeriods } from './period.store.ts';

/** Every period, oldest first. */
export async function listPeriods(database: Database, cooperativeId: string): Promise<Period[]> {
  return database.read('treasury', { cooperativeId }, loadPeriods);
}

/** Periods by id; unknown ones are left out. */
export async function findPeriods(
  database: Database,
  cooperativeId: string,
  ids: readonly string[],
): Promise<Period[]> {
  const wanted = new Set(ids);
  return (await listPeriods(database, cooperativeId)).filter(({ id }) => wanted.has(id));
}
