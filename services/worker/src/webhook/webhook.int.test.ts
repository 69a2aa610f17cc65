// From an event to a receiver: once per event and webhook, signed with every secret in force, tried again with growing
// pauses, stopped after days; one receiver that is slow or away holds up neither events nor the others.
import type { CommandContext } from '@habitat/database';
import type { TestDatabase } from '@habitat/database/testing';
import { createTestDatabase } from '@habitat/database/testing';
import type { Actor } from '@habitat/kernel';
import { expectAccepted, newId } from '@habitat/kernel';
import { drainEvents } from '@habitat/messaging';
import { listNotifications } from '@habitat/notifications';
import { addMember } from '@habitat/people';
import { createCooperative } from '@habitat/platform';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import {
  listDeliveries,
  listWebhooks,
  registerWebhook,
  removeWebhook,
  replayDeliveries,
  rotateWebhookSecret,
  startWebhook,
  stopWebhook,
  testWebhook,
} from '@habitat/webhooks';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { allHandlers } from '../subscriptions/index.ts';
import type { Received, Receiver } from './receiver.fixture.ts';
import { startReceiver } from './receiver.fixture.ts';
import type { WebhookSender } from './sender.ts';
import { createWebhookSender } from './sender.ts';

const SECRETS = ['n'.repeat(64), 'o'.repeat(64)] as const;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let server: TestDatabase;
let receiver: Receiver;
let sender: WebhookSender;
let cooperativeId = '';
let ada: Actor & { memberId: string };
let now = new Date();
let members = 0;
const outcomes: string[] = [];
let overdue = -1;
const faults: unknown[] = [];

const as = (actor: Actor): CommandContext => ({ cooperativeId, actor, now, correlationId: 'hooks' });
const settings = { secrets: SECRETS, destinations: { privateNetworks: true } };

function senderWith(secrets: readonly [string, ...string[]], patienceMs = 300): WebhookSender {
  return createWebhookSender({
    database: server.database,
    secrets,
    privateNetworks: true,
    patienceMs,
    clock: () => now,
    onTry: (outcome) => outcomes.push(outcome),
    onOverdue: (seconds) => (overdue = seconds),
    onFault: (error) => faults.push(error),
  });
}

async function register(path: string, kinds = ['member.joined']) {
  const wish = { name: path, url: `${receiver.url}${path}`, kinds };
  const made = expectAccepted(await registerWebhook(server.database, as(ada), wish, settings));
  return { webhookId: made.webhookId, secret: made.secret ?? '' };
}
/** A member joins, and every event takes its effect. */
async function join(): Promise<void> {
  members += 1;
  const member = { displayName: `M${members}`, email: `m${members}@x.example`, joinedOn: '2026-10-05' };
  expectAccepted(await addMember(server.database, as(ada), { ...member, roles: ['member'] }));
  await drain();
}
const drain = () => drainEvents({ database: server.database, handlers: allHandlers, clock: () => now });
/** One look of the clock's, and everything it sets off. */
async function send(with_ = sender): Promise<void> {
  for (const { name, run } of with_.schedules) if (name !== 'tidy-webhooks') await run(server.database, now);
  await with_.idle();
}
const later = (ms: number) => (now = new Date(now.getTime() + ms));
const at = (path: string): Received[] => receiver.received.filter((one) => one.path === path);
const deliveriesOf = (webhookId: string) =>
  listDeliveries(server.database, { cooperativeId, webhookId, limit: 50, after: null });
const webhookOf = async (webhookId: string) =>
  (await listWebhooks(server.database, cooperativeId)).find((one) => one.webhookId === webhookId);

