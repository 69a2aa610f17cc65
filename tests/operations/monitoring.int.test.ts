// The monitoring as it will run: a real Prometheus scrapes the built api, worker and pages, RabbitMQ, PostgreSQL with a
// standby and the machine, while people work; then every panel and every alert finds its series.
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dashboards } from '../../monitoring/grafana/source/dashboards.mjs';
import { debian, withoutDebian } from '../../scripts/servers/debian.mjs';
import { keep } from '../../scripts/servers/kept-process.mjs';
import { freePort } from '../../scripts/servers/ports.mjs';
import type { Cooperative } from '../faults/cooperative.ts';
import { foundCooperative } from '../faults/cooperative.ts';
import type { Product } from '../faults/product.ts';
import { startProduct, until } from '../faults/product.ts';
import type { Prometheus } from './monitoring.ts';
import { alertRules, monitoring, startPrometheus } from './monitoring.ts';
import type { Pages } from './pages.ts';
import { startPages } from './pages.ts';

const needs = ['prometheus', 'prometheus-postgres-exporter', 'prometheus-node-exporter'] as const;
const skip = await withoutDebian(needs);

/** Ended last one first. */
const open: (() => Promise<unknown>)[] = [];
const folder = mkdtempSync(join(tmpdir(), 'habitat-monitoring-'));
let product: Product;
let cooperative: Cooperative;
let prometheus: Prometheus;
let pages: Pages;

async function startExporter(name: (typeof needs)[number], env: Record<string, string>, ...args: string[]) {
  const [program] = await debian([name]);
  const port = await freePort();
  const server = await keep({
    command: program ?? '',
    args: [`--web.listen-address=127.0.0.1:${port}`, ...args],
    env,
    cwd: folder,
    logFile: join(folder, `${name}.log`),
  });
  open.push(() => server.stop());
  return `127.0.0.1:${port}`;
}

/** What `habitat backup serve` shows after a night; that it does is shown by the tests of the command. */
async function showBackups(): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const text = [
    `habitat_backup_last_success_timestamp_seconds{kind="dump"} ${now}`,
    'habitat_backup_last_size_bytes{kind="dump"} 1000',
    '',
  ].join('\n');
  const server = createServer((_request, response) => response.end(text));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(async () => server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A morning's work: hours are logged, one is refused, one approved; pages are looked at. */
async function work(): Promise<void> {
  const input = { kind: 'LABOR', quantity: '1', description: 'Fence', workedOn: cooperative.today };
  const [ana] = cooperative.workers;
  const [olga] = cooperative.officers;
  const { contribution } = (await ana?.act<{ contribution: { id: string } }>(
    'logContribution',
    input,
    '{ contribution { id } }',
  )) as { contribution: { id: string } };
  await ana
    ?.act('logContribution', { ...input, quantity: '25' }, '{ contribution { id } }')
    .catch(() => undefined);
  await olga.act('approveContribution', { contributionId: contribution.id }, '{ contribution { id } }');
  for (const path of ['/sign-in', `/contributions/${contribution.id}`, '/nowhere'])
    await fetch(`${pages.address}${path}`);
}

beforeAll(async () => {
  if (skip !== null) return;
  const tls = 'https://127.0.0.1:1';
  product = await startProduct('rabbitmq', { environment: { LOG_LEVEL: 'info', PUBLIC_URL: tls } });
  open.push(() => product.end());
  const standby = await product.postgres.standby();
  open.push(() => standby.stop());
  pages = await startPages(product.graphqlUrl);
  open.push(() => pages.end());
  const places = {
    api: new URL(product.api.address).host,
    worker: new URL(product.worker.address).host,
    frontend: pages.metrics,
    rabbitmq: `127.0.0.1:${product.broker?.metricsPort}`,
    postgres: await startExporter(
      'prometheus-postgres-exporter',
      { DATA_SOURCE_NAME: `${product.database.ownerUrl}?sslmode=disable` },
      `--extend.query-path=${join(monitoring, 'postgres-exporter/queries.yml')}`,
    ),
    node: await startExporter('prometheus-node-exporter', {}),
    backup: await showBackups(),
  };
  prometheus = await startPrometheus(places);
  open.push(() => prometheus.stop());
  cooperative = await foundCooperative(product, 'watched');
  for (let round = 0; round < 5; round += 1) {
    await work();
    await sleep(1_000);
  }
  // Some scrapes, so that there is something to make a rate of.
  await sleep(5_000);
}, 300_000);

afterAll(async () => {
  for (const end of open.reverse()) await end();
  await rm(folder, { recursive: true, force: true });
});

const panels = Object.entries(dashboards).flatMap(([name, { panels: all }]) =>
  all
    .filter(({ type }) => type !== 'logs')
    .flatMap(({ title, targets }) => targets.map(({ expr }) => ({ name, title, expr }))),
);

/**
 * What an alert looks at: its expression without the comparisons that make it fire. While all is well nothing is
 * absent and no answer is a failure, so what is there stands for them.
 */
function watchedBy(expr: string): string {
  return expr
    .replaceAll(/label_replace\(absent\(([^)]*)\)[^)]*\)/g, '$1')
    .replaceAll(/\s(==|>|<)\s+[\d.]+(?:\s*\*\s*\d+)*/g, '')
    .replaceAll(' < ', ' and ')
    .replaceAll('status="5xx"', 'status="2xx"');
}

