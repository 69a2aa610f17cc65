// A webhook and its deliveries as the API shows them: to whoever may manage them, and never with their secrets.
import type { Webhook, WebhookAttempt, WebhookDelivery } from '@habitat/webhooks';
import { listDeliveries, listWebhooks } from '@habitat/webhooks';
import { builder } from '../../builder.ts';
import { defineConnection } from '../../connection.ts';
import { requestLoader } from '../../loader.ts';
import { pageArgs, readPage } from '../../page.ts';

const State = builder.enumType('WebhookState', {
  description: 'Whether a webhook is told anything.',
  values: {
    RUNNING: { value: 'running', description: 'It is.' },
    FAILING: { value: 'failing', description: 'It is, but nothing has come through since the last try.' },
    STOPPED: { value: 'stopped', description: 'Somebody stopped it.' },
    STOPPED_FAILING: { value: 'stopped_failing', description: 'Nothing had come through for days.' },
    STOPPED_UNDONE: {
      value: 'stopped_undone',
      description: 'Whoever got back the account it was set up with stopped it.',
    },
    STOPPED_GONE: { value: 'stopped_gone', description: 'Its receiver answered that it is gone for good.' },
  } as const,
});

function stateOf({ stopReason, failingSince }: Webhook) {
  if (stopReason === 'person') return 'stopped';
  if (stopReason !== null) return `stopped_${stopReason}` as const;
  return failingSince === null ? 'running' : 'failing';
}

const DeliveryState = builder.enumType('WebhookDeliveryState', {
  description: 'How far a message has come.',
  values: {
    WAITING: { value: 'waiting', description: 'It will be tried, perhaps again.' },
    DELIVERED: { value: 'delivered', description: 'The receiver has it.' },
    GIVEN_UP: { value: 'given_up', description: 'It was tried for days, or the webhook was stopped.' },
  } as const,
});

const Fault = builder.enumType('WebhookFault', {
  description: 'Why a try failed.',
  values: {
    ADDRESS: { value: 'address', description: 'The address leads nowhere, or inside a network.' },
    CONNECTION: { value: 'connection', description: 'Nobody was there, or they broke off.' },
    TIMEOUT: { value: 'timeout', description: 'No answer came in time.' },
    TLS: { value: 'tls', description: 'The certificate is not one that is vouched for.' },
    STATUS: { value: 'status', description: 'The answer was not 2xx.' },
    SECRET: {
      value: 'secret',
      description:
        'It could not be signed: no key of the installation opens the webhook’s secret. Rotating the secret helps.',
    },
  } as const,
});
type FaultName = 'address' | 'connection' | 'timeout' | 'tls' | 'status' | 'secret';

const managed = { act: 'webhook.manage' } as const;

const AttemptRef = builder.objectRef<WebhookAttempt>('WebhookAttempt').implement({
  description: 'One try of a message. What the receiver answered beyond its status is not kept.',
  authScopes: managed,
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When it was sent.' }),
    tookMs: t.exposeInt('tookMs', {
      description: 'Milliseconds until the answer, or until nobody waited any more.',
    }),
    status: t.exposeInt('status', { nullable: true, description: 'The HTTP status; null where none came.' }),
    fault: t.field({
      type: Fault,
      nullable: true,
      description: 'Why it failed; null when it did not.',
      resolve: ({ fault }) => fault as FaultName | null,
    }),
  }),
});

const DeliveryRef = builder.objectRef<WebhookDelivery>('WebhookDelivery').implement({
  description: 'A message on its way to one webhook.',
  authScopes: managed,
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id.',
      resolve: ({ deliveryId }) => ({ type: 'WebhookDelivery', id: deliveryId }),
    }),
    messageId: t.exposeString('deliveryId', {
      description: 'What the header `webhook-id` says, at every try and every time it is sent again.',
    }),
    kind: t.exposeString('kind', { description: 'What it tells.' }),
    body: t.exposeString('body', { description: 'What is signed and sent: JSON.' }),
    queuedAt: t.expose('queuedAt', { type: 'DateTime', description: 'When it was put in the row.' }),
    state: t.field({
      type: DeliveryState,
      description: 'How far it has come.',
      resolve: ({ state }) => state,
    }),
    nextTryAt: t.expose('dueAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is tried next; null when it is not.',
    }),
    settledAt: t.expose('settledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was delivered or given up; null while it waits.',
    }),
    attempts: t.exposeInt('attempts', { description: 'Tries so far.' }),
    lastAttempt: t.field({
      type: AttemptRef,
      nullable: true,
      description: 'The latest try; null before the first.',
      resolve: ({ lastAttempt }) => lastAttempt,
    }),
  }),
});

const Deliveries = defineConnection('WebhookDelivery', DeliveryRef);

export const WebhookRef = builder.objectRef<Webhook>('Webhook').implement({
  description:
    'An address that is told what happens in the cooperative; its secret is shown once and never here.',
  authScopes: managed,
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id.',
      resolve: ({ webhookId }) => ({ type: 'Webhook', id: webhookId }),
    }),
    name: t.exposeString('name', { description: 'What it is for.' }),
    url: t.exposeString('url', { description: 'Where messages are posted.' }),
    kinds: t.stringList({ description: 'What it is told of.', resolve: ({ kinds }) => [...kinds] }),
    state: t.field({ type: State, description: 'Whether it is told anything.', resolve: stateOf }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was registered.' }),
    rotatedAt: t.expose('rotatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it last got another secret.',
    }),
    previousUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when the secret before signs as well; null when it does not.',
      resolve: ({ previousUntil }, _args, { now }) =>
        previousUntil !== null && previousUntil > now ? previousUntil : null,
    }),
    stoppedAt: t.expose('stoppedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was stopped; null while it runs.',
    }),
    failingSince: t.expose('failingSince', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when nothing has come through; null when the last message did.',
    }),
    deliveredAt: t.expose('deliveredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a message last came through, to the minute.',
    }),
    deliveries: t.field({
      type: Deliveries,
      description: 'Its messages of the last 30 days, newest first.',
      args: pageArgs(t.arg),
      resolve: ({ webhookId }, args, context) =>
        readPage<WebhookDelivery>(
          args,
          {
            parts: ['instant', 'id'],
            of: ({ queuedAt, deliveryId }: WebhookDelivery) => [queuedAt.toISOString(), deliveryId],
          },
          (page) =>
            listDeliveries(context.database, {
              cooperativeId: context.cooperativeId(),
              webhookId,
              ...page,
            }),
        ),
    }),
  }),
});

/** A webhook of the viewer's cooperative; null where there is none. */
export const webhookOf = requestLoader<string, Webhook | null>(async (ids, context) => {
  const all = await listWebhooks(context.database, context.cooperativeId());
  return ids.map((id) => all.find(({ webhookId }) => webhookId === id) ?? null);
});