beforeAll(async () => {
  server = await createTestDatabase(await sharedPostgresUrl());
  receiver = await startReceiver();
  sender = senderWith(SECRETS);
  const founded = expectAccepted(
    await createCooperative(
      server.database,
      { now, correlationId: 'hooks' },
      {
        name: 'Riverbend',
        slug: 'riverbend',
        currency: 'USD',
        timeZone: 'America/New_York',
        taxRegime: 'subchapter_k',
        template: 'limited-cooperative-association',
        firstPeriodStartsOn: '2026-10-01',
        periodLength: 'quarter',
        administrator: { email: 'ada@riverbend.example', displayName: 'Ada', password: 'four words do it' },
      },
    ),
  );
  cooperativeId = founded.cooperativeId;
  const { loginId, memberId } = founded;
  ada = { kind: 'person', cooperativeId, loginId, memberId, roles: ['administrator'] };
  await drain();
});
afterAll(async () => {
  await sender.stop();
  await receiver.stop();
  await server.end();
});
// Whoever expects a fault takes it.
afterEach(() => {
  expect(faults).toEqual([]);
});
beforeEach(async () => {
  now = new Date();
  for (const { webhookId } of await listWebhooks(server.database, cooperativeId))
    expectAccepted(await removeWebhook(server.database, as(ada), { webhookId }));
  outcomes.length = 0;
});

test('who is told of a kind gets each event once, signed; who is not gets nothing', async () => {
  const { webhookId, secret } = await register('/once');
  await register('/other', ['period.closed']);
  await join();
  // The event comes again, as it may: its handler has forgotten that it had it.
  await server.asOwner(`delete from platform.inbox where handler = 'platform.queue-webhooks'`);
  await server.asOwner(
    `insert into platform.outbox (cooperative_id, position) select cooperative_id, position from platform.event
     where type = 'people.member.joined' order by position desc limit 1`,
  );
  await drain();
  await send();
  await send();
  expect(at('/other')).toEqual([]);
  expect(at('/once')).toHaveLength(1);
  const [{ headers, body }] = at('/once') as [Received];
  const told = new Webhook(secret).verify(body, headers as Record<string, string>);
  expect(told).toMatchObject({ type: 'member.joined', data: { memberId: expect.any(String) } });
  expect(await deliveriesOf(webhookId)).toMatchObject([
    { kind: 'member.joined', state: 'delivered', attempts: 1, lastAttempt: { status: 204, fault: null } },
  ]);
  expect(await webhookOf(webhookId)).toMatchObject({ failingSince: null, deliveredAt: now });
});

test('two workers send each message once', async () => {
  await register('/shared');
  await join();
  await join();
  await join();
  await Promise.all([send(), send(senderWith(SECRETS))]);
  expect(at('/shared')).toHaveLength(3);
});

test('while a secret is being replaced both sign; afterwards the new one alone', async () => {
  const { webhookId, secret } = await register('/rotated');
  const overlap = { webhookId, overlapHours: 1 };
  const { secret: next } = expectAccepted(
    await rotateWebhookSecret(server.database, as(ada), overlap, settings),
  );
  const believed = async () => {
    expectAccepted(await testWebhook(server.database, as(ada), { webhookId }));
    await send();
    const { headers, body } = at('/rotated').at(-1) as Received;
    const signatures = String(headers['webhook-signature']).split(' ').length;
    // The library looks at the clock of this machine.
    const sent = { ...headers } as Record<string, string>;
    const isBelieved = (known: string) => {
      try {
        return new Webhook(known).verify(body, sent) !== null;
      } catch {
        return false;
      }
    };
    return [signatures, isBelieved(secret), isBelieved(next ?? '')];
  };
  expect(await believed()).toEqual([2, true, true]);
  await server.asOwner(`update platform.webhook set previous_until = $1 where id = $2`, [now, webhookId]);
  expect(await believed()).toEqual([1, false, true]);
});

