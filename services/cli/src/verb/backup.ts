// habitat backup …: takes, lists, verifies and drills backups, and archives the log. The settings begin with BACKUP_.
import { isAbsolute, resolve } from 'node:path';
import { createLog, endGracefully } from '@habitat/observability';
import { listCooperatives } from '@habitat/platform';
import type { Command } from 'commander';
import { noteErasures } from '../backup/erasures.ts';
import { prune } from '../backup/retention.ts';
import type { BackupTools } from '../backup/run.ts';
import { runBase, runDrill, runDump, runNight } from '../backup/run.ts';
import { startBackupService } from '../backup/serve.ts';
import { newIdentity } from '../backup/storage/age.ts';
import { readRuns } from '../backup/storage/journal.ts';
import type { BackupKind } from '../backup/storage/manifest.ts';
import { listBackups, openRepository, readManifest, wholeIn } from '../backup/storage/repository.ts';
import { archiveSegment, checkArchive, fetchSegment, shipLog } from '../backup/wal.ts';
import { ClearError } from '../clear-error.ts';
import type { Surroundings } from '../surroundings.ts';
import { createSurroundings } from '../surroundings.ts';
import { checkAuditTrails } from './audit.ts';
import { checkAll } from './verify.ts';

/** PostgreSQL takes 1 for "not in the archive", and stops recovering at anything above 125. */
const NOT_ARCHIVED = 1;
const STOP_RECOVERY = 126;

/** How a server calls `habitat backup fetch`: the same program that is running now. */
export function fetchCommandOf(argv: readonly string[]): string {
  return [process.execPath, ...process.execArgv, resolve(argv[1] ?? 'habitat')]
    .map((part) => `"${part}"`)
    .concat('backup', 'fetch')
    .join(' ');
}

async function checkRestored(cli: Surroundings, url: string): Promise<number> {
  const told: string[] = [];
  const restored = createSurroundings({ DATABASE_URL: url }, (line) => told.push(line));
  try {
    const all = await listCooperatives(restored.database());
    const wrong = (await checkAll(restored, all)) + (await checkAuditTrails(restored, all));
    if (wrong > 0) cli.say(told.join('').trimEnd());
    return wrong;
  } finally {
    await restored.end();
  }
}

async function toolsOf(cli: Surroundings): Promise<BackupTools> {
  const config = cli.backupConfig();
  const given = Object.entries(cli.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    repository: await openRepository(config),
    config,
    ownerUrl: cli.config().databaseOwnerUrl,
    env: Object.fromEntries(given.filter(([name]) => /^(BACKUP|AWS)_/.test(name))),
    fetchCommand: fetchCommandOf(process.argv),
    checkAll: (url) => checkRestored(cli, url),
    now: cli.now,
    say: (line) => cli.say(line),
  };
}

async function night(cli: Surroundings): Promise<void> {
  const failed = await runNight(await toolsOf(cli));
  if (failed.length > 0) throw new ClearError(`The backup failed:\n  ${failed.join('\n  ')}`);
  cli.say('The backup is done.');
}

async function take(cli: Surroundings, kind: BackupKind): Promise<void> {
  const tools = await toolsOf(cli);
  const manifest = kind === 'dump' ? await runDump(tools) : await runBase(tools);
  await shipLog(tools.repository);
  await noteErasures(tools.repository, tools.ownerUrl);
  for (const name of await prune(tools.repository, tools.config, cli.now())) cli.say(`removed ${name}`);
  const where = tools.repository.stores.map((store) => store.title).join(' and ');
  cli.say(`${kind} ${manifest.name} is on ${where}.`);
}

async function list(cli: Surroundings): Promise<void> {
  const config = cli.backupConfig();
  const repository = await openRepository(config);
  for (const kind of ['dump', 'base'] as const) {
    for (const name of await listBackups(repository, kind)) {
      const manifest = await readManifest(repository, kind, name).catch((error: unknown) => {
        if (error instanceof ClearError) return error;
        throw error;
      });
      if (manifest instanceof ClearError) cli.say(`${kind}  ${name}  UNUSABLE: ${manifest.message}`);
      else {
        const size = manifest.files.reduce((sum, file) => sum + file.size, 0);
        const slugs = Object.values(manifest.cooperatives).map((cooperative) => cooperative.slug);
        cli.say(`${kind}  ${name}  ${size} bytes  ${slugs.join(', ')}`);
      }
    }
  }
  for (const run of (await readRuns(config.directory)).filter((one) => one.outcome === 'failed').slice(-5)) {
    cli.say(`failed  ${run.kind}  ${run.startedAt}  ${run.error ?? ''}`);
  }
}

