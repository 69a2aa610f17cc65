// What is sent and how it is signed: held to the public library of the specification, and to the sample that integrators
// are given.
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { messageOf, testMessage, webhookKinds } from './kind.ts';
import { newWebhookSecret, signatureHeaders } from './signature.ts';

const sample = new URL('../../../../docs/guides/integrators/verify-webhook.mjs', import.meta.url);
const { verifyWebhook } = (await import(sample.href)) as {
  verifyWebhook(secret: string, headers: Readonly<Record<string, string>>, body: string): { type: string };
};

const now = new Date();
const [secret, former] = [newWebhookSecret(), newWebhookSecret()];
const { body } = testMessage(now);
const headers = { ...signatureHeaders({ id: 'one', body }, [secret, former], now) };

test.each([
  ['the secret in force', secret],
  ['the one before, while both sign', former],
])('a message is believed by whoever has %s', (_which, known) => {
  expect(new Webhook(known).verify(body, headers)).toMatchObject({ type: 'webhook.test' });
  expect(verifyWebhook(known, headers, body)).toMatchObject({ type: 'webhook.test' });
});

test.each([
  ['another secret', newWebhookSecret(), headers, body],
  ['another body', secret, headers, body.replace('test', 'tost')],
  ['another id', secret, { ...headers, 'webhook-id': 'two' }, body],
  ['another time', secret, { ...headers, 'webhook-timestamp': '1700000000' }, body],
  ['no signature', secret, { ...headers, 'webhook-signature': '' }, body],
])('with %s it is not believed, by the library or by the sample', (_what, known, sent, text) => {
  expect(() => new Webhook(known).verify(text, sent)).toThrow();
  expect(() => verifyWebhook(known, sent, text)).toThrow();
});

test('a message that was kept for an hour is not believed any more', () => {
  const old = { ...signatureHeaders({ id: 'one', body }, [secret], new Date(now.getTime() - 3_600_000)) };
  expect(() => verifyWebhook(secret, old, body)).toThrow();
});

test('a message names what it is about by the ids of the API, and says nothing else of it', () => {
  const memberId = '0198c0de-0000-7000-8000-000000000001';
  const contributionId = '0198c0de-0000-7000-8000-000000000002';
  const payload = { contributionId, memberId, reason: 'private words', valueMinor: '10000', number: 7 };
  const recordedAt = '2026-11-20T15:00:00.000Z';
  const message = messageOf({ type: 'people.contribution.rejected', recordedAt, payload });
  expect(JSON.parse(message?.body ?? '')).toEqual({
    type: 'contribution.rejected',
    timestamp: recordedAt,
    data: {
      contributionId: Buffer.from(`Contribution:${contributionId}`).toString('base64url'),
      memberId: Buffer.from(`Member:${memberId}`).toString('base64url'),
    },
  });
});

test('what concerns nobody outside makes no message, and a test is nothing one chooses', () => {
  const event = { recordedAt: now.toISOString(), payload: {} };
  expect(messageOf({ ...event, type: 'platform.identity_link.issued' })).toBeNull();
  expect(webhookKinds).not.toContain('webhook.test');
});
