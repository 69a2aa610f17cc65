// What every verb works in: settings read when first needed, a database opened when first needed and closed at the
// end, and where to write.
import { fileURLToPath } from 'node:url';
import type { BackupConfig, CliConfig, Environment } from '@habitat/config';
import { readBackupConfig, readCliConfig } from '@habitat/config';
import type { Database } from '@habitat/database';
import { openDatabase } from '@habitat/database';
import { listCooperatives } from '@habitat/platform';
import type { CooperativeListing } from '@habitat/platform';
import { ClearError } from './clear-error.ts';

export interface Surroundings {
  config(): CliConfig;
  backupConfig(): BackupConfig;
  /** The environment as it was given, for programs that call this command again. */
  readonly env: Environment;
  database(): Database;
  /** The SQL files; the same folder from source and from the bundle. */
  readonly schemaDirectory: string;
  now(): Date;
  /** A line for the person in front of the screen. */
  say(line?: string): void;
  /** What the process ends with when the verb itself did not fail: 1 when it found something wrong. */
  exitCode: number;
  end(): Promise<void>;
}

/** `write` gets each line with its line break. */
export function createSurroundings(env: Environment, write: (text: string) => void): Surroundings {
  let config: CliConfig | undefined;
  let database: Database | undefined;
  return {
    exitCode: 0,
    schemaDirectory: fileURLToPath(new URL('../../../schema', import.meta.url)),
    config() {
      config ??= readCliConfig(env);
      return config;
    },
    backupConfig: () => readBackupConfig(env),
    env,
    database() {
      database ??= openDatabase({
        url: this.config().databaseUrl,
        poolSize: 4,
        statementTimeoutMs: 600_000,
        applicationName: 'habitat-cli',
      });
      return database;
    },
    now: () => new Date(),
    say: (line = '') => write(`${line}\n`),
    async end() {
      await database?.end();
    },
  };
}

/** The cooperative a verb names by its short name. */
export async function cooperativeNamed(cli: Surroundings, slug: string): Promise<CooperativeListing> {
  const all = await listCooperatives(cli.database());
  const found = all.find((cooperative) => cooperative.slug === slug);
  if (found !== undefined) return found;
  const known = all.map((cooperative) => cooperative.slug).join(', ');
  throw new ClearError(
    `There is no cooperative "${slug}"; there ${known === '' ? 'is none yet' : `are: ${known}`}.`,
  );
}
