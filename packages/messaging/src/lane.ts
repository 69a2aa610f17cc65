// One line of events handled in order, in batches. An event that has to be tried again later holds back only the
// later events of its own aggregate; the rest of the lane goes on.
import type { Deliverer, Delivery } from './deliverer.ts';
import { aggregateKey } from './deliverer.ts';
import type { EventHandler } from './handler.ts';

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

export function openLane<Ticket>(options: {
  readonly deliverer: Deliverer;
  readonly handlers: readonly EventHandler[];
  /** Called once per batch with what took effect everywhere or was given up on. */
  readonly settle: (tickets: readonly Ticket[]) => void;
  /** A fault of the lane itself; its events stay unsettled. */
  readonly onFault: (error: unknown) => void;
}): Lane<Ticket> {
  const fresh: LaneEntry<Ticket>[] = [];
  const holds = new Map<string, Hold<Ticket>>();
  let stopped = false;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let idleWaiters: (() => void)[] = [];

  /** The next batch: an aggregate whose delay is over first, alone; else what arrived. */
  function takeBatch(): LaneEntry<Ticket>[] {
    const now = Date.now();
    for (const [key, hold] of holds) {
      if (hold.dueAt > now) continue;
      holds.delete(key);
      const [head, ...rest] = hold.entries;
      fresh.unshift(...rest);
      if (head !== undefined) return [head];
    }
    const batch: LaneEntry<Ticket>[] = [];
    let taken = 0;
    while (taken < fresh.length && batch.length < BATCH) {
      const entry = fresh[taken];
      taken += 1;
      if (entry === undefined) break;
      const hold = holds.get(aggregateKey(entry.envelope));
      if (hold === undefined) batch.push(entry);
      else hold.entries.push(entry);
    }
    fresh.splice(0, taken);
    return batch;
  }

  async function handleBatch(batch: readonly LaneEntry<Ticket>[]): Promise<void> {
    const held = await options.deliverer.deliver(batch, options.handlers);
    const settled: Ticket[] = [];
    for (const [place, entry] of batch.entries()) {
      const key = aggregateKey(entry.envelope);
      const from = held.get(key);
      if (from === undefined || place < from.place) {
        settled.push(entry.ticket);
      } else {
        const isHead = place === from.place;
        const hold = holds.get(key) ?? { dueAt: Date.now() + from.delayMs, entries: [] };
        hold.entries.push({ ...entry, suspect: entry.suspect && !isHead, retried: entry.retried || isHead });
        holds.set(key, hold);
      }
    }
    if (settled.length > 0) options.settle(settled);
  }

  async function run(): Promise<void> {
    while (!stopped) {
      const batch = takeBatch();
      if (batch.length === 0) break;
      await handleBatch(batch);
    }
  }

  function wake(): void {
    if (stopped || running !== null) return;
    running = run()
      .catch((error: unknown) => {
        stopped = true;
        options.onFault(error);
      })
      .finally(() => {
        running = null;
        clearTimeout(timer);
        if (stopped || (holds.size === 0 && fresh.length === 0)) {
          for (const resolve of idleWaiters) resolve();
          idleWaiters = [];
        } else if (fresh.length > 0) wake();
        else {
          const due = Math.min(...[...holds.values()].map((hold) => hold.dueAt));
          timer = setTimeout(wake, Math.max(1, due - Date.now()));
        }
      });
  }

  return {
    push(entries) {
      fresh.push(...entries);
      wake();
    },
    async idle() {
      if (stopped || (running === null && holds.size === 0 && fresh.length === 0)) return;
      await new Promise<void>((resolve) => idleWaiters.push(resolve));
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
      for (const resolve of idleWaiters) resolve();
      idleWaiters = [];
    },
  };
}
