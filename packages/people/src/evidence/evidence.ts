// Evidence files of contributions: what is kept of each, how many a contribution takes, and who may have one.
import type { Actor } from '@habitat/kernel';

/** A contribution has at most this many files. */
export const MOST_FILES = 10;
/** Somebody has at most this many files that are not attached to anything yet. */
export const MOST_UNATTACHED = 30;

/** What is known of a file whose bytes lie in the vault. */
export interface EvidenceFacts {
  readonly fileId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Which scanner found it clean; null where none is set up. */
  readonly scannedBy: string | null;
}

export interface EvidenceFile extends EvidenceFacts {
  readonly uploadedByLoginId: string;
  readonly uploadedByMemberId: string | null;
  readonly uploadedAt: Date;
  /** Null until it is attached. */
  readonly contributionId: string | null;
}

export type AttachRefusal =
  | { readonly code: 'EVIDENCE_FILE_NOT_FOUND'; readonly field: 'evidenceFiles' }
  | { readonly code: 'EVIDENCE_TOO_MANY'; readonly field: 'evidenceFiles'; readonly most: number };

/** Files to attach, where an act takes some: uploaded by the same person before. */
export interface WithFiles {
  readonly evidenceFiles?: readonly string[] | null | undefined;
}

/** A file that is attached to nothing is its uploader's alone. */
export function isUploader(actor: Actor, file: EvidenceFile): boolean {
  return actor.loginId !== null && actor.loginId === file.uploadedByLoginId;
}
