// Applies the SQL files of schema/ in order, each once and in its own transaction. A file that was applied may
// never change, and one server migrates at a time.
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

const MIGRATION_LOCK = 4_217_011;

export interface Migration {
  readonly name: string;
  readonly checksum: string;
  readonly sql: string;
}

/** A database that cannot be migrated as asked; the message says what to do. */
export class MigrationError extends Error {}

/** The login services connect with. It owns nothing and may only act as one of the context roles. */
export interface AppLogin {
  readonly name: string;
  readonly password: string;
}

/** Reads the numbered SQL files of a folder, in order. */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => /^\d{2}_[a-z0-9_]+\.sql$/.test(name)).sort();
  if (names.length === 0) throw new MigrationError(`no migrations found in ${directory}`);
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(directory, name), 'utf8');
      return { name, checksum: createHash('sha256').update(sql).digest('hex'), sql };
    }),
  );
}

async function appliedMigrations(client: pg.Client): Promise<Map<string, string>> {
  await client.query(`create schema if not exists habitat_migration`);
  await client.query(`create table if not exists habitat_migration.applied (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from habitat_migration.applied',
  );
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

function pendingOf(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): Migration[] {
  const known = new Set(migrations.map((migration) => migration.name));
  for (const name of applied.keys()) {
    if (!known.has(name)) {
      throw new MigrationError(
        `the database has migration ${name}, which this version lacks: it is older than the database`,
      );
    }
  }
  const pending: Migration[] = [];
  for (const migration of migrations) {
    const checksum = applied.get(migration.name);
    if (checksum === undefined) pending.push(migration);
    else if (checksum !== migration.checksum) {
      throw new MigrationError(
        `${migration.name} was changed after it was applied: put the change in a new file`,
      );
    } else if (pending[0] !== undefined) {
      throw new MigrationError(`${pending[0].name} comes before ${migration.name}, which is already applied`);
    }
  }
  return pending;
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into habitat_migration.applied (name, checksum) values ($1, $2)', [
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new MigrationError(`${migration.name}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** Roles belong to the server: another database's migration may touch the same row at the same moment. */
async function ensureLogin(client: pg.Client, login: AppLogin): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await writeLogin(client, login);
    } catch (error) {
      const raced =
        error instanceof Error && /concurrently updated|already exists|duplicate key/.test(error.message);
      if (!raced || tried >= 5) throw error;
    }
  }
}

async function writeLogin(client: pg.Client, login: AppLogin): Promise<void> {
  const name = client.escapeIdentifier(login.name);
  const { rows } = await client.query<{ mighty: boolean }>(
    'select rolsuper or rolbypassrls as mighty from pg_roles where rolname = $1',
    [login.name],
  );
  const [found] = rows;
  const verb = found === undefined ? 'create' : 'alter';
  // An owner without superuser rights, as a managed database has, may not even say that a login has none.
  const humble = found?.mighty === true ? 'nosuperuser nobypassrls' : '';
  await client.query(
    `${verb} role ${name} login noinherit ${humble} password ${client.escapeLiteral(login.password)}`,
  );
  await client.query(
    `grant habitat_platform, habitat_treasury, habitat_people, habitat_agreements, habitat_relay to ${name} with inherit false, set true`,
  );
}

/**
 * Brings a database up to date and returns the names of the files applied now (none when it already was).
 * Throws MigrationError for an edited or missing file, or SQL that fails.
 */
export async function migrate(options: {
  readonly ownerUrl: string;
  readonly directory: string;
  readonly appLogin?: AppLogin;
  readonly onApply?: (name: string) => void;
}): Promise<string[]> {
  const migrations = await readMigrations(options.directory);
  const client = new pg.Client({ connectionString: options.ownerUrl, application_name: 'habitat:migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const pending = pendingOf(migrations, await appliedMigrations(client));
    for (const migration of pending) {
      options.onApply?.(migration.name);
      await applyOne(client, migration);
    }
    if (options.appLogin !== undefined) await ensureLogin(client, options.appLogin);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}
