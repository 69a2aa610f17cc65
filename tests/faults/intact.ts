// What must hold after every fault: nothing lost, nothing doubled, the books agree with what was accepted, every
// check of the database is empty and no event was given up on.
import { readdir, readFile } from 'node:fs/promises';
import { waitUntilSettled } from '@habitat/messaging';
import { allHandlers } from '@habitat/worker';
import { expect } from 'vitest';
import type { Cooperative } from './cooperative.ts';
import type { Product } from './product.ts';
import type { Accepted } from './stream.ts';

const checksFolder = new URL('../../schema/checks/', import.meta.url);

/** Rows that schema/checks find, of every cooperative. */
export async function findFaults(product: Product): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const name of await readdir(checksFolder)) {
    const sql = await readFile(new URL(name, checksFolder), 'utf8');
    const rows = await product.database.asOwner(sql);
    found.push(...rows.map((row) => ({ check: name, ...row })));
  }
  return found;
}

/** Waits until no event is on its way; over either transport and whatever was restarted before. */
export function settled(product: Product): Promise<void> {
  return waitUntilSettled(product.database.database, allHandlers, 90_000);
}

/** No dead letter, nothing undelivered, no check with a row. */
export async function expectSound(product: Product): Promise<void> {
  await settled(product);
  const { asOwner } = product.database;
  expect(await asOwner('select handler, error from platform.dead_letter where redriven_at is null')).toEqual(
    [],
  );
  expect(await asOwner('select position from platform.outbox')).toEqual([]);
  expect(await findFaults(product)).toEqual([]);
}

interface Standing {
  readonly contribution_id: string;
  readonly status: string;
  readonly applied_events: number;
  readonly transactions: number;
  readonly counted: string | null;
}

/**
 * Each accepted contribution stands applied with one event, one ledger transaction and one row in the count of
 * agreements; there is no other; each member's capital is the sum of their own, in books and in agreements' copy.
 */
export async function expectEachOnce(
  product: Product,
  cooperative: Cooperative,
  accepted: readonly Accepted[],
): Promise<void> {
  await expectSound(product);
  const { asOwner } = product.database;
  const standing = await asOwner<Standing>(
    `select c.contribution_id, c.status,
       (select count(*)::int from platform.event e where e.cooperative_id = c.cooperative_id
          and e.aggregate_id = c.contribution_id and e.type = 'people.contribution.applied') as applied_events,
       (select count(*)::int from treasury.transaction t where t.cooperative_id = c.cooperative_id
          and t.provenance_type = 'contribution' and t.provenance_id = c.contribution_id) as transactions,
       (select a.status from agreements.contribution a where a.cooperative_id = c.cooperative_id
          and a.id = c.contribution_id) as counted
     from people.contribution c where c.cooperative_id = $1 order by c.contribution_id`,
    [cooperative.cooperativeId],
  );
  const expected = accepted.map(({ contributionId }) => ({
    contribution_id: contributionId,
    status: 'applied',
    applied_events: 1,
    transactions: 1,
    counted: 'applied',
  }));
  expect(standing).toEqual(expected.sort((a, b) => (a.contribution_id < b.contribution_id ? -1 : 1)));

  const sums = new Map<string, bigint>();
  for (const { memberId, valueMinor } of accepted)
    sums.set(memberId, (sums.get(memberId) ?? 0n) + valueMinor);
  const capital = await asOwner<{ member_id: string; book: bigint; copied: bigint }>(
    `select a.member_id, -sum(e.book_minor)::bigint as book,
       (select coalesce(sum(x.book_minor), 0)::bigint from agreements.capital_change x
         where x.cooperative_id = a.cooperative_id and x.member_id = a.member_id) as copied
     from treasury.account a
     join treasury.entry e on e.cooperative_id = a.cooperative_id and e.account_id = a.id
     where a.cooperative_id = $1 and a.member_id is not null group by a.cooperative_id, a.member_id`,
    [cooperative.cooperativeId],
  );
  expect(new Map(capital.map((row) => [row.member_id, row.book]))).toEqual(sums);
  expect(new Map(capital.map((row) => [row.member_id, row.copied]))).toEqual(sums);
}
