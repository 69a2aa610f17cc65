// Imports a file: all of it or nothing. A batch is written down before the file's command runs, and the command is
// keyed by the batch, so that a crash in between neither loses the batch nor imports twice.
import type { CommandContext, Database } from '@habitat/database';
import { runCommand } from '@habitat/database';
import { canonicalHash } from '@habitat/kernel';
import { finishImportBatch, openImportBatch, dropImportBatch } from '@habitat/platform';
import type { Fault } from './fault.ts';
import { sortFaults } from './fault.ts';
import type { ImportedItem, ImportKind, Plan } from './plan.ts';
import { planImport } from './plan.ts';
import { faultOf } from './refusal.ts';

export interface ImportRequest {
  readonly kind: ImportKind;
  /** The file's text. */
  readonly text: string;
  /** What it is called, for the list of batches. */
  readonly fileName: string;
  /** Minor-unit digits of the cooperative's currency. */
  readonly digits: number;
  /** Checks everything, the rules of the contexts included, and changes nothing. */
  readonly dryRun?: boolean;
}

export type ImportOutcome =
  | { readonly state: 'imported'; readonly batchId: string; readonly rows: number; readonly items: number }
  | { readonly state: 'would import'; readonly rows: number; readonly items: number }
  | { readonly state: 'refused'; readonly faults: readonly Fault[] };

type Rehearsed = { readonly rehearsed: number };
type Run = { readonly faults: readonly Fault[] } | Rehearsed;

async function runPlan(
  database: Database,
  context: CommandContext,
  kind: ImportKind,
  plan: Plan,
  rehearse: boolean,
) {
  type Answer = { readonly items: readonly ImportedItem[] };
  return runCommand<Answer, Run>(
    database,
    plan.context,
    context,
    { name: 'import', input: { kind } },
    async (tx) => {
      const done = await plan.run(tx);
      if (!done.ok) return { ok: false, refusal: { faults: done.refusal } };
      // Refusing is what rolls a rehearsal back.
      if (rehearse) return { ok: false, refusal: { rehearsed: done.value.length } };
      return { ok: true, value: { items: done.value } };
    },
  );
}

const refused = (faults: readonly Fault[]): ImportOutcome => ({
  state: 'refused',
  faults: sortFaults(faults),
});

/**
 * Imports a file, or tells every fault it has by line and column. The actor needs data.import. Besides the faults of
 * the file and of the contexts: ALREADY_IMPORTED for a file whose bytes are in a standing batch.
 */
export async function importFile(
  database: Database,
  context: CommandContext,
  request: ImportRequest,
): Promise<ImportOutcome> {
  const { kind, text, digits } = request;
  const planned = await planImport(kind, text, { database, cooperativeId: context.cooperativeId, digits });
  if (!planned.ok) return refused(planned.refusal);
  const plan = planned.value;
  if (request.dryRun === true) {
    const rehearsal = await runPlan(database, { ...context, idempotencyKey: null }, kind, plan, true);
    if (!rehearsal.ok && 'rehearsed' in rehearsal.refusal) {
      return { state: 'would import', rows: plan.rows, items: rehearsal.refusal.rehearsed };
    }
    if (!rehearsal.ok && 'faults' in rehearsal.refusal) return refused(rehearsal.refusal.faults);
    throw new Error('a rehearsed import ended without an answer');
  }
  const fileHash = canonicalHash([kind, text]);
  const opened = await openImportBatch(database, context, {
    kind,
    fileName: request.fileName,
    fileHash,
    rows: plan.rows,
  });
  if (!opened.ok) return refused([faultOf(null, opened.refusal)]);
  const { batchId } = opened.value;
  const keyed = { ...context, idempotencyKey: `import-${batchId}` };
  const done = await runPlan(database, keyed, kind, plan, false);
  if (!done.ok) {
    await dropImportBatch(database, context, batchId);
    return refused('faults' in done.refusal ? done.refusal.faults : []);
  }
  await finishImportBatch(database, context, batchId, done.value.items);
  return { state: 'imported', batchId, rows: plan.rows, items: done.value.items.length };
}
