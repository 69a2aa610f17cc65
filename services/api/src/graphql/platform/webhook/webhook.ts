// Webhooks: the list, and what administrators do with it.
import {
  changeWebhook,
  listWebhooks,
  OVERLAP_HOURS,
  registerWebhook,
  removeWebhook,
  replayDeliveries,
  rotateWebhookSecret,
  startWebhook,
  stopWebhook,
  testWebhook,
  webhookKinds,
} from '@habitat/webhooks';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { notFound } from '../../error.ts';
import { defineMutation } from '../../mutation.ts';
import { WebhookRef, webhookOf } from './webhook.ref.ts';

const manages = 'webhook.manage';

builder.queryField('webhooks', (t) =>
  t.field({
    type: [WebhookRef],
    description: 'Addresses that are told what happens, newest first.',
    authScopes: { act: manages },
    resolve: (_root, _args, context) => listWebhooks(context.database, context.cooperativeId()),
  }),
);

builder.queryField('webhook', (t) =>
  t.field({
    type: WebhookRef,
    description: 'One of them.',
    authScopes: { act: manages },
    args: { id: t.arg.globalID({ required: true, description: 'Which one.' }) },
    resolve: async (_root, { id }, context) => {
      const webhook = await webhookOf(context).load(id.id);
      if (webhook === null) throw notFound('webhook');
      return webhook;
    },
  }),
);

builder.queryField('webhookKinds', (t) =>
  t.stringList({
    description: 'What a webhook can be told of.',
    authScopes: { act: manages },
    resolve: () => [...webhookKinds],
  }),
);

/** The payload's webhook; null once it was removed. */
const shown = {
  type: WebhookRef,
  nullable: true,
  description: 'The webhook as it now stands.',
  resolve: ({ webhookId }: { readonly webhookId: string }, _args: object, context: ApiContext) =>
    webhookOf(context).load(webhookId),
} as const;

const secret = {
  nullable: true,
  description: 'Its secret, shown this once; null when the same request was answered before.',
  resolve: (made: { readonly secret: string | null }) => made.secret,
} as const;

const which = { required: true, description: 'The webhook.' } as const;
const named = { required: true, description: 'What it is for, in up to 80 characters.' } as const;
const told = { required: true, description: 'What it is told of, as `webhookKinds` names it.' } as const;

defineMutation('registerWebhook', {
  description: 'Has an address on the internet told what happens in the cooperative.',
  allow: manages,
  sensitive: true,
  input: (t) => ({
    name: t.string(named),
    url: t.string({ required: true, description: 'Where messages are posted; https.' }),
    kinds: t.stringList(told),
  }),
  run: (wish, context, command) => registerWebhook(context.database, command, wish, context.webhooks),
  payload: (t) => ({ webhook: t.field(shown), secret: t.string(secret) }),
});

defineMutation('changeWebhook', {
  description: 'Changes what a webhook is called and told of.',
  allow: manages,
  input: (t) => ({
    webhookId: t.globalID(which),
    name: t.string(named),
    kinds: t.stringList(told),
  }),
  run: ({ webhookId, name, kinds }, context, command) =>
    changeWebhook(context.database, command, { webhookId: webhookId.id, name, kinds }),
  payload: (t) => ({ webhook: t.field(shown) }),
});

defineMutation('rotateWebhookSecret', {
  description: 'Gives a webhook another secret; for some hours the one before signs beside it.',
  allow: manages,
  sensitive: true,
  input: (t) => ({
    webhookId: t.globalID(which),
    overlapHours: t.int({
      description: `Hours both sign, ${OVERLAP_HOURS.usual} when left out, ${OVERLAP_HOURS.most} at most.`,
    }),
  }),
  run: ({ webhookId, overlapHours }, context, command) =>
    rotateWebhookSecret(
      context.database,
      command,
      { webhookId: webhookId.id, overlapHours: overlapHours ?? OVERLAP_HOURS.usual },
      context.webhooks,
    ),
  payload: (t) => ({ webhook: t.field(shown), secret: t.string(secret) }),
});

for (const [name, act, description] of [
  [
    'stopWebhook',
    stopWebhook,
    'Sends nothing more to an address until it is started; what waited is given up.',
  ],
  ['startWebhook', startWebhook, 'Sends to an address again, from what happens now on.'],
  ['removeWebhook', removeWebhook, 'Takes an address off the list for good.'],
  ['testWebhook', testWebhook, 'Sends a message that says nothing, to see whether it arrives.'],
] as const) {
  defineMutation(name, {
    description,
    allow: manages,
    input: (t) => ({ webhookId: t.globalID(which) }),
    run: ({ webhookId }, context, command) => act(context.database, command, { webhookId: webhookId.id }),
    payload: (t) => ({ webhook: t.field(shown) }),
  });
}

defineMutation('replayWebhookDeliveries', {
  description: 'Sends messages again, with the ids they had: those named, or all that were given up.',
  allow: manages,
  input: (t) => ({
    webhookId: t.globalID(which),
    deliveryIds: t.globalIDList({ description: 'Which ones; all that were given up when left out.' }),
  }),
  run: ({ webhookId, deliveryIds }, context, command) =>
    replayDeliveries(context.database, command, {
      webhookId: webhookId.id,
      deliveryIds: deliveryIds?.map(({ id }) => id) ?? null,
    }),
  payload: (t) => ({ webhook: t.field(shown) }),
});