describe.skipIf(skip)('a real Prometheus', () => {
  test('scrapes every service', async () => {
    const down = (await prometheus.ask('up == 0')).map(({ metric }) => metric['job']);
    expect(down).toEqual([]);
    expect(await prometheus.ask('up')).toHaveLength(7);
  });

  test('finds a series for every query of every dashboard', async () => {
    const empty: string[] = [];
    for (const { name, title, expr } of panels) {
      const found = await prometheus.ask(expr);
      if (found.length === 0) empty.push(`${name}: ${title}: ${expr}`);
    }
    expect(empty).toEqual([]);
  });

  test('finds what every alert looks at', async () => {
    const empty: string[] = [];
    for (const { alert, expr } of alertRules()) {
      const looked = watchedBy(expr);
      if ((await prometheus.ask(looked)).length === 0) empty.push(`${alert}: ${looked}`);
    }
    expect(empty).toEqual([]);
  });

  test('sees no alert that fires while all is well', async () => {
    const firing = await prometheus.ask('ALERTS{alertstate="firing"}');
    expect(firing.map(({ metric }) => metric['alertname'])).toEqual([]);
  });

  test('finds no id, address or person in any label of ours', async () => {
    const ours = (await prometheus.series()).filter(({ __name__: name }) =>
      /^(habitat|http)_/.test(name ?? ''),
    );
    expect(ours.length).toBeGreaterThan(200);
    const values = new Set(ours.flatMap(({ instance: _, ...labels }) => Object.values(labels)));
    const suspicious = [...values].filter((value) =>
      /[0-9a-f]{8}-[0-9a-f]{4}|@|[A-Za-z0-9+/=_-]{25,}\d|watched|nowhere|\?/.test(value),
    );
    expect(suspicious).toEqual([]);
    // Far from what thousands of contributions would make of an id in a label.
    expect(ours.length).toBeLessThan(8_000);
  });
});

describe.skipIf(skip)('a correlation id', () => {
  test('of a page is the one the API answered it under', async () => {
    const [ana] = cooperative.workers;
    const cookie = `habitat_access=${ana?.token}`;
    const answer = await fetch(`${pages.address}/contributions`, { headers: { cookie } });
    expect(answer.status).toBe(200);
    const id = answer.headers.get('x-correlation-id');
    const routesOf = (lines: Record<string, unknown>[]) =>
      lines.filter(({ correlationId }) => correlationId === id).map(({ route }) => route);
    await until('both have logged it', async () => {
      const [shown, asked] = [await pages.log(), await product.api.log()].map(routesOf);
      return shown?.join() === '/contributions' && asked?.join() === '/graphql';
    });
  });

  test('leads from a request to the last handler it set off, over three contexts', async () => {
    const id = 'browser-7f3a';
    const [ana] = cooperative.workers;
    const [olga] = cooperative.officers;
    const input = { kind: 'LABOR', quantity: '2', description: 'Roof', workedOn: cooperative.today };
    const { contribution } = (await ana?.act('logContribution', input, '{ contribution { id } }')) as {
      contribution: { id: string };
    };
    await olga.act('approveContribution', { contributionId: contribution.id }, '{ contribution { id } }', id);
    const ofIt = async (of: typeof product.api) =>
      (await of.log()).filter(({ correlationId }) => correlationId === id);
    const wanted = ['treasury.post-contributions', 'people.apply-postings', 'agreements.copy-contributions'];
    await until('all three contexts have handled it', async () => {
      const handlers = (await ofIt(product.worker)).map(({ handler }) => handler);
      return wanted.every((handler) => handlers.includes(handler));
    });
    expect(await ofIt(product.api)).toMatchObject([{ msg: 'request', route: '/graphql', status: '2xx' }]);
  });
});
