// The worker's ear for operators: tells which handlers run, and takes up the redrives they ask for within a second.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@habitat/database';
import type { EventHandler, RedriveOutcome } from '@habitat/messaging';
import { registerHandlers, takeRedriveRequests } from '@habitat/messaging';

const EVERY_MS = 1_000;

/** Starts it; a database that is away is waited out. */
export function startRedriving(options: {
  readonly database: Database;
  readonly handlers: readonly EventHandler[];
  readonly clock: () => Date;
  readonly onOutcome: (outcome: RedriveOutcome) => void;
  readonly onFault: (error: unknown) => void;
  readonly everyMs?: number;
}): { stop(): Promise<void> } {
  const { database, handlers, clock, onOutcome, onFault, everyMs = EVERY_MS } = options;
  const ending = new AbortController();
  const { signal } = ending;

  async function run(): Promise<void> {
    for (let isKnown = false; !signal.aborted;) {
      try {
        if (!isKnown) await registerHandlers(database, handlers, clock());
        isKnown = true;
        for (const outcome of await takeRedriveRequests(database, handlers, clock())) onOutcome(outcome);
      } catch (error) {
        if (!signal.aborted) onFault(error);
      }
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
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
