// One line of events handled in order, in batches. An event that has to be tried again later holds back only the
// later events of its own aggregate; the rest of the lane goes on.
import type { Deliverer, Delivery } from './deliverer.ts';
import { aggregateKey } from './deliverer.ts';
import type { EventHandler } from '../handler.ts';

const BATCH = 100;

/** An event in a lane; `Ticket` is what the transport needs to settle it. */
export interface LaneEntry<Ticket> extends Delivery {
  readonly ticket: Ticket;
}

export interface Lane<Ticket> {
  push(entries: readonly LaneEntry<Ticket>[]): void;
  /** Resolves when nothing is waiting, held or being handled. */
  idle(): Promise<void>;
  /** Finishes the batch at hand and leaves the rest unsettled. */
  stop(): Promise<void>;
}

interface Hold<Ticket> {
  readonly dueAt: number;
  readonly entries: LaneEntry<Ticket>[];
}

export interface LaneOptions<Ticket> {
  readonly deliverer: Deliverer;
  readonly handlers: readonly EventHandler[];
  /** Called once per batch with what took effect everywhere or was given up on. */
  readonly settle: (tickets: readonly Ticket[]) => void;
  /** A fault of the machinery, not of an event; the batch is unsettled. Says whether the lane tries it again. */
  readonly onFault: (error: unknown) => 'again' | 'stop';
}

const AFTER_FAULT_MS = 1_000;

class OrderedLane<Ticket> implements Lane<Ticket> {
  readonly #options: LaneOptions<Ticket>;
  readonly #fresh: LaneEntry<Ticket>[] = [];
  readonly #holds = new Map<string, Hold<Ticket>>();
  #stopped = false;
  #running: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #idleWaiters: (() => void)[] = [];

  constructor(options: LaneOptions<Ticket>) {
    this.#options = options;
  }

  push(entries: readonly LaneEntry<Ticket>[]): void {
    this.#fresh.push(...entries);
    this.#wake();
  }

  async idle(): Promise<void> {
    if (this.#isIdle()) return;
    await new Promise<void>((resolve) => this.#idleWaiters.push(resolve));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
    this.#tellIdle();
  }

  #isIdle(): boolean {
    if (this.#running !== null) return false;
    return this.#stopped || (this.#holds.size === 0 && this.#fresh.length === 0);
  }

  #tellIdle(): void {
    for (const resolve of this.#idleWaiters) resolve();
    this.#idleWaiters = [];
  }

  /** An aggregate whose delay is over: its first event, alone. */
  #takeDue(): LaneEntry<Ticket> | undefined {
    const now = Date.now();
    for (const [key, hold] of this.#holds) {
      if (hold.dueAt > now) continue;
      this.#holds.delete(key);
      const [head, ...rest] = hold.entries;
      this.#fresh.unshift(...rest);
      return head;
    }
    return undefined;
  }

  #takeBatch(): LaneEntry<Ticket>[] {
    const due = this.#takeDue();
    if (due !== undefined) return [due];
    const batch: LaneEntry<Ticket>[] = [];
    let taken = 0;
    for (const entry of this.#fresh) {
      if (batch.length === BATCH) break;
      taken += 1;
      const hold = this.#holds.get(aggregateKey(entry.envelope));
      if (hold === undefined) batch.push(entry);
      else hold.entries.push(entry);
    }
    this.#fresh.splice(0, taken);
    return batch;
  }

  async #handleBatch(batch: readonly LaneEntry<Ticket>[]): Promise<void> {
    const held = await this.#options.deliverer.deliver(batch, this.#options.handlers);
    const settled: Ticket[] = [];
    for (const [place, entry] of batch.entries()) {
      const key = aggregateKey(entry.envelope);
      const from = held.get(key);
      if (from === undefined || place < from.place) {
        settled.push(entry.ticket);
        continue;
      }
      const isHead = place === from.place;
      const hold = this.#holds.get(key) ?? { dueAt: Date.now() + from.delayMs, entries: [] };
      hold.entries.push({ ...entry, suspect: entry.suspect && !isHead, retried: entry.retried || isHead });
      this.#holds.set(key, hold);
    }
    if (settled.length > 0) this.#options.settle(settled);
  }

  /** Handles what there is; returns how long to wait before looking again, or null for "until something comes". */
  async #run(): Promise<number | null> {
    while (!this.#stopped) {
      const batch = this.#takeBatch();
      if (batch.length === 0) break;
      try {
        await this.#handleBatch(batch);
      } catch (error) {
        this.#fresh.unshift(...batch);
        if (this.#options.onFault(error) === 'stop') this.#stopped = true;
        else return AFTER_FAULT_MS;
      }
    }
    if (this.#holds.size === 0) return null;
    return Math.max(1, Math.min(...[...this.#holds.values()].map((hold) => hold.dueAt)) - Date.now());
  }

  readonly #wake = (): void => {
    if (this.#stopped || this.#running !== null) return;
    clearTimeout(this.#timer);
    this.#running = this.#run().then((pauseMs) => {
      this.#running = null;
      if (this.#isIdle()) this.#tellIdle();
      else if (pauseMs !== null) this.#timer = setTimeout(this.#wake, pauseMs);
      else this.#wake();
    });
  };
}

/** Opens a lane; it works as soon as something is pushed. */
export function openLane<Ticket>(options: LaneOptions<Ticket>): Lane<Ticket> {
  return new OrderedLane(options);
}
