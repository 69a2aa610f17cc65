// habitat import: brings members, opening balances, retained patronage, contributions and journal entries from CSV
// files, all of a file or nothing; lists the batches and takes them back.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { CommandContext } from '@habitat/database';
import { newId, todayIn } from '@habitat/kernel';
import { findMemberByEmail, rolesOf } from '@habitat/people';
import { findCooperative, listImportBatches } from '@habitat/platform';
import { Argument } from 'commander';
import type { Command } from 'commander';
import { ClearError } from '../clear-error.ts';
import { deliverRecorded } from '../delivery.ts';
import type { Fault } from '../import/fault.ts';
import { describeFault } from '../import/fault.ts';
import { importFile } from '../import/import.ts';
import type { ImportKind } from '../import/plan.ts';
import { IMPORT_KINDS } from '../import/plan.ts';
import { undoImport } from '../import/undo.ts';
import type { Surroundings } from '../surroundings.ts';
import { cooperativeNamed } from '../surroundings.ts';

/** A running worker that is slow need not be waited for: what was imported is recorded. */
const PATIENCE_MS = 10_000;

interface ImportOptions {
  readonly cooperative: string;
  readonly as: string;
  readonly dryRun?: true;
  readonly undo?: string;
  readonly reason?: string;
  readonly json?: true;
}

interface Scene {
  readonly context: CommandContext;
  readonly timeZone: string;
  readonly digits: number;
}

/** The member who imports: the act is theirs in the books and the log. */
async function sceneOf(cli: Surroundings, options: ImportOptions): Promise<Scene> {
  const { cooperativeId, timeZone } = await cooperativeNamed(cli, options.cooperative);
  const database = cli.database();
  const profile = await findCooperative(database, cooperativeId);
  const member = await findMemberByEmail(database, cooperativeId, options.as);
  if (member === null || profile === null)
    throw new ClearError(`No member of ${options.cooperative} has the address ${options.as}.`);
  const now = cli.now();
  const roles = await rolesOf(database, {
    cooperativeId,
    memberId: member.memberId,
    on: todayIn(timeZone, now),
  });
  const actor = {
    kind: 'person',
    cooperativeId,
    loginId: member.loginId,
    memberId: member.memberId,
    roles,
  } as const;
  const context = { cooperativeId, actor, now, correlationId: `import-${newId()}` };
  return { context, timeZone, digits: profile.currencyDigits };
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    throw new ClearError(`The file ${file} cannot be read.`);
  }
}

function tell(
  cli: Surroundings,
  options: ImportOptions,
  outcome: object & { readonly state: string },
  sentence: string,
): void {
  if (options.json === true) cli.say(JSON.stringify(outcome));
  else cli.say(sentence);
}

function tellFaults(
  cli: Surroundings,
  options: ImportOptions,
  faults: readonly Fault[],
  nothing: string,
): void {
  cli.exitCode = 1;
  if (options.json === true) {
    cli.say(JSON.stringify({ state: 'refused', faults }));
    return;
  }
  for (const fault of faults) cli.say(describeFault(fault));
  cli.say(`${faults.length === 1 ? '1 fault' : `${faults.length} faults`}; ${nothing}.`);
}

async function bring(
  cli: Surroundings,
  kind: ImportKind,
  file: string,
  options: ImportOptions,
): Promise<void> {
  const { context, digits } = await sceneOf(cli, options);
  const dryRun = options.dryRun === true;
  const request = { kind, text: readText(file), fileName: basename(file), digits, dryRun };
  const outcome = await importFile(cli.database(), context, request);
  if (outcome.state === 'refused') return tellFaults(cli, options, outcome.faults, 'nothing was imported');
  if (outcome.state === 'would import') {
    return tell(
      cli,
      options,
      outcome,
      `The file is sound: ${outcome.rows} rows would make ${outcome.items} ${kind}. Nothing was changed.`,
    );
  }
  await deliverRecorded(cli, PATIENCE_MS);
  tell(
    cli,
    options,
    outcome,
    `Imported ${outcome.rows} rows as ${outcome.items} ${kind}. Batch ${outcome.batchId}; "--undo" takes it back.`,
  );
}

async function takeBack(cli: Surroundings, batchId: string, options: ImportOptions): Promise<void> {
  const { context, timeZone } = await sceneOf(cli, options);
  const reason = options.reason ?? '';
  const outcome = await undoImport(cli.database(), context, { batchId, reason, timeZone });
  if (outcome.state === 'refused') return tellFaults(cli, options, outcome.faults, 'nothing was taken back');
  await deliverRecorded(cli, PATIENCE_MS);
  tell(cli, options, outcome, `Took back ${outcome.items} of batch ${batchId}.`);
}

async function listBatches(cli: Surroundings, options: ImportOptions): Promise<void> {
  const { context } = await sceneOf(cli, options);
  for (const batch of await listImportBatches(cli.database(), context.cooperativeId)) {
    cli.say(
      `${batch.batchId}  ${batch.begunAt.toISOString().slice(0, 16)}  ${batch.state.padEnd(7)}  ${batch.kind}  ${batch.fileName}  ${batch.rows} rows`,
    );
  }
}

async function run(
  cli: Surroundings,
  kind: string,
  file: string | undefined,
  options: ImportOptions,
): Promise<void> {
  if (kind === 'batches') return listBatches(cli, options);
  if (options.undo !== undefined) return takeBack(cli, options.undo, options);
  if (file === undefined) throw new ClearError('Name the CSV file to import, or - for standard input.', 2);
  return bring(cli, kind as ImportKind, file, options);
}

export function addImport(program: Command, cli: Surroundings): void {
  program
    .command('import')
    .summary('bring members, balances, contributions or a journal from CSV')
    .description(
      'Imports a CSV file: all of it or nothing. Try it with --dry-run first: every fault is listed by line and ' +
        'column. The columns of each kind are in docs/import.md. "import batches" lists what was imported.',
    )
    .addArgument(new Argument('<kind>', 'what the file holds').choices([...IMPORT_KINDS, 'batches']))
    .argument('[file]', 'the CSV file, - for standard input')
    .requiredOption('--cooperative <slug>', 'whose it is')
    .requiredOption('--as <email>', 'the treasurer or administrator who imports')
    .option('--dry-run', 'check everything and change nothing')
    .option('--undo <batch>', 'take a batch back instead of importing')
    .option('--reason <text>', 'why a batch is taken back')
    .option('--json', 'print the outcome as JSON')
    .action((kind: string, file: string | undefined, options: ImportOptions) =>
      run(cli, kind, file, options),
    );
}
