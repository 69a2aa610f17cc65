// Migrations run once, in order, and refuse a history that was changed behind the database's back.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { migrate, MigrationError } from './migrator.ts';

let server: pg.Client;
let serverUrl: string;
let ownerUrl: string;
let directory: string;
let name: string;

beforeAll(async () => {
  serverUrl = await sharedPostgresUrl();
  server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
});
afterAll(() => server.end());

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'habitat-migrations-'));
  name = `habitat_migrator_${process.pid}_${Math.random().toString(36).slice(2)}`;
  await server.query(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  ownerUrl = url.href;
  await writeFile(join(directory, '01_first.sql'), 'create table first (id int);');
  await writeFile(join(directory, '02_second.sql'), 'create table second (id int); select pg_sleep(0.2);');
});
afterEach(async () => {
  await server.query(`drop database ${name} with (force)`);
  await rm(directory, { recursive: true });
});

const run = () => migrate({ ownerUrl, directory });

async function ask<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('each file is applied once, in order', async () => {
  expect(await run()).toEqual(['01_first.sql', '02_second.sql']);
  expect(await run()).toEqual([]);
  await writeFile(join(directory, '03_third.sql'), 'create table third (id int);');
  expect(await run()).toEqual(['03_third.sql']);
});

test('two servers that start at once migrate once', async () => {
  const answers = await Promise.all([run(), run(), run()]);
  expect(answers.flat().sort()).toEqual(['01_first.sql', '02_second.sql']);
});

test('an edited file is refused', async () => {
  await run();
  await writeFile(join(directory, '01_first.sql'), 'create table first (id bigint);');
  await expect(run()).rejects.toThrow('01_first.sql was changed after it was applied');
});

test('a file the database has and we lack is refused', async () => {
  await run();
  await rm(join(directory, '02_second.sql'));
  await expect(run()).rejects.toThrow('the database has migration 02_second.sql');
});

test('a file slipped in before applied ones is refused', async () => {
  await rm(join(directory, '01_first.sql'));
  await run();
  await writeFile(join(directory, '01_first.sql'), 'create table first (id int);');
  await expect(run()).rejects.toThrow('01_first.sql comes before 02_second.sql');
});

test('a file that fails leaves nothing of itself, keeps those before it, and is named', async () => {
  await writeFile(join(directory, '02_second.sql'), 'create table second (id int); select 1/0;');
  await expect(run()).rejects.toThrow(MigrationError);
  await expect(run()).rejects.toThrow('02_second.sql: division by zero');
  expect(await ask(`select tablename from pg_tables where schemaname = 'public'`)).toEqual([
    { tablename: 'first' },
  ]);
});

test('the app login owns nothing, inherits nothing and may only become a context role', async () => {
  const { rows } = await server.query<{ rolname: string }>(
    `select rolname from pg_roles where rolname like 'habitat\\_%'`,
  );
  if (!rows.some((row) => row.rolname === 'habitat_people')) {
    for (const role of ['platform', 'treasury', 'people', 'agreements', 'relay']) {
      await server.query(`create role habitat_${role} nologin noinherit`);
    }
  }
  const login = { name: `habitat_app_${process.pid}`, password: "it's a secret" };
  await migrate({ ownerUrl, directory, appLogin: login });
  await migrate({ ownerUrl, directory, appLogin: login });
  const url = new URL(ownerUrl);
  url.username = login.name;
  url.password = encodeURIComponent(login.password);
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query('set role habitat_people');
    await client.query('reset role');
    await expect(client.query('select * from first')).rejects.toThrow('permission denied');
    await expect(client.query(`set role ${new URL(ownerUrl).username}`)).rejects.toThrow('permission denied');
    const { rows: self } = await client.query(
      'select rolsuper, rolbypassrls, rolinherit from pg_roles where rolname = current_user',
    );
    expect(self).toEqual([{ rolsuper: false, rolbypassrls: false, rolinherit: false }]);
  } finally {
    await client.end();
    await server.query(`drop role if exists ${login.name}`);
  }
});
