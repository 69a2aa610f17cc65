// The platform's event handlers that need nothing but the event: what happened is queued for the webhooks that are told,
// and who was erased loses account, sessions and notices.
import { memberErased, readPayload } from '@habitat/events';
import { erasePerson } from '@habitat/platform';
import { queueWebhooks, webhookEventTypes } from '@habitat/webhooks';
import type { EventHandler } from '@habitat/messaging';

export const platformHandlers: readonly EventHandler[] = [
  {
    name: 'platform.queue-webhooks',
    context: 'platform',
    types: webhookEventTypes,
    async handle(tx, events) {
      await queueWebhooks(tx, events);
    },
  },
  {
    name: 'platform.erase-people',
    context: 'platform',
    types: [memberErased.type],
    async handle(tx, events) {
      for (const event of events) await erasePerson(tx, readPayload(memberErased, event).memberId);
    },
  },
];
