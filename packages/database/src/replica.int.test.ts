// Reports on a real streaming standby: they go there, never behind what the reader has written, and its troubles are not
// the readers'.
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@habitat/kernel';
import { startPostgres } from '@habitat/test-services';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from './database.ts';
import { openDatabase } from './database.ts';
import type { ReadChoice, ReportReader } from './replica.ts';
import { openReportReader } from './replica.ts';
import type { TestDatabase } from './testing.ts';
import { createTestDatabase } from './testing.ts';

type Server = Awaited<ReturnType<typeof startPostgres>>;

let primary: Server;
let standby: Awaited<ReturnType<Server['standby']>>;
let db: TestDatabase;
let replica: Database;
let choices: ReadChoice[] = [];
let changes: ReadChoice[] = [];

const alice = { cooperativeId: newId(), loginId: newId() };
const bob = { cooperativeId: alice.cooperativeId, loginId: newId() };

function onStandby(url: string): string {
  const address = new URL(url);
  address.port = String(standby.port);
  return address.href;
}

function reader(maxLagMs = 60_000): ReportReader {
  return openReportReader({
    primary: db.database,
    replica,
    maxLagMs,
    onChoice: (choice) => choices.push(choice),
    onChange: (choice) => changes.push(choice),
  });
}

/** Where a read was answered, and the cooperative's events as it saw them. */
async function look(from: Database): Promise<{ standby: boolean; events: number }> {
  return from.read('people', { cooperativeId: alice.cooperativeId }, async (client) => {
    const [row] = await client.query<{ standby: boolean; events: number }>(
      'select pg_is_in_recovery() as standby, (select count(*)::int from platform.event) as events',
    );
    return row ?? { standby: false, events: -1 };
  });
}

async function write(): Promise<void> {
  await db.asOwner(
    `insert into platform.event (cooperative_id, id, type, version, aggregate_type, aggregate_id, actor_kind, correlation_id, recorded_at, payload)
     values ($1, gen_random_uuid(), 'people.thing.done', 1, 'thing', gen_random_uuid(), 'system', 'test', now(), '{}')`,
    [alice.cooperativeId],
  );
}

async function caughtUp(): Promise<void> {
  const [head] = await db.asOwner<{ lsn: string }>('select pg_current_wal_lsn()::text as lsn');
  const sql = 'select pg_last_wal_replay_lsn() >= $1::pg_lsn as done';
  for (let waited = 0; waited < 400; waited += 1) {
    const [row] = await replica.single<{ done: boolean }>('relay', sql, [head?.lsn]);
    if (row?.done === true) return;
    await sleep(50);
  }
  throw new Error('the standby did not catch up');
}

beforeAll(async () => {
  primary = await startPostgres();
  db = await createTestDatabase(primary.ownerUrl);
  standby = await primary.standby();
  replica = openDatabase({ url: onStandby(db.appUrl), poolSize: 3, connectTimeoutMs: 1_000 });
  await caughtUp();
});
afterAll(async () => {
  await replica?.end();
  await db?.end();
  await standby?.stop();
  await primary?.stop();
});
beforeEach(() => {
  choices = [];
  changes = [];
});

test('for a while after the primary’s start nobody trusts what it remembers of writes', async () => {
  expect(await look(await reader(3_600_000).choose(alice))).toMatchObject({ standby: false });
  expect(choices).toEqual(['primary_restarted']);
});

test('reports are read on the standby, by those who wrote and by those who did not, once it has replayed', async () => {
  await expect
    .poll(async () => (await look(await reader(1_500).choose(bob))).standby, { timeout: 10_000 })
    .toBe(true);
  await write();
  await reader().wrote(alice);
  await caughtUp();
  expect(await look(await reader(1_500).choose(alice))).toEqual({ standby: true, events: 1 });
  expect(choices.at(-1)).toBe('replica');
});

test('right after a write its actor reads it, from another process as well; others may read what was before', async () => {
  await standby.pause();
  await write();
  await reader(1_500).wrote(alice);
  // Another reader object is another process: nothing is remembered in it.
  expect(await look(await reader(1_500).choose(alice))).toEqual({ standby: false, events: 2 });
  expect(await look(await reader(1_500).choose(bob))).toEqual({ standby: true, events: 1 });
  expect(choices).toEqual(['own_write', 'replica']);
  await standby.resume();
  await caughtUp();
  expect(await look(await reader(1_500).choose(alice))).toEqual({ standby: true, events: 2 });
});

test('a standby that lags further than agreed is not read from', async () => {
  await standby.pause();
  await write();
  const patient = reader(1_000);
  await expect
    .poll(async () => (await look(await patient.choose(bob))).standby, { timeout: 5_000 })
    .toBe(false);
  expect(choices.at(-1)).toBe('lagging');
  expect(changes).toEqual(['lagging']);
  await standby.resume();
  await caughtUp();
  expect(await look(await patient.choose(bob))).toEqual({ standby: true, events: 3 });
  expect(changes).toEqual(['lagging', 'replica']);
});

test('an address that leads to a primary is noticed', async () => {
  const mistaken = openReportReader({
    primary: db.database,
    replica: db.database,
    maxLagMs: 1_000,
    onChoice: (choice) => choices.push(choice),
  });
  expect(await look(await mistaken.choose(bob))).toMatchObject({ standby: false });
  expect(choices).toEqual(['not_standby']);
});

test('a standby that dies, even under a report, costs its readers nothing, and is used again when it is back', async () => {
  const steady = reader(1_500);
  const chosen = await steady.choose(bob);
  await standby.kill();
  expect(await look(chosen)).toEqual({ standby: false, events: 3 });
  expect(await look(await steady.choose(bob))).toEqual({ standby: false, events: 3 });
  // Left alone for a moment: not every report waits for a server that is gone.
  expect(choices).toEqual(['replica', 'failed', 'down']);
  expect(changes).toEqual(['failed']);
  await standby.restart();
  await expect
    .poll(async () => (await look(await steady.choose(bob))).standby, { timeout: 20_000, interval: 250 })
    .toBe(true);
});
