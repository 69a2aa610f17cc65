// Rebuilds projections from the event log and compares them with what is there: a local copy of another context's
// facts must be nothing but a function of its events. The rebuild is rolled back unless it is to be kept. A projection
// younger than the log is filled from events that were recorded before its handlers existed.
import type { Transaction } from '@habitat/database';
import { beginStatement, openTransaction } from '@habitat/database';
import type { ContextName, Envelope } from '@habitat/events';
import { systemActor } from '@habitat/kernel';
import pg from 'pg';
import type { EventRow } from './event-log.ts';
import { eventColumns, toStoredEvent } from './event-log.ts';
import type { EventHandler } from './handler.ts';

/** Tables that nothing but these handlers writes. */
export interface Projection {
  /** "<context>.<what it keeps>". */
  readonly name: string;
  /** Qualified names, in an order in which they can be emptied. */
  readonly tables: readonly string[];
  readonly handlers: readonly EventHandler[];
  /** Columns that tell when a row was written rather than what is true; they are not compared. */
  readonly ignoredColumns?: readonly string[];
}

export interface ProjectionDifference {
  readonly table: string;
  /** "missing" is in the log and not in the table, "surplus" is in the table and not in the log. */
  readonly kind: 'missing' | 'surplus';
  readonly row: Record<string, unknown>;
}

export interface ReplayReport {
  readonly projection: string;
  readonly cooperativeId: string;
  readonly events: number;
  readonly rows: number;
  readonly kept: boolean;
  /** Events delivered before the handlers existed (or still with the broker), which they have not handled. */
  readonly unhandled: number;
  /** At most 50 of each kind and table. */
  readonly differences: readonly ProjectionDifference[];
}

const BATCH = 500;
const TABLE_NAME = /^[a-z_]+\.[a-z0-9_]+$/;

/** Events the handlers had handled, in log order; what is still on its way is not the projection's yet. */
const readHandled = `
  select distinct ${eventColumns} from platform.event e
  join platform.inbox i on i.cooperative_id = e.cooperative_id and i.event_id = e.id and i.handler = any ($2::text[])
  where e.cooperative_id = $1 and e.type = any ($3::text[]) and e.position > $4
  order by e.position limit ${BATCH}`;

const handledBy = `exists (select from platform.inbox i
  where i.cooperative_id = e.cooperative_id and i.event_id = e.id and i.handler = any ($2::text[]))`;
const givenUpBy = `exists (select from platform.dead_letter d
  where d.cooperative_id = e.cooperative_id and d.event_id = e.id and d.handler = any ($2::text[])
    and d.redriven_at is null)`;

/** The whole log, but for what was given up on. */
const readWhole = `
  select ${eventColumns} from platform.event e
  where e.cooperative_id = $1 and e.type = any ($3::text[]) and e.position > $4 and (${handledBy} or not ${givenUpBy})
  order by e.position limit ${BATCH}`;

const countUnhandled = `
  select count(*)::int as unhandled from platform.event e
  where e.cooperative_id = $1 and e.type = any ($3::text[]) and not ${handledBy} and not ${givenUpBy}
    and not exists (select from platform.outbox o
      where o.cooperative_id = e.cooperative_id and o.position = e.position)`;

class Replay {
  readonly names: readonly string[];
  readonly types: readonly string[];
  constructor(
    readonly client: pg.Client,
    readonly projection: Projection,
    readonly context: ContextName,
    readonly cooperativeId: string,
    readonly fill: boolean,
  ) {
    this.names = projection.handlers.map((handler) => handler.name);
    this.types = projection.handlers.flatMap((handler) => handler.types);
  }

