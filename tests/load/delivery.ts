// The way of events measured as an installation goes it: two workers, one of them relaying from the log into RabbitMQ,
// both handling what comes out of it and writing the inbox.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@habitat/database';
import type { EventHandler } from '@habitat/messaging';
import { waitUntilSettled } from '@habitat/messaging';
import type pg from 'pg';
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

/** Events per second: until the relay's last confirm, and until the last inbox row. */
export interface DeliveryRates {
  readonly relayed: number;
  readonly handled: number;
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

async function relayed(owner: pg.Pool): Promise<void> {
  for (;;) {
    const { rows } = await owner.query('select from platform.outbox limit 1');
    if (rows.length === 0) return;
    await sleep(20);
  }
}

/** Starts the workers, records events and times their way. */
export async function measureDelivery(
  database: Database,
  owner: pg.Pool,
  options: { readonly databaseUrl: string; readonly poolSize: number; readonly rabbitMqUrl: string },
): Promise<DeliveryRates> {
  const workers = Array.from({ length: WORKERS }, () => startBeside<WorkerOrder, null>('./worker.ts'));
  try {
    await Promise.all(
      workers.map((worker, workerIndex) => worker.ask({ ...options, workerIndex, workerCount: WORKERS })),
    );
    await recordEvents(owner, WARM_EVENTS);
    await waitUntilSettled(database, [benchHandler], 120_000);
    await recordEvents(owner, EVENTS);
    const start = performance.now();
    await relayed(owner);
    const relayedMs = performance.now() - start;
    await waitUntilSettled(database, [benchHandler], 120_000);
    const handledMs = performance.now() - start;
    return { relayed: (EVENTS * 1000) / relayedMs, handled: (EVENTS * 1000) / handledMs };
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
}
