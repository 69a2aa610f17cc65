// An upgrade on one server: two APIs, two workers and two servers of the pages behind Caddy are replaced one after
// another while people log, approve, read, send forms and listen. No request fails, no event is lost or takes effect twice.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cooperative } from '../faults/cooperative.ts';
import { foundCooperative } from '../faults/cooperative.ts';
import { expectEachOnce } from '../faults/intact.ts';
import type { Product, Service } from '../faults/product.ts';
import { startProduct, until } from '../faults/product.ts';
import { startStream } from '../faults/stream.ts';
import type { Caddy, CaddyPorts } from './caddy.ts';
import { caddyPorts, startCaddy } from './caddy.ts';
import type { Pages } from './pages.ts';
import { startPages } from './pages.ts';

const DELAY_SECONDS = 3;

let product: Product;
let apis: Service[];
let workers: Service[];
let frontends: Pages[];
let caddy: Caddy;
let ports: CaddyPorts;
let cooperative: Cooperative;

const hostOf = ({ address }: { readonly address: string }) => new URL(address).host;

beforeAll(async () => {
  const environment = { SHUTDOWN_DELAY: `${DELAY_SECONDS}s` };
  product = await startProduct('rabbitmq', { environment });
  apis = [product.api, await product.add('api')];
  workers = [product.worker, await product.add('worker')];
  ports = await caddyPorts();
  const inner = `http://127.0.0.1:${ports.inner}/graphql`;
  frontends = [await startPages(inner, environment), await startPages(inner, environment)];
  caddy = await startCaddy(ports, { apis: apis.map(hostOf), frontends: frontends.map(hostOf) });
  cooperative = await foundCooperative({ ...product, graphqlUrl: inner }, 'rolling');
}, 240_000);
afterAll(async () => {
  await caddy?.stop();
  await Promise.all((frontends ?? []).map((pages) => pages.end()));
  await product?.end();
});

test('api and worker are replaced one by one under load without a failed request or a lost or doubled event', async () => {
  const stream = startStream(cooperative, Number.MAX_SAFE_INTEGER);
  let reading = true;
  let reads = 0;
  const reader = (async () => {
    for (; reading; reads += 1) {
      await cooperative.officers[0].ask('{ members(first: 20) { edges { node { id } } } }');
    }
  })();
  for (const service of [...apis, ...workers]) {
    await stream.reached(stream.accepted.length + 10);
    await service.stop();
    await stream.reached(stream.accepted.length + 10);
    await service.start();
    await until('it is ready', () => service.isReady());
  }
  await stream.reached(stream.accepted.length + 10);
  stream.end();
  reading = false;
  await reader;
  const accepted = await stream.done;
  expect(cooperative.losses.count).toBe(0);
  expect(reads).toBeGreaterThan(20);
  await expectEachOnce(product, cooperative, accepted);
}, 180_000);

/** Somebody at the pages: reads, sends and listens, over and over; what was answered otherwise than it should be. */
function startVisit(token: string) {
  const origin = `https://localhost:${ports.https}`;
  const cookie = `habitat_access=${token}`;
  const cell = { kind: 'LABOR', category: '', quantity: '2', workedOn: cooperative.today };
  const done = { read: 0, sent: 0, heard: 0 };
  const failed: string[] = [];
  let going = true;

  async function repeat(
    what: keyof typeof done,
    act: () => Promise<string | number>,
    wanted: string | number,
  ) {
    while (going) {
      const got = await act().catch((fault: Error) => fault.message);
      if (got !== wanted) failed.push(`${what}: ${got}`);
      done[what] += 1;
    }
  }
  const read = async () => (await caddy.ask('GET', '/contributions', { cookie })).status;
  const headers = { cookie, origin, 'content-type': 'application/json' };
  const send = async () => {
    const path = '/contributions/week/preview';
    const { status, body } = await caddy.ask('POST', path, headers, JSON.stringify([cell]));
    return status === 200 && body.toString().includes('"value":"200.00"') ? 200 : `${status} ${String(body)}`;
  };
  let open: { close(): void } | null = null;
  const listen = async () => {
    const stream = await caddy.listen('/live?topics=contributionChanged', { cookie });
    open = stream;
    if (stream.status !== 200) return stream.status;
    const how = await stream.ended;
    return going ? how : 'in order';
  };
  const loops = [repeat('read', read, 200), repeat('sent', send, 200), repeat('heard', listen, 'in order')];
  return {
    done,
    failed,
    async end() {
      going = false;
      open?.close();
      await Promise.all(loops);
    },
  };
}

test('the pages are replaced one by one under load: no request fails, and live streams end in order and open elsewhere', async () => {
  const visits = cooperative.officers.map(({ token }) => startVisit(token));
  const read = () => visits.reduce((sum, { done }) => sum + done.read, 0);
  for (const pages of frontends) {
    const before = read();
    await until('they are at work', () => read() > before + 5);
    const stopping = pages.stop();
    await until('it says that it goes while it still answers', async () => {
      const alive = await fetch(`${pages.address}/api/health`).then(({ ok }) => ok);
      return alive && !(await pages.isReady());
    });
    const { code, tookMs } = await stopping;
    expect(code).toBe(0);
    // What lasts for ever is ended; the rest is short.
    expect(tookMs).toBeLessThan((DELAY_SECONDS + 8) * 1_000);
    const between = read();
    await until('the other one serves them', () => read() > between + 5);
    await pages.start();
    await until('it is ready', () => pages.isReady());
  }
  for (const visit of visits) await visit.end();
  expect(visits.flatMap(({ failed }) => failed)).toEqual([]);
  for (const { done } of visits) {
    expect(done.read).toBeGreaterThan(10);
    expect(done.sent).toBeGreaterThan(10);
    // Once for each server that went, and the one open at the end.
    expect(done.heard).toBeGreaterThanOrEqual(2);
  }
}, 180_000);
