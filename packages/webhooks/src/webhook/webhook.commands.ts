// Registering an address, changing what it is told, giving it another secret, stopping and removing it. A secret is answered
// once; what a repeated request is answered from knows nothing of it.
import type { CommandContext, Database, IdempotencyConflict, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { CommandName, Result } from '@habitat/kernel';
import { accept, may, newId, refuse } from '@habitat/kernel';
import type { Secrets } from '@habitat/platform';
import { seal, unseal } from '@habitat/platform';
import type { DestinationRefusal, DestinationSettings } from '../destination/destination.ts';
import { checkDestination } from '../destination/destination.ts';
import { newWebhookSecret } from '../message/signature.ts';
import type { Webhook, WebhookWish, WebhookWishRefusal } from './webhook.ts';
import { checkWebhook, MOST_WEBHOOKS, OVERLAP_HOURS } from './webhook.ts';
import {
  insertWebhook,
  lockWebhook,
  lockWebhooksSetUpSince,
  markRemoved,
  markRunning,
  markStopped,
  selectSealedSecret,
  selectWebhooks,
  updateSecret,
  updateWish,
} from './webhook.store.ts';

const HOUR_MS = 3_600_000;
const PURPOSE = 'webhook';

export type RegisterWebhookRefusal =
  WebhookWishRefusal | DestinationRefusal | { readonly code: 'TOO_MANY_WEBHOOKS'; readonly most: number };

/** A webhook with its secret; null where the request was a repeated one: a secret is shown once. */
export interface IssuedWebhook {
  readonly webhookId: string;
  readonly secret: string | null;
}

/** How secrets are kept, and where messages may go. */
export interface WebhookSettings {
  readonly secrets: Secrets;
  readonly destinations: DestinationSettings;
}

/** The secret made here, if it is the one that was stored. */
async function issued(
  database: Database,
  { cooperativeId }: CommandContext,
  made: { readonly secrets: Secrets; readonly secret: string },
  webhookId: string,
): Promise<IssuedWebhook> {
  const sealed = await database.read('platform', { cooperativeId }, (client) =>
    selectSealedSecret(client, cooperativeId, webhookId),
  );
  const isStored = sealed !== null && unseal(made.secrets, PURPOSE, webhookId, sealed) === made.secret;
  return { webhookId, secret: isStored ? made.secret : null };
}

/** Registers an address that will be told of the kinds chosen. An administrator's act; the address is looked at first. */
export async function registerWebhook(
  database: Database,
  context: CommandContext,
  wish: WebhookWish & { readonly url: string },
  { secrets, destinations }: WebhookSettings,
): Promise<Result<IssuedWebhook, RegisterWebhookRefusal | IdempotencyConflict>> {
  const checked = checkWebhook(context.actor, wish);
  if (!checked.ok) return checked;
  const looked = await checkDestination(wish.url, destinations);
  if (!looked.ok) return looked;
  const [webhookId, secret] = [newId(), newWebhookSecret()];
  const registered = await runCommand<{ webhookId: string }, RegisterWebhookRefusal>(
    database,
    'platform',
    context,
    { name: 'registerWebhook', input: wish },
    async (tx) => {
      const all = await selectWebhooks(tx, tx.cooperativeId);
      if (all.length >= MOST_WEBHOOKS) return refuse({ code: 'TOO_MANY_WEBHOOKS', most: MOST_WEBHOOKS });
      const sealedSecret = seal(secrets, PURPOSE, webhookId, secret);
      await insertWebhook(tx, { ...checked.value, webhookId, url: looked.value.href, sealedSecret });
      return accept({ webhookId });
    },
  );
  if (!registered.ok) return registered;
  return accept(await issued(database, context, { secrets, secret }, registered.value.webhookId));
}

export type WebhookNotFound = { readonly code: 'WEBHOOK_NOT_FOUND' };

/** Runs an administrator's act on one webhook. */
export async function onWebhook<Refusal>(
  database: Database,
  context: CommandContext,
  command: { readonly name: CommandName; readonly input: { readonly webhookId: string } },
  act: (tx: Transaction, webhook: Webhook) => Promise<Refusal | undefined>,
): Promise<Result<{ webhookId: string }, Refusal | WebhookNotFound | IdempotencyConflict>> {
  const { webhookId } = command.input;
  return runCommand<{ webhookId: string }, Refusal | WebhookNotFound>(
    database,
    'platform',
    context,
    command,
    async (tx) => {
      const webhook = may(tx.actor, 'webhook.manage') ? await lockWebhook(tx, webhookId) : null;
      if (webhook === null) return refuse({ code: 'WEBHOOK_NOT_FOUND' });
      const refusal = await act(tx, webhook);
      return refusal === undefined ? accept({ webhookId }) : refuse(refusal);
    },
  );
}

export type ChangeWebhookRefusal = WebhookWishRefusal | WebhookNotFound;

/** Changes what a webhook is called and told of. Its address stays: another address is another webhook, with its secret. */
export async function changeWebhook(
  database: Database,
  context: CommandContext,
  input: WebhookWish & { readonly webhookId: string },
): Promise<Result<{ webhookId: string }, ChangeWebhookRefusal | IdempotencyConflict>> {
  const checked = checkWebhook(context.actor, input);
  if (!checked.ok) return checked;
  const command = { name: 'changeWebhook', input } as const;
  return onWebhook<never>(database, context, command, async (tx, { webhookId }) => {
    await updateWish(tx, webhookId, checked.value);
    return undefined;
  });
}

/** In the order checked. */
export type RotateWebhookSecretRefusal =
  { readonly code: 'BAD_OVERLAP'; readonly field: 'overlapHours'; readonly most: number } | WebhookNotFound;

/** Gives a webhook another secret; for some hours the one before signs beside it. */
export async function rotateWebhookSecret(
  database: Database,
  context: CommandContext,
  input: { readonly webhookId: string; readonly overlapHours: number },
  { secrets }: Pick<WebhookSettings, 'secrets'>,
): Promise<Result<IssuedWebhook, RotateWebhookSecretRefusal | IdempotencyConflict>> {
  const { overlapHours, webhookId } = input;
  if (!Number.isInteger(overlapHours) || overlapHours < 0 || overlapHours > OVERLAP_HOURS.most)
    return refuse({ code: 'BAD_OVERLAP', field: 'overlapHours', most: OVERLAP_HOURS.most });
  const secret = newWebhookSecret();
  const command = { name: 'rotateWebhookSecret', input } as const;
  const rotated = await onWebhook<never>(database, context, command, async (tx) => {
    const previousUntil = new Date(tx.now.getTime() + overlapHours * HOUR_MS);
    await updateSecret(tx, webhookId, seal(secrets, PURPOSE, webhookId, secret), previousUntil);
    return undefined;
  });
  return rotated.ok ? accept(await issued(database, context, { secrets, secret }, webhookId)) : rotated;
}

type OneWebhook = { readonly webhookId: string };
type Changed = Promise<Result<OneWebhook, WebhookNotFound | IdempotencyConflict>>;

/** Sends nothing more to an address until it is started again; what waited is given up. */
export async function stopWebhook(database: Database, context: CommandContext, input: OneWebhook): Changed {
  return onWebhook<never>(database, context, { name: 'stopWebhook', input }, async (tx, webhook) => {
    if (webhook.stoppedAt === null) await markStopped(tx, webhook.webhookId, 'person');
    return undefined;
  });
}

/** Stops what an account set up here since a moment, as part of getting the account back; answers the ids. */
export async function stopWebhooksSetUpSince(
  tx: Transaction,
  loginId: string,
  since: Date,
): Promise<string[]> {
  const webhookIds = await lockWebhooksSetUpSince(tx, loginId, since);
  for (const webhookId of webhookIds) await markStopped(tx, webhookId, 'undone');
  return webhookIds;
}

/** Sends to it again from now on; what happened meanwhile is not told. */
export async function startWebhook(database: Database, context: CommandContext, input: OneWebhook): Changed {
  return onWebhook<never>(database, context, { name: 'startWebhook', input }, async (tx, { webhookId }) => {
    await markRunning(tx, webhookId);
    return undefined;
  });
}

/** Takes an address off the list for good. */
export async function removeWebhook(database: Database, context: CommandContext, input: OneWebhook): Changed {
  return onWebhook<never>(database, context, { name: 'removeWebhook', input }, async (tx, webhook) => {
    if (webhook.stoppedAt === null) await markStopped(tx, webhook.webhookId, 'person');
    await markRemoved(tx, webhook.webhookId);
    return undefined;
  });
}
