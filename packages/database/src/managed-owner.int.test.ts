// A managed PostgreSQL gives nobody superuser rights: its owner may make roles and databases, and no more. That has to
// be enough to bring a new server up and every later release in.
import { fileURLToPath } from 'node:url';
import { startPostgres } from '@habitat/test-services';
import pg from 'pg';
import { expect, test } from 'vitest';
import { migrate } from './migrator.ts';

const directory = fileURLToPath(new URL('../../../schema', import.meta.url));

test('an owner without superuser rights migrates everything, and again with a new password', async () => {
  const server = await startPostgres();
  try {
    const superuser = new pg.Client({ connectionString: server.ownerUrl });
    await superuser.connect();
    await superuser.query(`create role managed login createrole createdb nosuperuser password 'owner'`);
    await superuser.query('create database managed owner managed');
    await superuser.end();
    const owner = new URL(server.ownerUrl);
    owner.username = 'managed';
    owner.password = 'owner';
    owner.pathname = '/managed';
    const login = (password: string) => ({ name: 'habitat_app', password });
    const first = await migrate({ ownerUrl: owner.href, directory, appLogin: login('first') });
    expect(first.length).toBeGreaterThan(20);
    expect(await migrate({ ownerUrl: owner.href, directory, appLogin: login('second') })).toEqual([]);

    const app = new URL(owner);
    app.username = 'habitat_app';
    app.password = 'second';
    const client = new pg.Client({ connectionString: app.href });
    await client.connect();
    await client.query('set role habitat_people');
    await expect(client.query('set role managed')).rejects.toThrow('permission denied');
    await client.end();
  } finally {
    await server.stop();
  }
});
