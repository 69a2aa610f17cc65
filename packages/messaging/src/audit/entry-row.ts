// An event of the log as the audit trail hashes it.
import type { AuditEntry } from '@habitat/audit';
import type { JsonValue } from '@habitat/kernel';

/** An event as an entry is made of it; the instant as text, since a Date would lose the microseconds. */
export type EntryRow = {
  readonly position: bigint;
  readonly entry: Omit<AuditEntry, 'payload'>;
  readonly payload: JsonValue;
};

/** The columns of an EntryRow, of the event table under the alias `e`. */
export const entryColumns = `e.position, e.payload, jsonb_build_object('id', e.id, 'cooperativeId', e.cooperative_id,
  'recordedAt', to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'type', e.type, 'version', e.version, 'aggregateType', e.aggregate_type, 'aggregateId', e.aggregate_id,
  'actorKind', e.actor_kind, 'actorLoginId', e.actor_login_id, 'actorMemberId', e.actor_member_id,
  'command', e.command, 'sessionId', e.session_id, 'correlationId', e.correlation_id,
  'causationId', e.causation_id) as entry`;

/** The entry of a row. */
export function toEntry({ entry, payload }: EntryRow): AuditEntry {
  return { ...entry, payload };
}
