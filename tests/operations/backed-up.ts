// An installation to back up and restore: a PostgreSQL whose log is archived by the built `habitat` command, an S3 API
// beside it, two cooperatives, and entries that keep coming. The embedded server has no pg_dump of its own version, so
// this one is Debian's 15; two spellings of schema/ that are younger than it are written the older way.
import { createHash } from 'node:crypto';
import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { chownSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Database } from '@habitat/database';
import { openDatabase } from '@habitat/database';
import type { DebianPostgres } from '@habitat/test-services';
import { startDebianPostgres } from '@habitat/test-services';
import pg from 'pg';
import S3rver from 's3rver';
import type { KeptProcess } from '../../scripts/servers/kept-process.mjs';
import { keep } from '../../scripts/servers/kept-process.mjs';
import { freePort } from '../../scripts/servers/ports.mjs';
import { postingThroughPg } from '../load/posting.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);
const app = { name: 'habitat_app', password: 'backup-tests' };
export const DATABASE = 'habitat';
const bucket = 'habitat-backups';

export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

export interface Installation {
  readonly postgres: DebianPostgres;
  /** Where the backups lie. */
  readonly backups: string;
  /** The settings of `habitat backup`, for a server that calls it as well. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs the command as the user PostgreSQL runs as; `more` overrides settings. */
  habitat(words: readonly string[], more?: Readonly<Record<string, string>>): Promise<Ran>;
  /** The same for a run that has to go well; answers what it wrote. */
  done(words: readonly string[], more?: Readonly<Record<string, string>>): Promise<string>;
  /** Begins a run that is to be killed; `kill` resolves when nothing of it is left. */
  begin(words: readonly string[], more?: Readonly<Record<string, string>>): { kill(): Promise<void> };
  /** Starts `habitat backup serve`; its address. It ends with the installation. */
  serve(more?: Readonly<Record<string, string>>): Promise<string>;
  /** How many files lie below a folder of the bucket. */
  inBucket(name: string): Promise<number>;
  ask<Row extends pg.QueryResultRow>(sql: string, url?: string): Promise<Row[]>;
  /** Posts entries for both cooperatives until told to stop; answers how many transactions that were. */
  startPosting(): () => Promise<number>;
  end(): Promise<void>;
}

/** The command as it is shipped, where the user that PostgreSQL runs as can reach it. */
async function buildCommand(folder: string): Promise<string> {
  const built = join(folder, 'services/cli/dist');
  await run(process.execPath, ['build.mjs', built], { cwd: join(root, 'services/cli') });
  await cp(join(root, 'schema'), join(folder, 'schema'), { recursive: true });
  return join(built, 'main.js');
}

/** 7_040_001 is spelled 7040001 there, and a grant inherits unless its role does not ("with inherit" and the right to "set" came with 16). */
function spelledFor15(sql: string): string {
  return sql
    .replaceAll(/\b\d+(_\d{3})+\b/g, (number) => number.replaceAll('_', ''))
    .replaceAll(/ with inherit (false|true), set true/g, '')
    .replaceAll("current_user, 'habitat_guard', 'set'", "current_user, 'habitat_guard', 'member'");
}

async function migrateFor15(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      'create schema habitat_migration; create table habitat_migration.applied (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
    );
    for (const name of (await readdir(join(root, 'schema'))).filter((file) => file.endsWith('.sql')).sort()) {
      const sql = await readFile(join(root, 'schema', name), 'utf8');
      await client.query(spelledFor15(sql));
      const checksum = createHash('sha256').update(sql).digest('hex');
      await client.query('insert into habitat_migration.applied values ($1, $2)', [name, checksum]);
    }
    await client.query(
      `create role ${app.name} login noinherit nosuperuser nobypassrls password '${app.password}';
       grant habitat_platform, habitat_treasury, habitat_people, habitat_agreements, habitat_relay to ${app.name}`,
    );
  } finally {
    await client.end();
  }
}

async function startBucket(folder: string): Promise<{ endpoint: string; stop(): Promise<void> }> {
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: bucket, configs: [] }],
  });
  const address = (await server.run()) as AddressInfo;
  return { endpoint: `http://127.0.0.1:${address.port}`, stop: () => server.close() };
}

const founding = (slug: string, passwordFile: string) => [
  ...['cooperative', 'create', '--name', slug, '--slug', slug, '--time-zone', 'UTC'],
  ...['--first-period', '2026-01-01', '--admin-email', `admin@${slug}.example`, '--admin-name', 'Ana'],
  ...['--admin-password-file', passwordFile],
];

