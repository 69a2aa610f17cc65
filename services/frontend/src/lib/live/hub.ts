// The frontend server's side of live news: one WebSocket to the API per session, shared by all tabs of a person, one
// subscription per topic. It ends when nobody listens, or when the API ends it; the tabs then come again with a fresh token.
import 'server-only';
import { createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';
import WebSocket from 'ws';
import { readEnvironment } from '../environment.ts';
import { endWithServer } from '../telemetry/ending.ts';
import type { LiveNews, LiveTopic } from './topic.ts';
import { liveDocuments, newsOf } from './topic.ts';

export type Listener = { topics: readonly LiveTopic[]; hear: (news: LiveNews) => void; end: () => void };

const mostListeners = 20;

class Hub {
  readonly listeners = new Set<Listener>();
  readonly #subscribed = new Map<LiveTopic, () => void>();
  readonly #client: Client;
  // A stream left open would keep the server from ending in order.
  readonly #stay = endWithServer(() => this.end());

  constructor(
    token: string,
    readonly onEnd: () => void,
  ) {
    this.#client = createClient({
      url: readEnvironment().apiUrl.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      // The browser comes again by itself, and its next request brings the token that is in force then.
      retryAttempts: 0,
    });
  }

  add(listener: Listener): void {
    this.listeners.add(listener);
    for (const topic of listener.topics) this.#subscribe(topic);
  }

  remove(listener: Listener): void {
    if (!this.listeners.delete(listener)) return;
    if (this.listeners.size === 0) return this.end();
    for (const [topic, unsubscribe] of this.#subscribed) {
      if ([...this.listeners].some((one) => one.topics.includes(topic))) continue;
      this.#subscribed.delete(topic);
      unsubscribe();
    }
  }

  end(): void {
    const listeners = [...this.listeners];
    this.listeners.clear();
    this.#stay();
    this.onEnd();
    for (const listener of listeners) listener.end();
    void this.#client.dispose();
  }

  #subscribe(topic: LiveTopic): void {
    if (this.#subscribed.has(topic)) return;
    const unsubscribe = this.#client.subscribe<{ change?: Parameters<typeof newsOf>[1] }>(
      { query: liveDocuments[topic] },
      {
        next: ({ data }) => {
          const news = newsOf(topic, data as Parameters<typeof newsOf>[1]);
          if (!news) return;
          for (const listener of this.listeners) if (listener.topics.includes(topic)) listener.hear(news);
        },
        error: () => this.end(),
        // Completed without an error: this viewer may not hear of it. The other topics go on.
        complete: () => undefined,
      },
    );
    this.#subscribed.set(topic, unsubscribe);
  }
}

const hubs = new Map<string, Hub>();

/** Listens with a session's token; answers with the way to leave, or null when this session has too many listeners. */
export function listenLive(token: string, listener: Listener): (() => void) | null {
  let hub = hubs.get(token);
  if (!hub) {
    hub = new Hub(token, () => hubs.delete(token));
    hubs.set(token, hub);
  }
  if (hub.listeners.size >= mostListeners) return null;
  const joined = hub;
  joined.add(listener);
  return () => joined.remove(listener);
}
