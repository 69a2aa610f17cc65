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
import type { EventHandler } from '../handler.ts';
import { handleOnce } from './inbox.ts';
import type { DeliveryObserver } from '../observer.ts';
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

class RetryingDeliverer implements Deliverer {
  readonly #options: DelivererOptions;

  constructor(options: DelivererOptions) {
    this.#options = options;
  }

  async deliver(
    batch: readonly Delivery[],
    handlers: readonly EventHandler[],
  ): Promise<ReadonlyMap<string, Held>> {
    const held = new Map<string, Held>();
    const placed = batch.map((delivery, place) => ({ ...delivery, place }));
    for (const ofOne of byCooperative(placed)) {
      for (const handler of handlers) {
        const wanted = ofOne.filter((one) => handler.types.includes(one.envelope.type) && !isHeld(held, one));
        if (wanted.length > 0) await this.#throughHandler(handler, wanted, held);
      }
    }
    return held;
  }

  async #throughHandler(
    handler: EventHandler,
    wanted: readonly Placed[],
    held: Map<string, Held>,
  ): Promise<void> {
    const suspects = wanted.filter((one) => one.suspect).map((one) => one.envelope);
    const tried =
      suspects.length === 0
        ? new Map<string, number>()
        : await this.#persistently((database) => findAttempts(database, handler.name, suspects));
    for (const run of runsOf(wanted, tried)) {
      const isAlone = run.some((one) => tried.has(one.envelope.id));
      const isWhole = !run.some((one) => one.retried || isHeld(held, one));
      // Only when the whole run fails are its events tried one by one: a failure costs its neighbours nothing else.
      if (!isAlone && isWhole && (await this.#options.permits.shared(() => this.#tryRun(handler, run))))
        continue;
      for (const one of run) {
        if (isHeld(held, one)) continue;
        const delayMs = isAlone ? await this.#trySuspect(handler, one) : await this.#tryKnown(handler, one);
        if (delayMs !== null) held.set(aggregateKey(one.envelope), { place: one.place, delayMs });
      }
    }
  }

  /** A run of events at once; false when it has to be tried event by event. */
  async #tryRun(handler: EventHandler, run: readonly Placed[]): Promise<boolean> {
    const suspects = run.filter((one) => one.suspect).map((one) => one.envelope);
    if (suspects.length > 0) await this.#count(handler, suspects, SUSPECTED);
    try {
      const events = run.map((one) => one.envelope);
      await this.#handle(handler, events);
      return true;
    } catch (error) {
      if (this.#options.signal.aborted) throw error;
      return false;
    } finally {
      if (suspects.length > 0) {
        await this.#persistently((database) => forgetAttempts(database, handler.name, suspects));
      }
    }
  }

  /** An event that was being handled when a process ended: counted before it is tried, with nothing beside it. */
  async #trySuspect(handler: EventHandler, one: Placed): Promise<number | null> {
    return this.#options.permits.alone(async () => {
      const attempts = await this.#count(handler, [one.envelope], SUSPECTED);
      if (attempts > this.#options.retryLimit + 1) {
        await this.#giveUp(handler, one.envelope, attempts - 1, new Error(SUSPECTED));
        return null;
      }
      return this.#tryOne(handler, one, attempts);
    });
  }

  async #tryKnown(handler: EventHandler, one: Placed): Promise<number | null> {
    return this.#options.permits.shared(() => this.#tryOne(handler, one, null));
  }

  /** One event on its own; returns the delay before its next try, or null when it is through or given up. */
  async #tryOne(handler: EventHandler, one: Placed, counted: number | null): Promise<number | null> {
    const event = one.envelope;
    try {
      await this.#handle(handler, [event]);
    } catch (error) {
      if (this.#options.signal.aborted) throw error;
      return this.#afterFailure(handler, event, counted, error);
    }
    if (counted !== null || one.retried) {
      await this.#persistently((database) => forgetAttempts(database, handler.name, [event]));
    }
    return null;
  }

  async #afterFailure(
    handler: EventHandler,
    event: Envelope,
    counted: number | null,
    error: unknown,
  ): Promise<number | null> {
    const text = errorText(error);
    if (counted !== null) {
      await this.#persistently((database) => explainAttempt(database, handler.name, event, text));
    }
    const attempts = counted ?? (await this.#count(handler, [event], text));
    if (attempts > this.#options.retryLimit) {
      await this.#giveUp(handler, event, attempts, error);
      return null;
    }
    this.#options.observer.retried?.(handler.name, event, attempts, error);
    return this.#options.retryDelayMs(attempts);
  }

  async #handle(handler: EventHandler, events: readonly Envelope[]): Promise<void> {
    const { observer } = this.#options;
    const handle = () =>
      this.#persistently((database) => handleOnce(database, handler, events, this.#options.clock()));
    const fresh = await (observer.handling?.(handler.name, events, handle) ?? handle());
    observer.handled?.(handler.name, events, fresh);
  }

  async #giveUp(handler: EventHandler, event: Envelope, attempts: number, error: unknown): Promise<void> {
    const text = errorText(error);
    const isNew = await this.#persistently((database) =>
      insertDeadLetter(database, handler.name, event, attempts, text),
    );
    if (!isNew) return;
    this.#options.observer.gaveUp?.(handler.name, event, attempts, error);
    await this.#options.copyDeadLetter?.(handler.name, event, text);
  }

  /** Counts an attempt of each event; returns the highest count. */
  async #count(handler: EventHandler, events: readonly Envelope[], why: string): Promise<number> {
    const counts = await this.#persistently((database) => countAttempts(database, handler.name, events, why));
    return Math.max(1, ...counts.values());
  }

  #persistently<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const { database, observer, signal } = this.#options;
    return persist(
      () => work(database),
      signal,
      (error) => observer.waiting?.('database', error),
    );
  }
}

/** Makes the deliverer of a process; all its lanes share it, and its permits. */
export function createDeliverer(options: DelivererOptions): Deliverer {
  return new RetryingDeliverer(options);
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
