// A projection is nothing but a function of its events: the replay finds every row that is not.
import type { TestDatabase } from '@habitat/database/testing';
import { createTestDatabase } from '@habitat/database/testing';
import { newEvent } from '@habitat/events';
import { newId } from '@habitat/kernel';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventHandler, Projection } from '../src/index.ts';
import { drainEvents, replayProjection } from '../src/index.ts';
import { createTally, interleaved, recordTurns, talliedTurns, tallyHandler, turned } from './counter.ts';

let db: TestDatabase;
const [cooperativeId, other] = [newId(), newId()];
const projection: Projection = {
  name: 'treasury.tally',
  tables: ['treasury.tally'],
  handlers: [tallyHandler],
  ignoredColumns: ['place'],
};

beforeEach(async () => {
  db = await createTestDatabase(await sharedPostgresUrl());
  await createTally(db);
  await recordTurns(db.database, cooperativeId, interleaved(5, 150));
  await recordTurns(db.database, other, interleaved(2, 3));
  await drainEvents({ database: db.database, handlers: [tallyHandler] });
});
afterEach(() => db.end());

const replay = (keep = false, of = projection) =>
  replayProjection({ ownerUrl: db.ownerUrl, projection: of, cooperativeId, keep });
const content = () => db.asOwner('select * from treasury.tally order by place');

test('an untouched projection equals its rebuild, and the rebuild leaves no trace', async () => {
  const before = await content();
  expect(await replay()).toMatchObject({ events: 750, rows: 750, kept: false, differences: [] });
  expect(await content()).toEqual(before);
});

test('a changed row is found, and is mended when the rebuild is kept', async () => {
  const changed = 'select counter_id from treasury.tally where cooperative_id = $1 and turn = 4 limit 1';
  const [row] = await db.asOwner<{ counter_id: string }>(changed, [cooperativeId]);
  await db.asOwner('update treasury.tally set turn = 999 where counter_id = $1 and turn = 4', [
    row?.counter_id,
  ]);
  const { differences } = await replay(true);
  expect(differences).toMatchObject([
    { kind: 'missing', row: { counter_id: row?.counter_id, turn: 4 } },
    { kind: 'surplus', row: { counter_id: row?.counter_id, turn: 999 } },
  ]);
  expect((await replay()).differences).toEqual([]);
});

test("another cooperative's rows are left alone", async () => {
  await replay(true);
  const rows = await db.asOwner('select count(*)::int as n from treasury.tally where cooperative_id = $1', [
    other,
  ]);
  expect(rows).toEqual([{ n: 6 }]);
});

test('events that are still on their way are no difference', async () => {
  await recordTurns(db.database, cooperativeId, interleaved(1, 5));
  expect((await replay()).differences).toEqual([]);
});

test('a handler that records events is no projection', async () => {
  const echo: EventHandler = {
    ...tallyHandler,
    async handle(tx) {
      tx.append(newEvent(turned, newId(), { turn: 1 }));
    },
  };
  await expect(replay(false, { ...projection, handlers: [echo] })).rejects.toThrow('it is not a projection');
});

describe('a projection that is younger than the log', () => {
  const late: EventHandler = { ...tallyHandler, name: 'treasury.late-tally' };
  const young: Projection = { ...projection, name: 'treasury.late_tally', handlers: [late] };
  const fill = (keep: boolean) =>
    replayProjection({ ownerUrl: db.ownerUrl, projection: young, cooperativeId, keep, fill: true });
  const count = async () =>
    (
      await db.asOwner<{ n: number }>(
        'select count(*)::int as n from treasury.tally where cooperative_id = $1',
        [cooperativeId],
      )
    )[0]?.n;
  beforeEach(async () => {
    await db.asOwner('delete from treasury.tally');
  });

  test('is found to have missed events, and stays empty without filling', async () => {
    expect(await replay(true, young)).toMatchObject({ events: 0, rows: 0, unhandled: 750, differences: [] });
    expect(await count()).toBe(0);
  });

  test('is filled from the whole log in order, and is then like any other', async () => {
    expect(await fill(false)).toMatchObject({ events: 750, rows: 750, kept: false });
    expect(await count()).toBe(0);
    expect(await fill(true)).toMatchObject({ events: 750, rows: 750, kept: true, unhandled: 750 });
    for (const turns of (await talliedTurns(db)).values())
      expect(turns).toEqual(Array.from({ length: 150 }, (_, turn) => turn));
    expect(await replay(false, young)).toMatchObject({ events: 750, unhandled: 0, differences: [] });
  });

  test('does not take an event twice that was still on its way, nor one that was given up on', async () => {
    await recordTurns(db.database, cooperativeId, [
      ...interleaved(1, 5),
      { counterId: newId(), turn: 1, poison: 'throws' },
    ]);
    const [poison] = await db.asOwner<{ id: string }>(
      "select id from platform.event where payload ->> 'poison' = 'throws'",
    );
    await db.asOwner(
      `insert into platform.dead_letter (cooperative_id, id, event_id, handler, attempts, error, dead_at)
       values ($1, $2, $3, 'treasury.late-tally', 4, 'it broke', now())`,
      [cooperativeId, newId(), poison?.id],
    );
    expect(await fill(true)).toMatchObject({ events: 755, unhandled: 750 });
    await drainEvents({ database: db.database, handlers: [late], retryLimit: 0 });
    expect(await count()).toBe(755);
  });
});
