// Carries events from the outbox to the transport. One relay is active at a time (an advisory lock held by a
// connection of its own); the others stand by and one takes over when the lock falls free. It polls, because a
// NOTIFY would make all commits queue behind each other.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@habitat/database';
import type { PoolClient } from 'pg';
import type { EventRow, StoredEvent } from './event-log.ts';
import { eventColumns, toStoredEvent } from './event-log.ts';
import type { DeliveryObserver } from './observer.ts';
import type { Transport } from './transport.ts';

const RELAY_LOCK = 4_217_020;
const BATCH = 1_000;
const MOST_IN_FLIGHT = 4_000;
/** Batches on their way to the transport while the next is read. */
const AHEAD = 1;
const SOONEST_POLL_MS = 20;
const LATEST_POLL_MS = 200;
const STANDBY_MS = 250;

// The limit stands in a subquery so that each event is looked up by its key, however large the log is.
const readOutbox = `
  select ${eventColumns}
  from (select cooperative_id, position from platform.outbox where position <> all ($1::bigint[])
        order by position limit ${BATCH}) o
  cross join lateral (select * from platform.event e
    where e.cooperative_id = o.cooperative_id and e.position = o.position) e
  order by e.position`;

export interface RelayOptions {
  readonly database: Database;
  readonly transport: Transport;
  readonly observer: DeliveryObserver;
}

/** The outbox as seen by the active relay: what it read and what it may remove. */
class Carriage {
  readonly inFlight = new Set<bigint>();
  readonly #handing = new Set<Promise<void>>();
  #failed: { readonly error: unknown } | undefined;
  #settled: StoredEvent[] = [];
  #wake: (() => void) | undefined;

  constructor(
    readonly client: PoolClient,
    readonly options: RelayOptions,
  ) {}

  readonly settle = (event: StoredEvent): void => {
    this.#settled.push(event);
    this.#wake?.();
  };

  async read(): Promise<StoredEvent[]> {
    await this.#raise();
    if (this.inFlight.size >= MOST_IN_FLIGHT) return [];
    const { rows } = await this.client.query<EventRow>({
      name: 'read-outbox',
      text: readOutbox,
      values: [[...this.inFlight].map(String)],
    });
    const events = rows.map(toStoredEvent);
    for (const event of events) this.inFlight.add(event.position);
    return events;
  }

