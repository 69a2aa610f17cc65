// The way of events: the relay from the log into RabbitMQ by itself, two workers with what has piled up there, and both
// at once as an installation runs them.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@habitat/database';
import type { EventHandler } from '@habitat/messaging';
import { waitUntilSettled } from '@habitat/messaging';
import type pg from 'pg';
import type { Beside } from './processes/beside.ts';
import { startBeside } from './processes/beside.ts';
import type { WorkerOrder } from './processes/worker.ts';

/** As many as docker-compose.prod.yml starts. */
const WORKERS = 2;
/** First so many that are not counted: connections are made, queues declared, code compiled. */
const WARM_EVENTS = 10_000;
const EVENTS = 40_000;
const AGGREGATES = 500;

export const benchHandler: EventHandler = {
  name: 'treasury.bench',
  context: 'treasury',
  types: ['treasury.transaction.posted'],
  handle: () => Promise.resolve(),
};

/** Events per second. */
export interface DeliveryRates {
  /** Out of the log until the broker has confirmed the last, while nobody takes them from there. */
  readonly relayed: number;
  /** Out of the broker until the last has its line in the inbox, while nothing is relayed. */
  readonly handled: number;
  /** Out of the log until the last has its line in the inbox. */
  readonly delivered: number;
}

async function recordEvents(owner: pg.Pool, count: number): Promise<void> {
  await owner.query(
    `insert into platform.event (cooperative_id, id, type, version, aggregate_type, aggregate_id, actor_kind, correlation_id, recorded_at, payload)
     select $1, gen_random_uuid(), 'treasury.transaction.posted', 1, 'transaction',
       ('0198a000-0000-7000-8000-' || lpad((n % ${AGGREGATES})::text, 12, '0'))::uuid, 'system', 'bench', now(), '{"transactionId": "x"}'
     from generate_series(1, ${count}) n`,
    [randomUUID()],
  );
}

/** Waits until the outbox is empty. */
async function relayed(owner: pg.Pool): Promise<void> {
  for (;;) {
    const { rows } = await owner.query('select from platform.outbox limit 1');
    if (rows.length === 0) return;
    await sleep(20);
  }
}

/** Waits until at least so many events have been handled, and answers with how many. */
async function handled(owner: pg.Pool, least: number): Promise<number> {
  for (;;) {
    const { rows } = await owner.query<{ count: number }>(
      'select count(*)::int as count from platform.inbox',
    );
    const count = rows[0]?.count ?? 0;
    if (count >= least) return count;
    await sleep(50);
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Starts the processes, records events and times their way. */
export async function measureDelivery(
  database: Database,
  owner: pg.Pool,
  options: { readonly databaseUrl: string; readonly poolSize: number; readonly rabbitMqUrl: string },
): Promise<DeliveryRates> {
  const open: Beside<WorkerOrder, null>[] = [];
  const start = async (workerCount: number, handles: boolean) => {
    for (let workerIndex = 0; workerIndex < workerCount; workerIndex += 1) {
      const worker = startBeside<WorkerOrder, null>('./worker.ts');
      open.push(worker);
      await worker.ask({ ...options, workerIndex, workerCount, handles });
    }
  };
  const stop = () => Promise.all(open.splice(0).map((worker) => worker.stop()));
  const settled = () => waitUntilSettled(database, [benchHandler], 120_000);
  const perSecond = (ms: number, events = EVENTS) => (events * 1000) / ms;
  try {
    await start(WORKERS, true);
    await recordEvents(owner, WARM_EVENTS);
    await settled();
    await recordEvents(owner, EVENTS);
    const deliveredMs = await timed(settled);
    // Their queues stay, and nobody takes from them.
    await stop();

    await start(1, false);
    await recordEvents(owner, WARM_EVENTS);
    await relayed(owner);
    await recordEvents(owner, EVENTS);
    const relayedMs = await timed(() => relayed(owner));
    await stop();

    await start(WORKERS, true);
    const piledUp = WARM_EVENTS + EVENTS;
    const done = await handled(owner, piledUp + WARM_EVENTS);
    const handledMs = await timed(settled);
    return {
      relayed: perSecond(relayedMs),
      handled: perSecond(handledMs, 2 * piledUp - done),
      delivered: perSecond(deliveredMs),
    };
  } finally {
    await stop();
  }
}
