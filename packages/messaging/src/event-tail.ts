// Follows the event log as it grows, for whoever wants to hear of changes at once: one reader per process, which polls
// only while a cooperative is watched. Nothing is delivered through it; it reads beside the relay and marks nothing.
//
// Positions are given out before commits, so a lower position may appear after a higher one. The reader therefore
// reads again from a low mark and remembers what it has told. The mark moves up to a place that was reached before a
// transaction id was taken, once every transaction older than that id has ended.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@habitat/database';

/** An event as the tail tells it: not its payload, only the texts asked for by name. */
export interface TailedEvent {
  readonly cooperativeId: string;
  readonly position: bigint;
  readonly type: string;
  readonly aggregateId: string;
  readonly actorMemberId: string | null;
  readonly recordedAt: Date;
  readonly facts: Readonly<Record<string, string | null>>;
}

export interface EventTailOptions {
  readonly database: Database;
  /** Full event types; others are passed over. */
  readonly types: readonly string[];
  /** Names of payload fields told as texts. */
  readonly facts: readonly string[];
  readonly onEvent: (event: TailedEvent) => void;
  readonly onFault?: (error: unknown) => void;
  readonly pollMs?: number;
}

export interface EventTail {
  /** Resolves once whatever commits from now on will be told; the answer ends it. */
  watch(cooperativeId: string): Promise<() => void>;
  /** How often the log was read: for tests and metrics. */
  polls(): number;
  stop(): Promise<void>;
}

const PAGE = 2_000;
/** How far back a transaction that is still open may have taken its positions when watching begins. */
const BASELINE = 200;
/** A transaction open for longer than this holds the mark no more: no command of ours may last so long. */
const LONGEST_HOLD_MS = 60_000;

const readPage = `
  with page as materialized (
    select e.* from unnest($1::uuid[], $2::bigint[]) as watched (cooperative_id, after)
    cross join lateral (
      select * from platform.event where cooperative_id = watched.cooperative_id and position > watched.after
      order by position limit ${PAGE}) e)
  select cooperative_id as "cooperativeId", max(position) as reach, count(*)::int as read,
    pg_snapshot_xmin(pg_current_snapshot())::text::bigint as "oldestOpen",
    coalesce(jsonb_agg(jsonb_build_object(
      'position', position::text, 'type', type, 'aggregateId', aggregate_id, 'actorMemberId', actor_member_id,
      'recordedAt', recorded_at,
      'facts', (select jsonb_object_agg(name, payload ->> name) from unnest($4::text[]) as name)
    ) order by position) filter (where type = any ($3::text[])), '[]') as news
  from page group by cooperative_id`;

interface PageRow {
  readonly cooperativeId: string;
  readonly reach: bigint;
  readonly read: number;
  readonly oldestOpen: bigint;
  readonly news: readonly {
    readonly position: string;
    readonly type: string;
    readonly aggregateId: string;
    readonly actorMemberId: string | null;
    readonly recordedAt: string;
    readonly facts: Readonly<Record<string, string | null>>;
  }[];
}

/** One watched cooperative: everything up to `low` is told, and above it what is in `told`. */
interface Watched {
  watchers: number;
  low: bigint;
  reach: bigint;
  told: Set<bigint>;
  readonly ready: Promise<void>;
}

/** Where each cooperative stood before transaction `bound` began. */
interface Mark {
  readonly bound: bigint;
  readonly at: number;
  readonly reaches: ReadonlyMap<string, bigint>;
}

class Tail implements EventTail {
  readonly #watched = new Map<string, Watched>();
  readonly #ending = new AbortController();
  #mark: Mark | null = null;
  #running: Promise<void> | null = null;
  #polls = 0;

  constructor(readonly options: EventTailOptions) {}

  polls(): number {
    return this.#polls;
  }

