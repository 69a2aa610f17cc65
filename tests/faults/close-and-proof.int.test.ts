// A worker killed in every part of a period's close, events delivered inside the worker; then the product's own proof
// of itself over all that: `habitat verify` and `habitat replay` find nothing, and do find damage.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeUnderFire, expectNothingMore } from './close.ts';
import { foundCooperative } from './cooperative.ts';
import type { Cooperative } from './cooperative.ts';
import { expectEachOnce } from './intact.ts';
import type { Product } from './product.ts';
import { startProduct } from './product.ts';
import { startStream } from './stream.ts';

let product: Product;
let cooperative: Cooperative;
beforeAll(async () => {
  product = await startProduct('postgres');
  cooperative = await foundCooperative(product, 'closed-under-fire');
});
afterAll(() => product?.end());

test('a worker killed in the middle of each step of a close goes on to its end, with one set of closing entries', async () => {
  const accepted = await startStream(cooperative, 15).done;
  await expectEachOnce(product, cooperative, accepted);
  await closeUnderFire(product, cooperative, accepted);
  await expectNothingMore(product);
});

test('after all that every check holds and every projection equals its events', async () => {
  const verified = await product.habitat('verify');
  expect(verified).toMatchObject({
    code: 0,
    output: expect.stringContaining('Everything holds in 1 cooperatives.'),
  });
  const replayed = await product.habitat('replay');
  expect(replayed.output).toContain(': equal');
  expect(replayed.output).not.toContain('differences');
  expect(replayed.code).toBe(0);
});

/** Does as a superuser what no service may: past every guard, which is off only for this change. */
async function damage(table: string, change: string): Promise<void> {
  await product.database.asOwner(
    `begin; alter table ${table} disable trigger all; update ${table} set ${change}; alter table ${table} enable trigger all; commit`,
  );
}

const first = (table: string, key: string) =>
  `${key} = (select ${key} from ${table} order by ${key} limit 1)`;
const oneEntry = `line = 1 and ${first('treasury.entry', 'transaction_id')}`;
const oneBalance = first('treasury.balance_snapshot', 'account_id');
const oneContribution = first('people.contribution', 'contribution_id');
const oneCopy = first('agreements.contribution', 'id');

const damages = [
  {
    what: 'an entry of the ledger was changed',
    table: 'treasury.entry',
    change: `book_minor = book_minor + 1 where ${oneEntry}`,
    mend: `book_minor = book_minor - 1 where ${oneEntry}`,
    named: 'treasury_transaction_out_of_balance',
  },
  {
    what: 'a balance of the closed period was changed',
    table: 'treasury.balance_snapshot',
    change: `book_minor = book_minor + 1 where ${oneBalance}`,
    mend: `book_minor = book_minor - 1 where ${oneBalance}`,
    named: 'treasury_snapshot_differs',
  },
  {
    what: 'a contribution was put back past its steps',
    table: 'people.contribution',
    change: `status = 'submitted' where ${oneContribution}`,
    mend: `status = 'applied' where ${oneContribution}`,
    named: 'people_contributions',
  },
  {
    what: 'what was counted of somebody’s work was changed',
    table: 'agreements.contribution',
    change: `value_minor = value_minor + 1 where ${oneCopy}`,
    mend: `value_minor = value_minor - 1 where ${oneCopy}`,
    named: 'differs from its events',
  },
];

test.each(damages)('verify ends with 1 and names it when $what', async ({ table, change, mend, named }) => {
  await damage(table, change);
  try {
    const verified = await product.habitat('verify');
    expect(verified.output).toContain(named);
    expect(verified.code).toBe(1);
  } finally {
    await damage(table, mend);
  }
});

test('replay ends with 1 over a copy that was changed, and --apply puts it right', async () => {
  await damage('agreements.contribution', `value_minor = 1 where ${oneCopy}`);
  expect((await product.habitat('replay')).code).toBe(1);
  expect((await product.habitat('replay', '--apply')).code).toBe(0);
  expect(await product.habitat('verify')).toMatchObject({ code: 0 });
});
