// Webhooks: a cooperative's own programs are told what happened, by signed messages to addresses outside.
export type { WebhookKind } from './message/kind.ts';
export { webhookEventTypes, webhookKinds } from './message/kind.ts';
export type { DestinationSettings, Resolved } from './destination/destination.ts';
export type { StopReason, Webhook, WebhookWish } from './webhook/webhook.ts';
export { OVERLAP_HOURS } from './webhook/webhook.ts';
export type {
  ChangeWebhookRefusal,
  IssuedWebhook,
  RegisterWebhookRefusal,
  RotateWebhookSecretRefusal,
  WebhookSettings,
} from './webhook/webhook.commands.ts';
export {
  changeWebhook,
  registerWebhook,
  removeWebhook,
  rotateWebhookSecret,
  startWebhook,
  stopWebhook,
  stopWebhooksSetUpSince,
} from './webhook/webhook.commands.ts';
export { listWebhooks } from './webhook/webhook.queries.ts';
export { tidyWebhooks } from './webhook/upkeep.ts';

// Deliveries
export type { DeliveryState, WebhookAttempt, WebhookDelivery } from './delivery/delivery.ts';
export type { SendAgainRefusal } from './delivery/delivery.commands.ts';
export { replayDeliveries, testWebhook } from './delivery/delivery.commands.ts';
export { listDeliveries } from './delivery/delivery.queries.ts';
export { queueWebhooks } from './delivery/queueing.ts';
export type { DueDelivery } from './delivery/delivery.store.ts';
export { findOldestDue, listDueDeliveries } from './delivery/delivery.store.ts';
export type { SendingOptions, TryOutcome } from './delivery/sending.ts';
export { tryDelivery } from './delivery/sending.ts';
