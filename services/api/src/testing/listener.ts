// A client of the subscriptions for tests: a real WebSocket, what it heard, and how it ended.
import type { Client } from 'graphql-ws';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

export interface Heard {
  // Answers of many shapes; each test looks at its own.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors: readonly { message: string; extensions?: Record<string, unknown> }[];
}

export class Listener {
  readonly heard: Heard[] = [];
  /** Resolves with the code the connection was closed with. */
  readonly closed: Promise<{ code: number; reason: string }>;
  isOver = false;
  readonly #client: Client;

  constructor(
    url: string,
    authorization: string | null,
    query: string,
    variables: Record<string, unknown> = {},
  ) {
    let onClosed: (event: { code: number; reason: string }) => void;
    this.closed = new Promise((resolve) => {
      onClosed = resolve;
    });
    this.#client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      ...(authorization === null ? {} : { connectionParams: { authorization } }),
      on: { closed: (event) => onClosed(event as { code: number; reason: string }) },
    });
    this.#client.subscribe(
      { query, variables },
      {
        next: (result) =>
          this.heard.push({ data: result.data, errors: (result.errors ?? []) as Heard['errors'] }),
        error: (error) => {
          if (Array.isArray(error)) this.heard.push({ data: null, errors: error as Heard['errors'] });
          this.isOver = true;
        },
        complete: () => {
          this.isOver = true;
        },
      },
    );
  }

  async stop(): Promise<void> {
    await this.#client.dispose();
  }
}
