// The scripts of the compose file's database do what they say: the first start makes the logins, the replica copies the
// primary by itself, follows it, and goes on from where it was after a restart.
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makePrivateFolder } from '@habitat/test-services';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { debian } from '../../scripts/servers/debian.mjs';
import { keep } from '../../scripts/servers/kept-process.mjs';
import { freePort } from '../../scripts/servers/ports.mjs';
import { isRoot, unprivileged } from '../../scripts/servers/postgres-binaries.mjs';

const run = promisify(execFile);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const identity = isRoot() ? unprivileged : {};

let folder;
let env;
let primaryPort;
const running = [];

/** The settings of the compose file, without what only the image has. */
function settingsFile() {
  const text = readFileSync(here('postgresql.conf'), 'utf8')
    .replace(/^shared_preload_libraries.*$/m, '')
    .replace(/^archive_mode.*$/m, 'archive_mode = off')
    .replace(/^shared_buffers.*$/m, 'shared_buffers = 32MB');
  const file = join(folder, 'postgresql.conf');
  writeFileSync(file, `${text}\nunix_socket_directories = ''\n`);
  return file;
}

async function start(name, command, more = {}) {
  const logFile = join(folder, `${name}.log`);
  const [program, ...args] = command;
  const server = await keep({
    command: program,
    args,
    env: { ...env, ...more },
    cwd: folder,
    ...identity,
    stopSignal: 'SIGINT',
    logFile,
  });
  running.push(server);
  return server;
}

async function query(port, sql, login = {}) {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'habitat_owner',
    password: 'owner',
    database: 'habitat',
    ...login,
  });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function until(what, holds) {
  for (const begun = Date.now(); Date.now() - begun < 30_000; await sleep(100)) {
    if (await holds().catch(() => false)) return;
  }
  throw new Error(`waited in vain for: ${what}`);
}

beforeAll(async () => {
  const [postgres] = await debian(['postgresql-15']);
  folder = makePrivateFolder('replica', isRoot() ? unprivileged : undefined);
  chmodSync(folder, 0o755);
  primaryPort = await freePort();
  env = { PATH: `${dirname(postgres)}:/usr/bin:/bin`, LANG: 'C.UTF-8', PGDATA: join(folder, 'primary') };
  writeFileSync(join(folder, 'password'), 'owner');
  const initdb = [
    '-D',
    env.PGDATA,
    '-U',
    'habitat_owner',
    '--pwfile',
    join(folder, 'password'),
    '--auth=scram-sha-256',
  ];
  await run(join(dirname(postgres), 'initdb'), initdb, { env, cwd: folder, ...identity });
  const settings = ['-c', `config_file=${settingsFile()}`];
  await start('primary', ['postgres', ...settings, '-p', String(primaryPort)]);
  await until('the primary answers', () => query(primaryPort, 'select 1', { database: 'postgres' }));
  await query(primaryPort, 'create database habitat', { database: 'postgres' });
  await run('bash', [here('init-logins.sh')], {
    env: {
      ...env,
      ...{ POSTGRES_USER: 'habitat_owner', POSTGRES_DB: 'habitat', PGPASSWORD: 'owner' },
      ...{ PGHOST: '127.0.0.1', PGPORT: String(primaryPort) },
      ...{ REPLICATION_PASSWORD: "it's a password", MONITOR_PASSWORD: 'monitor' },
    },
    ...identity,
  });
  await query(primaryPort, 'select pg_reload_conf()');
}, 120_000);

afterAll(async () => {
  for (const server of running.reverse()) await server.stop();
});

test('a replica fills itself from the primary, follows it, and goes on after a restart', async () => {
  await query(primaryPort, 'create table before as select 1 as one');
  const port = await freePort();
  mkdirSync(join(folder, 'replica'), { mode: 0o777 });
  chmodSync(join(folder, 'replica'), 0o777);
  const settings = ['-c', `config_file=${join(folder, 'postgresql.conf')}`, '-p', String(port)];
  const startReplica = () =>
    start('replica', ['bash', here('start-replica.sh'), 'postgres', ...settings], {
      // Below a folder that a new volume does not have yet.
      PGDATA: join(folder, 'replica/18/docker'),
      PRIMARY_HOST: '127.0.0.1',
      PRIMARY_PORT: String(primaryPort),
      REPLICATION_PASSWORD: "it's a password",
    });
  const replica = await startReplica();
  await until('the replica has the copy', () => query(port, 'select one from before'));
  await query(primaryPort, 'create table after as select 2 as two');
  await until('what came later', () => query(port, 'select two from after'));
  expect(await query(port, 'select pg_is_in_recovery() as standby')).toEqual([{ standby: true }]);
  await expect(query(port, 'create table own (x int)')).rejects.toThrow(/read-only/);
  const [slot] = await query(primaryPort, 'select slot_name, active from pg_replication_slots');
  expect(slot).toEqual({ slot_name: 'habitat_replica', active: true });

  await replica.stop();
  await query(primaryPort, 'create table meanwhile as select 3 as three');
  await startReplica();
  await until('what came while it was away', () => query(port, 'select three from meanwhile'));
});

test("the exporter's login sees statistics and no data", async () => {
  const monitor = { user: 'habitat_monitor', password: 'monitor' };
  expect(await query(primaryPort, 'select application_name from pg_stat_replication', monitor)).toHaveLength(
    1,
  );
  await query(primaryPort, 'create table if not exists secret as select 1 as one');
  await expect(query(primaryPort, 'select * from secret', monitor)).rejects.toThrow(/permission denied/);
});
