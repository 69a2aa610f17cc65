// Webhooks as pure rules: what somebody may register, and when one is stopped because nobody answers any more.
import type { Actor, Result } from '@habitat/kernel';
import { accept, may, refuse } from '@habitat/kernel';
import type { WebhookKind } from '../message/kind.ts';
import { isWebhookKind, webhookKinds } from '../message/kind.ts';

/** Webhooks of one cooperative at a time. */
export const MOST_WEBHOOKS = 20;
/** Hours the secret before signs beside the new one, at most and when nothing is said. */
export const OVERLAP_HOURS = { most: 168, usual: 24 } as const;
/** Days without a single message that came through, after which a webhook is stopped. */
const FAILING_DAYS = 5;

const DAY_MS = 86_400_000;

/** What a webhook is called and told of. */
export interface WebhookWish {
  readonly name: string;
  readonly kinds: readonly string[];
}

/** In the order checked. */
export type WebhookWishRefusal =
  | { readonly code: 'FORBIDDEN' }
  | { readonly code: 'BAD_WEBHOOK_NAME'; readonly field: 'name' }
  | { readonly code: 'NO_WEBHOOK_KINDS'; readonly field: 'kinds' }
  | { readonly code: 'WEBHOOK_KIND_UNKNOWN'; readonly field: 'kinds'; readonly kind: string };

export interface CheckedWebhookWish {
  readonly name: string;
  readonly kinds: readonly WebhookKind[];
}

/** Checks what an administrator wants a webhook to be. */
export function checkWebhook(
  actor: Actor,
  wish: WebhookWish,
): Result<CheckedWebhookWish, WebhookWishRefusal> {
  if (!may(actor, 'webhook.manage')) return refuse({ code: 'FORBIDDEN' });
  const name = wish.name.trim();
  if (name === '' || name.length > 80) return refuse({ code: 'BAD_WEBHOOK_NAME', field: 'name' });
  if (wish.kinds.length === 0) return refuse({ code: 'NO_WEBHOOK_KINDS', field: 'kinds' });
  const unknown = wish.kinds.find((kind) => !isWebhookKind(kind));
  if (unknown !== undefined) return refuse({ code: 'WEBHOOK_KIND_UNKNOWN', field: 'kinds', kind: unknown });
  return accept({ name, kinds: webhookKinds.filter((kind) => wish.kinds.includes(kind)) });
}

/** `undone`: by whoever got back the account it was set up with. */
export type StopReason = 'person' | 'failing' | 'gone' | 'undone';

/** A webhook as it is listed; never with anything of its secret. */
export interface Webhook {
  readonly webhookId: string;
  readonly name: string;
  readonly url: string;
  readonly kinds: readonly string[];
  readonly createdAt: Date;
  readonly rotatedAt: Date | null;
  /** Until when the secret before signs as well; null when there is none. */
  readonly previousUntil: Date | null;
  readonly stoppedAt: Date | null;
  readonly stopReason: StopReason | null;
  /** Since when nothing has come through; null when the last message did. */
  readonly failingSince: Date | null;
  readonly deliveredAt: Date | null;
}

/** Why a webhook stops after a failed try; null when it goes on. A receiver that answers 410 wants no more of it. */
export function stopAfterFailure(failingSince: Date, status: number | null, now: Date): StopReason | null {
  if (status === 410) return 'gone';
  return now.getTime() - failingSince.getTime() >= FAILING_DAYS * DAY_MS ? 'failing' : null;
}
