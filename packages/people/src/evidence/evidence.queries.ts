// Reading evidence files: of contributions, one for download, and all of a cooperative for checking. Whoever sees a
// contribution sees its files.
import type { Database } from '@habitat/database';
import type { Actor } from '@habitat/kernel';
import { isId } from '@habitat/kernel';
import { maySee } from '../approval/access.ts';
import { findContributions } from '../contribution/contribution.queries.ts';
import { isWaitingForPeer } from '../peer/queue.queries.ts';
import type { EvidenceFile } from './evidence.ts';
import { isUploader } from './evidence.ts';
import type { EvidenceRow } from './evidence.store.ts';
import { EVIDENCE_COLUMNS, toEvidenceFile } from './evidence.store.ts';

/** The files of these contributions, in the order they were attached. */
export async function evidenceFilesOf(
  database: Database,
  cooperativeId: string,
  contributionIds: readonly string[],
): Promise<EvidenceFile[]> {
  const rows = await database.transaction('people', { cooperativeId }, (client) =>
    client.query<EvidenceRow>(
      `select ${EVIDENCE_COLUMNS} from people.evidence_file
       where cooperative_id = $1 and contribution_id = any($2::uuid[]) and erased_at is null
       order by attached_at, file_id`,
      [cooperativeId, contributionIds],
    ),
  );
  return rows.map(toEvidenceFile);
}

/**
 * A file the actor may have now: of a contribution they may see or are asked about as a peer, or uploaded by them and
 * attached to nothing yet; else null.
 */
export async function findEvidenceFile(
  database: Database,
  { actor, now }: { readonly actor: Actor; readonly now: Date },
  fileId: string,
): Promise<EvidenceFile | null> {
  if (!isId(fileId)) return null;
  const { cooperativeId } = actor;
  const [row] = await database.transaction('people', { cooperativeId }, (client) =>
    client.query<EvidenceRow>(
      `select ${EVIDENCE_COLUMNS} from people.evidence_file
       where cooperative_id = $1 and file_id = $2 and erased_at is null`,
      [cooperativeId, fileId],
    ),
  );
  if (row === undefined) return null;
  const file = toEvidenceFile(row);
  if (file.contributionId === null) return isUploader(actor, file) ? file : null;
  const [contribution] = await findContributions(database, cooperativeId, [file.contributionId]);
  if (contribution === undefined) return null;
  if (maySee(actor, contribution)) return file;
  if (contribution.peerState !== 'open' || actor.memberId === null) return null;
  const place = { cooperativeId, now };
  const { contributionId } = contribution;
  return (await isWaitingForPeer(database, place, actor.memberId, contributionId)) ? file : null;
}

/** Every file of a cooperative whose bytes are kept, the oldest first. */
export async function listEvidenceFiles(database: Database, cooperativeId: string): Promise<EvidenceFile[]> {
  const rows = await database.transaction('people', { cooperativeId }, (client) =>
    client.query<EvidenceRow>(
      `select ${EVIDENCE_COLUMNS} from people.evidence_file
       where cooperative_id = $1 and removed_at is null order by uploaded_at, file_id`,
      [cooperativeId],
    ),
  );
  return rows.map(toEvidenceFile);
}
