// Delivery keeps its promises over either transport: once, in order per aggregate, poison alone.
import type { TestDatabase } from '@habitat/database/testing';
import { createTestDatabase } from '@habitat/database/testing';
import { newId } from '@habitat/kernel';
import { sharedPostgresUrl, sharedRabbitMqUrl } from '@habitat/test-services/shared';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Delivery, DeliveryOptions, TransportChoice } from '../src/index.ts';
import {
  drainEvents,
  listDeadLetters,
  redriveDeadLetter,
  showDeadLetter,
  startDelivery,
} from '../src/index.ts';
import { countTo, createTally, interleaved, recordTurns, talliedTurns, tallyHandler } from './counter.ts';

let db: TestDatabase;
let deliveries: Delivery[] = [];
const cooperativeId = newId();

beforeEach(async () => {
  db = await createTestDatabase(await sharedPostgresUrl());
  await createTally(db);
});
afterEach(async () => {
  await Promise.all(deliveries.map((delivery) => delivery.stop()));
  deliveries = [];
  await db.end();
});

function start(transport: TransportChoice, more: Partial<DeliveryOptions> = {}): Delivery {
  const delivery = startDelivery({
    database: db.database,
    handlers: [tallyHandler],
    transport,
    retryDelayMs: () => 30,
    ...more,
  });
  deliveries.push(delivery);
  return delivery;
}

const transports: readonly [string, () => Promise<TransportChoice>][] = [
  ['postgres', async () => ({ kind: 'postgres' })],
  ['rabbitmq', async () => ({ kind: 'rabbitmq', url: await sharedRabbitMqUrl(), namespace: `${newId()}.` })],
];

describe.each(transports)('over %s', (kind, choose) => {
  test('every event takes effect once, in the order of its aggregate, in each cooperative', async () => {
    const other = newId();
    const turns = interleaved(40, 25);
    const others = interleaved(5, 10);
    const delivery = start(await choose());
    await recordTurns(db.database, cooperativeId, turns);
    await recordTurns(db.database, other, others);
    await delivery.settled();
    const tallied = await talliedTurns(db);
    expect(tallied.size).toBe(45);
    for (const { counterId } of turns) expect(tallied.get(counterId)).toEqual(countTo(25));
    for (const { counterId } of others) expect(tallied.get(counterId)).toEqual(countTo(10));
  });

  test('a poisoned event goes to the dead letters alone; its neighbours and its own successors pass', async () => {
    const [counterId, neighbour] = [newId(), newId()];
    const turns = countTo(20).flatMap((turn) => [
      { counterId, turn, ...(turn === 7 ? { poison: 'throws' } : {}) },
      { counterId: neighbour, turn },
    ]);
    const retries: number[] = [];
    const delivery = start(await choose(), {
      retryLimit: 2,
      observer: { retried: (_handler, _event, attempts) => retries.push(attempts) },
    });
    await recordTurns(db.database, cooperativeId, turns);
    await delivery.settled();
    const tallied = await talliedTurns(db);
    expect(tallied.get(neighbour)).toEqual(countTo(20));
    expect(tallied.get(counterId)).toEqual(countTo(20).filter((turn) => turn !== 7));
    expect(retries).toEqual([1, 2]);
    const letters = await listDeadLetters(db.database);
    expect(letters).toMatchObject([
      { handler: 'treasury.tally', attempts: 3, eventType: 'people.counter.turned' },
    ]);
    expect(letters[0]?.error).toContain('a poisoned turn');
    const shown = await showDeadLetter(db.database, letters[0]?.id ?? '');
    expect(shown?.event.payload).toEqual({ turn: 7, poison: 'throws' });
  });

  test('a redriven dead letter takes effect once, when its cause is mended', async () => {
    const counterId = newId();
    const delivery = start(await choose(), { retryLimit: 0 });
    await recordTurns(db.database, cooperativeId, [{ counterId, turn: 0, poison: 'throws' }]);
    await delivery.settled();
    const [letter] = await listDeadLetters(db.database);
    const redrive = () => redriveDeadLetter(db.database, [tallyHandler], letter?.id ?? '', new Date());
    expect(await redrive()).toMatchObject({ ok: false, refusal: { code: 'STILL_FAILING' } });
    await db.asOwner('insert into treasury.tally_switch values (true)');
    expect(await redrive()).toMatchObject({ ok: true });
    expect(await redrive()).toMatchObject({ ok: false, refusal: { code: 'ALREADY_REDRIVEN' } });
    expect(await talliedTurns(db)).toEqual(new Map([[counterId, [0]]]));
    expect(await listDeadLetters(db.database)).toEqual([]);
  });

  test('two relays deliver once, and the second takes over when the first stops', async () => {
    const transport = await choose();
    const turns = interleaved(10, 30);
    const first = start(transport);
    const second = start(transport);
    await recordTurns(db.database, cooperativeId, turns.slice(0, 150));
    await first.settled();
    deliveries = [second];
    await first.stop();
    await recordTurns(db.database, cooperativeId, turns.slice(150));
    await second.settled();
    const tallied = await talliedTurns(db);
    for (const turnsOf of tallied.values()) expect(turnsOf).toEqual(countTo(30));
    expect(tallied.size).toBe(10);
    expect(kind).toBe(transport.kind);
  });

  test('lost database connections are waited out and count against no event', async () => {
    const turns = interleaved(20, 40);
    const delivery = start(await choose(), { retryLimit: 0 });
    const recording = recordTurns(db.database, cooperativeId, turns, 20).catch(() => 'cut off');
    for (let cut = 0; cut < 4; cut += 1) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      await db.asOwner(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and usename = 'habitat_app' and application_name <> 'test:people'`);
    }
    await recording;
    await delivery.settled();
    expect(await listDeadLetters(db.database)).toEqual([]);
    const tallied = await talliedTurns(db);
    for (const { counterId } of turns) expect(tallied.get(counterId)).toEqual(countTo(40));
  });
});

test('draining is repeatable: one line, in log order', async () => {
  const turns = interleaved(7, 13);
  await recordTurns(db.database, cooperativeId, turns, 10);
  expect(await drainEvents({ database: db.database, handlers: [tallyHandler] })).toBe(91);
  expect(await drainEvents({ database: db.database, handlers: [tallyHandler] })).toBe(0);
  const rows = await db.asOwner('select counter_id as "counterId", turn from treasury.tally order by place');
  expect(rows).toEqual(turns);
});
