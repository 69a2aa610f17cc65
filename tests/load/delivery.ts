// The way of events measured: from the log through RabbitMQ into a handler that writes its inbox, all in one process.
import { randomUUID } from 'node:crypto';
import type { Database } from '@habitat/database';
import type { EventHandler } from '@habitat/messaging';
import { startDelivery } from '@habitat/messaging';
import type pg from 'pg';

const EVENTS = 40_000;
const AGGREGATES = 500;

/** Events per second: until the relay's last confirm, and until the last inbox row. */
export interface DeliveryRates {
  readonly relayed: number;
  readonly handled: number;
}

async function recordEvents(owner: pg.Pool): Promise<void> {
  await owner.query(
    `insert into platform.event (cooperative_id, id, type, version, aggregate_type, aggregate_id, actor_kind, correlation_id, recorded_at, payload)
     select $1, gen_random_uuid(), 'treasury.transaction.posted', 1, 'transaction',
       ('0198a000-0000-7000-8000-' || lpad((n % ${AGGREGATES})::text, 12, '0'))::uuid, 'system', 'bench', now(), '{"transactionId": "x"}'
     from generate_series(1, ${EVENTS}) n`,
    [randomUUID()],
  );
}

/** Records events, then starts delivery and times it. */
export async function measureDelivery(
  database: Database,
  owner: pg.Pool,
  rabbitMqUrl: string,
): Promise<DeliveryRates> {
  const handler: EventHandler = {
    name: 'treasury.bench',
    context: 'treasury',
    types: ['treasury.transaction.posted'],
    handle: () => Promise.resolve(),
  };
  await recordEvents(owner);
  const start = performance.now();
  const delivery = await startDelivery({
    database,
    handlers: [handler],
    transport: { kind: 'rabbitmq', url: rabbitMqUrl, namespace: 'bench' },
  });
  let relayedMs = 0;
  while (relayedMs === 0) {
    const { rows } = await owner.query('select from platform.outbox limit 1');
    if (rows.length === 0) relayedMs = performance.now() - start;
    else await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await delivery.settled(120_000);
  const handledMs = performance.now() - start;
  await delivery.stop();
  return { relayed: (EVENTS * 1000) / relayedMs, handled: (EVENTS * 1000) / handledMs };
}
