// Webhooks over the API: an administrator's act, proven anew; an address that leads inside is refused in every form.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Party } from '../../../testing/party.ts';
import type { Founded } from '../../../testing/served-cooperative.ts';
import { Served } from '../../../testing/served-cooperative.ts';

const NAMES: Readonly<Record<string, string>> = {
  'hooks.example.org': '93.184.215.14',
  'inside.example.org': '169.254.169.254',
};
const URL = 'https://hooks.example.org/habitat';
const WISH = { name: 'Till', url: URL, kinds: ['member.joined'] };

let served: Served;
let river: Founded;
let party: Party;

beforeAll(async () => {
  served = await Served.start({
    resolve: async (name) => [NAMES[name] ?? []].flat().map((address) => ({ address, family: 4 })),
  });
  river = await served.found('riverbend');
  party = await Party.join(served, river, {
    ada: ['member', 'administrator'],
    tess: ['member', 'treasurer', 'auditor'],
  });
});
afterAll(() => served.stop());

const register = async (wish: object = {}): Promise<{ id: string; secret: string }> => {
  const made = await party.act('ada', 'registerWebhook', { ...WISH, ...wish }, 'secret webhook { id }');
  return { id: made.webhook.id, secret: made.secret };
};
const state = async (id: string) =>
  (await party.ask('ada', 'query ($id: ID!) { webhook(id: $id) { state kinds name } }', { id })).webhook;

test('the secret is shown once: neither the list, a repeated request, a table nor the log of events has it', async () => {
  const input = { ...WISH, idempotencyKey: 'once' };
  const asked = 'secret webhook { id state url }';
  const first = await party.act('ada', 'registerWebhook', input, asked);
  const again = await party.act('ada', 'registerWebhook', input, asked);
  expect(first.webhook).toMatchObject({ state: 'RUNNING', url: URL });
  expect(again).toEqual({ secret: null, webhook: first.webhook });
  const secret = String(first.secret).replace('whsec_', '');
  expect(secret).toHaveLength(44);
  const kept = await served.test.asOwner(
    `select t::text from platform.webhook t union all select t::text from platform.event t
     union all select t::text from platform.idempotency_key t`,
  );
  expect(JSON.stringify(kept)).not.toContain(secret);
});

test.each([
  ['an address inside', { url: 'https://10.0.0.1/hook' }, 'WEBHOOK_ADDRESS_REFUSED'],
  ['a number that is one', { url: 'https://2130706433/' }, 'WEBHOOK_ADDRESS_REFUSED'],
  ['a name that leads inside', { url: 'https://inside.example.org/' }, 'WEBHOOK_ADDRESS_REFUSED'],
  ['a name that leads nowhere', { url: 'https://nowhere.example.org/' }, 'WEBHOOK_ADDRESS_REFUSED'],
  ['no TLS', { url: 'http://hooks.example.org/' }, 'WEBHOOK_NEEDS_HTTPS'],
  ['a user before the host', { url: 'https://hooks.example.org@10.0.0.1/' }, 'BAD_WEBHOOK_URL'],
  ['a kind there is not', { kinds: ['member.born'] }, 'WEBHOOK_KIND_UNKNOWN'],
  ['no kind', { kinds: [] }, 'NO_WEBHOOK_KINDS'],
  ['no name', { name: ' ' }, 'BAD_WEBHOOK_NAME'],
])('is not registered with %s', async (_what, wish, reason) => {
  expect(await party.refusedAct('ada', 'registerWebhook', { ...WISH, ...wish })).toMatchObject({ reason });
});

test('registering and another secret ask who it is once more; nobody but administrators gets near', async () => {
  const { id } = await register();
  expect(await party.refusedAct('tess', 'registerWebhook', WISH)).toMatchObject({ code: 'FORBIDDEN' });
  served.later(700);
  for (const [name, input] of [
    ['registerWebhook', WISH],
    ['rotateWebhookSecret', { webhookId: id }],
  ] as const)
    expect(await party.refusedAct('ada', name, input)).toMatchObject({ reason: 'REAUTHENTICATION_REQUIRED' });
  await party.signInAgain();
});

test('is changed, stopped, started and removed; what is removed is found by nobody', async () => {
  const { id } = await register();
  const kinds = ['period.closed', 'member.joined'];
  await party.act('ada', 'changeWebhook', { webhookId: id, name: 'Books', kinds });
  expect(await state(id)).toEqual({
    state: 'RUNNING',
    name: 'Books',
    kinds: ['member.joined', 'period.closed'],
  });
  await party.act('ada', 'stopWebhook', { webhookId: id });
  expect((await state(id)).state).toBe('STOPPED');
  expect(await party.refusedAct('ada', 'testWebhook', { webhookId: id })).toMatchObject({
    code: 'CONFLICT',
    reason: 'WEBHOOK_STOPPED',
  });
  await party.act('ada', 'startWebhook', { webhookId: id });
  expect((await state(id)).state).toBe('RUNNING');
  await party.act('ada', 'removeWebhook', { webhookId: id });
  expect(await party.refusedAct('ada', 'startWebhook', { webhookId: id })).toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('another secret takes the place of the one before after the hours that were said', async () => {
  const { id, secret } = await register();
  const input = { webhookId: id, overlapHours: 2 };
  const rotated = await party.act('ada', 'rotateWebhookSecret', input, 'secret webhook { previousUntil }');
  expect(rotated.secret).not.toBe(secret);
  expect(rotated.webhook.previousUntil).toBe(new Date(served.now.getTime() + 7_200_000).toISOString());
  const long = { webhookId: id, overlapHours: 1_000 };
  expect(await party.refusedAct('ada', 'rotateWebhookSecret', long)).toMatchObject({ reason: 'BAD_OVERLAP' });
});

test('there are twenty of them at most', async () => {
  const { webhooks } = await party.ask('ada', '{ webhooks { id } }');
  for (let made = webhooks.length; made < 20; made += 1) await register({ name: `No. ${made}` });
  expect(await party.refusedAct('ada', 'registerWebhook', WISH)).toMatchObject({
    code: 'CONFLICT',
    reason: 'TOO_MANY_WEBHOOKS',
  });
});

describe('deliveries', () => {
  test('are listed page by page with what is sent and how the last try went, and sent again', async () => {
    const { webhooks } = await party.ask('ada', '{ webhooks { id } }');
    const { id } = webhooks[0];
    for (const _ of [1, 2, 3]) await party.act('ada', 'testWebhook', { webhookId: id });
    const list = `query ($id: ID!, $after: String) { webhook(id: $id) { deliveries(first: 2, after: $after) {
      edges { node { id messageId kind body state attempts lastAttempt { status fault } } } pageInfo { endCursor hasNextPage } } } }`;
    const first = (await party.ask('ada', list, { id })).webhook.deliveries;
    expect(first.edges).toHaveLength(2);
    expect(first.edges[0].node).toMatchObject({
      kind: 'webhook.test',
      state: 'WAITING',
      attempts: 0,
      lastAttempt: null,
    });
    const second = (await party.ask('ada', list, { id, after: first.pageInfo.endCursor })).webhook.deliveries;
    expect(second.edges).toHaveLength(1);
    expect(second.pageInfo.hasNextPage).toBe(false);
    const again = { webhookId: id, deliveryIds: [first.edges[0].node.id] };
    await party.act('ada', 'replayWebhookDeliveries', again);
    const theirs = { webhookId: webhooks[1].id, deliveryIds: [first.edges[0].node.id] };
    expect(await party.refusedAct('ada', 'replayWebhookDeliveries', theirs)).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