  async query<Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.client.query<Row>(sql, [...values])).rows;
  }

  /** Keeps the present content aside and empties the tables of this cooperative. */
  async setAside(): Promise<void> {
    for (const [place, table] of this.projection.tables.entries()) {
      // No handler may write meanwhile; readers go on.
      await this.query(`lock table ${table} in share row exclusive mode`);
      await this.query(`create temp table replay_before_${place} on commit drop as
        select * from ${table} where cooperative_id = '${this.cooperativeId}'`);
    }
    for (const table of this.projection.tables) {
      await this.query(`delete from ${table} where cooperative_id = $1`, [this.cooperativeId]);
    }
  }

  async runHandlers(events: readonly Envelope[]): Promise<void> {
    const last = events.at(-1);
    if (last === undefined) return;
    await this.query(`set local role habitat_${this.context}`);
    const tx = openTransaction(this.context, this.queryable(), {
      cooperativeId: this.cooperativeId,
      actor: systemActor(this.cooperativeId),
      now: new Date(last.recordedAt),
      correlationId: 'replay',
    });
    for (const handler of this.projection.handlers) {
      const wanted = events.filter((event) => handler.types.includes(event.type));
      if (wanted.length === 0) continue;
      await handler.handle(tx satisfies Transaction, wanted);
      // Counted as handled from now on, so that one that is still on its way takes no effect a second time.
      if (this.fill)
        await this.query(
          `insert into platform.inbox (cooperative_id, handler, event_id)
           select $1, $2, unnest($3::uuid[]) on conflict do nothing`,
          [this.cooperativeId, handler.name, wanted.map(({ id }) => id)],
        );
    }
    if (tx.recorded.length > 0)
      throw new Error(`${this.projection.name} records events: it is not a projection`);
    await this.query('reset role');
  }

  private queryable() {
    const { client } = this;
    return {
      async query<Row extends pg.QueryResultRow>(sql: string | pg.QueryConfig, values?: readonly unknown[]) {
        const result = await (typeof sql === 'string'
          ? client.query<Row>(sql, values === undefined ? undefined : [...values])
          : client.query<Row>(sql));
        return result.rows;
      },
    };
  }

  async rebuild(): Promise<number> {
    const { cooperativeId, names, types } = this;
    let count = 0;
    for (let after = 0n; ;) {
      const key = [cooperativeId, names, types, after.toString()];
      const rows = await this.query<EventRow>(this.fill ? readWhole : readHandled, key);
      const last = rows.at(-1);
      if (last === undefined) return count;
      await this.runHandlers(rows.map((row) => toStoredEvent(row).envelope));
      count += rows.length;
      after = last.position;
    }
  }

  /** Asked before the rebuild, which may handle them. */
  async countUnhandled(): Promise<number> {
    const [counted] = await this.query<{ unhandled: number }>(countUnhandled, [
      this.cooperativeId,
      this.names,
      this.types,
    ]);
    return counted?.unhandled ?? 0;
  }

  async compare(): Promise<{ rows: number; differences: ProjectionDifference[] }> {
    const differences: ProjectionDifference[] = [];
    let rows = 0;
    for (const [place, table] of this.projection.tables.entries()) {
      const ignored = this.projection.ignoredColumns ?? [];
      const after = `select to_jsonb(t) - $1::text[] as row from ${table} t where cooperative_id = $2`;
      const before = `select to_jsonb(t) - $1::text[] as row from replay_before_${place} t where cooperative_id = $2`;
      const find = async (kind: ProjectionDifference['kind'], sql: string) => {
        const found = await this.query<{ row: Record<string, unknown> }>(`${sql} limit 50`, [
          ignored,
          this.cooperativeId,
        ]);
        differences.push(...found.map(({ row }) => ({ table, kind, row })));
      };
      await find('missing', `(${after}) except all (${before})`);
      await find('surplus', `(${before}) except all (${after})`);
      const [counted] = await this.query<{ rows: number }>(
        `select count(*)::int as rows from ${table} where cooperative_id = $1`,
        [this.cooperativeId],
      );
      rows += counted?.rows ?? 0;
    }
    return { rows, differences };
  }
}

function contextOf(projection: Projection): ContextName {
  const [first] = projection.handlers;
  if (first === undefined) throw new Error(`projection ${projection.name} has no handler`);
  for (const handler of projection.handlers) {
    if (handler.context !== first.context) throw new Error(`${projection.name} mixes contexts`);
  }
  for (const table of projection.tables) {
    if (!TABLE_NAME.test(table)) throw new Error(`${table} is not a qualified table name`);
  }
  return first.context;
}

const DEADLOCK = '40P01';
const MOST_TRIES = 5;

/**
 * Rebuilds one projection of one cooperative in a transaction and reports the differences. With `keep` the rebuilt
 * content stays; otherwise everything is as before. With `fill` the rebuild is from the whole log and not only from
 * what the handlers have handled, and counts as handled when it is kept: for a projection that is new to the log.
 *
 * @param ownerUrl the schema owner's address: a context's own role may not empty its tables
 */
export async function replayProjection(options: {
  readonly ownerUrl: string;
  readonly projection: Projection;
  readonly cooperativeId: string;
  readonly keep?: boolean;
  readonly fill?: boolean;
}): Promise<ReplayReport> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await replayOnce(options);
    } catch (error) {
      // A worker handling one of the same events holds its inbox row and waits for the table, we the reverse.
      if ((error as { code?: unknown }).code !== DEADLOCK || tries === MOST_TRIES) throw error;
    }
  }
}

async function replayOnce(options: Parameters<typeof replayProjection>[0]): Promise<ReplayReport> {
  const { projection, cooperativeId, keep = false, fill = false } = options;
  const context = contextOf(projection);
  const client = new pg.Client({ connectionString: options.ownerUrl, application_name: 'habitat:replay' });
  await client.connect();
  try {
    await client.query(beginStatement({ cooperativeId }, 'write'));
    const replay = new Replay(client, projection, context, cooperativeId, fill);
    await replay.setAside();
    const unhandled = await replay.countUnhandled();
    const events = await replay.rebuild();
    const { rows, differences } = await replay.compare();
    await client.query(keep ? 'commit' : 'rollback');
    return { projection: projection.name, cooperativeId, events, rows, kept: keep, unhandled, differences };
  } finally {
    // Ending the connection rolls back what was not committed.
    await client.end();
  }
}
