// Kill -9 of worker, API and PostgreSQL while people log and approve over GraphQL, with the events delivered inside
// the worker: what was accepted took effect once, and nothing else is there.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foundCooperative } from './cooperative.ts';
import { killInside } from './held-table.ts';
import { expectEachOnce } from './intact.ts';
import type { Product } from './product.ts';
import { startProduct, until } from './product.ts';
import type { Payload } from './stream.ts';
import { giveOne, LOGGED, startStream, uuidOf } from './stream.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct('postgres');
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

test('an API killed in the middle of requests does each of them once, as its clients ask again', async () => {
  const cooperative = await foundCooperative(product, 'api-killed');
  const stream = startStream(cooperative, 80);
  for (const moment of [12, 30, 55]) {
    await stream.reached(moment);
    await product.api.restart();
  }
  const accepted = await stream.done;
  expect(cooperative.losses.count).toBeGreaterThan(0);
  await expectEachOnce(product, cooperative, accepted);
});

test('an API killed in the middle of a transaction, or after it before it could answer, does what was asked once', async () => {
  const cooperative = await foundCooperative(product, 'api-killed-inside');
  const [ana] = cooperative.workers;
  const [olga] = cooperative.officers;
  if (ana === undefined) throw new Error('nobody works');
  const inside = await killInside(product, 'api', ['people.contribution', 'people.approval'], () =>
    giveOne(cooperative, ana, olga, 3),
  );
  expect(cooperative.losses.count).toBeGreaterThan(1);

  // The answer got lost: the client knows nothing and asks the same again, of a process that was not there before.
  const work = { kind: 'LABOR', quantity: '2', workedOn: cooperative.today, description: 'Answered twice' };
  const keyed = { ...work, idempotencyKey: 'one-key-for-both' };
  const first = await ana.act<Payload>('logContribution', keyed, LOGGED);
  await product.api.restart();
  expect(await ana.act<Payload>('logContribution', keyed, LOGGED)).toEqual(first);
  const approval = { contributionId: first.contribution.id };
  await olga.act('approveContribution', approval, LOGGED);
  const contributionId = uuidOf(first.contribution.id);
  const again = { contributionId, memberId: ana.memberId, valueMinor: 20_000n };
  await expectEachOnce(product, cooperative, [inside, again]);
});

test('a database killed twice under everybody comes back with everything that was promised', async () => {
  const cooperative = await foundCooperative(product, 'database-killed');
  const stream = startStream(cooperative, 70);
  for (const moment of [12, 35]) {
    await stream.reached(moment);
    await product.postgres.kill();
    expect(await product.api.isReady()).toBe(false);
    expect(await product.worker.isReady()).toBe(false);
    await sleep(200);
    await product.postgres.restart();
  }
  const accepted = await stream.done;
  await until('both services are ready again', async () => {
    return (await product.api.isReady()) && (await product.worker.isReady());
  });
  expect(cooperative.losses.count).toBeGreaterThan(0);
  await expectEachOnce(product, cooperative, accepted);
});
