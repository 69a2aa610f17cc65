// Starts delivery in this process: relay, transport, lanes and handlers, put together for either transport.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@habitat/database';
import type { DelivererOptions } from './handling/deliverer.ts';
import { createDeliverer } from './handling/deliverer.ts';
import type { EventHandler } from './handler.ts';
import { groupHandlers } from './handler.ts';
import type { DeliveryObserver } from './observer.ts';
import { openPermits } from './handling/permits.ts';
import { openPostgresTransport } from './postgres-transport.ts';
import { openConsumer } from './rabbitmq/consumer.ts';
import { openRabbitMqTransport } from './rabbitmq/transport.ts';
import type { RelayHold } from './relay.ts';
import { drainOutbox, startRelay } from './relay.ts';
import { persist } from './handling/transient.ts';

export type TransportChoice =
  | { readonly kind: 'postgres' }
  | {
      readonly kind: 'rabbitmq';
      readonly url: string;
      /** Sets exchanges and queues apart on a shared broker (tests). */
      readonly namespace?: string;
      readonly workerIndex?: number;
      readonly workerCount?: number;
    };

export interface DeliveryOptions {
  readonly database: Database;
  readonly handlers: readonly EventHandler[];
  readonly transport: TransportChoice;
  /** What handlers get as `now`; the real time when absent. */
  readonly clock?: () => Date;
  /** Batches handled at the same time (4). */
  readonly concurrency?: number;
  /** Retries after a first failure before the dead letters (3). */
  readonly retryLimit?: number;
  /** Pause before the next try after so many; 0.5 s, 2 s, 8 s … up to a minute when absent. */
  readonly retryDelayMs?: (attempts: number) => number;
  readonly observer?: DeliveryObserver;
}

export interface Delivery {
  /** Whether events can travel now. */
  isReady(): boolean;
  /** Resolves once every recorded event took effect in every handler or is a dead letter; rejects after the time. */
  settled(timeoutMs?: number): Promise<void>;
  /** Finishes what is being handled, then ends. */
  stop(): Promise<void>;
}

const growingDelay = (attempts: number) => Math.min(60_000, 500 * 4 ** (attempts - 1));

function delivererOptions(options: DeliveryOptions, signal: AbortSignal): DelivererOptions {
  return {
    database: options.database,
    permits: openPermits(options.concurrency ?? 4),
    retryLimit: options.retryLimit ?? 3,
    retryDelayMs: options.retryDelayMs ?? growingDelay,
    clock: options.clock ?? (() => new Date()),
    signal,
    observer: options.observer ?? {},
  };
}

/** Whether an event is still on its way to a handler of these. */
async function isUnsettled(database: Database, handlers: readonly EventHandler[]): Promise<boolean> {
  const pairs = handlers.flatMap((handler) => handler.types.map((type) => [type, handler.name] as const));
  const [row] = await database.single<{ open: boolean }>(
    'relay',
    `select exists (select from platform.outbox) or exists (
       select from unnest($1::text[], $2::text[]) as wanted (type, handler)
       join platform.event e on e.type = wanted.type
       where not exists (select from platform.inbox i
           where i.cooperative_id = e.cooperative_id and i.handler = wanted.handler and i.event_id = e.id)
         and not exists (select from platform.dead_letter d
           where d.cooperative_id = e.cooperative_id and d.handler = wanted.handler and d.event_id = e.id)
     ) as open`,
    [pairs.map(([type]) => type), pairs.map(([, handler]) => handler)],
  );
  return row?.open ?? false;
}

/** Waits until no event is on its way, over either transport, whoever handles them. */
export async function waitUntilSettled(
  database: Database,
  handlers: readonly EventHandler[],
  timeoutMs = 30_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  const limit = AbortSignal.timeout(timeoutMs);
  while (
    await persist(
      () => isUnsettled(database, handlers),
      limit,
      () => undefined,
    )
  ) {
    if (Date.now() > deadline) throw new Error(`events were still on their way after ${timeoutMs} ms`);
    await sleep(15);
  }
}

function startPostgresDelivery(options: DeliveryOptions, signal: AbortSignal, observer: DeliveryObserver) {
  const deliverer = createDeliverer(delivererOptions(options, signal));
  const transport = openPostgresTransport({
    deliverer,
    handlers: options.handlers,
    lanes: options.concurrency ?? 4,
    onFault: (error) => {
      if (signal.aborted) return 'stop';
      observer.waiting?.('lane', error);
      return 'again';
    },
  });
  const relay = startRelay({ database: options.database, transport, observer });
  return {
    isReady: () => transport.isReady(),
    async stop() {
      await transport.stop();
      await relay.stop();
    },
  };
}

function startRabbitMqDelivery(
  options: DeliveryOptions,
  bus: Extract<TransportChoice, { kind: 'rabbitmq' }>,
  signal: AbortSignal,
  observer: DeliveryObserver,
) {
  const shared = {
    url: bus.url,
    namespace: bus.namespace ?? '',
    groups: groupHandlers(options.handlers),
    observer,
  };
  const transport = openRabbitMqTransport(shared);
  const deliverer = createDeliverer({
    ...delivererOptions(options, signal),
    // The row in the database is the record; the copy on the bus is for those who watch the broker.
    copyDeadLetter: (handler, event, error) =>
      transport.deadLetter(handler, event, error).catch((fault: unknown) => {
        observer.waiting?.('broker (dead letters)', fault);
      }),
  });
  const consumer = openConsumer({
    ...shared,
    deliverer,
    workerIndex: bus.workerIndex ?? 0,
    workerCount: bus.workerCount ?? 1,
  });
  const relay = startRelay({ database: options.database, transport, observer });
  return {
    isReady: () => transport.isReady() && consumer.isConnected(),
    async stop() {
      await consumer.stop();
      // The relay's own wait for the broker ends with the connection.
      await Promise.all([relay.stop(), transport.stop()]);
    },
  };
}

/** Starts delivery; it runs until stopped and waits out every outage of database and broker. */
export function startDelivery(options: DeliveryOptions): Delivery {
  groupHandlers(options.handlers);
  const ending = new AbortController();
  const { signal } = ending;
  const observer = options.observer ?? {};
  const { transport } = options;
  const started =
    transport.kind === 'postgres'
      ? startPostgresDelivery(options, signal, observer)
      : startRabbitMqDelivery(options, transport, signal, observer);
  return {
    isReady: () => started.isReady(),
    settled: (timeoutMs) => waitUntilSettled(options.database, options.handlers, timeoutMs),
    async stop() {
      // Ends waits for a lost database; a batch that is being handled is still finished.
      ending.abort();
      await started.stop();
    },
  };
}

/**
 * Delivers everything in the outbox, and what that leads to, inside this process and in one line, in log order:
 * the same events give the same effects in the same order every time. Returns how many left the outbox. Without a hold
 * of the relay's lock (holdRelay) it waits while a worker is relaying.
 */
export async function drainEvents(
  options: Omit<DeliveryOptions, 'transport' | 'concurrency'> & { readonly hold?: RelayHold },
): Promise<number> {
  groupHandlers(options.handlers);
  const signal = new AbortController().signal;
  const full: DeliveryOptions = { ...options, transport: { kind: 'postgres' }, concurrency: 1 };
  const transport = openPostgresTransport({
    deliverer: createDeliverer(delivererOptions(full, signal)),
    handlers: options.handlers,
    lanes: 1,
    onFault: () => 'stop',
  });
  try {
    const relay = { database: options.database, transport, observer: options.observer ?? {} };
    return await drainOutbox(relay, options.hold);
  } finally {
    await transport.stop();
  }
}
