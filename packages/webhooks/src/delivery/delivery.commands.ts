// What an administrator asks of deliveries: a test, and sending again what a receiver missed.
import type { CommandContext, Database, IdempotencyConflict } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { testMessage } from '../message/kind.ts';
import type { WebhookNotFound } from '../webhook/webhook.commands.ts';
import { onWebhook } from '../webhook/webhook.commands.ts';
import { insertTest, requeue } from './delivery.store.ts';

/** In the order checked. */
export type SendAgainRefusal =
  WebhookNotFound | { readonly code: 'WEBHOOK_STOPPED' } | { readonly code: 'WEBHOOK_DELIVERY_NOT_FOUND' };

type Answered = Promise<Result<{ readonly webhookId: string }, SendAgainRefusal | IdempotencyConflict>>;

const STOPPED = { code: 'WEBHOOK_STOPPED' } as const;

/** Sends a message that says nothing, to see whether it arrives. */
export async function testWebhook(
  database: Database,
  context: CommandContext,
  input: { readonly webhookId: string },
): Answered {
  return onWebhook<SendAgainRefusal>(
    database,
    context,
    { name: 'testWebhook', input },
    async (tx, webhook) => {
      if (webhook.stoppedAt !== null) return STOPPED;
      await insertTest(tx, webhook.webhookId, testMessage(tx.now));
      return undefined;
    },
  );
}

/**
 * Sends deliveries again, with the ids they had: those named, or with null everything that was given up. What a receiver
 * has had already it knows by the id.
 */
export async function replayDeliveries(
  database: Database,
  context: CommandContext,
  input: { readonly webhookId: string; readonly deliveryIds: readonly string[] | null },
): Answered {
  const command = { name: 'replayWebhookDeliveries', input } as const;
  return onWebhook<SendAgainRefusal>(database, context, command, async (tx, webhook) => {
    if (webhook.stoppedAt !== null) return STOPPED;
    const { deliveryIds } = input;
    const replayed = await requeue(tx, webhook.webhookId, deliveryIds);
    const isWhole = deliveryIds === null || replayed === new Set(deliveryIds).size;
    return isWhole ? undefined : { code: 'WEBHOOK_DELIVERY_NOT_FOUND' };
  });
}
