// habitat migrate: brings the database up to this version and lets the services' login in.
import { migrate, MigrationError } from '@habitat/database';
import type { AppLogin } from '@habitat/database';
import type { Command } from 'commander';
import { ClearError } from '../clear-error.ts';
import type { Surroundings } from '../surroundings.ts';

/**
 * The services' login, from DATABASE_URL. None when the owner and the services are one login: it exists already, and
 * taking its rights away would lock the owner out.
 */
function appLoginOf(databaseUrl: string, ownerUrl: string): AppLogin | null {
  const services = new URL(databaseUrl);
  const name = decodeURIComponent(services.username);
  const password = decodeURIComponent(services.password);
  if (name === '' || name === decodeURIComponent(new URL(ownerUrl).username)) return null;
  if (password === '') throw new ClearError('DATABASE_URL has no password, so its login cannot be made.');
  return { name, password };
}

async function run(cli: Surroundings): Promise<void> {
  const { databaseUrl, databaseOwnerUrl } = cli.config();
  const appLogin = appLoginOf(databaseUrl, databaseOwnerUrl);
  try {
    const applied = await migrate({
      ownerUrl: databaseOwnerUrl,
      directory: cli.schemaDirectory,
      ...(appLogin === null ? {} : { appLogin }),
      onApply: (name) => cli.say(`applying ${name}`),
    });
    cli.say(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.length} files.`);
  } catch (error) {
    if (error instanceof MigrationError)
      throw new ClearError(`The database was not migrated: ${error.message}.`);
    throw error;
  }
}

export function addMigrate(program: Command, cli: Surroundings): void {
  program
    .command('migrate')
    .summary('bring the database up to this version')
    .description(
      'Applies the SQL files this version has and the database lacks, each once and in order, and makes the login in DATABASE_URL.\n' +
        'Connects as DATABASE_OWNER_URL, or as DATABASE_URL when that is not set. Running it again changes nothing.',
    )
    .action(() => run(cli));
}
