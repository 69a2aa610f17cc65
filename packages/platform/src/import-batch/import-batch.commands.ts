// The batches of imported files: opened before a file's command runs, finished with what it made, undone by reason.
// The same bytes stand once, so a file sent twice is not imported twice.
import type { CommandContext, Database, IdempotencyConflict } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, may, newId, refuse } from '@habitat/kernel';

export interface NewImportBatch {
  readonly kind: string;
  readonly fileName: string;
  /** SHA-256 of kind and text. */
  readonly fileHash: string;
  readonly rows: number;
}

export interface ImportBatch {
  readonly batchId: string;
  readonly kind: string;
  readonly fileName: string;
  readonly rows: number;
  readonly state: 'running' | 'done' | 'undone';
  readonly begunAt: Date;
  readonly items: readonly { readonly line: number; readonly subjectId: string }[];
}

export type ImportBatchRefusal =
  | { readonly code: 'FORBIDDEN'; readonly act: string }
  | { readonly code: 'ALREADY_IMPORTED'; readonly batchId: string };

/** Opens a batch, or finds the one a crash left running. Refuses, in order: FORBIDDEN, ALREADY_IMPORTED. */
export async function openImportBatch(
  database: Database,
  context: CommandContext,
  batch: NewImportBatch,
): Promise<Result<{ batchId: string }, ImportBatchRefusal | IdempotencyConflict>> {
  const unkeyed = { ...context, idempotencyKey: null };
  return runCommand(
    database,
    'platform',
    unkeyed,
    { name: 'openImportBatch', input: null },
    async (tx): Promise<Result<{ batchId: string }, ImportBatchRefusal>> => {
      if (!may(tx.actor, 'data.import')) return refuse({ code: 'FORBIDDEN', act: 'data.import' });
      const batchId = newId();
      const inserted = await tx.query(
        `insert into platform.import_batch (cooperative_id, id, kind, file_name, file_hash, row_count, state,
         imported_by_login_id, imported_by_member_id, begun_at)
       values ($1, $2, $3, $4, $5, $6, 'running', $7, $8, $9) on conflict do nothing returning id`,
        [
          tx.cooperativeId,
          batchId,
          batch.kind,
          batch.fileName,
          batch.fileHash,
          batch.rows,
          tx.actor.loginId,
          tx.actor.memberId,
          tx.now,
        ],
      );
      if (inserted.length > 0) return accept({ batchId });
      const [standing] = await tx.query<{ id: string; state: string }>(
        `select id, state from platform.import_batch where cooperative_id = $1 and file_hash = $2 and state <> 'undone'`,
        [tx.cooperativeId, batch.fileHash],
      );
      if (standing === undefined) throw new Error('an import batch vanished while it was opened');
      return standing.state === 'running'
        ? accept({ batchId: standing.id })
        : refuse({ code: 'ALREADY_IMPORTED', batchId: standing.id });
    },
  );
}

/** Notes what the batch made; repeating it changes nothing. */
export async function finishImportBatch(
  database: Database,
  context: CommandContext,
  batchId: string,
  items: readonly { readonly line: number; readonly subjectId: string }[],
): Promise<void> {
  await database.transaction('platform', { cooperativeId: context.cooperativeId }, async (client) => {
    await client.query(
      `insert into platform.import_item (cooperative_id, batch_id, subject_id, line)
       select $1, $2, item.subject_id, item.line from unnest($3::uuid[], $4::integer[]) as item (subject_id, line)
       on conflict do nothing`,
      [context.cooperativeId, batchId, items.map((item) => item.subjectId), items.map((item) => item.line)],
    );
    await client.query(
      `update platform.import_batch set state = 'done', done_at = $3 where cooperative_id = $1 and id = $2 and state = 'running'`,
      [context.cooperativeId, batchId, context.now],
    );
  });
}

/** Forgets a batch whose file was refused: nothing came of it. */
export async function dropImportBatch(
  database: Database,
  context: CommandContext,
  batchId: string,
): Promise<void> {
  await database.transaction('platform', { cooperativeId: context.cooperativeId }, (client) =>
    client.query(
      `delete from platform.import_batch where cooperative_id = $1 and id = $2 and state = 'running'`,
      [context.cooperativeId, batchId],
    ),
  );
}

/** Marks a batch as taken back. */
export async function markImportUndone(
  database: Database,
  context: CommandContext,
  batchId: string,
  reason: string,
): Promise<void> {
  await database.transaction('platform', { cooperativeId: context.cooperativeId }, (client) =>
    client.query(
      `update platform.import_batch set state = 'undone', undone_at = $3, undone_by_login_id = $4, undo_reason = $5
       where cooperative_id = $1 and id = $2 and state = 'done'`,
      [context.cooperativeId, batchId, context.now, context.actor.loginId, reason],
    ),
  );
}

/** A batch with what it made; null when this cooperative has no such batch. */
export async function findImportBatch(
  database: Database,
  cooperativeId: string,
  batchId: string,
): Promise<ImportBatch | null> {
  return database.read('platform', { cooperativeId }, async (client) => {
    const [batch] = await client.query<Omit<ImportBatch, 'items'> & Record<string, unknown>>(
      `select id as "batchId", kind, file_name as "fileName", row_count as rows, state, begun_at as "begunAt"
       from platform.import_batch where cooperative_id = $1 and id::text = $2`,
      [cooperativeId, batchId.toLowerCase()],
    );
    if (batch === undefined) return null;
    const items = await client.query<{ line: number; subjectId: string }>(
      'select line, subject_id as "subjectId" from platform.import_item where cooperative_id = $1 and batch_id = $2 order by line',
      [cooperativeId, batch.batchId],
    );
    return { ...batch, items };
  });
}

/** Every batch, the latest first. */
export async function listImportBatches(
  database: Database,
  cooperativeId: string,
): Promise<Omit<ImportBatch, 'items'>[]> {
  return database.read('platform', { cooperativeId }, (client) =>
    client.query<Omit<ImportBatch, 'items'> & Record<string, unknown>>(
      `select id as "batchId", kind, file_name as "fileName", row_count as rows, state, begun_at as "begunAt"
       from platform.import_batch where cooperative_id = $1 order by begun_at desc, id desc`,
      [cooperativeId],
    ),
  );
}
