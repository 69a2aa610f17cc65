// Taking the audit trail away is an act like any other: allowed to some, and on record.
import type { CommandContext, Database, IdempotencyConflict } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, may, refuse } from '@habitat/kernel';

export type AuditExportRefusal = { readonly code: 'FORBIDDEN'; readonly act: 'audit.view' };

/** Records that somebody takes the trail away, from the entry behind place `after` on. Refuses FORBIDDEN. */
export async function recordAuditExport(
  database: Database,
  context: CommandContext,
  input: { readonly after: number },
): Promise<Result<null, AuditExportRefusal | IdempotencyConflict>> {
  return runCommand<null, AuditExportRefusal>(
    database,
    'platform',
    context,
    { name: 'exportAuditTrail', input },
    async (tx) =>
      may(tx.actor, 'audit.view') ? accept(null) : refuse({ code: 'FORBIDDEN', act: 'audit.view' }),
  );
}
