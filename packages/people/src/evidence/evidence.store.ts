// Rows of evidence files, and attaching them within the act that logs or edits a contribution.
import type { Transaction } from '@habitat/database';
import { evidenceAttached, newEvent } from '@habitat/events';
import type { Result } from '@habitat/kernel';
import { accept, isId, refuse } from '@habitat/kernel';
import type { AttachRefusal, EvidenceFacts, EvidenceFile } from './evidence.ts';
import { MOST_FILES } from './evidence.ts';

export interface EvidenceRow extends Record<string, unknown> {
  readonly file_id: string;
  readonly name: string;
  readonly media_type: string;
  readonly size_bytes: bigint;
  readonly sha256: string;
  readonly scanned_by: string | null;
  readonly uploaded_by_login_id: string;
  readonly uploaded_by_member_id: string | null;
  readonly uploaded_at: Date;
  readonly contribution_id: string | null;
}

export const EVIDENCE_COLUMNS = `file_id, name, media_type, size_bytes, sha256, scanned_by, uploaded_by_login_id,
  uploaded_by_member_id, uploaded_at, contribution_id`;

export function toEvidenceFile(row: EvidenceRow): EvidenceFile {
  return {
    fileId: row.file_id,
    name: row.name,
    mediaType: row.media_type,
    sizeBytes: Number(row.size_bytes),
    sha256: row.sha256,
    scannedBy: row.scanned_by,
    uploadedByLoginId: row.uploaded_by_login_id,
    uploadedByMemberId: row.uploaded_by_member_id,
    uploadedAt: row.uploaded_at,
    contributionId: row.contribution_id,
  };
}

export async function insertEvidence(tx: Transaction, loginId: string, file: EvidenceFacts): Promise<void> {
  await tx.query(
    `insert into people.evidence_file (cooperative_id, file_id, name, media_type, size_bytes, sha256, scanned_by,
       uploaded_by_login_id, uploaded_by_member_id, uploaded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[tx.cooperativeId, file.fileId, file.name, file.mediaType, file.sizeBytes, file.sha256],
      ...[file.scannedBy, loginId, tx.actor.memberId, tx.now],
    ],
  );
}

/** How many files of this person are attached to nothing. */
export async function countUnattached(tx: Transaction, loginId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count from people.evidence_file
     where cooperative_id = $1 and uploaded_by_login_id = $2 and contribution_id is null`,
    [tx.cooperativeId, loginId],
  );
  return row?.count ?? 0;
}

/**
 * Attaches files the actor uploaded to a contribution whose row this transaction holds. Refusals in order:
 * EVIDENCE_FILE_NOT_FOUND (another's, one that is attached already, or none), EVIDENCE_TOO_MANY.
 */
export async function attachEvidence(
  tx: Transaction,
  contribution: { readonly contributionId: string; readonly memberId: string },
  fileIds: readonly string[],
): Promise<Result<null, AttachRefusal>> {
  const ids = [...new Set(fileIds.map((id) => id.toLowerCase()))];
  if (ids.length === 0) return accept(null);
  const missing = { code: 'EVIDENCE_FILE_NOT_FOUND', field: 'evidenceFiles' } as const;
  if (!ids.every(isId) || tx.actor.loginId === null) return refuse(missing);
  const { contributionId, memberId } = contribution;
  const attached = await tx.query<EvidenceRow>(
    `update people.evidence_file set contribution_id = $2, attached_at = $3
     where cooperative_id = $1 and file_id = any($4::uuid[]) and contribution_id is null and uploaded_by_login_id = $5
     returning ${EVIDENCE_COLUMNS}`,
    [tx.cooperativeId, contributionId, tx.now, ids, tx.actor.loginId],
  );
  if (attached.length !== ids.length) return refuse(missing);
  const [row] = await tx.query<{ count: number }>(
    'select count(*)::int as count from people.evidence_file where cooperative_id = $1 and contribution_id = $2',
    [tx.cooperativeId, contributionId],
  );
  if ((row?.count ?? 0) > MOST_FILES)
    return refuse({ code: 'EVIDENCE_TOO_MANY', field: 'evidenceFiles', most: MOST_FILES });
  for (const file of attached.map(toEvidenceFile)) {
    const { fileId, mediaType, sizeBytes, sha256 } = file;
    const facts = { contributionId, memberId, fileId, mediaType, sizeBytes, sha256 };
    tx.append(newEvent(evidenceAttached, contributionId, facts));
  }
  return accept(null);
}
