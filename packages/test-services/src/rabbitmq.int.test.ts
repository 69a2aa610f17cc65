// The test broker keeps a durable message through a kill -9 and leaves neither process nor folder behind.
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { connect } from 'amqplib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRabbitMq, type TestRabbitMq } from './rabbitmq.ts';
import { sharedPostgresUrl, sharedRabbitMqUrl } from './shared.ts';

let broker: TestRabbitMq;

beforeAll(async () => {
  broker = await startRabbitMq();
});
afterAll(() => broker.stop());

const foldersOfBrokers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('habitat-rabbitmq-'));

test('a confirmed persistent message survives kill -9 and restart on the same address', async () => {
  const before = await connect(broker.url);
  before.on('error', () => {});
  const channel = await before.createConfirmChannel();
  channel.on('error', () => {});
  await channel.assertQueue('kept', { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  channel.sendToQueue('kept', Buffer.from('hours'), { persistent: true });
  await channel.waitForConfirms();
  // RabbitMQ writes its list of quorum queues down within half a second of their declaration, not at once.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await broker.restart();
  const after = await connect(broker.url);
  after.on('error', () => {});
  const reader = await after.createChannel();
  const body = await new Promise<string | undefined>((resolve, reject) => {
    reader.consume('kept', (message) => resolve(message?.content.toString())).catch(reject);
  });
  expect(body).toBe('hours');
  await after.close();
});

test('a stopped broker takes its folder with it', async () => {
  const known = new Set(foldersOfBrokers());
  const second = await startRabbitMq();
  const fresh = foldersOfBrokers().filter((name) => !known.has(name));
  expect(fresh.length).toBeGreaterThan(0);
  expect(second.port).not.toBe(broker.port);
  await second.stop();
  await expect(connect(second.url)).rejects.toThrow();
  expect(fresh.some((name) => !existsSync(`${tmpdir()}/${name}`))).toBe(true);
});

test('every test file that asks gets the same shared servers', async () => {
  const [first, again] = await Promise.all([sharedPostgresUrl(), sharedPostgresUrl()]);
  expect(again).toBe(first);
  const shared = await connect(await sharedRabbitMqUrl());
  await shared.close();
  expect(await sharedRabbitMqUrl()).not.toBe(broker.url);
});
