// A connection to the broker that comes back: after any disconnect it connects again with growing pauses and sets
// up channels, queues and consumers anew.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelModel } from 'amqplib';
import { connect } from 'amqplib';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

const CLOSE_WITHIN_MS = 2_000;

/** Says goodbye, but does not wait long for an answer: the other side may be gone. */
async function closeSoon(connection: ChannelModel): Promise<void> {
  const waited = new AbortController();
  await Promise.race([
    connection.close().catch(() => undefined),
    sleep(CLOSE_WITHIN_MS, undefined, { signal: waited.signal }).catch(() => undefined),
  ]);
  waited.abort();
}

export interface Broker {
  isConnected(): boolean;
  /** Resolves when connected and set up; rejects when stopped before. */
  connected(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Keeps a connection.
 *
 * @param setUp called on every connection; when it rejects or calls `startOver`, the connection is made again
 * @param tearDown called after each lost connection, before the next one, and at the end
 */
export function keepConnected(options: {
  readonly url: string;
  readonly name: string;
  readonly setUp: (connection: ChannelModel, startOver: () => void) => Promise<void>;
  readonly tearDown: () => Promise<void>;
  readonly onWait: (error: unknown) => void;
}): Broker {
  const ending = new AbortController();
  const { signal } = ending;
  let isConnected = false;
  let waiters: { resolve: () => void; reject: (error: Error) => void }[] = [];
  let current: { readonly connection: ChannelModel; readonly startOver: () => void } | undefined;

  async function holdOne(onSetUp: () => void): Promise<void> {
    const connection = await connect(options.url, {
      timeout: 10_000,
      heartbeat: 10,
      clientProperties: { connection_name: options.name },
    } as Parameters<typeof connect>[1]);
    let cause: unknown = new Error('the broker closed the connection');
    let isOpen = true;
    let startOver = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      startOver = resolve;
      connection.on('close', () => {
        isOpen = false;
        resolve();
      });
    });
    connection.on('error', (error) => {
      cause = error;
    });
    current = { connection, startOver };
    try {
      if (signal.aborted) return;
      await Promise.race([
        options.setUp(connection, startOver),
        ended.then(() => Promise.reject(cause as Error)),
      ]);
      onSetUp();
      isConnected = true;
      for (const waiter of waiters) waiter.resolve();
      waiters = [];
      await ended;
      if (!signal.aborted) throw cause;
    } finally {
      isConnected = false;
      current = undefined;
      if (isOpen) await closeSoon(connection);
      await options.tearDown();
    }
  }

  async function run(): Promise<void> {
    for (let failed = 0; !signal.aborted;) {
      try {
        await holdOne(() => {
          failed = 0;
        });
      } catch (error) {
        if (signal.aborted) break;
        options.onWait(error);
        // Spread out, so that workers do not all come back in the same instant.
        const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failed) * (0.5 + Math.random() / 2);
        await sleep(pause, undefined, { signal }).catch(() => undefined);
        failed += 1;
      }
    }
  }

  const running = run();
  return {
    isConnected: () => isConnected,
    async connected() {
      if (isConnected) return;
      if (signal.aborted) throw new Error('the connection was stopped');
      await new Promise<void>((resolve, reject) => waiters.push({ resolve, reject }));
    },
    async stop() {
      ending.abort();
      for (const waiter of waiters) waiter.reject(new Error('the connection was stopped'));
      waiters = [];
      if (current !== undefined) {
        const { connection, startOver } = current;
        await closeSoon(connection);
        startOver();
      }
      await running;
    },
  };
}
