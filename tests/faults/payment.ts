// What follows a close, under fire: a closed period opened again, and money on its way to members, each act and each
// booking killed in the middle of its transaction.
import { expect } from 'vitest';
import type { Cooperative } from './cooperative.ts';
import { killInside, killWorkerAfter } from './held-table.ts';
import { expectSound, settled } from './intact.ts';
import type { Product } from './product.ts';
import { until } from './product.ts';

/** One row of figures of the ledger and of agreements; every amount in minor units. */
interface Books {
  readonly capital: bigint;
  readonly cash: bigint;
  readonly payable: bigint;
  /** What is left in the lots of members. */
  readonly retained: bigint;
}

async function booksOf(product: Product, { cooperativeId }: Cooperative): Promise<Books> {
  const [books] = await product.database.asOwner<Books>(
    `select coalesce(-sum(e.book_minor) filter (where a.member_id is not null), 0)::bigint as capital,
       coalesce(sum(e.book_minor) filter (where a.code = '1110'), 0)::bigint as cash,
       coalesce(-sum(e.book_minor) filter (where a.code = '2320'), 0)::bigint as payable,
       (select coalesce(sum(l.allocated_minor), 0)::bigint from agreements.retained_lot l where l.cooperative_id = $1)
         - (select coalesce(sum(m.amount_minor), 0)::bigint from agreements.lot_movement m
            where m.cooperative_id = $1) as retained
     from treasury.entry e
     join treasury.account a on a.cooperative_id = e.cooperative_id and a.id = e.account_id
     where e.cooperative_id = $1`,
    [cooperativeId],
  );
  if (books === undefined) throw new Error('there are no books');
  return books;
}

/**
 * Opens a closed period again with the API killed in both requests and the worker while it reverses the allocation
 * and while agreements follows. What members hold is then `given`, what they gave, and nothing is reversed twice.
 */
export async function reopenUnderFire(
  product: Product,
  cooperative: Cooperative,
  periodId: string,
  given: bigint,
): Promise<void> {
  const [olga, otis] = cooperative.officers;
  const closed = await booksOf(product, cooperative);
  expect(closed.capital).toBeGreaterThan(given);
  const reason = 'An invoice was booked twice';
  await killInside(product, 'api', ['agreements.reopen_request'], () =>
    olga.act('requestReopen', { periodId, reason }, '{ periodClose { status } }'),
  );
  await killWorkerAfter(product, ['treasury.entry', 'agreements.allocation_effect'], () =>
    killInside(product, 'api', ['agreements.reopen_approval'], () =>
      otis.act('approveReopen', { periodId }, '{ periodClose { status } }'),
    ),
  );
  type Seen = { periodClose: { status: string } };
  await until('the period is open again', async () => {
    const seen = await olga.ask<Seen>('query ($id: ID!) { periodClose(periodId: $id) { status } }', {
      id: periodId,
    });
    return seen.periodClose.status === 'reopened';
  });
  await expectSound(product);
  expect(await booksOf(product, cooperative)).toEqual({ ...closed, capital: given, retained: 0n });
  const [once] = await product.database.asOwner(
    `select (select count(*)::int from treasury.transaction t where t.cooperative_id = $1
         and t.provenance_type = 'allocation') as posted,
       (select count(*)::int from treasury.transaction r
         join treasury.transaction t on t.cooperative_id = r.cooperative_id and t.id = r.reverses_id
         where t.cooperative_id = $1 and t.provenance_type = 'allocation') as reversed,
       (select count(*)::int from platform.event where cooperative_id = $1
         and type = 'treasury.allocation.reversed') as told`,
    [cooperative.cooperativeId],
  );
  expect(once).toEqual({ posted: 2, reversed: 2, told: 1 });
}

interface Distribution {
  readonly id: string;
  readonly status: string;
  readonly lines: readonly { readonly status: string }[];
}

/**
 * Pays a closed period's cash part, the API killed in each of the four requests and the worker in the postings of the
 * payable and of the payment and while agreements follows them. Every line is booked once each way.
 */
export async function payUnderFire(
  product: Product,
  cooperative: Cooperative,
  periodId: string,
): Promise<void> {
  const [olga, otis] = cooperative.officers;
  const before = await booksOf(product, cooperative);
  const pool = { minor: 60_000n, text: '600.00' };
  const { distribution } = await killInside(product, 'api', ['agreements.distribution_line'], () =>
    olga.act<{ distribution: Distribution }>(
      'calculateDistribution',
      { periodId, pool: pool.text },
      '{ distribution { id } }',
    ),
  );
  const distributionId = distribution.id;
  const reached = (status: string) =>
    until(`the distribution is ${status}`, async () => {
      const seen = await olga.ask<{ distribution: Distribution }>(
        'query ($id: ID!) { distribution(id: $id) { status lines { status } } }',
        { id: distributionId },
      );
      return seen.distribution.status === status;
    });
  await killInside(product, 'api', ['agreements.distribution_approval'], () =>
    otis.act('approveDistribution', { distributionId }, '{ distribution { id } }'),
  );
  const acts = [
    { name: 'scheduleDistribution', input: { payOn: cooperative.today }, then: 'scheduled' },
    { name: 'markDistributionPaid', input: { paidOn: cooperative.today }, then: 'completed' },
  ];
  for (const { name, input, then } of acts) {
    await killWorkerAfter(product, ['treasury.entry', 'agreements.distribution_line'], () =>
      killInside(product, 'api', ['platform.event'], () =>
        olga.act(name, { distributionId, ...input }, '{ distribution { id } }'),
      ),
    );
    await reached(then);
    await settled(product);
  }
  await expectSound(product);
  expect(await booksOf(product, cooperative)).toEqual({
    capital: before.capital - pool.minor,
    cash: before.cash - pool.minor,
    payable: 0n,
    retained: before.retained - pool.minor,
  });
  await expectEachLineOnce(product, cooperative);
}

async function expectEachLineOnce(product: Product, { cooperativeId }: Cooperative): Promise<void> {
  const lines = await product.database.asOwner(
    `select l.state,
       (select count(*)::int from agreements.lot_movement m where m.cooperative_id = l.cooperative_id
          and m.line_id = l.id) as drawn,
       (select array_agg(t.provenance_part order by t.provenance_part) from treasury.transaction t
         where t.cooperative_id = l.cooperative_id and t.provenance_type = 'distribution_line'
           and t.provenance_id = l.id) as booked
     from agreements.distribution_line l where l.cooperative_id = $1`,
    [cooperativeId],
  );
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line).toEqual({ state: 'paid', drawn: 1, booked: ['pay', 'schedule'] });
}
