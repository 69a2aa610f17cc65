// Takes a batch through the handlers of a group. What fails is tried again event by event; an event that keeps
// failing goes to the dead letters alone, while its neighbours pass and its own aggregate waits behind it.
import type { Database } from '@habitat/database';
import type { Envelope } from '@habitat/events';
import {
  countAttempts,
  errorText,
  explainAttempt,
  findAttempts,
  forgetAttempts,
  insertDeadLetter,
} from './attempt.store.ts';
import type { EventHandler } from './handler.ts';
import { handleOnce } from './inbox.ts';
import type { DeliveryObserver } from './observer.ts';
import type { Permits } from './permits.ts';
import { persist } from './transient.ts';

export interface DelivererOptions {
  readonly database: Database;
  readonly permits: Permits;
  /** Retries after a first failure. */
  readonly retryLimit: number;
  readonly retryDelayMs: (attempts: number) => number;
  /** The handlers' `now`. */
  readonly clock: () => Date;
  readonly signal: AbortSignal;
  readonly observer: DeliveryObserver;
  /** Hands a copy of a dead letter to the bus, where there is one. */
  readonly copyDeadLetter?: (handler: string, event: Envelope, error: string) => Promise<void>;
}

/** An event on its way, with what is known about earlier tries. */
export interface Delivery {
  readonly envelope: Envelope;
  /** It was on its way before, when a process ended: its handler may be what ended it. */
  readonly suspect: boolean;
  /** It failed before in this process. */
  readonly retried: boolean;
}

/** Where an aggregate stopped: from this place in the batch on, its events wait. */
export interface Held {
  readonly place: number;
  readonly delayMs: number;
}

/** Key under which order is kept. */
export function aggregateKey(envelope: Envelope): string {
  return `${envelope.cooperativeId}/${envelope.aggregateId}`;
}

interface Placed extends Delivery {
  readonly place: number;
}

const SUSPECTED = 'the process ended while this event was being handled';

export interface Deliverer {
  /**
   * Delivers a batch to the handlers, in their order. Returns the aggregates that have to wait, by key; every other
   * event of the batch took effect in every handler, or was given up on.
   */
  deliver(batch: readonly Delivery[], handlers: readonly EventHandler[]): Promise<ReadonlyMap<string, Held>>;
}

export function createDeliverer(options: DelivererOptions): Deliverer {
  const { database, permits, observer } = options;
  const persistently = <T>(work: () => Promise<T>) =>
    persist(work, options.signal, (error) => observer.waiting?.('database', error));

  async function handle(handler: EventHandler, events: readonly Envelope[]): Promise<void> {
    const fresh = await persistently(() => handleOnce(database, handler, events, options.clock()));
    observer.handled?.(handler.name, events, fresh);
  }

  async function giveUp(
    handler: EventHandler,
    event: Envelope,
    attempts: number,
    error: unknown,
  ): Promise<void> {
    const text = errorText(error);
    const isNew = await persistently(() => insertDeadLetter(database, handler.name, event, attempts, text));
    if (!isNew) return;
    observer.gaveUp?.(handler.name, event, attempts, error);
    await options.copyDeadLetter?.(handler.name, event, text);
  }

  /** One event on its own; returns the delay before its next try, or null when it is through or given up. */
  async function tryOne(handler: EventHandler, one: Placed, counted: number | null): Promise<number | null> {
    const event = one.envelope;
    if (counted !== null && counted > options.retryLimit + 1) {
      await giveUp(handler, event, counted - 1, new Error(SUSPECTED));
      return null;
    }
    try {
      await handle(handler, [event]);
      if (counted !== null || one.retried)
        await persistently(() => forgetAttempts(database, handler.name, [event]));
      return null;
    } catch (error) {
      if (options.signal.aborted) throw error;
      if (counted !== null)
        await persistently(() => explainAttempt(database, handler.name, event, errorText(error)));
      const attempts = counted ?? (await count(handler, [event], errorText(error))).get(event.id) ?? 1;
      if (attempts > options.retryLimit) {
        await giveUp(handler, event, attempts, error);
        return null;
      }
      observer.retried?.(handler.name, event, attempts, error);
      return options.retryDelayMs(attempts);
    }
  }

  const count = (handler: EventHandler, events: readonly Envelope[], why: string) =>
    persistently(() => countAttempts(database, handler.name, events, why));

  /** A run of events at once; false when it has to be tried event by event. */
  async function tryRun(handler: EventHandler, run: readonly Placed[]): Promise<boolean> {
    const events = run.map((one) => one.envelope);
    const suspects = run.filter((one) => one.suspect).map((one) => one.envelope);
    if (suspects.length > 0) await count(handler, suspects, SUSPECTED);
    try {
      await handle(handler, events);
    } catch (error) {
      if (options.signal.aborted) throw error;
      return false;
    } finally {
      if (suspects.length > 0) await persistently(() => forgetAttempts(database, handler.name, suspects));
    }
    return true;
  }

  async function throughHandler(
    handler: EventHandler,
    wanted: readonly Placed[],
    held: Map<string, Held>,
  ): Promise<void> {
    const suspects = wanted.filter((one) => one.suspect).map((one) => one.envelope);
    const tried =
      suspects.length === 0
        ? new Map<string, number>()
        : await persistently(() => findAttempts(database, handler.name, suspects));
    for (const run of runsOf(wanted, tried)) {
      const isAlone = run.some((one) => tried.has(one.envelope.id));
      const open = () => run.filter((one) => !isHeld(held, one));
      // A first-time failure of one event costs its neighbours nothing but the batch.
      if (!isAlone && open().length === run.length && !run.some((one) => one.retried)) {
        if (await permits.shared(() => tryRun(handler, run))) continue;
      }
      for (const one of run) {
        if (isHeld(held, one)) continue;
        const delayMs = isAlone
          ? await permits.alone(async () => {
              const counts = await count(handler, [one.envelope], SUSPECTED);
              return tryOne(handler, one, counts.get(one.envelope.id) ?? 1);
            })
          : await permits.shared(() => tryOne(handler, one, null));
        if (delayMs !== null) held.set(aggregateKey(one.envelope), { place: one.place, delayMs });
      }
    }
  }

  return {
    async deliver(batch, handlers) {
      const held = new Map<string, Held>();
      const placed = batch.map((delivery, place) => ({ ...delivery, place }));
      for (const ofOne of byCooperative(placed)) {
        for (const handler of handlers) {
          const wanted = ofOne.filter(
            (one) => handler.types.includes(one.envelope.type) && !isHeld(held, one),
          );
          if (wanted.length > 0) await throughHandler(handler, wanted, held);
        }
      }
      return held;
    },
  };
}

function isHeld(held: ReadonlyMap<string, Held>, one: Placed): boolean {
  const from = held.get(aggregateKey(one.envelope));
  return from !== undefined && one.place >= from.place;
}

function byCooperative(batch: readonly Placed[]): Placed[][] {
  const groups = new Map<string, Placed[]>();
  for (const one of batch) {
    const group = groups.get(one.envelope.cooperativeId);
    if (group === undefined) groups.set(one.envelope.cooperativeId, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/** Consecutive events that may be handled at once: an event already counted as tried stands alone. */
function runsOf(wanted: readonly Placed[], tried: ReadonlyMap<string, number>): Placed[][] {
  const runs: Placed[][] = [];
  let open: Placed[] = [];
  for (const one of wanted) {
    if (tried.has(one.envelope.id)) {
      if (open.length > 0) runs.push(open);
      runs.push([one]);
      open = [];
    } else open.push(one);
  }
  if (open.length > 0) runs.push(open);
  return runs;
}
