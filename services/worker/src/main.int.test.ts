// The worker as an operator runs it: it becomes ready, shows its metrics, delivers, drains on SIGTERM, and ends with
// the supervisor that started it.
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from '@habitat/database/testing';
import { createTestDatabase } from '@habitat/database/testing';
import { sharedPostgresUrl, sharedRabbitMqUrl } from '@habitat/test-services/shared';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase(await sharedPostgresUrl());
});
afterAll(() => db?.end());

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly ended: Promise<number | null>;
  output(): string;
}

async function startWorker(env: Readonly<Record<string, string>>): Promise<Running> {
  const child = fork(fileURLToPath(new URL('main.ts', import.meta.url)), [], {
    execArgv: ['--import', 'tsx'],
    env: {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: db.appUrl,
      SECRETS_KEY: 'k'.repeat(64),
      HOST: '127.0.0.1',
      METRICS_PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let port: string | undefined;
  for (let waited = 0; port === undefined && child.exitCode === null && waited < 600; waited += 1) {
    await sleep(50);
    port = /"port":(\d+)/.exec(text)?.[1];
  }
  return { child, url: `http://127.0.0.1:${port}`, ended, output: () => text };
}

async function waitUntilReady(worker: Running): Promise<unknown> {
  for (;;) {
    const response = await fetch(`${worker.url}/ready`);
    if (response.status === 200) return response.json();
    await sleep(50);
  }
}

describe.each([
  ['postgres', async (): Promise<Record<string, string>> => ({ EVENT_TRANSPORT: 'postgres' })],
  ['rabbitmq', async (): Promise<Record<string, string>> => ({ RABBITMQ_URL: await sharedRabbitMqUrl() })],
])('over %s', (transport, environment) => {
  test('the worker becomes ready, shows its metrics, and drains on SIGTERM', async () => {
    const worker = await startWorker(await environment());
    expect(await waitUntilReady(worker)).toEqual({ ready: true, checks: { database: true, events: true } });
    expect((await fetch(`${worker.url}/health`)).status).toBe(200);
    const metrics = await (await fetch(`${worker.url}/metrics`)).text();
    for (const name of [
      'habitat_events_published_total',
      'habitat_outbox_events',
      'habitat_pool_connections',
    ]) {
      expect(metrics).toContain(name);
    }
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
    expect(worker.output()).toContain(`"transport":"${transport}"`);
    expect(worker.output()).toContain('"msg":"ended"');
  });
});

test('the worker runs what is due by the clock, mail and webhooks too, and ends when its supervisor is gone', async () => {
  const mail = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'a@b.example', PUBLIC_URL: 'http://localhost' };
  const worker = await startWorker({ EVENT_TRANSPORT: 'postgres', ...mail });
  const run = () => db.asOwner<{ name: string }>('select name from platform.schedule_run');
  const due = ['seal-audit-trail', 'tell-of-faults', 'mail-notices', 'gather-digests', 'send-webhooks'];
  await expect
    .poll(async () => (await run()).map(({ name }) => name), { timeout: 10_000 })
    .toEqual(expect.arrayContaining(due));
  worker.child.disconnect();
  expect(await worker.ended).toBe(0);
  expect(worker.output()).toContain('the supervisor is gone');
});

test('a wrong environment stops the start with every fault listed', async () => {
  const worker = await startWorker({ WORKER_CONCURRENCY: 'many', LOG_LEVEL: 'loud' });
  expect(await worker.ended).toBe(1);
  expect(worker.output()).toMatch(/WORKER_CONCURRENCY[\s\S]*LOG_LEVEL|LOG_LEVEL[\s\S]*WORKER_CONCURRENCY/);
});