  async watch(cooperativeId: string): Promise<() => void> {
    let watched = this.#watched.get(cooperativeId);
    if (watched === undefined) {
      const fresh: Watched = {
        watchers: 0,
        low: 0n,
        reach: 0n,
        told: new Set(),
        ready: Promise.resolve().then(() => this.#begin(cooperativeId, fresh)),
      };
      watched = fresh;
      this.#watched.set(cooperativeId, watched);
    }
    watched.watchers += 1;
    const mine = watched;
    let isOver = false;
    const leave = () => {
      if (isOver) return;
      isOver = true;
      mine.watchers -= 1;
      if (mine.watchers === 0 && this.#watched.get(cooperativeId) === mine)
        this.#watched.delete(cooperativeId);
    };
    try {
      await mine.ready;
    } catch (error) {
      this.#watched.delete(cooperativeId);
      leave();
      throw error;
    }
    this.#running ??= this.#run();
    return leave;
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    this.#watched.clear();
    await this.#running;
  }

  /** What is there already is no news. */
  async #begin(cooperativeId: string, watched: Watched): Promise<void> {
    const rows = await this.options.database.single<{ position: bigint }>(
      'relay',
      `select position from platform.event where cooperative_id = $1 order by position desc limit ${BASELINE}`,
      [cooperativeId],
    );
    const positions = rows.map((row) => row.position);
    watched.reach = positions[0] ?? 0n;
    watched.low = positions.length < BASELINE ? 0n : (positions.at(-1) ?? 0n);
    watched.told = new Set(positions);
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    const pollMs = this.options.pollMs ?? 250;
    while (!signal.aborted && this.#watched.size > 0) {
      let wait = pollMs;
      try {
        if (await this.#poll()) wait = 0;
      } catch (error) {
        if (!signal.aborted) this.options.onFault?.(error);
        wait = Math.max(1_000, pollMs);
      }
      if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => undefined);
    }
    this.#running = null;
  }

  /** Reads once and tells what is new; true when there is more to read at once. */
  async #poll(): Promise<boolean> {
    const { database, types, facts } = this.options;
    const entries = [...this.#watched];
    this.#polls += 1;
    const rows = await database.single<PageRow & Record<string, unknown>>('relay', {
      name: 'read-tail',
      text: readPage,
      values: [
        entries.map(([cooperativeId]) => cooperativeId),
        entries.map(([, { low }]) => String(low)),
        types,
        facts,
      ],
    });
    let isFull = false;
    for (const row of rows) {
      const watched = this.#watched.get(row.cooperativeId);
      if (watched === undefined) continue;
      this.#tell(row, watched);
      watched.reach = row.reach;
      // A whole page above the mark: it must move, or what lies beyond would never be read.
      if (row.read === PAGE) {
        this.#raise(watched, row.reach);
        isFull = true;
      }
    }
    await this.#moveMark(rows[0]?.oldestOpen ?? null);
    return isFull;
  }

  #tell(row: PageRow, watched: Watched): void {
    for (const { position: text, recordedAt, ...event } of row.news) {
      const position = BigInt(text);
      if (watched.told.has(position)) continue;
      watched.told.add(position);
      this.options.onEvent({
        ...event,
        position,
        cooperativeId: row.cooperativeId,
        recordedAt: new Date(recordedAt),
      });
    }
  }

  async #moveMark(oldestOpen: bigint | null): Promise<void> {
    const mark = this.#mark;
    const isLate = mark !== null && performance.now() - mark.at > LONGEST_HOLD_MS;
    if (mark !== null && (isLate || (oldestOpen !== null && oldestOpen >= mark.bound))) {
      for (const [cooperativeId, reach] of mark.reaches) {
        const watched = this.#watched.get(cooperativeId);
        if (watched !== undefined) this.#raise(watched, reach);
      }
      this.#mark = null;
    }
    if (this.#mark !== null) return;
    const ahead = [...this.#watched].filter(([, watched]) => watched.reach > watched.low);
    if (ahead.length === 0) return;
    const reaches = new Map(ahead.map(([cooperativeId, watched]) => [cooperativeId, watched.reach]));
    const [row] = await this.options.database.single<{ bound: bigint }>(
      'relay',
      'select pg_current_xact_id()::text::bigint as bound',
    );
    if (row !== undefined) this.#mark = { bound: row.bound, at: performance.now(), reaches };
  }

  #raise(watched: Watched, to: bigint): void {
    if (to <= watched.low) return;
    watched.low = to;
    for (const position of watched.told) if (position <= to) watched.told.delete(position);
  }
}

/** Opens a tail; nothing is read before something is watched. */
export function openEventTail(options: EventTailOptions): EventTail {
  return new Tail(options);
}
