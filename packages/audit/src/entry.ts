// One entry of a cooperative's audit trail and its hash. An entry is an event of the log with who, when, in which session
// and by which command; its hash covers the hash before it, so that none can be changed, dropped or slipped in unseen.
import { canonicalJson, sha256Hex } from '@habitat/kernel';
import type { JsonValue } from '@habitat/kernel';

/** Everything an entry says. Plain JSON, so that it hashes the same on every machine. */
export type AuditEntry = {
  readonly id: string;
  readonly cooperativeId: string;
  /** When it was written down, to the microsecond, UTC. */
  readonly recordedAt: string;
  /** "<context>.<noun>.<what happened>" and the version of its payload. */
  readonly type: string;
  readonly version: number;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly actorKind: string;
  readonly actorLoginId: string | null;
  readonly actorMemberId: string | null;
  /** The command that was run; null for what followed from an event. */
  readonly command: string | null;
  /** The session it was run in; null for the system and for keys. */
  readonly sessionId: string | null;
  /** The request it began with. */
  readonly correlationId: string;
  /** The event it followed from. */
  readonly causationId: string | null;
  /** Versions of the cooperative's rules it was judged by, in order, as "approval:3"; absent where none decided. */
  readonly rules?: readonly string[];
  readonly payload: JsonValue;
};

/** An entry at its place in the chain. */
export interface SealedEntry {
  /** From 1, without a gap, per cooperative. */
  readonly sequence: number;
  readonly hash: string;
  readonly entry: AuditEntry;
}

/** What the first entry of a chain follows. */
export const GENESIS = '0'.repeat(64);

/** SHA-256 over place, previous hash and the entry's canonical JSON (RFC 8785), as hexadecimal digits. */
export function hashOf(sequence: number, previousHash: string, entry: AuditEntry): string {
  return sha256Hex(`${sequence}\n${previousHash}\n${canonicalJson(entry)}`);
}
