// Following the log: what commits late is told though its position is low, everything is told once, and a log that
// nobody watches is not read.
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestDatabase } from '@habitat/database/testing';
import { createTestDatabase } from '@habitat/database/testing';
import { newId } from '@habitat/kernel';
import type { EventTail, TailedEvent } from '@habitat/messaging';
import { openEventTail } from '@habitat/messaging';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

let db: TestDatabase;
let tail: EventTail;
let heard: TailedEvent[] = [];
const faults: unknown[] = [];

const insert = `insert into platform.event (cooperative_id, id, type, version, aggregate_type, aggregate_id, actor_kind,
    correlation_id, recorded_at, payload)
  select $1, gen_random_uuid(), $2, 1, 'thing', gen_random_uuid(), 'system', 'test', now(), jsonb_build_object('memberId', n::text)
  from generate_series(1, $3::int) as n returning position`;

async function record(cooperativeId: string, count = 1, type = 'people.thing.done'): Promise<void> {
  await db.asOwner(insert, [cooperativeId, type, count]);
}

beforeAll(async () => {
  db = await createTestDatabase(await sharedPostgresUrl());
  await db.asOwner('grant all on platform.event, platform.outbox to current_user');
});
afterAll(() => db?.end());
afterEach(async () => {
  await tail.stop();
  expect(faults).toEqual([]);
});

function open(): EventTail {
  heard = [];
  tail = openEventTail({
    database: db.database,
    types: ['people.thing.done'],
    facts: ['memberId'],
    onEvent: (event) => heard.push(event),
    onFault: (fault) => faults.push(fault),
    pollMs: 10,
  });
  return tail;
}

const positions = () => heard.map((event) => event.position);

test('tells what happens from then on in the cooperative watched, and of the types asked for', async () => {
  const [mine, other] = [newId(), newId()];
  await record(mine, 3);
  await open().watch(mine);
  await record(other, 2);
  await record(mine, 2, 'people.thing.else');
  await record(mine, 2);
  await expect.poll(() => heard.length).toBe(2);
  await sleep(60);
  expect(heard.map((event) => [event.cooperativeId, event.type, event.facts['memberId']])).toEqual([
    [mine, 'people.thing.done', '1'],
    [mine, 'people.thing.done', '2'],
  ]);
});

test('what took its position early and commits late is told, once', async () => {
  const mine = newId();
  await record(mine, 1);
  const slow = new pg.Client({ connectionString: db.ownerUrl });
  await slow.connect();
  await open().watch(mine);
  await slow.query('begin');
  const { rows } = await slow.query<{ position: bigint }>(insert, [mine, 'people.thing.done', 1]);
  const late = BigInt(String(rows[0]?.position));
  for (let round = 0; round < 20; round += 1) await record(mine, 5);
  await expect.poll(() => heard.length).toBe(100);
  expect(positions()).not.toContain(late);
  await slow.query('commit');
  await slow.end();
  await expect.poll(positions).toContain(late);
  await record(mine, 5);
  await expect.poll(() => heard.length).toBe(106);
  await sleep(60);
  expect(new Set(positions()).size).toBe(106);
  expect(heard).toHaveLength(106);
});

test('what was under way when watching began is told when it commits', async () => {
  const mine = newId();
  await record(mine, 1);
  const slow = new pg.Client({ connectionString: db.ownerUrl });
  await slow.connect();
  await slow.query('begin');
  await slow.query(insert, [mine, 'people.thing.done', 1]);
  await record(mine, 10);
  await open().watch(mine);
  await sleep(40);
  await slow.query('commit');
  await slow.end();
  await expect.poll(() => heard.length).toBe(1);
});

test('a burst larger than one page is told whole and in order', async () => {
  const mine = newId();
  await open().watch(mine);
  await record(mine, 7_000);
  await expect.poll(() => heard.length, { timeout: 5_000 }).toBe(7_000);
  const told = positions();
  expect(told).toEqual([...told].sort((a, b) => (a < b ? -1 : 1)));
});

test('many watchers cost one read, and nobody watching costs none', async () => {
  const mine = newId();
  const following = open();
  const leave = await Promise.all(Array.from({ length: 50 }, () => following.watch(mine)));
  const before = following.polls();
  await sleep(300);
  expect(following.polls() - before).toBeLessThan(40);
  for (const end of leave) end();
  await sleep(60);
  const after = following.polls();
  await sleep(100);
  expect(following.polls()).toBe(after);
});
