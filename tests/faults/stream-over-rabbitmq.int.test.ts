// The same over RabbitMQ: kill -9 of worker and broker while people log and approve. The outbox, not the broker,
// remembers what is still to be published.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeUnderFire, expectNothingMore } from './close.ts';
import { foundCooperative } from './cooperative.ts';
import { expectEachOnce } from './intact.ts';
import type { Product } from './product.ts';
import { startProduct, until } from './product.ts';
import { startStream } from './stream.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct('rabbitmq');
});
afterAll(() => product?.end());

test('a worker killed three times in the middle of a stream loses and doubles nothing', async () => {
  const cooperative = await foundCooperative(product, 'worker-killed');
  const stream = startStream(cooperative, 90);
  for (const moment of [15, 35, 60]) {
    await stream.reached(moment);
    await product.worker.restart();
  }
  await expectEachOnce(product, cooperative, await stream.done);
});

test('a broker killed in the middle of a stream stops nobody from working, and nothing is lost', async () => {
  const cooperative = await foundCooperative(product, 'broker-killed');
  const stream = startStream(cooperative, 90);
  await stream.reached(25);
  await product.broker?.kill();
  await until('the worker says it is not ready', async () => !(await product.worker.isReady()));
  // The API needs no broker: people go on while it is away.
  await stream.reached(stream.accepted.length + 10);
  await product.broker?.restart();
  const accepted = await stream.done;
  await expectEachOnce(product, cooperative, accepted);
  await until('the worker is ready again', () => product.worker.isReady());
  expect(accepted).toHaveLength(90);
});

test('a worker killed in the middle of each step of a close goes on to its end, with one set of closing entries', async () => {
  const cooperative = await foundCooperative(product, 'closed-under-fire');
  const accepted = await startStream(cooperative, 12).done;
  await expectEachOnce(product, cooperative, accepted);
  await closeUnderFire(product, cooperative, accepted);
  await expectNothingMore(product);
});
