// Hands the news of one reader of the log to every open subscription of this process. A subscription hears only its
// own cooperative; one that does not keep up is ended rather than left to grow.
import type { Database } from '@habitat/database';
import type { TailedEvent } from '@habitat/messaging';
import { openEventTail } from '@habitat/messaging';
import type { Viewer } from '../graphql/context.ts';
import type { News, Topic } from './topic.ts';
import { newsFacts, newsOf, newsTypes, TOPICS } from './topic.ts';

/** News with the rule of its subscription, asked again when it is told: roles may have changed meanwhile. */
export interface Told {
  readonly news: News;
  readonly mayHear: (viewer: Viewer) => boolean;
}

export interface Wanted {
  readonly topic: Topic;
  readonly mayHear: (viewer: Viewer, news: News) => boolean;
}

export interface NewsFeed {
  /** Opens a stream for a viewer; it hears whatever commits once this has resolved. */
  open(viewer: Viewer, wanted: Wanted): Promise<AsyncIterableIterator<Told>>;
  /** Reads of the log so far. */
  polls(): number;
  /** Ends every stream and the reader. */
  stop(): Promise<void>;
}

const MOST_WAITING = 1_000;

class Stream implements AsyncIterableIterator<Told> {
  readonly #waiting: Told[] = [];
  #hungry: ((result: IteratorResult<Told>) => void) | null = null;
  #isOver = false;

  constructor(
    readonly viewer: Viewer,
    readonly wanted: Wanted,
    readonly onEnd: (stream: Stream) => void,
  ) {}

  hear(news: News): void {
    const { wanted } = this;
    if (this.#isOver || news.topic !== wanted.topic) return;
    if (news.cooperativeId !== this.viewer.actor.cooperativeId || !wanted.mayHear(this.viewer, news)) return;
    const told = { news, mayHear: (viewer: Viewer) => wanted.mayHear(viewer, news) };
    if (this.#hungry !== null) {
      const feed = this.#hungry;
      this.#hungry = null;
      feed({ done: false, value: told });
      return;
    }
    // What waits already says that this thing changed: the later news stands for both.
    const known = this.#waiting.findIndex((one) => one.news.id === news.id);
    if (known >= 0) this.#waiting.splice(known, 1);
    this.#waiting.push(told);
    if (this.#waiting.length > MOST_WAITING) void this.return();
  }

  next(): Promise<IteratorResult<Told>> {
    const [told] = this.#waiting.splice(0, 1);
    if (told !== undefined) return Promise.resolve({ done: false, value: told });
    if (this.#isOver) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => {
      this.#hungry = resolve;
    });
  }

  return(): Promise<IteratorResult<Told>> {
    if (!this.#isOver) {
      this.#isOver = true;
      this.#waiting.length = 0;
      this.#hungry?.({ done: true, value: undefined });
      this.#hungry = null;
      this.onEnd(this);
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** Makes the feed of a process. `onCount` hears how many streams of a topic are open. */
export function createNewsFeed(options: {
  readonly database: Database;
  readonly pollMs?: number;
  readonly onCount: (topic: Topic, open: number) => void;
  readonly onFault: (error: unknown) => void;
}): NewsFeed {
  const streams = new Set<Stream>();
  const count = (topic: Topic) =>
    options.onCount(topic, [...streams].filter((stream) => stream.wanted.topic === topic).length);
  for (const topic of TOPICS) count(topic);
  const tail = openEventTail({
    database: options.database,
    types: newsTypes,
    facts: newsFacts,
    onEvent(event: TailedEvent) {
      for (const news of newsOf(event)) for (const stream of streams) stream.hear(news);
    },
    onFault: options.onFault,
    ...(options.pollMs === undefined ? {} : { pollMs: options.pollMs }),
  });
  return {
    async open(viewer, wanted) {
      const unwatch = await tail.watch(viewer.actor.cooperativeId);
      const stream = new Stream(viewer, wanted, (ended) => {
        streams.delete(ended);
        unwatch();
        count(wanted.topic);
      });
      streams.add(stream);
      count(wanted.topic);
      return stream;
    },
    polls: () => tail.polls(),
    async stop() {
      for (const stream of [...streams]) await stream.return();
      await tail.stop();
    },
  };
}
