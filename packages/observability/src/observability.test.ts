// Logs carry no personal data, health tells the truth, and a process ends once.
import { expect, test } from 'vitest';
import { createLog, createMetrics, startHealthServer } from './index.ts';

function lines(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const written: string[] = [];
  write(createLog({ service: 'test', level: 'info', destination: { write: (line) => written.push(line) } }));
  return written.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('a log line is JSON with service, level and correlation id', () => {
  const [line] = lines((log) => log.child({ correlationId: 'c-1' }).info({ count: 2 }, 'posted'));
  expect(line).toMatchObject({
    service: 'test',
    level: 'info',
    correlationId: 'c-1',
    count: 2,
    msg: 'posted',
  });
});

test('secrets and personal data are redacted wherever they stand', () => {
  const [line] = lines((log) =>
    log.info({
      email: 'a@example.org',
      member: { displayName: 'Ada', id: '1' },
      request: { headers: { cookie: 'x' } },
    }),
  );
  expect(line).toMatchObject({
    email: '[redacted]',
    member: { displayName: '[redacted]', id: '1' },
    request: { headers: { cookie: '[redacted]' } },
  });
});

test('an error is told without the password of the address it names', () => {
  const error = new Error('connect to postgres://habitat:hunter2@db:5432/habitat failed');
  const [line] = lines((log) => log.error({ err: error }, 'fault'));
  expect(JSON.stringify(line)).not.toContain('hunter2');
  expect(JSON.stringify(line)).toContain('postgres://habitat:***@db');
});

test('a process is healthy while it lives and ready only when every check says so', async () => {
  let database = true;
  const metrics = createMetrics('test');
  metrics.eventsPublished.inc(3);
  const server = await startHealthServer({
    host: '127.0.0.1',
    port: 0,
    metrics,
    checks: {
      database: () => database,
      broker: async () => {
        if (!database) throw new Error('down');
        return true;
      },
    },
  });
  const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
  try {
    expect((await get('/health')).status).toBe(200);
    expect((await get('/ready')).status).toBe(200);
    database = false;
    const down = await get('/ready');
    expect(down.status).toBe(503);
    expect(await down.json()).toEqual({ ready: false, checks: { database: false, broker: false } });
    expect((await get('/health')).status).toBe(200);
    expect(await (await get('/metrics')).text()).toContain(
      'habitat_events_published_total{service="test"} 3',
    );
    expect((await get('/elsewhere')).status).toBe(404);
  } finally {
    await server.stop();
  }
});
