// A file came in, or was kept out: both are acts with a trace. And the end of files that were never attached.
import type { CommandContext, Database } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, may, refuse } from '@habitat/kernel';
import type { Forbidden } from '../contribution/command-facts.ts';
import type { EvidenceFacts } from './evidence.ts';
import { MOST_UNATTACHED } from './evidence.ts';
import { countUnattached, insertEvidence } from './evidence.store.ts';

export type UploadEvidenceRefusal = Forbidden | { readonly code: 'EVIDENCE_TOO_MANY'; readonly most: number };

/** Null when the actor may bring evidence, asked before a byte of it is taken. */
export function uploadRefusal({ actor }: Pick<CommandContext, 'actor'>): Forbidden | null {
  const logs = may(actor, 'contribution.log_own') || may(actor, 'contribution.log_for_another');
  return logs && actor.loginId !== null ? null : { code: 'FORBIDDEN', act: 'contribution.log_own' };
}

/**
 * Notes a file whose bytes are in the vault; it is attached by logging or editing. Refusals in order: FORBIDDEN,
 * EVIDENCE_TOO_MANY (over 30 of this person wait to be attached). With a key that was answered before, the answer names
 * the first file, and the caller takes the second away.
 */
export async function uploadEvidence(database: Database, context: CommandContext, file: EvidenceFacts) {
  const { fileId, ...input } = file;
  return runCommand<{ readonly fileId: string }, UploadEvidenceRefusal>(
    database,
    'people',
    context,
    { name: 'uploadEvidence', input },
    async (tx): Promise<Result<{ readonly fileId: string }, UploadEvidenceRefusal>> => {
      const refusal = uploadRefusal(tx);
      const { loginId } = tx.actor;
      if (refusal !== null || loginId === null)
        return refuse(refusal ?? { code: 'FORBIDDEN', act: 'contribution.log_own' });
      if ((await countUnattached(tx, loginId)) >= MOST_UNATTACHED)
        return refuse({ code: 'EVIDENCE_TOO_MANY', most: MOST_UNATTACHED });
      await insertEvidence(tx, loginId, file);
      return accept({ fileId });
    },
  );
}

/** Leaves a trace of a file the scanner kept out; the file itself is gone. */
export async function noteInfectedEvidence(
  database: Database,
  context: CommandContext,
  input: { readonly fileId: string },
) {
  return runCommand<{ readonly fileId: string }, never>(
    database,
    'people',
    context,
    { name: 'refuseInfectedEvidence', input },
    () => Promise.resolve(accept({ fileId: input.fileId })),
  );
}

/** Forgets files that were uploaded before `before` and never attached; answers with their ids. */
export async function dropUnattachedEvidence(
  database: Database,
  cooperativeId: string,
  before: Date,
): Promise<string[]> {
  const rows = await database.transaction('people', { cooperativeId }, (client) =>
    client.query<{ file_id: string }>(
      `delete from people.evidence_file
       where cooperative_id = $1 and contribution_id is null and uploaded_at < $2 returning file_id`,
      [cooperativeId, before],
    ),
  );
  return rows.map((row) => row.file_id);
}
