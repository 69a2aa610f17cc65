// Over either transport: a closed period opened again and money paid out with API and worker killed in the middle of
// every transaction on the way; then three workers side by side of which two die in mid-stream.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeInPeace, sell } from './close.ts';
import type { Cooperative } from './cooperative.ts';
import { foundCooperative, quarterOf, todayThere } from './cooperative.ts';
import { expectEachOnce, settled } from './intact.ts';
import { payUnderFire, reopenUnderFire } from './payment.ts';
import type { Product } from './product.ts';
import { startProduct } from './product.ts';
import type { Payload } from './stream.ts';
import { LOGGED, startStream } from './stream.ts';

/** The first day of the quarter before today's, which is over. */
function lastQuarter(): string {
  const first = new Date(`${quarterOf(todayThere())}T00:00:00Z`);
  first.setUTCDate(0);
  return quarterOf(first.toISOString().slice(0, 10));
}

/** Work and sales of a quarter that is over: four hours each, 16,000.00 taken in. */
async function workAndSell(product: Product, cooperative: Cooperative, workedOn: string): Promise<bigint> {
  const [olga, otis] = cooperative.officers;
  const late = { reason: 'Found in the paper log', lateReason: 'Found in the paper log' };
  for (const { memberId } of cooperative.workers) {
    const work = { kind: 'LABOR', quantity: '4', workedOn, description: 'Repairs', ...late };
    const given = { ...work, memberId: Buffer.from(`Member:${memberId}`).toString('base64url') };
    const { contribution } = await olga.act<Payload>('logContribution', given, LOGGED);
    await otis.act('approveContribution', { contributionId: contribution.id }, LOGGED);
  }
  for (let sale = 0; sale < 4; sale += 1) await sell(cooperative, workedOn);
  await settled(product);
  return BigInt(cooperative.workers.length) * 40_000n;
}

describe.each(['postgres', 'rabbitmq'] as const)('over %s', (transport) => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct(transport);
  });
  afterAll(() => product?.end());

  test('a reopening and a distribution are done once, whoever is killed inside each of their transactions', async () => {
    const workedOn = lastQuarter();
    const cooperative = await foundCooperative(product, 'paid-under-fire', workedOn);
    const given = await workAndSell(product, cooperative, workedOn);
    const periodId = await closeInPeace(cooperative);
    await reopenUnderFire(product, cooperative, periodId, given);
    await closeInPeace(cooperative);
    await payUnderFire(product, cooperative, periodId);
    expect(await product.habitat('verify')).toMatchObject({
      code: 0,
      output: expect.stringContaining('Everything holds in 1 cooperatives.'),
    });
    const replayed = await product.habitat('replay');
    expect(replayed).toMatchObject({ code: 0, output: expect.not.stringContaining('differences') });
  });

  test('of three workers two are killed in mid-stream and come back, and nothing is lost or doubled', async () => {
    const second = await product.add('worker');
    await product.add('worker');
    const cooperative = await foundCooperative(product, 'three-workers');
    const stream = startStream(cooperative, 90);
    await stream.reached(20);
    await second.kill();
    await stream.reached(45);
    await product.worker.restart();
    await stream.reached(60);
    await second.start();
    await expectEachOnce(product, cooperative, await stream.done);
    expect(await product.habitat('replay')).toMatchObject({ code: 0 });
  });
});
