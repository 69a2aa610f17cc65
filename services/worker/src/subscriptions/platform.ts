// The platform's event handlers that need nothing but the event: what happened is queued for the webhooks that are told.
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
];
