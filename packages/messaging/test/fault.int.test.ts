// Kill -9 of workers and of the broker in the middle of a stream loses nothing, doubles nothing and keeps the order
// of every aggregate; duplicates and strangers on the bus do no harm.
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from '@habitat/database/testing';
import { createTestDatabase } from '@habitat/database/testing';
import { newId } from '@habitat/kernel';
import { startRabbitMq } from '@habitat/test-services';
import { sharedPostgresUrl, sharedRabbitMqUrl } from '@habitat/test-services/shared';
import { connect } from 'amqplib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Delivery, DeliveryObserver, TransportChoice } from '../src/index.ts';
import { findEvent, listDeadLetters, startDelivery, waitUntilSettled } from '../src/index.ts';
import { countTo, createTally, interleaved, recordTurns, talliedTurns, tallyHandler } from './counter.ts';
import type { WorkerProcessOptions } from './worker-process.ts';

let db: TestDatabase;
let cleanUps: (() => Promise<void>)[] = [];
const cooperativeId = newId();

beforeEach(async () => {
  db = await createTestDatabase(await sharedPostgresUrl());
  await createTally(db);
});
afterEach(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
  cleanUps = [];
  await db.end();
});

async function spawnWorker(transport: TransportChoice, retryLimit = 3): Promise<ChildProcess> {
  const options: WorkerProcessOptions = { databaseUrl: db.appUrl, transport, retryLimit };
  const child = fork(
    fileURLToPath(new URL('worker-process.ts', import.meta.url)),
    [JSON.stringify(options)],
    {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  cleanUps.push(() => kill(child));
  await new Promise((resolve) => child.once('message', resolve));
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

function startHere(transport: TransportChoice, observer: DeliveryObserver = {}): Delivery {
  const delivery = startDelivery({
    database: db.database,
    handlers: [tallyHandler],
    transport,
    observer,
    retryDelayMs: () => 30,
  });
  cleanUps.push(() => delivery.stop());
  return delivery;
}

async function rabbit(): Promise<Extract<TransportChoice, { kind: 'rabbitmq' }>> {
  return { kind: 'rabbitmq', url: await sharedRabbitMqUrl(), namespace: `${newId()}.` };
}

async function waitForTallied(count: number): Promise<void> {
  for (;;) {
    const [row] = await db.asOwner<{ n: number }>('select count(*)::int as n from treasury.tally');
    if ((row?.n ?? 0) >= count) return;
    await sleep(10);
  }
}

async function expectEveryTurnOnce(
  turns: readonly { counterId: string }[],
  perCounter: number,
): Promise<void> {
  const tallied = await talliedTurns(db);
  for (const counterId of new Set(turns.map((turn) => turn.counterId))) {
    expect(tallied.get(counterId)).toEqual(countTo(perCounter));
  }
}

describe.each([
  ['postgres', async (): Promise<TransportChoice> => ({ kind: 'postgres' })],
  ['rabbitmq', rabbit],
])('over %s', (_kind, choose) => {
  test('kill -9 of a worker in the middle of a stream loses and doubles nothing', async () => {
    const transport = await choose();
    const turns = interleaved(50, 60);
    const recording = recordTurns(db.database, cooperativeId, turns, 25);
    for (let life = 1; life <= 3; life += 1) {
      const worker = await spawnWorker(transport);
      await waitForTallied(life * 300);
      await kill(worker);
    }
    await recording;
    await spawnWorker(transport);
    await waitUntilSettled(db.database, [tallyHandler], 40_000);
    await expectEveryTurnOnce(turns, 60);
    expect(await listDeadLetters(db.database)).toEqual([]);
  });

  test('an event that kills its process is found and put to the dead letters alone', async () => {
    const transport = await choose();
    const turns = interleaved(12, 20);
    const lethal = { ...turns[100], counterId: turns[100]?.counterId ?? '', turn: turns[100]?.turn ?? 0 };
    const poisoned = turns.map((turn, place) => (place === 100 ? { ...turn, poison: 'lethal' } : turn));
    await recordTurns(db.database, cooperativeId, poisoned);
    let settled = false;
    const done = waitUntilSettled(db.database, [tallyHandler], 55_000).finally(() => {
      settled = true;
    });
    while (!settled) {
      const worker = await spawnWorker(transport, 1);
      const died = new Promise((resolve) => worker.once('exit', resolve));
      await Promise.race([died, done.catch(() => undefined)]);
    }
    await done;
    const letters = await listDeadLetters(db.database);
    expect(letters).toHaveLength(1);
    const stored = await findEvent(db.database, cooperativeId, letters[0]?.eventId ?? '');
    expect(stored?.envelope.payload).toMatchObject({ turn: lethal.turn, poison: 'lethal' });
    const tallied = await talliedTurns(db);
    for (const { counterId } of turns) {
      const missing = counterId === lethal.counterId ? lethal.turn : -1;
      expect(tallied.get(counterId)).toEqual(countTo(20).filter((turn) => turn !== missing));
    }
  });
});

test('three workers share the partitions; one is killed and another takes its part, in order', async () => {
  const transport = await rabbit();
  const turns = interleaved(60, 50);
  const workers = [];
  for (const workerIndex of [0, 1, 2])
    workers.push(await spawnWorker({ ...transport, workerIndex, workerCount: 3 }));
  const recording = recordTurns(db.database, cooperativeId, turns, 25);
  await waitForTallied(500);
  const [first, second] = workers;
  if (first !== undefined) await kill(first);
  await waitForTallied(900);
  if (second !== undefined) await kill(second);
  await recording;
  await waitUntilSettled(db.database, [tallyHandler], 40_000);
  await expectEveryTurnOnce(turns, 50);
  expect(await listDeadLetters(db.database)).toEqual([]);
});

test('a broker killed in the middle of a stream comes back and nothing is lost', async () => {
  const broker = await startRabbitMq();
  cleanUps.push(() => broker.stop());
  const delivery = startHere({ kind: 'rabbitmq', url: broker.url });
  const turns = interleaved(40, 50);
  await recordTurns(db.database, cooperativeId, turns.slice(0, 100));
  await waitForTallied(100);
  // RabbitMQ writes its list of quorum queues down some time after their declaration, not at once; a broker killed
  // before that has lost the queues themselves, which no client can mend.
  await sleep(3_000);
  const recording = recordTurns(db.database, cooperativeId, turns.slice(100), 20);
  await waitForTallied(300);
  await broker.restart();
  await recording;
  await delivery.settled(50_000);
  expect(delivery.isReady()).toBe(true);
  await expectEveryTurnOnce(turns, 50);
  expect(await listDeadLetters(db.database)).toEqual([]);
});

test('a broker out of memory takes no events: delivery says it is not ready, and nothing is lost or doubled', async () => {
  const broker = await startRabbitMq();
  cleanUps.push(() => broker.stop());
  const waits: string[] = [];
  const delivery = startHere(
    { kind: 'rabbitmq', url: broker.url },
    { waiting: (_what, error) => waits.push(String(error)) },
  );
  const turns = interleaved(20, 20);
  await recordTurns(db.database, cooperativeId, turns.slice(0, 100));
  await waitForTallied(100);
  await broker.alarm(true);
  await recordTurns(db.database, cooperativeId, turns.slice(100), 20);
  while (delivery.isReady()) await sleep(20);
  expect(waits.join()).toContain('the broker takes no messages');
  await sleep(500);
  expect(delivery.isReady()).toBe(false);
  expect(await db.asOwner('select from platform.outbox')).not.toHaveLength(0);
  await broker.alarm(false);
  await delivery.settled(50_000);
  expect(delivery.isReady()).toBe(true);
  await expectEveryTurnOnce(turns, 20);
  expect(await listDeadLetters(db.database)).toEqual([]);
});

test('duplicates in any order and strangers on the bus change nothing; only strangers are dead-lettered', async () => {
  const transport = await rabbit();
  const delivery = startHere(transport);
  const turns = interleaved(6, 30);
  await recordTurns(db.database, cooperativeId, turns);
  await delivery.settled();
  const connection = await connect(transport.url);
  cleanUps.push(() => connection.close().catch(() => undefined));
  const channel = await connection.createConfirmChannel();
  const stored = await db.asOwner<{ id: string }>('select id from platform.event order by random()');
  const exchange = `${transport.namespace}people.events`;
  for (const { id } of stored) {
    const event = await findEvent(db.database, cooperativeId, id);
    for (const partition of [0, 5]) {
      const key = `people.counter.turned.p${partition}`;
      channel.publish(exchange, key, Buffer.from(JSON.stringify(event?.envelope)), { persistent: true });
    }
  }
  for (const stranger of ['not JSON', '{}', JSON.stringify({ id: 'x' })]) {
    channel.publish(exchange, 'people.counter.turned.p1', Buffer.from(stranger), { persistent: true });
  }
  await channel.waitForConfirms();
  const letters = `${transport.namespace}people.events.dead-letters`;
  const queues = countTo(8).map((partition) => `${transport.namespace}treasury.p${partition}`);
  const depth = async (queue: string) => (await channel.checkQueue(queue)).messageCount;
  for (let open = 1; open > 0 || (await depth(letters)) < 3;) {
    open = (await Promise.all(queues.map(depth))).reduce((sum, count) => sum + count, 0);
    await sleep(50);
  }
  await sleep(300);
  await expectEveryTurnOnce(turns, 30);
  expect(await depth(letters)).toBe(3);
  expect(await listDeadLetters(db.database)).toEqual([]);
});
