// An upgrade on one server: two APIs and two workers behind Caddy are replaced one after another while people log,
// approve and read. No request fails, no event is lost or takes effect twice.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foundCooperative } from '../faults/cooperative.ts';
import { expectEachOnce } from '../faults/intact.ts';
import type { Product, Service } from '../faults/product.ts';
import { startProduct, until } from '../faults/product.ts';
import { startStream } from '../faults/stream.ts';
import type { Caddy, CaddyPorts } from './caddy.ts';
import { caddyPorts, startCaddy } from './caddy.ts';

let product: Product;
let apis: Service[];
let workers: Service[];
let caddy: Caddy;
let ports: CaddyPorts;

const hostOf = ({ address }: Service) => new URL(address).host;

beforeAll(async () => {
  product = await startProduct('rabbitmq', { environment: { SHUTDOWN_DELAY: '3s' } });
  apis = [product.api, await product.add('api')];
  workers = [product.worker, await product.add('worker')];
  ports = await caddyPorts();
  caddy = await startCaddy(ports, { apis: apis.map(hostOf), frontends: ['127.0.0.1:9'] });
});
afterAll(async () => {
  await caddy?.stop();
  await product?.end();
});

test('api and worker are replaced one by one under load without a failed request or a lost or doubled event', async () => {
  const through = { ...product, graphqlUrl: `http://127.0.0.1:${ports.inner}/graphql` };
  const cooperative = await foundCooperative(through, 'rolling');
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
