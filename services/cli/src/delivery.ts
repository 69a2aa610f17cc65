// Has delivered what a verb recorded: by the worker that is running, or by this process where events are delivered
// without a broker and nobody else does.
import { setTimeout as sleep } from 'node:timers/promises';
import { drainEvents, eventLag, holdRelay } from '@habitat/messaging';
import { allHandlers, noticeHandlers } from '@habitat/worker';
import type { Surroundings } from './surroundings.ts';

/** Delivers or waits for delivery; false when events are still waiting after `patienceMs`. */
export async function deliverRecorded(cli: Surroundings, patienceMs: number): Promise<boolean> {
  const database = cli.database();
  const hold = cli.config().eventTransport === 'postgres' ? await holdRelay(database) : null;
  if (hold !== null) {
    try {
      const handlers = [...allHandlers, ...noticeHandlers(database)];
      await drainEvents({ database, handlers, clock: cli.now, hold });
      return true;
    } finally {
      await hold.release();
    }
  }
  for (const until = Date.now() + patienceMs; (await eventLag(database)).undelivered > 0; await sleep(100))
    if (Date.now() > until) return false;
  return true;
}
