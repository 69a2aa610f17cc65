// A connection that holds one moment of the database still, so that a dump and its manifest speak of the same books.
import pg from 'pg';
import { ClearError } from '../clear-error.ts';
import type { BooksProof } from './proof.ts';
import { proofOfBooks } from './proof.ts';
import { CONNECT_WITHIN_SECONDS, LOCKED_AT_MOST_MS } from './postgres-program.ts';
import type { ManifestContent } from './storage/manifest.ts';

const BACKUP_LOCK = 4_217_013;
const REPLAY_SETTINGS = [
  'max_connections',
  'max_locks_per_transaction',
  'max_prepared_transactions',
  'max_wal_senders',
  'max_worker_processes',
];

export interface Moment {
  /** What pg_dump takes to see the same rows. */
  readonly snapshot: string;
  readonly archives: boolean;
  readonly facts: Pick<
    ManifestContent,
    'postgresVersion' | 'schemaVersion' | 'roles' | 'serverSettings' | 'cooperatives'
  >;
}

async function factsOf(client: pg.Client, cooperatives: BooksProof): Promise<Moment['facts']> {
  const { rows: settings } = await client.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any($1)',
    [REPLAY_SETTINGS],
  );
  const { rows: roles } = await client.query<{ rolname: string }>(
    // Those that rights name or that own something: the contexts', the guards' and the owner.
    `select rolname from pg_roles
      where (rolname like 'habitat\\_%' and not rolcanlogin)
         or oid = (select nspowner from pg_namespace where nspname = 'platform')
      order by rolname`,
  );
  const { rows: about } = await client.query<{ postgres: string; schema: string }>(
    `select current_setting('server_version') as postgres, max(name) as schema from habitat_migration.applied`,
  );
  return {
    postgresVersion: about[0]?.postgres ?? '',
    schemaVersion: about[0]?.schema ?? '',
    roles: roles.map((role) => role.rolname),
    serverSettings: Object.fromEntries(settings.map(({ name, setting }) => [name, setting])),
    cooperatives,
  };
}

/**
 * Runs `work` while the moment is held.
 *
 * @throws ClearError when another backup of this database is running
 */
export async function atOneMoment<Made>(
  ownerUrl: string,
  work: (moment: Moment) => Promise<Made>,
): Promise<Made> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    application_name: 'habitat:backup',
    connectionTimeoutMillis: CONNECT_WITHIN_SECONDS * 1_000,
    keepAlive: true,
    lock_timeout: LOCKED_AT_MOST_MS,
  });
  await client.connect();
  try {
    const { rows: locks } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [
      BACKUP_LOCK,
    ]);
    if (locks[0]?.free !== true) throw new ClearError('Another backup of this database is running.');
    await client.query('begin isolation level repeatable read read only');
    const { rows } = await client.query<{ snapshot: string; mode: string }>(
      `select pg_export_snapshot() as snapshot, current_setting('archive_mode') as mode`,
    );
    const facts = await factsOf(client, await proofOfBooks(client));
    const moment = { snapshot: rows[0]?.snapshot ?? '', archives: rows[0]?.mode !== 'off', facts };
    return await work(moment);
  } finally {
    await client.end();
  }
}

/** The name of a backup taken now; names sort by time. */
export function backupName(now: Date): string {
  return now.toISOString().replaceAll(':', '-').replace(/\.\d+/, '');
}