test('a receiver that is away is tried again after pauses, with the same id and a new signature, and hears it once', async () => {
  const { webhookId } = await register('/away');
  receiver.answer('/away', 503);
  await join();
  await send();
  await send();
  expect(at('/away')).toHaveLength(1);
  later(7_000);
  await send();
  expect(at('/away')).toHaveLength(2);
  receiver.answer('/away', 200);
  later(6 * MINUTE);
  await send();
  later(DAY);
  await send();
  const sent = at('/away');
  expect(sent).toHaveLength(3);
  expect(new Set(sent.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(new Set(sent.map(({ headers }) => headers['webhook-signature'])).size).toBe(3);
  expect(outcomes).toEqual(['retried', 'retried', 'delivered']);
  expect(await deliveriesOf(webhookId)).toMatchObject([{ state: 'delivered', attempts: 3 }]);
});

test('a message nobody takes is given up after ten tries; sent again on request it has its id', async () => {
  const { webhookId } = await register('/never');
  receiver.answer('/never', 500);
  await join();
  for (let tried = 0; tried < 12; tried += 1) {
    await send();
    // Longer than any pause, and never so long that the webhook is stopped.
    await server.asOwner('update platform.webhook set failing_since = $1 where id = $2', [now, webhookId]);
    later(30 * 60 * MINUTE);
  }
  expect(at('/never')).toHaveLength(10);
  const [given] = await deliveriesOf(webhookId);
  expect(given).toMatchObject({ state: 'given_up', dueAt: null, attempts: 10 });
  receiver.answer('/never', 200);
  const again = { webhookId, deliveryIds: null };
  expectAccepted(await replayDeliveries(server.database, as(ada), again));
  await send();
  expect(at('/never').at(-1)?.headers['webhook-id']).toBe(given?.deliveryId);
  expect(await deliveriesOf(webhookId)).toMatchObject([{ state: 'delivered', attempts: 11 }]);
});

test('a sender that was lost on the way lets go, and the message goes out again', async () => {
  await register('/lost');
  await join();
  await server.asOwner(
    `update platform.webhook_delivery set due_at = $1, tries = 1 where due_at is not null`,
    [new Date(now.getTime() + MINUTE)],
  );
  await send();
  expect(at('/lost')).toEqual([]);
  later(MINUTE);
  await send();
  expect(at('/lost')).toHaveLength(1);
});

test('after five days without one that came through it is stopped, administrators are told, and nothing is sent', async () => {
  const { webhookId } = await register('/dead');
  receiver.answer('/dead', 500);
  await join();
  await send();
  later(5 * DAY);
  await join();
  await send();
  expect(await webhookOf(webhookId)).toMatchObject({ stopReason: 'failing', stoppedAt: now });
  expect((await deliveriesOf(webhookId)).map(({ state }) => state)).toEqual(['given_up', 'given_up']);
  const list = { unreadOnly: true, limit: 50, after: null };
  const { memberId } = ada;
  const told = (await listNotifications(server.database, { cooperativeId, memberId }, list)).filter(
    ({ kind }) => kind === 'webhook_stopped',
  );
  expect(told).toMatchObject([{ facts: { name: '/dead', what: 'failing' } }]);
  const [act] = await server.asOwner(`select command from platform.event order by position desc limit 1`);
  expect(act).toEqual({ command: 'stopFailingWebhook' });
  const before = at('/dead').length;
  await join();
  await send();
  expect(at('/dead')).toHaveLength(before);
});

test('a receiver that says it is gone is stopped at once; started again it hears what happens from then on', async () => {
  const { webhookId } = await register('/gone');
  receiver.answer('/gone', 410);
  await join();
  await send();
  expect(await webhookOf(webhookId)).toMatchObject({ stopReason: 'gone' });
  await join();
  receiver.answer('/gone', 200);
  const refused = await testWebhook(server.database, as(ada), { webhookId });
  expect(refused).toMatchObject({ refusal: { code: 'WEBHOOK_STOPPED' } });
  expectAccepted(await startWebhook(server.database, as(ada), { webhookId }));
  await join();
  await send();
  expect(at('/gone')).toHaveLength(2);
});

test('a receiver that never answers takes its own places only: the others are told meanwhile', async () => {
  await register('/slow');
  await register('/quick');
  receiver.answer('/slow', null);
  for (let joined = 0; joined < 4; joined += 1) await join();
  const patient = senderWith(SECRETS, 1_500);
  await patient.schedules[0]?.run(server.database, now);
  await expect.poll(() => at('/quick').length, { interval: 10, timeout: 1_400 }).toBe(4);
  expect(at('/slow')).toHaveLength(2);
  receiver.answer('/slow', 200);
  await patient.idle();
});

test('what is stopped or removed by a person is sent nothing, not even what waited', async () => {
  const [stopped, removed] = [await register('/stopped'), await register('/removed')];
  await join();
  expectAccepted(await stopWebhook(server.database, as(ada), stopped));
  expectAccepted(await removeWebhook(server.database, as(ada), removed));
  await send();
  expect([...at('/stopped'), ...at('/removed')]).toEqual([]);
});

test('how long the oldest message has been due is told', async () => {
  await register('/late');
  await join();
  later(10 * MINUTE);
  const watch = sender.schedules.find(({ name }) => name === 'watch-webhooks');
  await watch?.run(server.database, now);
  expect(overdue).toBe(600);
  await send();
  await watch?.run(server.database, now);
  expect(overdue).toBe(0);
});

test('secrets are sealed anew under the key in force, old deliveries go, and both still sign', async () => {
  const { webhookId, secret } = await register('/sealed');
  await rotateWebhookSecret(server.database, as(ada), { webhookId, overlapHours: 1 }, settings);
  const sealed = () =>
    server.asOwner<{ sealed_secret: string; sealed_previous: string | null }>(
      'select sealed_secret, sealed_previous from platform.webhook where id = $1',
      [webhookId],
    );
  expect(JSON.stringify(await sealed())).not.toContain(secret.slice(6));
  const [before] = await sealed();
  const replaced = senderWith(['z'.repeat(64), ...SECRETS]);
  const tidy = replaced.schedules.find(({ name }) => name === 'tidy-webhooks');
  await tidy?.run(server.database, now);
  const [after] = await sealed();
  expect(after?.sealed_secret.split('.')[0]).not.toBe(before?.sealed_secret.split('.')[0]);
  await join();
  const alone = senderWith(['z'.repeat(64)]);
  await send(alone);
  expect(String(at('/sealed')[0]?.headers['webhook-signature']).split(' ')).toHaveLength(2);
  later(31 * DAY);
  await tidy?.run(server.database, now);
  expect(await deliveriesOf(webhookId)).toEqual([]);
  expect((await sealed())[0]?.sealed_previous).toBeNull();
});

test('a message nobody can sign any more is a failed try that is told, counted and tried later', async () => {
  const { webhookId } = await register('/unsigned');
  await join();
  await send(senderWith(['y'.repeat(64)]));
  expect(at('/unsigned')).toEqual([]);
  const [delivery] = await deliveriesOf(webhookId);
  expect(delivery).toMatchObject({
    state: 'waiting',
    attempts: 1,
    lastAttempt: { status: null, fault: 'secret' },
  });
  expect(delivery?.dueAt?.getTime()).toBeGreaterThan(now.getTime());
  expect(faults.splice(0).map(String)).toEqual([expect.stringContaining('no longer known')]);
});

test('a delivery of another webhook, or of none, is not sent again', async () => {
  const { webhookId } = await register('/mine');
  const other = await register('/theirs');
  await join();
  const [theirs] = await deliveriesOf(other.webhookId);
  for (const deliveryId of [newId(), theirs?.deliveryId ?? '']) {
    const input = { webhookId, deliveryIds: [deliveryId] };
    const refused = await replayDeliveries(server.database, as(ada), input);
    expect(refused).toMatchObject({ refusal: { code: 'WEBHOOK_DELIVERY_NOT_FOUND' } });
  }
});