function startPosting(database: Database, ledgers: readonly { cooperativeId: string; accounts: string[] }[]) {
  let stopped = false;
  const posted = Promise.all(
    ledgers.map(async (ledger) => {
      let count = 0;
      const one = postingThroughPg(database, ledger, 1, false);
      while (!stopped) {
        await one.run(1);
        count += 1;
      }
      return count;
    }),
  );
  return async () => {
    stopped = true;
    return (await posted).reduce((sum, count) => sum + count, 0);
  };
}

export async function startInstallation(folder: string): Promise<Installation> {
  const command = await buildCommand(folder);
  const backups = join(folder, 'backups');
  await mkdir(backups, { mode: 0o700 });
  const s3 = await startBucket(folder);
  const node = `"${process.execPath}" "${command}"`;
  const { stdout: identity } = await run(process.execPath, [command, 'backup', 'key']);
  const env = {
    BACKUP_DIRECTORY: backups,
    BACKUP_KEY: identity.trim(),
    BACKUP_S3_BUCKET: bucket,
    BACKUP_S3_ENDPOINT: s3.endpoint,
    // s3rver knows this pair.
    BACKUP_S3_ACCESS_KEY_ID: 'S3RVER',
    BACKUP_S3_SECRET_ACCESS_KEY: 'S3RVER',
  };
  const postgres = await startDebianPostgres({
    env,
    settings: {
      max_connections: '60',
      archive_mode: 'on',
      archive_timeout: '300',
      archive_command: `${node} backup archive "%p" "%f"`,
    },
  });
  const { uid, gid } = postgres.identity;
  for (const path of [folder, backups]) if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
  const ownerUrl = postgres.urlOf(DATABASE);
  const appUrl = new URL(ownerUrl);
  [appUrl.username, appUrl.password] = [app.name, app.password];

  const settings = {
    PATH: process.env['PATH'],
    ...env,
    BACKUP_POSTGRES_BIN: postgres.bin,
    DATABASE_URL: appUrl.href,
    DATABASE_OWNER_URL: ownerUrl,
  };

  const spawned = (words: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    spawn(process.execPath, [command, ...words], {
      ...postgres.identity,
      cwd: folder,
      env: { ...settings, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 120_000,
    });

  async function habitat(words: readonly string[], more?: Readonly<Record<string, string>>): Promise<Ran> {
    const child = spawned(words, more);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, output }));
    });
  }

  async function done(words: readonly string[], more?: Readonly<Record<string, string>>): Promise<string> {
    const { code, output } = await habitat(words, more);
    if (code !== 0) throw new Error(`habitat ${words.join(' ')} ended with ${code}: ${output}`);
    return output;
  }

  const services: KeptProcess[] = [];
  async function serve(more: Readonly<Record<string, string>> = {}): Promise<string> {
    const port = await freePort();
    const service = await keep({
      command: process.execPath,
      args: [command, 'backup', 'serve'],
      ...postgres.identity,
      cwd: folder,
      env: { ...settings, HOST: '127.0.0.1', METRICS_PORT: String(port), ...more },
    });
    services.push(service);
    return `http://127.0.0.1:${port}`;
  }

  async function ask<Row extends pg.QueryResultRow>(sql: string, url = ownerUrl): Promise<Row[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  await ask(`create database ${DATABASE}`, postgres.urlOf('postgres'));
  await migrateFor15(ownerUrl);
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, 'four words do it\n');
  for (const slug of ['riverbend', 'hillside']) await done(founding(slug, passwordFile));
  const ledgers = await ask<{ cooperativeId: string; accounts: string[] }>(
    `select cooperative_id as "cooperativeId", array_agg(id::text) as accounts from treasury.account
      where is_leaf and active and type = 'asset' group by cooperative_id`,
  );
  const database = openDatabase({ url: appUrl.href, poolSize: 3, applicationName: 'backup-tests' });

  return {
    postgres,
    backups,
    env,
    habitat,
    done,
    begin(words, more) {
      const child = spawned(words, more);
      const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
      return {
        kill() {
          child.kill('SIGKILL');
          return ended;
        },
      };
    },
    serve,
    async inBucket(name) {
      const files = await readdir(join(folder, 's3', bucket, 'habitat', name)).catch(() => []);
      return files.filter((file) => file.endsWith('_object')).length;
    },
    ask,
    startPosting: () => startPosting(database, ledgers),
    async end() {
      await Promise.all(services.map((service) => service.stop()));
      await database.end();
      await postgres.stop();
      await s3.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
