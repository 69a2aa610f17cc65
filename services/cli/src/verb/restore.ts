// habitat restore dump | point-in-time | erasures: brings the books back, into a new database or a new data folder, never
// over something that is there, and without those who were erased since.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { reapplyErasures } from '../backup/erasures.ts';
import { restoreDump } from '../backup/restore/from-dump.ts';
import { restorePointInTime } from '../backup/restore/point-in-time.ts';
import type { Repository } from '../backup/storage/repository.ts';
import { listBackups, openRepository, readManifest } from '../backup/storage/repository.ts';
import { ClearError } from '../clear-error.ts';
import type { Surroundings } from '../surroundings.ts';
import { fetchCommandOf } from './backup.ts';

async function fromDump(cli: Surroundings, name: string | undefined): Promise<void> {
  const config = cli.backupConfig();
  const repository = await openRepository(config);
  const chosen = name ?? (await listBackups(repository, 'dump')).at(-1);
  if (chosen === undefined) throw new ClearError('There is no dump to restore.');
  const manifest = await readManifest(repository, 'dump', chosen);
  await restoreDump(repository, config, manifest, cli.config().databaseOwnerUrl);
  const books = Object.values(manifest.cooperatives);
  cli.say(
    `Restored the dump ${manifest.name}; the books of ${books.length} cooperatives are those of its manifest.`,
  );
  await erase(cli, repository);
  cli.say('Run "habitat migrate" next: it lets the services’ login in.');
}

/** Members who were erased after the backup was taken are erased in it as well. */
async function erase(cli: Surroundings, repository: Repository): Promise<void> {
  const done = await reapplyErasures(repository, cli.config().databaseOwnerUrl);
  if (done === null)
    cli.say('This backup knows no erasures yet: run "habitat migrate", then "habitat restore erasures".');
  else if (done.noted > 0)
    cli.say(
      `Of ${done.noted} erased members, ${done.again} were still in this backup and were erased again.`,
    );
}

function instantOf(text: string): Date {
  const instant = new Date(text);
  if (
    !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text) ||
    Number.isNaN(instant.getTime())
  )
    throw new ClearError(`"${text}" is not an instant such as 2026-11-21T14:05:00Z.`, 2);
  return instant;
}

async function pointInTime(cli: Surroundings, options: { into: string; at?: string }): Promise<void> {
  const at = options.at === undefined ? null : instantOf(options.at);
  const folder = resolve(options.into);
  const manifest = await restorePointInTime(await openRepository(cli.backupConfig()), {
    at,
    folder,
    fetchCommand: fetchCommandOf(process.argv),
  });
  cli.say(`Unpacked the base backup ${manifest.name} into ${folder}.`);
  cli.say(
    `Start PostgreSQL ${manifest.postgresVersion} on it, with the BACKUP_ settings in its environment: it replays the log ${at === null ? 'to its end' : `up to ${at.toISOString()}`} and then opens.`,
  );
  cli.say(
    'Then, before anybody is let in, run "habitat restore erasures": who was erased since is erased again.',
  );
}

export function addRestore(program: Command, cli: Surroundings): void {
  const noun = program.command('restore').summary('restore the database from a backup');
  noun
    .command('dump')
    .summary('restore a dump into the empty database at DATABASE_OWNER_URL')
    .description(
      'Checks the backup and the database first, restores in one transaction, and compares the books with the manifest.',
    )
    .argument('[name]', 'the dump; the newest when left out')
    .action((name: string | undefined) => fromDump(cli, name));
  noun
    .command('point-in-time')
    .summary('make a data folder that recovers to an instant')
    .requiredOption('--into <folder>', 'the data folder to make')
    .option('--at <instant>', 'such as 2026-11-21T14:05:00Z; the end of the log when left out')
    .action((options: { into: string; at?: string }) => pointInTime(cli, options));
  noun
    .command('erasures')
    .summary('erase again who was erased after the backup was taken')
    .description(
      'Reads the list of erasures beside the backups and does those again that the database at DATABASE_OWNER_URL\n' +
        'does not have. "restore dump" does so by itself; harmless to repeat.',
    )
    .action(async () => erase(cli, await openRepository(cli.backupConfig())));
}
