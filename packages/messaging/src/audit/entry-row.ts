// An event of the log as the audit trail hashes it, and as it stands in the trail once it is sealed.
import type { AuditEntry, SealedEntry } from '@habitat/audit';
import type { JsonValue } from '@habitat/kernel';

/** An event as an entry is made of it; the instant as text, since a Date would lose the microseconds. */
export type EntryRow = {
  readonly position: bigint;
  readonly entry: Omit<AuditEntry, 'payload'>;
  readonly payload: JsonValue;
};

/** How entries are hashed now; a release from before there were rules (1) sealed without them. */
export const SEAL_FORMAT = 2;

/** The columns of an EntryRow, of the event table under the alias `e`, as a seal of that format has them. */
export const entryColumns = (
  format: string,
) => `e.position, e.payload, jsonb_build_object('id', e.id, 'cooperativeId', e.cooperative_id,
  'recordedAt', to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'type', e.type, 'version', e.version, 'aggregateType', e.aggregate_type, 'aggregateId', e.aggregate_id,
  'actorKind', e.actor_kind, 'actorLoginId', e.actor_login_id, 'actorMemberId', e.actor_member_id,
  'command', e.command, 'sessionId', e.session_id, 'correlationId', e.correlation_id,
  'causationId', e.causation_id)
  || case when e.rules is null or ${format} < 2 then '{}' else jsonb_build_object('rules', e.rules) end as entry`;

/** The entry of a row. */
export function toEntry({ entry, payload }: EntryRow): AuditEntry {
  return { ...entry, payload };
}

/** True of an event (alias `e`) that no seal stands for. */
export const isUnsealed = `not exists (select from platform.audit_seal s
  where s.cooperative_id = e.cooperative_id and s.position = e.position)`;

/** A sealed entry as it is read. */
export interface SealedRow extends EntryRow {
  readonly sequence: bigint;
  readonly hash: string;
}

/** Reads SealedRows, of the seals under the alias `s`; what follows is the condition. */
export const selectSealed = `select s.sequence, s.hash, ${entryColumns('s.format')}
  from platform.audit_seal s
  join platform.event e on e.cooperative_id = s.cooperative_id and e.position = s.position`;

/** The sealed entry of a row. */
export function toSealed(row: SealedRow): SealedEntry {
  return { sequence: Number(row.sequence), hash: row.hash, entry: toEntry(row) };
}
