// A streaming standby of a test server: its data folder copied while the server runs, then following its log.
import { spawnSync } from 'node:child_process';
import { chownSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { startCluster, stopLeftover } from '../../../scripts/servers/postgres.mjs';
import { isRoot, unprivileged } from '../../../scripts/servers/postgres-binaries.mjs';
import { freePort } from '../../../scripts/servers/ports.mjs';
import { makePrivateFolder } from './private-folder.ts';

export interface StandbySource {
  readonly data: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** Copies a running server's folder between the start and the end of a backup. */
async function copyRunning(source: StandbySource, data: string): Promise<void> {
  const { port, user, password } = source;
  const client = new pg.Client({ host: '127.0.0.1', port, user, password, database: 'postgres' });
  await client.connect();
  try {
    await client.query(`select pg_backup_start('standby', true)`);
    const copied = spawnSync('cp', ['-a', source.data, data], { encoding: 'utf8' });
    // A file that vanished meanwhile was dropped; the log tells the standby so.
    if (copied.status !== 0 && /cannot (?!stat)/.test(copied.stderr)) throw new Error(copied.stderr);
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    for (const [name, text] of [
      ['backup_label', rows[0]?.labelfile ?? ''],
      ['standby.signal', ''],
    ] as const) {
      writeFileSync(join(data, name), text, { mode: 0o600 });
      if (isRoot()) chownSync(join(data, name), unprivileged.uid, unprivileged.gid);
    }
    for (const name of ['postmaster.pid', 'postmaster.opts']) rmSync(join(data, name), { force: true });
  } finally {
    await client.end();
  }
}

/** A server that follows another. */
export type TestStandby = Awaited<ReturnType<typeof startStandby>>;

/** Starts a standby of a running server; `restart` lets it follow again after a `kill`. */
export async function startStandby(source: StandbySource) {
  const folder = makePrivateFolder('standby');
  const data = join(folder, 'data');
  await copyRunning(source, data);
  const port = await freePort();
  const { user, password } = source;
  const settings = {
    ...source.settings,
    primary_conninfo: `host=127.0.0.1 port=${source.port} user=${user} password=${password}`,
    wal_receiver_status_interval: '1s',
  };
  const logFile = join(folder, 'server.log');
  const start = () =>
    startCluster({ folder: data, port, user, password, settings, logFile, removeFolder: folder });
  let server = await start();

  async function ask(sql: string): Promise<void> {
    const client = new pg.Client({ host: '127.0.0.1', port, user, password, database: 'postgres' });
    await client.connect();
    await client.query(sql);
    await client.end();
  }

  return {
    ownerUrl: `postgres://${user}:${password}@127.0.0.1:${port}/postgres`,
    port,
    /** Stops and resumes replaying what it receives. */
    pause: () => ask('select pg_wal_replay_pause()'),
    resume: () => ask('select pg_wal_replay_resume()'),
    kill: () => server.kill(),
    async restart() {
      await server.kill();
      await stopLeftover(data);
      server = await start();
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
