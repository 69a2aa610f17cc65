// Reads the event log as envelopes, in the order it was written.
import type { Database } from '@habitat/database';
import type { Envelope } from '@habitat/events';

/** An event with its place in the log. */
export interface StoredEvent {
  readonly position: bigint;
  readonly envelope: Envelope;
}

export interface EventRow {
  readonly position: bigint;
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly cooperative_id: string;
  readonly aggregate_type: string;
  readonly aggregate_id: string;
  readonly actor_kind: 'person' | 'agent' | 'system';
  readonly actor_login_id: string | null;
  readonly actor_member_id: string | null;
  readonly correlation_id: string;
  readonly causation_id: string | null;
  readonly recorded_at: Date;
  readonly trace_parent: string | null;
  readonly payload: Record<string, unknown>;
}

/** The columns of an EventRow, of the event table under the alias `e`. */
export const eventColumns = `e.position, e.id, e.type, e.version, e.cooperative_id, e.aggregate_type, e.aggregate_id,
  e.actor_kind, e.actor_login_id, e.actor_member_id, e.correlation_id, e.causation_id, e.recorded_at, e.trace_parent, e.payload`;

/** A row of the log as the envelope that handlers see. */
export function toStoredEvent(row: EventRow): StoredEvent {
  return {
    position: row.position,
    envelope: {
      id: row.id,
      type: row.type,
      version: row.version,
      cooperativeId: row.cooperative_id,
      aggregateType: row.aggregate_type,
      aggregateId: row.aggregate_id,
      recordedAt: row.recorded_at.toISOString(),
      actor: { kind: row.actor_kind, loginId: row.actor_login_id, memberId: row.actor_member_id },
      correlationId: row.correlation_id,
      causationId: row.causation_id,
      ...(row.trace_parent === null ? {} : { traceParent: row.trace_parent }),
      payload: row.payload,
    },
  };
}

/** One event of the log, or null. */
export async function findEvent(
  database: Database,
  cooperativeId: string,
  id: string,
): Promise<StoredEvent | null> {
  const [row] = await database.single<EventRow>(
    'relay',
    `select ${eventColumns} from platform.event e where e.cooperative_id = $1 and e.id = $2`,
    [cooperativeId, id],
  );
  return row === undefined ? null : toStoredEvent(row);
}

/** What waits for delivery: how many events, and when the oldest of them was recorded. */
export async function eventLag(
  database: Database,
): Promise<{ undelivered: number; oldestRecordedAt: Date | null; openDeadLetters: number }> {
  const [row] = await database.single<{ undelivered: number; oldest: Date | null; dead: number }>(
    'relay',
    `select (select count(*)::int from platform.outbox) as undelivered,
       (select e.recorded_at from platform.outbox o join platform.event e using (cooperative_id, position)
        order by o.position limit 1) as oldest,
       (select count(*)::int from platform.dead_letter where redriven_at is null) as dead`,
  );
  return {
    undelivered: row?.undelivered ?? 0,
    oldestRecordedAt: row?.oldest ?? null,
    openDeadLetters: row?.dead ?? 0,
  };
}
