// Queues what events make, once per event and webhook. Nothing is sent here: a receiver that is slow or away holds no
// event up.
import type { Transaction } from '@habitat/database';
import type { Envelope } from '@habitat/events';
import { messageOf } from '../message/kind.ts';
import { insertDeliveries } from './delivery.store.ts';

/** Queues the messages of these events; answers how many deliveries there are now that were not there before. */
export async function queueWebhooks(tx: Transaction, events: readonly Envelope[]): Promise<number> {
  const messages = events.flatMap((event) => {
    const message = messageOf(event);
    return message === null ? [] : { eventId: event.id, ...message };
  });
  return messages.length === 0 ? 0 : insertDeliveries(tx, messages);
}
