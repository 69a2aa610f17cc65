// A poison event in the shipped worker: the ledger cannot take one amount for a cause that lies in the machinery. It
// goes to the dead letters alone, its neighbours pass, and once the cause is mended the operator's command drives it
// through.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foundCooperative } from './cooperative.ts';
import type { Cooperative } from './cooperative.ts';
import { expectEachOnce, findFaults, settled } from './intact.ts';
import type { Product } from './product.ts';
import { startProduct } from './product.ts';
import type { Accepted } from './stream.ts';
import { giveOne, startStream } from './stream.ts';

/** An amount nobody else in this file gives. */
const POISON_HOURS = 17;

let product: Product;
let cooperative: Cooperative;
beforeAll(async () => {
  product = await startProduct('postgres', { retryLimit: 1 });
  cooperative = await foundCooperative(product, 'poisoned');
});
afterAll(() => product?.end());

const statusOf = async ({ contributionId }: Accepted) => {
  const sql = 'select status from people.contribution where contribution_id = $1';
  return (await product.database.asOwner<{ status: string }>(sql, [contributionId]))[0]?.status;
};

test('a poison event goes to the dead letters alone, outlives a kill there, and is driven through once its cause is gone', async () => {
  const { asOwner } = product.database;
  await asOwner(
    `alter table treasury.entry add constraint broken_disk check (book_minor <> ${POISON_HOURS * 10_000}) not valid`,
  );
  const [ana] = cooperative.workers;
  const [olga] = cooperative.officers;
  if (ana === undefined) throw new Error('nobody works');
  const before = startStream(cooperative, 20);
  await before.reached(8);
  const poison = await giveOne(cooperative, ana, olga, POISON_HOURS);
  const neighbours = await before.done;
  await settled(product);

  const letters = await asOwner('select handler, event_id, error from platform.dead_letter');
  expect(letters).toHaveLength(1);
  expect(letters[0]).toMatchObject({
    handler: 'treasury.post-contributions',
    error: expect.stringContaining('broken_disk'),
  });
  for (const neighbour of neighbours) expect(await statusOf(neighbour)).toBe('applied');
  expect(await statusOf(poison)).toBe('valued');
  expect(await findFaults(product)).toEqual([]);

  await product.worker.restart();
  await settled(product);
  const listed = await product.habitat('dead-letters', 'list');
  expect(listed.output).toContain('people.contribution.valued  treasury.post-contributions');
  const early = await product.habitat('dead-letters', 'redrive', '--all');
  expect(early.code).toBe(1);
  expect(await statusOf(poison)).toBe('valued');

  await asOwner('alter table treasury.entry drop constraint broken_disk');
  const redriven = await product.habitat('dead-letters', 'redrive', '--all');
  expect(redriven).toMatchObject({ code: 0, output: expect.stringContaining('redriven') });
  await expectEachOnce(product, cooperative, [...neighbours, poison]);
  expect(await product.habitat('dead-letters', 'list')).toMatchObject({
    code: 0,
    output: 'There are no dead letters.\n',
  });
});
