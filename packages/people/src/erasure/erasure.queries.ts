// Reading erasures: those of a cooperative for its administrators, the last one of a member for themselves, and what is
// left to do outside of the database.
import type { Database } from '@habitat/database';
import type { Erasure } from './erasure.ts';
import type { ErasureRow } from './erasure.store.ts';
import { ERASURE_COLUMNS } from './erasure.store.ts';

/** The latest requests of a cooperative, newest first; only one member's when named. */
export async function listErasures(
  database: Database,
  cooperativeId: string,
  query: { readonly memberId?: string; readonly limit: number },
): Promise<Erasure[]> {
  return database.read('people', { cooperativeId }, (client) =>
    client.query<ErasureRow>(
      `select ${ERASURE_COLUMNS} from people.erasure
       where cooperative_id = $1 and ($2::uuid is null or member_id = $2)
       order by requested_at desc, erasure_id desc limit $3`,
      [cooperativeId, query.memberId ?? null, query.limit],
    ),
  );
}

/** Evidence files of erased members whose bytes are still there. */
export async function listEvidenceToRemove(database: Database, cooperativeId: string): Promise<string[]> {
  const rows = await database.read('people', { cooperativeId }, (client) =>
    client.query<{ fileId: string }>(
      `select file_id as "fileId" from people.evidence_file
       where cooperative_id = $1 and erased_at is not null and removed_at is null`,
      [cooperativeId],
    ),
  );
  return rows.map(({ fileId }) => fileId);
}

/** Notes that the bytes of a file are gone. */
export async function noteEvidenceRemoved(
  database: Database,
  facts: { readonly cooperativeId: string; readonly now: Date },
  fileId: string,
): Promise<void> {
  await database.transaction('people', { cooperativeId: facts.cooperativeId }, (client) =>
    client.query(
      `update people.evidence_file set removed_at = $3
       where cooperative_id = $1 and file_id = $2 and erased_at is not null and removed_at is null`,
      [facts.cooperativeId, fileId, facts.now],
    ),
  );
}