async function verify(cli: Surroundings, name: string | undefined): Promise<void> {
  const repository = await openRepository(cli.backupConfig());
  let checked = 0;
  for (const kind of ['dump', 'base'] as const) {
    const names = await listBackups(repository, kind);
    for (const one of name === undefined ? names : names.filter((known) => known === name)) {
      checked += 1;
      try {
        const manifest = await readManifest(repository, kind, one);
        await wholeIn(repository, manifest);
        if (manifest.log !== null) await checkArchive(repository, manifest.log.first, manifest.log.last);
        cli.say(`${kind}  ${one}  whole`);
      } catch (error) {
        if (!(error instanceof ClearError)) throw error;
        cli.say(`${kind}  ${one}  ${error.message}`);
        cli.exitCode = 1;
      }
    }
  }
  if (checked === 0)
    throw new ClearError(name === undefined ? 'There is no backup yet.' : `There is no backup "${name}".`);
}

async function fetch(cli: Surroundings, name: string, path: string): Promise<void> {
  try {
    const repository = await openRepository(cli.backupConfig());
    if (!(await fetchSegment(repository, name, path))) cli.exitCode = NOT_ARCHIVED;
  } catch (error) {
    // A damaged segment must not be taken for the end of the log.
    cli.say(error instanceof Error ? error.message : String(error));
    cli.exitCode = STOP_RECOVERY;
  }
}

/** A number of seconds of the command line, such as "60". */
function secondsOf(given: string): number {
  const seconds = Number(given);
  if (!Number.isInteger(seconds) || seconds < 1)
    throw new ClearError(`"${given}" is no number of seconds.`, 2);
  return seconds;
}

/**
 * PostgreSQL waits for its archive_command without an end, and archives nothing meanwhile: one that hangs on its disk
 * ends itself, and is called again.
 */
async function archive(cli: Surroundings, path: string, name: string, within: number): Promise<void> {
  const late = setTimeout(() => {
    process.stderr.write(`Archiving ${name} took longer than ${within} seconds; it is tried again.\n`);
    // An orderly end would wait for the disk as well.
    process.kill(process.pid, 'SIGKILL');
  }, within * 1_000);
  const repository = await openRepository(cli.backupConfig());
  await archiveSegment(repository, isAbsolute(path) ? path : resolve(path), name);
  clearTimeout(late);
}

async function serve(cli: Surroundings): Promise<void> {
  const tools = await toolsOf(cli);
  const log = createLog({ service: 'backup', level: tools.config.logLevel });
  const service = await startBackupService({ ...tools, say: (line) => log.info(line) }, log);
  log.info({ port: service.port }, 'the backup service is running');
  await new Promise<void>((resolveEnd) => {
    endGracefully({ log, withinMs: 600_000, stop: () => service.stop(), exit: () => resolveEnd() });
  });
}

/** What the server calls, and what an operator looks at. */
function addArchive(noun: Command, cli: Surroundings): void {
  noun
    .command('archive')
    .summary("archive one file of the log: PostgreSQL's archive_command")
    .description(
      "archive_command = 'habitat backup archive %p %f'. Done means encrypted, on the disk and read back.",
    )
    .argument('<path>', 'where the file lies')
    .argument('<name>', 'its name')
    .option(
      '--within <seconds>',
      'end by force when it takes longer, so that PostgreSQL tries again',
      secondsOf,
      60,
    )
    .action((path: string, name: string, { within }: { within: number }) => archive(cli, path, name, within));
  noun
    .command('fetch')
    .summary("take one file of the log out of the archive: PostgreSQL's restore_command")
    .description('Ends with 1 when the archive does not have it, with 126 when what it has is damaged.')
    .argument('<name>', 'its name')
    .argument('<path>', 'where to put it')
    .action((name: string, path: string) => fetch(cli, name, path));
  noun
    .command('list')
    .summary('list the backups and the last failed runs')
    .action(() => list(cli));
  noun
    .command('verify')
    .summary('check that backups are whole: manifests, files, the log they need')
    .argument('[name]', 'only this backup')
    .action((name: string | undefined) => verify(cli, name));
}

export function addBackup(program: Command, cli: Surroundings): void {
  const noun = program.command('backup').summary('take backups, prove them, archive the log');
  noun
    .command('key')
    .summary('make a new key for BACKUP_KEY; keep a copy of it away from the server')
    .action(async () => cli.say(await newIdentity()));
  noun
    .command('night')
    .summary("the night's work: dump, base backup, retention, and once a week a drill")
    .description('What "habitat backup serve" does every night, once; for a scheduler of your own.')
    .action(() => night(cli));
  noun
    .command('dump')
    .summary('take an encrypted dump now')
    .action(() => take(cli, 'dump'));
  noun
    .command('base')
    .summary('take an encrypted base backup now, from which any later instant can be restored')
    .action(() => take(cli, 'base'));
  noun
    .command('drill')
    .summary('restore into a fresh server and prove the manifest')
    .description(
      'Restores the newest dump (or the one named), and the newest base backup with the log, each into a server of its own,\n' +
        'compares trial balances and events with the manifest and runs every check. Touches nothing else.',
    )
    .argument('[name]', 'only this dump')
    .action(async (name: string | undefined) => {
      await runDrill(await toolsOf(cli), name ?? null);
    });
  noun
    .command('serve')
    .summary('run as a service: every night at BACKUP_TIME, /metrics and /health on METRICS_PORT')
    .action(() => serve(cli));
  addArchive(noun, cli);
}
