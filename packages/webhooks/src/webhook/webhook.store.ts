// SQL of webhooks. Every statement names the cooperative: the wall would hide another's anyway.
import type { Queryable, Transaction } from '@habitat/database';
import type { CheckedWebhookWish, StopReason, Webhook } from './webhook.ts';

const WEBHOOK = `id as "webhookId", name, url, kinds, created_at as "createdAt", rotated_at as "rotatedAt",
  previous_until as "previousUntil", stopped_at as "stoppedAt", stop_reason as "stopReason",
  failing_since as "failingSince", delivered_at as "deliveredAt"`;

type Row<T> = T & Record<string, unknown>;

export async function insertWebhook(
  tx: Transaction,
  webhook: CheckedWebhookWish & {
    readonly webhookId: string;
    readonly url: string;
    readonly sealedSecret: string;
  },
): Promise<void> {
  const { webhookId, name, url, kinds, sealedSecret } = webhook;
  await tx.query(
    `insert into platform.webhook (cooperative_id, id, name, url, kinds, sealed_secret, created_at, created_by_login_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.cooperativeId, webhookId, name, url, kinds, sealedSecret, tx.now, tx.actor.loginId],
  );
}

/** A webhook, locked: what is done to it happens one after the other. Null once it was removed. */
export async function lockWebhook(tx: Transaction, webhookId: string): Promise<Webhook | null> {
  const [row] = await tx.query<Row<Webhook>>(
    `select ${WEBHOOK} from platform.webhook where cooperative_id = $1 and id = $2 and removed_at is null for update`,
    [tx.cooperativeId, webhookId],
  );
  return row ?? null;
}

export async function selectWebhooks(client: Queryable, cooperativeId: string): Promise<Webhook[]> {
  return client.query<Row<Webhook>>(
    `select ${WEBHOOK} from platform.webhook where cooperative_id = $1 and removed_at is null
     order by created_at desc, id`,
    [cooperativeId],
  );
}

export async function selectSealedSecret(
  client: Queryable,
  cooperativeId: string,
  webhookId: string,
): Promise<string | null> {
  const [row] = await client.query<{ sealed: string }>(
    'select sealed_secret as sealed from platform.webhook where cooperative_id = $1 and id = $2',
    [cooperativeId, webhookId],
  );
  return row?.sealed ?? null;
}

export async function updateWish(
  tx: Transaction,
  webhookId: string,
  { name, kinds }: CheckedWebhookWish,
): Promise<void> {
  await tx.query('update platform.webhook set name = $3, kinds = $4 where cooperative_id = $1 and id = $2', [
    tx.cooperativeId,
    webhookId,
    name,
    kinds,
  ]);
}

/** Another secret, with the one before beside it. */
export async function updateSecret(
  tx: Transaction,
  webhookId: string,
  sealedSecret: string,
  previousUntil: Date,
): Promise<void> {
  await tx.query(
    `update platform.webhook set sealed_secret = $3, sealed_previous = sealed_secret, previous_until = $4, rotated_at = $5,
       rotated_by_login_id = $6
     where cooperative_id = $1 and id = $2`,
    [tx.cooperativeId, webhookId, sealedSecret, previousUntil, tx.now, tx.actor.loginId],
  );
}

/** Webhooks that run here and that an account registered, or gave another secret, since a moment; locked. */
export async function lockWebhooksSetUpSince(
  tx: Transaction,
  loginId: string,
  since: Date,
): Promise<string[]> {
  const found = await tx.query<{ id: string }>(
    `select id from platform.webhook where cooperative_id = $1 and removed_at is null and stopped_at is null
       and ((created_by_login_id = $2 and created_at >= $3) or (rotated_by_login_id = $2 and rotated_at >= $3))
     order by id for update`,
    [tx.cooperativeId, loginId, since],
  );
  return found.map(({ id }) => id);
}

/** Stops a webhook, and with it what was on its way. */
export async function markStopped(tx: Transaction, webhookId: string, reason: StopReason): Promise<void> {
  await tx.query(
    'update platform.webhook set stopped_at = $3, stop_reason = $4 where cooperative_id = $1 and id = $2',
    [tx.cooperativeId, webhookId, tx.now, reason],
  );
  await tx.query(
    `update platform.webhook_delivery set state = 'given_up', due_at = null, settled_at = $3
     where cooperative_id = $1 and webhook_id = $2 and state = 'waiting'`,
    [tx.cooperativeId, webhookId, tx.now],
  );
}

export async function markRunning(tx: Transaction, webhookId: string): Promise<void> {
  await tx.query(
    `update platform.webhook set stopped_at = null, stop_reason = null, failing_since = null
     where cooperative_id = $1 and id = $2`,
    [tx.cooperativeId, webhookId],
  );
}

export async function markRemoved(tx: Transaction, webhookId: string): Promise<void> {
  await tx.query('update platform.webhook set removed_at = $3 where cooperative_id = $1 and id = $2', [
    tx.cooperativeId,
    webhookId,
    tx.now,
  ]);
}

export interface SealedSecrets {
  readonly webhookId: string;
  readonly sealedSecret: string;
  readonly sealedPrevious: string | null;
}

/** Webhooks with a secret that something else than the key in force sealed. */
export async function selectSealedOtherwise(tx: Transaction, prefix: string): Promise<SealedSecrets[]> {
  return tx.query<Row<SealedSecrets>>(
    `select id as "webhookId", sealed_secret as "sealedSecret", sealed_previous as "sealedPrevious"
     from platform.webhook where cooperative_id = $1
       and not (starts_with(sealed_secret, $2) and coalesce(starts_with(sealed_previous, $2), true)) for update`,
    [tx.cooperativeId, prefix],
  );
}

export async function updateSealed(tx: Transaction, sealed: SealedSecrets): Promise<void> {
  await tx.query(
    'update platform.webhook set sealed_secret = $3, sealed_previous = $4 where cooperative_id = $1 and id = $2',
    [tx.cooperativeId, sealed.webhookId, sealed.sealedSecret, sealed.sealedPrevious],
  );
}