  /** Hands a batch over and waits until no more than `ahead` are on their way. */
  async hand(events: readonly StoredEvent[], suspect: boolean, ahead = 0): Promise<void> {
    await this.#raise();
    const handing = this.#handOver(events, suspect).finally(() => this.#handing.delete(handing));
    this.#handing.add(handing);
    while (this.#handing.size > ahead) await Promise.race(this.#handing);
    await this.#raise();
  }

  /** Resolves when nothing is on its way to the transport, taken or not. */
  async ended(): Promise<void> {
    await Promise.all(this.#handing);
  }

  /** After a failure nothing more is read or handed over: what is not settled is for the next carriage. */
  async #raise(): Promise<void> {
    if (this.#failed === undefined) return;
    await this.ended();
    await this.sweep().catch(() => undefined);
    throw this.#failed.error;
  }

  async #handOver(events: readonly StoredEvent[], suspect: boolean): Promise<void> {
    try {
      await this.options.transport.hand(events, this.settle, suspect);
    } catch (error) {
      this.#failed ??= { error };
      this.#wake?.();
    }
  }

  /** Removes settled events from the outbox; returns how many. */
  async sweep(): Promise<number> {
    const events = this.#settled;
    if (events.length === 0) return 0;
    const positions = events.map(({ position }) => position);
    this.#settled = [];
    await this.client.query({
      name: 'sweep-outbox',
      text: 'delete from platform.outbox where position = any ($1::bigint[])',
      values: [positions.map(String)],
    });
    for (const position of positions) this.inFlight.delete(position);
    this.options.observer.published?.(events.map(({ envelope }) => envelope));
    return events.length;
  }

  /** Waits, but no longer than until something is settled. */
  async pause(ms: number): Promise<void> {
    if (this.#settled.length > 0) return;
    const timer = new AbortController();
    await Promise.race([
      sleep(ms, undefined, { signal: timer.signal }).catch(() => undefined),
      new Promise<void>((resolve) => {
        this.#wake = resolve;
      }),
    ]);
    this.#wake = undefined;
    timer.abort();
  }
}

/** Runs work while holding the relay's lock, on the connection that holds it; waits for the lock. */
async function asOnlyRelay<T>(
  database: Database,
  signal: AbortSignal,
  work: (client: PoolClient) => Promise<T>,
): Promise<T | undefined> {
  const client = await database.connect('relay');
  let lost: Error | undefined;
  const onLost = (error: Error) => {
    lost = error;
  };
  client.on('error', onLost);
  try {
    for (;;) {
      if (signal.aborted) return undefined;
      const { rows } = await client.query<{ mine: boolean }>(
        `select pg_try_advisory_lock(${RELAY_LOCK}) as mine`,
      );
      if (rows[0]?.mine === true) break;
      await sleep(STANDBY_MS, undefined, { signal }).catch(() => undefined);
    }
    const value = await work(client);
    await client.query(`select pg_advisory_unlock(${RELAY_LOCK})`);
    return value;
  } catch (error) {
    // The connection goes, and the lock with it.
    lost ??= error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.off('error', onLost);
    client.release(lost);
  }
}

/** The relay's lock, held by this process over several drains: a worker that starts meanwhile stands by. */
export interface RelayHold {
  readonly client: PoolClient;
  release(): Promise<void>;
}

/** Takes the relay's lock if nobody has it; null when a relay is active, as in every running worker. */
export async function holdRelay(database: Database): Promise<RelayHold | null> {
  const client = await database.connect('relay');
  let lost: Error | undefined;
  client.on('error', (error: Error) => {
    lost = error;
  });
  const { rows } = await client.query<{ mine: boolean }>(
    `select pg_try_advisory_lock(${RELAY_LOCK}) as mine`,
  );
  if (rows[0]?.mine !== true) {
    client.release();
    return null;
  }
  return {
    client,
    async release() {
      // What goes wrong here is a lost connection, and the lock with it.
      await client.query(`select pg_advisory_unlock(${RELAY_LOCK})`).catch((error: Error) => {
        lost ??= error;
      });
      client.release(lost);
    },
  };
}

async function relayUntil(carriage: Carriage, signal: AbortSignal): Promise<void> {
  let poll = SOONEST_POLL_MS;
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    const swept = await carriage.sweep();
    const events = await carriage.read();
    // A batch that is not full was all there is: nothing is gained by reading on.
    if (events.length > 0) await carriage.hand(events, isFirst, events.length === BATCH ? AHEAD : 0);
    if (events.length > 0 || swept > 0) poll = SOONEST_POLL_MS;
    else {
      await carriage.pause(poll);
      poll = Math.min(LATEST_POLL_MS, poll * 2);
    }
  }
  await carriage.ended();
  await carriage.sweep();
}

/** Starts relaying, now or when the active relay is gone. Faults are told to the observer and waited out. */
export function startRelay(options: RelayOptions): { stop(): Promise<void> } {
  const ending = new AbortController();
  const { signal } = ending;

  async function run(): Promise<void> {
    for (let failed = 0; !signal.aborted;) {
      try {
        await asOnlyRelay(options.database, signal, async (client) => {
          options.observer.relaying?.(true);
          await options.transport.start();
          failed = 0;
          await relayUntil(new Carriage(client, options), signal);
        });
      } catch (error) {
        if (signal.aborted) return;
        options.observer.waiting?.('relay', error);
        await sleep(Math.min(5_000, 100 * 2 ** failed), undefined, { signal }).catch(() => undefined);
        failed += 1;
      } finally {
        options.observer.relaying?.(false);
      }
    }
  }

  const running = run();
  return {
    async stop() {
      ending.abort();
      await running;
    },
  };
}

/**
 * Relays until the outbox is empty, including what handlers add on the way, and returns how many events left it.
 * For scripts and tests; without a hold of the lock it waits while another relay is active.
 */
export async function drainOutbox(options: RelayOptions, hold?: RelayHold): Promise<number> {
  const drain = async (client: PoolClient) => {
    await options.transport.start();
    const carriage = new Carriage(client, options);
    for (let total = 0; ;) {
      const events = await carriage.read();
      if (events.length === 0) return total;
      await carriage.hand(events, false);
      await options.transport.idle();
      total += await carriage.sweep();
    }
  };
  if (hold !== undefined) return drain(hold.client);
  const never = new AbortController().signal;
  return (await asOnlyRelay(options.database, never, drain)) ?? 0;
}
