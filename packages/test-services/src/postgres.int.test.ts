// The test database keeps what was committed through a kill -9 and leaves nothing behind after its stop.
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from './postgres.ts';

let server: TestPostgres;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

async function ask(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.ownerUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('a committed row survives kill -9 and restart on the same address', async () => {
  await ask('create table kept (id int primary key)');
  await ask('insert into kept values (1)');
  await server.kill();
  await expect(ask('select id from kept')).rejects.toThrow();
  await server.restart();
  expect(await ask('select id from kept')).toEqual([{ id: 1 }]);
});

test('text sorts the same on every machine', async () => {
  const rows = await ask(
    `select string_agg(t, '' order by t) as sorted from unnest(array['b', 'Z', 'a', 'é']) t`,
  );
  expect(rows).toEqual([{ sorted: 'Zabé' }]);
});
