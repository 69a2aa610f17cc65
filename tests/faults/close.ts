// A period's close under fire: the worker is killed in the middle of the transaction of every part it plays, made
// certain by holding the table that the part writes, and is started again to go on.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Cooperative } from './cooperative.ts';
import type { Accepted } from './stream.ts';
import { killInside } from './held-table.ts';
import { expectSound, settled } from './intact.ts';
import type { Product } from './product.ts';
import { until } from './product.ts';

interface CloseSeen {
  readonly id: string;
  readonly status: string;
  readonly steps: readonly { readonly number: number; readonly state: string }[];
  readonly proposal: { readonly recordHash: string } | null;
}

const SEEN = '{ id status steps { number state } proposal { recordHash } }';

async function look({ officers }: Cooperative): Promise<CloseSeen> {
  const { periodClose } = await officers[0].ask<{ periodClose: CloseSeen }>(`{ periodClose ${SEEN} }`);
  return periodClose;
}

async function untilStepIsDone(cooperative: Cooperative, step: number): Promise<void> {
  await until(`step ${step} of the close is done`, async () => {
    return (await look(cooperative)).steps.some(({ number, state }) => number === step && state === 'done');
  });
}

/** Takes 4,000.00 for an event. */
export async function sell({ officers: [olga], today }: Cooperative, effectiveOn = today): Promise<void> {
  const entries = [
    { accountCode: '1110', book: '4000.00', tax: '4000.00' },
    { accountCode: '4130', book: '-4000.00', tax: '-4000.00' },
  ];
  await olga.act('postTransaction', { effectiveOn, description: 'Event rental', entries }, '{ __typename }');
}

/** Begins the close of the first period, which may still run. */
async function begin(
  cooperative: Cooperative,
): Promise<{ readonly closeId: string; readonly periodId: string }> {
  const [olga] = cooperative.officers;
  const { periods } = await olga.ask<{ periods: { id: string }[] }>('{ periods { id } }');
  const periodId = periods[0]?.id ?? '';
  const earlyBecause = 'The books are kept for a test of a crash';
  await olga.act('beginPeriodClose', { periodId, earlyBecause }, '{ periodClose { id } }');
  return { periodId, closeId: (await look(cooperative)).id };
}

/** Closes the first period step by step with nobody killed; returns its id. */
export async function closeInPeace(cooperative: Cooperative): Promise<string> {
  const [olga, otis] = cooperative.officers;
  const { closeId, periodId } = await begin(cooperative);
  for (const step of [1, 2, 3]) {
    await olga.act('confirmCloseStep', { closeId, step }, '{ periodClose { id } }');
    await untilStepIsDone(cooperative, step === 3 ? 4 : step);
  }
  await olga.act('proposeAllocation', { closeId }, '{ periodClose { id } }');
  const recordHash = (await look(cooperative)).proposal?.recordHash;
  await otis.act('approveAllocation', { closeId, recordHash }, '{ periodClose { id } }');
  await until('the close is completed', async () => (await look(cooperative)).status === 'completed');
  return periodId;
}

/**
 * Closes the first period with the worker killed at six places, and finds the close completed, one set of closing
 * entries, everybody's share credited once and one statement per member.
 */
export async function closeUnderFire(
  product: Product,
  cooperative: Cooperative,
  accepted: readonly Accepted[],
): Promise<void> {
  const [olga, otis] = cooperative.officers;
  for (let sale = 0; sale < 3; sale += 1) await sell(cooperative);
  await settled(product);
  const { closeId } = await begin(cooperative);
  const confirm = (step: number) => olga.act('confirmCloseStep', { closeId, step }, '{ periodClose { id } }');

  await confirm(1);
  await killInside(product, 'worker', ['treasury.period'], () => confirm(2));
  await untilStepIsDone(cooperative, 2);
  await killInside(product, 'worker', ['treasury.period'], () => confirm(3));
  await untilStepIsDone(cooperative, 4);
  await olga.act('proposeAllocation', { closeId }, '{ periodClose { id } }');
  const recordHash = (await look(cooperative)).proposal?.recordHash;
  const tables = [
    'treasury.entry',
    'agreements.retained_lot',
    'treasury.balance_snapshot',
    'agreements.statement',
  ];
  await killInside(product, 'worker', tables, () =>
    otis.act('approveAllocation', { closeId, recordHash }, '{ periodClose { id } }'),
  );
  await until('the close is completed', async () => (await look(cooperative)).status === 'completed');
  await expectClosedOnce(product, cooperative, accepted);
}

async function expectClosedOnce(
  product: Product,
  cooperative: Cooperative,
  accepted: readonly Accepted[],
): Promise<void> {
  await expectSound(product);
  const { asOwner } = product.database;
  const id = [cooperative.cooperativeId];
  const closing = await asOwner(
    `select provenance_part as part, count(*)::int as times from treasury.transaction
     where cooperative_id = $1 and provenance_type = 'allocation' group by 1 order by 1`,
    id,
  );
  expect(closing).toEqual([
    { part: 'closing', times: 1 },
    { part: 'crediting', times: 1 },
  ]);
  const [once] = await asOwner(
    `select (select count(*)::int from agreements.allocation_effect where cooperative_id = $1) as effects,
       (select count(*)::int from treasury.period where cooperative_id = $1 and status = 'closed') as closed,
       (select count(*)::int from treasury.period where cooperative_id = $1 and status = 'open') as open,
       (select count(*)::int from platform.event where cooperative_id = $1 and type = 'treasury.period.closed') as told,
       (select sum(book_minor)::bigint from agreements.allocation_line where cooperative_id = $1) as shared`,
    id,
  );
  expect(once).toMatchObject({ effects: 1, closed: 1, open: 1, told: 1 });

  // What members hold is what they gave and what was shared out to them, and each has one statement of it.
  const given = accepted.reduce((sum, { valueMinor }) => sum + valueMinor, 0n);
  const [capital] = await asOwner<{ book: bigint }>(
    `select -sum(e.book_minor)::bigint as book from treasury.account a
     join treasury.entry e on e.cooperative_id = a.cooperative_id and e.account_id = a.id
     where a.cooperative_id = $1 and a.member_id is not null`,
    id,
  );
  expect((once?.['shared'] as bigint) > 0n).toBe(true);
  expect(capital?.book).toBe(given + (once?.['shared'] as bigint));
  const statements = await asOwner<{ members: number; statements: number }>(
    `select count(distinct member_id)::int as members, count(*)::int as statements
     from agreements.statement where cooperative_id = $1`,
    id,
  );
  expect(statements[0]?.members).toBeGreaterThanOrEqual(3);
  expect(statements[0]?.statements).toBe(statements[0]?.members);
}

/** Leaves the worker a moment in which nothing may happen any more: a late double would show now. */
export async function expectNothingMore(product: Product): Promise<void> {
  const count = async () =>
    (await product.database.asOwner('select count(*) as n from platform.event'))[0]?.['n'];
  const before = await count();
  await product.worker.restart();
  await sleep(500);
  await settled(product);
  expect(await count()).toEqual(before);
}
