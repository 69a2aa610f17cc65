// Reads of keys: whom a presented one acts for, how much of its hour is left, and the list of them.
import type { Database } from '@habitat/database';
import type { ApiKey, ApiKeyName } from './api-key.ts';
import type { KeyStanding } from './api-key.store.ts';
import { countUse, selectKeys, selectKeyStanding } from './api-key.store.ts';

/** Whom a key acts for; null once it is revoked or over, or its supervisor may not sign in here any more. */
export async function findKeyStanding(
  database: Database,
  name: ApiKeyName,
  now: Date,
): Promise<KeyStanding | null> {
  const { cooperativeId } = name;
  return database.read('platform', { cooperativeId }, (client) => selectKeyStanding(client, name, now));
}

const HOUR_SECONDS = 3_600;

/** Counts one request of a key against its hour; answers the seconds to wait, zero when it may pass. */
export async function countKeyUse(
  database: Database,
  key: Pick<KeyStanding, 'cooperativeId' | 'keyId' | 'hourlyLimit'>,
  now: Date,
): Promise<number> {
  const { cooperativeId, hourlyLimit } = key;
  const used = await database.transaction('platform', { cooperativeId }, (client) =>
    countUse(client, key, now),
  );
  if (used <= hourlyLimit) return 0;
  return HOUR_SECONDS - (Math.floor(now.getTime() / 1000) % HOUR_SECONDS);
}

/** Keys of one supervisor, or of everybody with null, newest first. */
export async function listApiKeys(
  database: Database,
  query: { readonly cooperativeId: string; readonly supervisorLoginId: string | null },
): Promise<ApiKey[]> {
  return database.read('platform', { cooperativeId: query.cooperativeId }, (client) =>
    selectKeys(client, query),
  );
}
