// Logs carry no personal data, health tells the truth, and a process ends once.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import {
  countRequest,
  createLog,
  createMetrics,
  describeError,
  noTracing,
  openTracing,
  startHealthServer,
} from './index.ts';

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

test('an error is told once and without the email of anybody it names', () => {
  const error = new Error('550 5.1.1 <ada.finch@mail.example.org>: user unknown at smtp://user@host.example');
  const told = lines((log) => {
    log.error({ err: error }, 'fault');
    log.error({ err: describeError(error) }, 'fault');
  });
  for (const line of told)
    expect(line).toMatchObject({
      err: { message: '550 5.1.1 <[redacted]>: user unknown at smtp://user@host.example' },
    });
  expect(JSON.stringify(told)).not.toContain('ada.finch');
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
  metrics.cooperatives.set(3);
  const server = await startHealthServer({
    host: '127.0.0.1',
    port: 0,
    metrics,
    release: { version: '1.2.3', revision: 'abc' },
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
    expect(await (await get('/health')).json()).toEqual({ status: 'ok', version: '1.2.3', revision: 'abc' });
    expect((await get('/ready')).status).toBe(200);
    database = false;
    const down = await get('/ready');
    expect(down.status).toBe(503);
    expect(await down.json()).toEqual({ ready: false, checks: { database: false, broker: false } });
    expect((await get('/health')).status).toBe(200);
    expect(await (await get('/metrics')).text()).toContain('habitat_cooperatives{service="test"} 3');
    expect((await get('/elsewhere')).status).toBe(404);
  } finally {
    await server.stop();
  }
});

test('a label is one of a small closed set: no metric has room for an id or a person', async () => {
  const allowed =
    'service method route status kind operation outcome topic handler type step basis state choice schedule';
  const { registry } = createMetrics('test');
  const ours = (await registry.getMetricsAsJSON())
    .map(({ name }) => registry.getSingleMetric(name))
    .filter((metric) => /^(habitat|http)_/.test((metric as unknown as { name: string }).name));
  expect(ours.length).toBeGreaterThan(20);
  for (const metric of ours) {
    const { labelNames } = metric as unknown as { readonly labelNames: readonly string[] };
    expect(allowed.split(' ')).toEqual(expect.arrayContaining([...labelNames]));
  }
});

test('a request is counted by route template and class of status, and an abandoned one as aborted', async () => {
  const metrics = createMetrics('test');
  const held: (() => void)[] = [];
  const server = createServer((request, response) => {
    countRequest(metrics, response, { method: request.method ?? '', route: '/things/:id' });
    if (request.url === '/things/slow') held.push(() => response.end());
    else response.writeHead(request.url === '/things/1' ? 204 : 503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const shown = () => metrics.registry.metrics();
  try {
    await fetch(`${base}/things/1`);
    await fetch(`${base}/things/2`, { method: 'POST' });
    await expect(fetch(`${base}/things/slow`, { signal: AbortSignal.timeout(200) })).rejects.toThrow();
    await vi.waitFor(async () => {
      const text = await shown();
      for (const line of [
        'http_requests_total{method="GET",route="/things/:id",status="2xx",service="test"} 1',
        'http_requests_total{method="POST",route="/things/:id",status="5xx",service="test"} 1',
        'http_requests_total{method="GET",route="/things/:id",status="aborted",service="test"} 1',
        'http_requests_inprogress{method="GET",route="/things/:id",service="test"} 0',
      ])
        expect(text).toContain(line);
    });
  } finally {
    for (const end of held) end();
    server.close();
  }
});

test('without an endpoint nothing is traced: a span is the work itself', async () => {
  const tracing = await openTracing({ service: 'test', environment: 'test', endpoint: null });
  expect(tracing).toBe(noTracing);
  const work = Promise.resolve(7);
  expect(tracing.span('work', {}, () => work)).toBe(work);
  expect(tracing.parent()).toBeNull();
});
