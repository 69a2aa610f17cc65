// One try of one delivery: taken by one sender for a while, sent outside any transaction, and settled. A sender that is lost
// on the way lets go by the clock, and the message goes out again with the same id.
import type { ActFacts, Database, Transaction } from '@habitat/database';
import { runCommand, runTransaction } from '@habitat/database';
import { accept, systemActor } from '@habitat/kernel';
import type { Secrets } from '@habitat/platform';
import { unseal } from '@habitat/platform';
import type { Sent, SendSettings } from '../destination/send.ts';
import { PATIENCE_MS, sendMessage } from '../destination/send.ts';
import { signatureHeaders } from '../message/signature.ts';
import type { StopReason, Webhook } from '../webhook/webhook.ts';
import { stopAfterFailure } from '../webhook/webhook.ts';
import { lockWebhook, markStopped } from '../webhook/webhook.store.ts';
import { nextTryAt } from './delivery.ts';
import type { DueDelivery, TakenDelivery } from './delivery.store.ts';
import { insertAttempt, markFailing, markReached, takeDelivery, updateDelivery } from './delivery.store.ts';

/** Longer than any try takes. */
const LEASE_MS = 6 * PATIENCE_MS;
const PURPOSE = 'webhook';

export interface SendingOptions extends SendSettings {
  readonly secrets: Secrets;
  readonly clock: () => Date;
  /** Told in the transaction that stops a webhook, so that whoever has to know is told with it. */
  readonly onStopped?: (tx: Transaction, webhook: Webhook, reason: StopReason) => Promise<void>;
  /** Told why a message could not be signed. */
  readonly onFault?: (error: unknown) => void;
}

/** How a try ended: it is there, comes later, was given up; `nothing` when another sender had it. */
export type TryOutcome = 'delivered' | 'retried' | 'given_up' | 'nothing';

function secretsOf(taken: TakenDelivery, secrets: Secrets, now: Date): string[] {
  const { sealedSecret, sealedPrevious, previousUntil, webhookId } = taken;
  const isBoth = sealedPrevious !== null && previousUntil !== null && previousUntil > now;
  return [sealedSecret, ...(isBoth ? [sealedPrevious] : [])].map((sealed) =>
    unseal(secrets, PURPOSE, webhookId, sealed),
  );
}

/** How a try was settled, and why the webhook should stop because of it. */
interface Settled {
  readonly outcome: TryOutcome;
  readonly stop: StopReason | null;
}

async function settle(
  tx: Transaction,
  taken: TakenDelivery,
  sent: Sent & { readonly at: Date; readonly tookMs: number },
): Promise<Settled> {
  const { webhookId } = taken;
  await insertAttempt(tx, taken.deliveryId, sent);
  if (sent.fault === null) {
    await updateDelivery(tx, taken, { state: 'delivered', dueAt: null });
    await markReached(tx, webhookId);
    return { outcome: 'delivered', stop: null };
  }
  const dueAt = nextTryAt(taken.tries, tx.now, Math.random());
  await updateDelivery(tx, taken, { state: dueAt === null ? 'given_up' : 'waiting', dueAt });
  const stop = stopAfterFailure(await markFailing(tx, webhookId), sent.status, tx.now);
  return { outcome: dueAt === null || stop !== null ? 'given_up' : 'retried', stop };
}

/** Stops a webhook that nobody answers at, as a command of its own: the audit trail tells of it. */
async function stopFailing(
  database: Database,
  facts: ActFacts,
  webhookId: string,
  reason: StopReason,
  onStopped: SendingOptions['onStopped'],
): Promise<void> {
  const command = { name: 'stopFailingWebhook', input: { webhookId, reason } } as const;
  await runCommand<{ webhookId: string }, never>(database, 'platform', facts, command, async (tx) => {
    const webhook = await lockWebhook(tx, webhookId);
    if (webhook?.stoppedAt === null) {
      await markStopped(tx, webhookId, reason);
      await onStopped?.(tx, webhook, reason);
    }
    return accept({ webhookId });
  });
}

/** A secret that cannot be opened is a failed try like any other: it is counted, seen by who manages the webhook, and ends. */
async function signAndSend(taken: TakenDelivery, at: Date, options: SendingOptions): Promise<Sent> {
  const { body, url, deliveryId } = taken;
  let headers: Readonly<Record<string, string>>;
  try {
    headers = signatureHeaders({ id: deliveryId, body }, secretsOf(taken, options.secrets, at), at);
  } catch (error) {
    options.onFault?.(error);
    return { status: null, fault: 'secret' };
  }
  return sendMessage(url, { headers, body }, options);
}

/** Tries one due delivery once; answers how it went and how long the receiver took. */
export async function tryDelivery(
  database: Database,
  { cooperativeId, deliveryId }: DueDelivery,
  options: SendingOptions,
): Promise<{ readonly outcome: TryOutcome; readonly tookMs: number }> {
  const factsAt = (now: Date): ActFacts => ({
    cooperativeId,
    actor: systemActor(cooperativeId),
    now,
    correlationId: `webhook-${deliveryId}`,
  });
  const at = options.clock();
  const taken = await runTransaction(database, 'platform', factsAt(at), (tx) =>
    takeDelivery(tx, deliveryId, new Date(at.getTime() + LEASE_MS)),
  );
  if (taken === null) return { outcome: 'nothing', tookMs: 0 };
  const begun = performance.now();
  const sent = await signAndSend(taken, at, options);
  const tookMs = Math.round(performance.now() - begun);
  const after = factsAt(options.clock());
  const { outcome, stop } = await runTransaction(database, 'platform', after, (tx) =>
    settle(tx, taken, { ...sent, at, tookMs }),
  );
  if (stop !== null) await stopFailing(database, after, taken.webhookId, stop, options.onStopped);
  return { outcome, tookMs };
}
