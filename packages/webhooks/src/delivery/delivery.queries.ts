// Reads of deliveries.
import type { Database } from '@habitat/database';
import type { WebhookDelivery } from './delivery.ts';
import type { DeliveryQuery } from './delivery.store.ts';
import { selectDeliveries } from './delivery.store.ts';

/** Deliveries of one webhook, newest first. */
export async function listDeliveries(database: Database, query: DeliveryQuery): Promise<WebhookDelivery[]> {
  const { cooperativeId } = query;
  return database.read('platform', { cooperativeId }, (client) => selectDeliveries(client, query));
}
