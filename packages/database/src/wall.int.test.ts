// The wall between cooperatives and the guards of the event log, against a real PostgreSQL.
import { defineEvent, newEvent } from '@habitat/events';
import { newId, systemActor } from '@habitat/kernel';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runTransaction } from './command.ts';
import type { TestDatabase } from './testing.ts';
import { createTestDatabase } from './testing.ts';

const happened = defineEvent('people.member.joined', z.object({ turn: z.int() }));
const riverbend = newId();
const hillside = newId();
let test1: TestDatabase;

const factsOf = (cooperativeId: string) => ({
  cooperativeId,
  actor: systemActor(cooperativeId),
  now: new Date('2026-03-01T12:00:00Z'),
  correlationId: 'wall',
});

function record(cooperativeId: string, ...turns: number[]) {
  return runTransaction(test1.database, 'people', factsOf(cooperativeId), async (tx) => {
    const aggregateId = newId();
    tx.append(...turns.map((turn) => newEvent(happened, aggregateId, { turn })));
    return aggregateId;
  });
}

beforeAll(async () => {
  test1 = await createTestDatabase(await sharedPostgresUrl());
  await record(riverbend, 1, 2);
  await record(hillside, 3);
});
afterAll(() => test1?.end());

const count = 'select count(*)::int as events from platform.event';

describe('the wall between cooperatives', () => {
  test('shows a cooperative its own rows and no other', async () => {
    const seen = (cooperativeId: string) =>
      test1.database.read('people', { cooperativeId }, (client) => client.query(count));
    expect(await seen(riverbend)).toEqual([{ events: 2 }]);
    expect(await seen(hillside)).toEqual([{ events: 1 }]);
    expect(await seen(newId())).toEqual([{ events: 0 }]);
  });

  test('shows nothing when no cooperative is named', async () => {
    expect(await test1.database.read('people', {}, (client) => client.query(count))).toEqual([{ events: 0 }]);
  });

  test('never leaks a cooperative to the next user of a pooled connection', async () => {
    const roundOf = (cooperativeId: string | null) =>
      test1.database.transaction('people', { cooperativeId }, async (client) => {
        const [row] = await client.query<{ events: number }>(count);
        if (Math.random() < 0.3) throw new Error('rolled back');
        return [cooperativeId, row?.events] as const;
      });
    const turns = Array.from({ length: 300 }, (_, turn) => [riverbend, hillside, null][turn % 3] ?? null);
    const answers = (await Promise.allSettled(turns.map(roundOf))).flatMap((answer) =>
      answer.status === 'fulfilled' ? [answer.value] : [],
    );
    expect(answers.length).toBeGreaterThan(100);
    for (const [cooperativeId, events] of answers) {
      expect(events).toBe(cooperativeId === riverbend ? 2 : cooperativeId === hillside ? 1 : 0);
    }
    expect(await test1.database.single('people', count)).toEqual([{ events: 0 }]);
  });

  test('refuses a row written for another cooperative', async () => {
    const forged = test1.database.transaction('people', { cooperativeId: riverbend }, (client) =>
      client.query('insert into platform.inbox (cooperative_id, handler, event_id) values ($1, $2, $3)', [
        hillside,
        'x',
        newId(),
      ]),
    );
    await expect(forged).rejects.toThrow('row-level security');
  });

  test('takes only a UUID for a cooperative', async () => {
    const forged = test1.database.transaction(
      'people',
      { cooperativeId: "x'; drop table platform.event; --" },
      async () => null,
    );
    await expect(forged).rejects.toThrow('cooperative_id is not a UUID');
  });

  test('stands around every table that has a cooperative', async () => {
    const open = await test1.asOwner(
      `select c.oid::regclass::text as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'cooperative_id'
       where n.nspname in ('platform', 'treasury', 'people', 'agreements') and c.relkind in ('r', 'p')
         and not c.relispartition and not (c.relrowsecurity and c.relforcerowsecurity)`,
    );
    expect(open).toEqual([]);
  });
});

describe('the event log', () => {
  test.each([
    ['update', `update platform.event set type = 'people.member.changed'`],
    ['delete', 'delete from platform.event'],
    ['truncate', 'truncate platform.event cascade'],
  ])('refuses %s from the owner of the database too', async (_verb, sql) => {
    await expect(test1.asOwner(sql)).rejects.toMatchObject({ code: 'HB001' });
  });

  test('gives no app role a way to change it', async () => {
    const changed = test1.database.transaction('people', { cooperativeId: riverbend }, (client) =>
      client.query('delete from platform.event'),
    );
    await expect(changed).rejects.toThrow('permission denied');
  });

  test('puts every recorded event on the outbox in the same commit', async () => {
    const missing = await test1.asOwner(
      'select position from platform.event except select position from platform.outbox',
    );
    expect(missing).toEqual([]);
  });

  test('is the relay to read for every cooperative, but not to write', async () => {
    const [row] = await test1.database.single<{ events: number }>('relay', count);
    expect(row?.events).toBeGreaterThanOrEqual(3);
    const written = test1.database.single('relay', 'insert into platform.outbox values ($1, 1)', [riverbend]);
    await expect(written).rejects.toThrow('permission denied');
  });
});
