// Reads of webhooks.
import type { Database } from '@habitat/database';
import type { Webhook } from './webhook.ts';
import { selectWebhooks } from './webhook.store.ts';

/** A cooperative's webhooks, newest first. */
export async function listWebhooks(database: Database, cooperativeId: string): Promise<Webhook[]> {
  return database.read('platform', { cooperativeId }, (client) => selectWebhooks(client, cooperativeId));
}
