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
  /** Why the broker takes no messages on this connection although it is up (an alarm of memory or disk), or null. */
  blockedBecause(): string | null;
  /** Resolves when connected and set up; rejects when stopped before. */
  connected(): Promise<void>;
  stop(): Promise<void>;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly name: string;
  /** Called on every connection; when it rejects or calls `startOver`, the connection is made again. */
  readonly setUp: (connection: ChannelModel, startOver: () => void) => Promise<void>;
  /** Called after each lost connection, before the next one, and at the end. */
  readonly tearDown: () => Promise<void>;
  readonly onWait: (error: unknown) => void;
}

interface Waiter {
  resolve(): void;
  reject(error: Error): void;
}

class KeptConnection implements Broker {
  readonly #options: ConnectionOptions;
  readonly #ending = new AbortController();
  readonly #running: Promise<void>;
  #isConnected = false;
  #blockedBecause: string | null = null;
  #waiters: Waiter[] = [];
  #failed = 0;
  #current: { readonly connection: ChannelModel; readonly startOver: () => void } | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  isConnected(): boolean {
    return this.#isConnected;
  }

  blockedBecause(): string | null {
    return this.#blockedBecause;
  }

  async connected(): Promise<void> {
    if (this.#isConnected) return;
    if (this.#ending.signal.aborted) throw new Error('the connection was stopped');
    await new Promise<void>((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    for (const waiter of this.#waiters.splice(0)) waiter.reject(new Error('the connection was stopped'));
    if (this.#current !== undefined) {
      const { connection, startOver } = this.#current;
      await closeSoon(connection);
      startOver();
    }
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      try {
        await this.#holdOne();
      } catch (error) {
        if (signal.aborted) break;
        this.#options.onWait(error);
        // Spread out, so that workers do not all come back in the same instant.
        const pause =
          Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failed) * (0.5 + Math.random() / 2);
        await sleep(pause, undefined, { signal }).catch(() => undefined);
        this.#failed += 1;
      }
    }
  }

  /** Connects, sets up, and stays until the connection ends; throws why it ended. */
  async #holdOne(): Promise<void> {
    const connection = await connect(this.#options.url, {
      timeout: 10_000,
      clientProperties: { connection_name: this.#options.name },
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
    connection.on('blocked', (reason: unknown) => {
      this.#blockedBecause = String(reason);
      this.#options.onWait(new Error(`the broker takes no messages: ${String(reason)}`));
    });
    connection.on('unblocked', () => {
      this.#blockedBecause = null;
    });
    this.#current = { connection, startOver };
    try {
      if (this.#ending.signal.aborted) return;
      const broken = ended.then(() => Promise.reject(cause as Error));
      await Promise.race([this.#options.setUp(connection, startOver), broken]);
      this.#isConnected = true;
      this.#failed = 0;
      for (const waiter of this.#waiters.splice(0)) waiter.resolve();
      await broken;
    } finally {
      this.#isConnected = false;
      this.#blockedBecause = null;
      this.#current = undefined;
      if (isOpen) await closeSoon(connection);
      await this.#options.tearDown();
    }
  }
}

/** Keeps a connection until it is stopped. */
export function keepConnected(options: ConnectionOptions): Broker {
  return new KeptConnection(options);
}
