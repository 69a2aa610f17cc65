// Databases for integration tests: each test file gets its own copy of a migrated template, made in a moment
// and dropped at the end. The server's address comes from the test run.
import { createHash, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { Database } from './database.ts';
import { openDatabase } from './database.ts';
import { migrate, readMigrations } from './migrator.ts';

const schemaDirectory = fileURLToPath(new URL('../../../schema', import.meta.url));
const appLogin = { name: 'habitat_app', password: 'habitat-test' };
const TEMPLATE_LOCK = 4_217_012;

export interface TestDatabase {
  /** Superuser address, for checks and for damage done on purpose. */
  readonly ownerUrl: string;
  /** The address services get: a login that owns nothing. */
  readonly appUrl: string;
  readonly database: Database;
  /** Runs SQL as superuser, past the wall. */
  asOwner<Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  end(): Promise<void>;
}

function addressOf(serverUrl: string, database: string, login?: { name: string; password: string }): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  if (login !== undefined) {
    url.username = login.name;
    url.password = login.password;
  }
  return url.href;
}

async function ensureTemplate(server: pg.Client, serverUrl: string): Promise<string> {
  const migrations = await readMigrations(schemaDirectory);
  const fingerprint = createHash('sha256')
    .update(migrations.map((migration) => migration.checksum).join())
    .digest('hex');
  const template = `habitat_template_${fingerprint.slice(0, 16)}`;
  await server.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    const { rowCount } = await server.query('select from pg_database where datname = $1', [template]);
    if (rowCount === 0) {
      const draft = `${template}_draft`;
      await server.query(`drop database if exists ${draft} with (force)`);
      await server.query(`create database ${draft}`);
      await migrate({ ownerUrl: addressOf(serverUrl, draft), directory: schemaDirectory, appLogin });
      await server.query(`alter database ${draft} rename to ${template}`);
    }
  } finally {
    await server.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
  return template;
}

/** Makes a fresh, migrated database on the test run's server (its superuser address is given). */
export async function createTestDatabase(serverUrl: string): Promise<TestDatabase> {
  const server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
  const name = `habitat_test_${randomBytes(6).toString('hex')}`;
  try {
    const template = await ensureTemplate(server, serverUrl);
    await server.query(`create database ${name} template ${template}`);
  } finally {
    await server.end();
  }
  const ownerUrl = addressOf(serverUrl, name);
  const appUrl = addressOf(serverUrl, name, appLogin);
  const database = openDatabase({ url: appUrl, poolSize: 6, applicationName: 'test' });
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  owner.on('error', () => undefined);
  return {
    ownerUrl,
    appUrl,
    database,
    async asOwner<Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]) {
      return (await owner.query<Row>(sql, values === undefined ? undefined : [...values])).rows;
    },
    async end() {
      await database.end();
      await owner.end();
      const closing = new pg.Client({ connectionString: serverUrl });
      await closing.connect();
      await closing.query(`drop database if exists ${name} with (force)`);
      await closing.end();
    },
  };
}
