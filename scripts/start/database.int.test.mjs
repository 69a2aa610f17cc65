// The embedded database keeps its rows through every kind of end, also below a folder only root may enter.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDatabase, resetDatabase } from './database.mjs';
import { openHome, readSecrets } from './home.mjs';

let folder;
let home;
let database;

beforeEach(() => {
  // Mode 700, as root's home: nobody but its owner can pass, and as root PostgreSQL runs as somebody else.
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'habitat-database-')));
  chmodSync(folder, 0o700);
  mkdirSync(join(folder, 'clone'));
  home = openHome(join(folder, 'clone/.habitat'));
  database = null;
});
afterEach(async () => {
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function open(env = {}) {
  database = await openDatabase(home, readSecrets(home), env);
  return database;
}

async function ask(sql, url = database.ownerUrl) {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const postmaster = () => Number.parseInt(readFileSync(join(home.postgres, 'postmaster.pid'), 'utf8'), 10);

test('rows survive a stop and a second start', async () => {
  await open();
  await ask('create table kept as select 1 as id');
  await database.stop();
  await open();
  expect(await ask('select id from kept')).toEqual([{ id: 1 }]);
});

test('a server killed hard is started again by itself, on the same address', async () => {
  await open();
  await ask('create table kept as select 1 as id');
  const told = [];
  database.keepAlive((text) => told.push(text));
  process.kill(postmaster(), 'SIGKILL');
  await vi.waitFor(async () => expect(await ask('select id from kept')).toEqual([{ id: 1 }]), {
    timeout: 15_000,
    interval: 200,
  });
  expect(told).toContain('PostgreSQL ended unexpectedly and is started again.');
});

test('a server that still runs is ended before the next one starts, and nothing is lost', async () => {
  const first = await open();
  await ask('create table kept as select 1 as id');
  const left = postmaster();
  await open();
  expect(postmaster()).not.toBe(left);
  expect(await ask('select id from kept')).toEqual([{ id: 1 }]);
  await first.stop();
});

test('a damaged data folder is told in one sentence and left as it is', async () => {
  await open();
  await database.stop();
  database = null;
  rmSync(join(home.postgres, 'global/pg_control'));
  await expect(open()).rejects.toThrow(/can't be used: .*not a complete PostgreSQL data folder.*--reset/);
  expect(existsSync(join(home.postgres, 'PG_VERSION'))).toBe(true);
});

test('a data folder whose control file is rubbish is told in one sentence', async () => {
  await open();
  await database.stop();
  database = null;
  writeFileSync(join(home.postgres, 'global/pg_control'), Buffer.alloc(8192));
  await expect(open()).rejects.toThrow(/can't be used: PostgreSQL did not start.*--reset/);
});

test('a reset forgets rows and passwords', async () => {
  await open();
  const before = readSecrets(home);
  await database.stop();
  await resetDatabase(home);
  expect(existsSync(home.postgres)).toBe(false);
  expect(readSecrets(home).ownerPassword).not.toBe(before.ownerPassword);
  await open();
  expect(await ask(`select count(*)::int as tables from pg_tables where schemaname = 'public'`)).toEqual([
    { tables: 0 },
  ]);
});

test('a database of the operator is used as it is; the services get a login of their own', async () => {
  const own = await open();
  const secrets = readSecrets(home);
  const given = await openDatabase(home, secrets, { DATABASE_URL: own.ownerUrl });
  expect(given.ownerUrl).toBe(own.ownerUrl);
  expect(new URL(given.appUrl).username).toBe('habitat_app');
  const both = { DATABASE_URL: 'postgres://app:x@127.0.0.1/habitat', DATABASE_OWNER_URL: own.ownerUrl };
  expect((await openDatabase(home, secrets, both)).appUrl).toBe(both.DATABASE_URL);
});

test('a database that does not answer is told in one sentence', async () => {
  await expect(open({ DATABASE_URL: 'postgres://a:b@127.0.0.1:1/habitat' })).rejects.toThrow(
    /The PostgreSQL at 127.0.0.1:1 can't be used/,
  );
  await expect(open({ DATABASE_URL: 'localhost' })).rejects.toThrow(/DATABASE_URL is no address/);
});
