// What the machinery tells about itself between processes: which handlers run, how far each is behind, and how what is
// due by the clock last ended.
import type { Database } from '@habitat/database';
import { firstLine } from '../handling/attempt.store.ts';
import type { EventHandler } from '../handler.ts';

/** How far one handler is behind in one cooperative. */
export interface HandlerLag {
  readonly handler: string;
  /** Events of its types it has neither handled nor given up, among the latest of the cooperative. */
  readonly pending: number;
  readonly oldestRecordedAt: Date | null;
}

export interface ScheduleRun {
  readonly name: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly outcome: 'ok' | 'fault';
}

/** Older events than so many of the cooperative are taken to be settled: looking at all would cost more than it tells. */
const LATEST = 5_000;

/** Writes down which handlers run here; those that no worker names any more are forgotten after a week. */
export async function registerHandlers(
  database: Database,
  handlers: readonly EventHandler[],
  now: Date,
): Promise<void> {
  await database.single(
    'relay',
    `with gone as (delete from platform.handler where started_at < $3::timestamptz - interval '7 days' and name <> all ($1::text[]))
     insert into platform.handler (name, types, started_at)
     select name, string_to_array(types, ','), $3 from unnest($1::text[], $2::text[]) as running (name, types)
     on conflict (name) do update set types = excluded.types, started_at = excluded.started_at`,
    [handlers.map((handler) => handler.name), handlers.map((handler) => handler.types.join(',')), now],
  );
}

/** The lag of every handler that runs, by name. */
export async function listHandlerLag(database: Database, cooperativeId: string): Promise<HandlerLag[]> {
  return database.single<HandlerLag & Record<string, unknown>>(
    'relay',
    `with latest as materialized (
       select id, type, recorded_at from platform.event where cooperative_id = $1 order by position desc limit ${LATEST})
     select handler.name as handler, count(latest.id)::int as pending, min(latest.recorded_at) as "oldestRecordedAt"
     from platform.handler
     left join latest on latest.type = any (handler.types)
       and not exists (select from platform.inbox i
         where i.cooperative_id = $1 and i.handler = handler.name and i.event_id = latest.id)
       and not exists (select from platform.dead_letter d
         where d.cooperative_id = $1 and d.handler = handler.name and d.event_id = latest.id)
     group by handler.name order by handler.name`,
    [cooperativeId],
  );
}

/** Writes down how a run of a schedule ended; the last one stands. */
export async function recordScheduleRun(
  database: Database,
  run: {
    readonly name: string;
    readonly startedAt: Date;
    readonly finishedAt: Date;
    readonly fault: unknown;
  },
): Promise<void> {
  const fault = run.fault === null ? null : firstLine(run.fault);
  await database.single(
    'relay',
    `insert into platform.schedule_run (name, started_at, finished_at, outcome, fault)
     values ($1, $2, $3, case when $4::text is null then 'ok' else 'fault' end, $4)
     on conflict (name) do update set started_at = excluded.started_at, finished_at = excluded.finished_at,
       outcome = excluded.outcome, fault = excluded.fault`,
    [run.name, run.startedAt, run.finishedAt, fault],
  );
}

/** The last run of every schedule, by name. */
export async function listScheduleRuns(database: Database): Promise<ScheduleRun[]> {
  return database.single<ScheduleRun & Record<string, unknown>>(
    'relay',
    `select name, started_at as "startedAt", finished_at as "finishedAt", outcome from platform.schedule_run order by name`,
  );
}
