// What a backup says about itself: its files with their SHA-256s and the state of the books it holds. It is written
// last and signed with the key, so a backup without one, or with a changed one, is none.
import { canonicalJson } from '@habitat/kernel';
import type { JsonValue } from '@habitat/kernel';
import { z } from 'zod';
import { ClearError } from '../../clear-error.ts';
import type { BackupKey } from './age.ts';

export type BackupKind = 'dump' | 'base';

const count = z.string().regex(/^-?\d+$/);

const cooperativeProof = z.object({
  slug: z.string(),
  entries: count,
  /** Sum of the debit balances in each basis, in minor units; the credits are as much. */
  bookDebitsMinor: count,
  taxDebitsMinor: count,
  /** SHA-256 of the trial balance: a line "code book tax" for each account that has entries. */
  trialBalanceSha256: z.string(),
  /** Position and id of the last event; null when there is none. */
  eventHead: z.object({ position: count, id: z.string() }).nullable(),
  /** The end of the sealed audit trail; null when nothing is sealed. */
  auditHead: z.object({ sequence: count, hash: z.string() }).nullable(),
});

const content = z.object({
  format: z.literal(1),
  kind: z.enum(['dump', 'base']),
  name: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  recipient: z.string(),
  postgresVersion: z.string(),
  /** The last migration the database had. */
  schemaVersion: z.string(),
  /** Roles that the database's rights name or that own something in it; a fresh server needs them first. */
  roles: z.array(z.string()),
  /** Settings a server must have at least to replay the log. */
  serverSettings: z.record(z.string(), z.string()),
  cooperatives: z.record(z.string(), cooperativeProof),
  files: z.array(z.object({ name: z.string(), size: z.number(), sha256: z.string() })),
  /** Of a base backup: the first segment of the log it needs, and the last. */
  log: z.object({ first: z.string(), last: z.string() }).nullable(),
});

export type ManifestContent = z.output<typeof content>;
export type CooperativeProof = z.output<typeof cooperativeProof>;

const signed = z.object({ content, signature: z.string() });

const textOf = (value: ManifestContent) => canonicalJson(value as unknown as JsonValue);

/** The bytes of a manifest file. */
export function sealManifest(value: ManifestContent, key: BackupKey): string {
  return `${JSON.stringify({ content: value, signature: key.sign(textOf(value)) }, null, 2)}\n`;
}

/**
 * Reads a manifest file.
 *
 * @throws ClearError when it is for another key, was changed or is none
 */
export function openManifest(text: string, name: string, key: BackupKey): ManifestContent {
  let parsed: z.output<typeof signed>;
  try {
    parsed = signed.parse(JSON.parse(text));
  } catch {
    throw new ClearError(`The manifest of ${name} cannot be read: it is damaged or of another version.`);
  }
  if (parsed.content.recipient !== key.recipient) {
    throw new ClearError(
      `The backup ${name} was made for another key (${parsed.content.recipient}): give that one as BACKUP_KEY.`,
    );
  }
  if (!key.isSignature(textOf(parsed.content), parsed.signature)) {
    throw new ClearError(
      `The manifest of ${name} was changed after it was written: do not trust this backup.`,
    );
  }
  return parsed.content;
}
