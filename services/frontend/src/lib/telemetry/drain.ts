// Ends this server without a failed request: it says on /api/ready that it goes while it still answers, then closes
// live streams, which open again elsewhere, and waits for what it has begun.
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@habitat/observability';
import { endGracefully } from '@habitat/observability';
import { beginEnding, endStreams } from './ending.ts';

/** A page waits fifteen seconds for the API at most. */
const ANSWER_WITHIN_MS = 18_000;

/** Stops listening and resolves when everything begun is answered. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection kept alive becomes idle only after its answer.
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  await closed;
  clearInterval(idle);
}

/** Takes the place of Next's own end, which stops listening at once while people are still sent here. */
export function drainWhenAsked(options: {
  readonly log: Log;
  readonly delayMs: number;
  /** The server of the pages; null before its first request. */
  readonly server: () => Server | null;
  readonly afterwards: () => Promise<void>;
}): void {
  for (const signal of ['SIGTERM', 'SIGINT']) process.removeAllListeners(signal);
  endGracefully({
    log: options.log,
    faults: 'leave',
    withinMs: options.delayMs + ANSWER_WITHIN_MS,
    async stop() {
      beginEnding();
      await sleep(options.delayMs);
      endStreams();
      const server = options.server();
      if (server !== null) await closeServer(server);
      await options.afterwards();
    },
  });
}
