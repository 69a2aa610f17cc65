// Reads of requests that wait for, or had, a second person.
import type { Database } from '@habitat/database';
import type { JournalRequest } from './request.ts';
import { selectRequests } from './request.store.ts';

/** What waits for a second person, oldest first. */
export async function listPendingRequests(
  database: Database,
  cooperativeId: string,
): Promise<JournalRequest[]> {
  return database.read('treasury', { cooperativeId }, (client) =>
    selectRequests(client, cooperativeId, null),
  );
}

/** Requests by id; unknown ones are left out. */
export async function findRequests(
  database: Database,
  cooperativeId: string,
  ids: readonly string[],
): Promise<JournalRequest[]> {
  return database.read('treasury', { cooperativeId }, (client) => selectRequests(client, cooperativeId, ids));
}
