// Restores a dump into an empty database and proves that the books are those of the manifest. Everything about the
// backup is checked before the database is touched, and the restore is one transaction: all of it or nothing.
import type { BackupConfig } from '@habitat/config';
import pg from 'pg';
import { ClearError } from '../../clear-error.ts';
import { connectionOf, feed, startProgram } from '../postgres-program.ts';
import { differences, proofOfBooks } from '../proof.ts';
import type { ManifestContent } from '../storage/manifest.ts';
import type { Repository } from '../storage/repository.ts';
import { openContent, wholeIn } from '../storage/repository.ts';

async function refuseUnlessEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select nspname as name from pg_namespace
      where nspname in ('platform', 'treasury', 'people', 'agreements', 'habitat_migration')`,
  );
  if (rows.length > 0) {
    const names = rows.map((row) => row.name).join(', ');
    throw new ClearError(
      `The database ${client.database ?? ''} is not empty (it has ${names}): restore into a new one.`,
    );
  }
}

/** A dump speaks of roles but does not make them: owners of guards among them. What is made here logs in nowhere. */
async function makeRoles(client: pg.Client, roles: readonly string[]): Promise<void> {
  for (const role of roles) {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
    if (rowCount === 0)
      await client.query(`create role ${client.escapeIdentifier(role)} nologin noinherit nobypassrls`);
  }
}

/**
 * Restores `manifest`'s dump into the database at `url`, which must be empty.
 *
 * @throws ClearError before anything is touched when the backup or the database is not as it must be
 */
export async function restoreDump(
  repository: Repository,
  config: BackupConfig,
  manifest: ManifestContent,
  url: string,
): Promise<void> {
  const store = await wholeIn(repository, manifest);
  const client = new pg.Client({ connectionString: url, application_name: 'habitat:restore' });
  await client.connect();
  try {
    await refuseUnlessEmpty(client);
    await makeRoles(client, manifest.roles);
    const env = connectionOf(url);
    const restore = startProgram(
      config.postgresBin,
      'pg_restore',
      ['--single-transaction', '--exit-on-error', `--dbname=${env['PGDATABASE'] ?? ''}`],
      env,
    );
    await feed(restore, await openContent(repository, store, manifest));
    const wrong = differences(manifest.cooperatives, await proofOfBooks(client));
    if (wrong.length > 0)
      throw new ClearError(`What was restored is not what was backed up: ${wrong.join('; ')}.`);
  } finally {
    await client.end();
  }
}
