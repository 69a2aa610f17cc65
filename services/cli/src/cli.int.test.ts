// The habitat command as operators use it, on a real Postgres: from an empty database to a founded cooperative, and
// what it says when things are wrong.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '@habitat/database/testing';
import type { TestDatabase } from '@habitat/database/testing';
import { newId } from '@habitat/kernel';
import type { Delivery } from '@habitat/messaging';
import { holdRelay, startDelivery } from '@habitat/messaging';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { allHandlers } from '@habitat/worker';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHabitat } from './program.ts';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function habitat(env: Record<string, string>, ...argv: string[]): Promise<Ran> {
  const told = { out: '', err: '' };
  const code = await runHabitat(argv, env, {
    out: (text) => {
      told.out += text;
    },
    err: (text) => {
      told.err += text;
    },
  });
  return { code, ...told };
}

const folder = mkdtempSync(join(tmpdir(), 'habitat-cli-'));
const passwordFile = join(folder, 'password');
let database: TestDatabase;
let env: Record<string, string>;

beforeAll(async () => {
  writeFileSync(passwordFile, 'four words do it\n');
  database = await createTestDatabase(await sharedPostgresUrl());
  env = { DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl };
});
afterAll(async () => {
  await database.end();
  rmSync(folder, { recursive: true });
});

const create = (slug: string, ...more: string[]) => [
  'cooperative',
  'create',
  ...[
    '--name',
    'Riverbend',
    '--slug',
    slug,
    '--time-zone',
    'America/New_York',
    '--first-period',
    '2026-01-01',
  ],
  ...['--admin-email', `admin@${slug}.example`, '--admin-name', 'Ana', '--admin-password-file', passwordFile],
  ...more,
];

describe('habitat', () => {
  const verbs = [
    ['migrate'],
    ['cooperative'],
    ['cooperative', 'create'],
    ['cooperative', 'list'],
    ['verify'],
    ['replay'],
    ['dead-letters'],
    ['dead-letters', 'list'],
    ['dead-letters', 'show'],
    ['dead-letters', 'redrive'],
    ['backup'],
    ...['key', 'night', 'dump', 'base', 'drill', 'serve', 'archive', 'fetch', 'list', 'verify'].map(
      (verb) => ['backup', verb],
    ),
    ['restore', 'dump'],
    ['restore', 'point-in-time'],
  ];

  test.each(verbs)('%s %s has help', async (...verb) => {
    const ran = await habitat({}, ...verb.filter((word) => word !== undefined), '--help');
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('Usage: habitat');
  });

  test('says which release it is, without a database', async () => {
    const ran = await habitat({ HABITAT_VERSION: '1.2.3', HABITAT_REVISION: 'abc' }, '--version');
    expect(ran).toMatchObject({ code: 0, out: '1.2.3 (abc)\n' });
  });

  test('says what it does not know, and ends with 2', async () => {
    const ran = await habitat({}, 'dance');
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain("unknown command 'dance'");
  });

  test('lists every fault of its settings at once', async () => {
    const ran = await habitat({ DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud' }, 'verify');
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('DATABASE_URL');
    expect(ran.err).toContain('LOG_LEVEL');
  });

  test('tells in one sentence that nothing answers', async () => {
    const ran = await habitat({ DATABASE_URL: 'postgres://x:y@127.0.0.1:1/z' }, 'verify');
    expect(ran).toEqual({
      code: 1,
      out: '',
      err: 'The database cannot be reached: nothing answers there.\n',
    });
  });
});

test('habitat migrate fills an empty database, makes the services’ login, and does nothing the second time', async () => {
  const server = new pg.Client({ connectionString: database.ownerUrl });
  await server.connect();
  const name = `habitat_migrated_${randomBytes(4).toString('hex')}`;
  await server.query(`create database ${name}`);
  const owner = new URL(database.ownerUrl);
  owner.pathname = `/${name}`;
  const services = new URL(owner);
  [services.username, services.password] = [name, 'services-password'];
  const both = { DATABASE_URL: services.href, DATABASE_OWNER_URL: owner.href };
  try {
    const early = await habitat(both, 'cooperative', 'list');
    expect(early.code).toBe(1);
    const first = await habitat(both, 'migrate');
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain('applying 00_platform_core.sql');
    expect(await habitat(both, 'migrate')).toMatchObject({ code: 0, out: 'The database is up to date.\n' });
    expect(await habitat(both, 'cooperative', 'list')).toMatchObject({
      code: 0,
      out: 'There is no cooperative yet.\n',
    });
  } finally {
    await server.query(`drop database ${name} with (force)`);
    await server.query(`drop role if exists ${name}`);
    await server.end();
  }
});

describe('habitat cooperative create', () => {
  test('founds a cooperative that every context has taken up, and everything holds', async () => {
    const ran = await habitat(env, ...create('founded'));
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain('Created Riverbend (founded)');
    const [taken] = await database.asOwner<{
      accounts: bigint;
      members: bigint;
      waiting: bigint;
      dead: bigint;
    }>(
      `select (select count(*) from treasury.account) as accounts, (select count(*) from people.member) as members,
         (select count(*) from platform.outbox) as waiting, (select count(*) from platform.dead_letter) as dead`,
    );
    expect(Number(taken?.accounts)).toBeGreaterThan(20);
    expect(taken).toMatchObject({ members: 1n, waiting: 0n, dead: 0n });
    const verified = await habitat(env, 'verify');
    expect(verified.out).toContain('Everything holds in 1 cooperatives.');
    expect(verified.code).toBe(0);
  });

  test('begins the fiscal year where it is told to: July names the quarter after the year it ends in', async () => {
    const ran = await habitat(
      env,
      ...create('july', '--fiscal-year-start', '7', '--first-period', '2026-07-01'),
    );
    expect(ran).toMatchObject({ code: 0, err: '' });
    const [first] = await database.asOwner<{ name: string; ends_on: string }>(
      `select p.name, p.ends_on::text from treasury.period p join platform.cooperative c using (cooperative_id)
       where c.slug = 'july' order by p.starts_on limit 1`,
    );
    expect(first).toEqual({ name: 'Q1 2027', ends_on: '2026-09-30' });
    const wrong = await habitat(env, ...create('never', '--fiscal-year-start', '13'));
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('a month is a number from 1 (January) to 12 (December)');
  });

  test('refuses a short name that is taken, in one sentence', async () => {
    await habitat(env, ...create('twice'));
    const ran = await habitat(env, ...create('twice'));
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/^The cooperative was not created: slug taken .*\n$/);
  });

  test('refuses a template that is not there and a zone that is none', async () => {
    expect((await habitat(env, ...create('odd', '--template', 'commune'))).err).toContain('Allowed choices');
    expect(await habitat(env, ...create('odd', '--time-zone', 'Mars'))).toMatchObject({
      code: 1,
      err: '"Mars" is not a time zone like America/New_York.\n',
    });
  });
});

describe('habitat verify', () => {
  test('ends with 1 and shows the rows when something is wrong', async () => {
    await habitat(env, ...create('broken'));
    await database.asOwner('alter table platform.refresh_token disable row level security');
    try {
      const ran = await habitat(env, 'verify', '--cooperative', 'broken');
      expect(ran.code).toBe(1);
      expect(ran.out).toContain('WRONG  platform_wall: 1 row');
      expect(ran.out).toContain('refresh_token');
    } finally {
      await database.asOwner('alter table platform.refresh_token enable row level security');
    }
  });

  test('finds a copy that no longer equals its events, and replay --apply puts it right', async () => {
    await habitat(env, ...create('drifted'));
    await database.asOwner(
      `update people.period set name = 'Q9' where cooperative_id = (select cooperative_id from platform.cooperative where slug = 'drifted')`,
    );
    expect(await habitat(env, 'verify', '--cooperative', 'drifted')).toMatchObject({ code: 1 });
    const compared = await habitat(
      env,
      'replay',
      '--projection',
      'people.periods',
      '--cooperative',
      'drifted',
    );
    expect(compared.code).toBe(1);
    expect(compared.out).toContain('differences');
    expect((await habitat(env, 'replay', '--cooperative', 'drifted', '--apply')).code).toBe(0);
    expect(await habitat(env, 'verify', '--cooperative', 'drifted')).toMatchObject({ code: 0 });
  });

  test('of a cooperative that is not there says which there are', async () => {
    const ran = await habitat(env, 'verify', '--cooperative', 'nowhere');
    expect(ran.err).toMatch(/^There is no cooperative "nowhere"; there are: .*founded.*\.\n$/);
  });
});

describe('habitat replay', () => {
  const inCooperative = (slug: string) =>
    `cooperative_id = (select cooperative_id from platform.cooperative where slug = '${slug}')`;
  const replayed = (projection: string, ...more: string[]) =>
    habitat(env, 'replay', '--projection', projection, ...more);
  const copies = [
    { projection: 'people.periods', handler: 'people.keep-periods', table: 'people.period' },
    { projection: 'agreements.copy-members', handler: 'agreements.copy-members', table: 'agreements.member' },
  ];

  test.each(copies)(
    '$projection is made again by --apply after it was emptied',
    async ({ projection, table }) => {
      const slug = `emptied-${projection.split('.')[0]}`;
      await habitat(env, ...create(slug));
      const content = () =>
        database.asOwner(`select * from ${table} where ${inCooperative(slug)} order by 2`);
      const before = await content();
      expect(before.length).toBeGreaterThan(0);
      await database.asOwner(`delete from ${table} where ${inCooperative(slug)}`);
      const one = ['--cooperative', slug];
      expect(await replayed(projection, ...one)).toMatchObject({
        code: 1,
        out: expect.stringContaining(`: ${before.length} difference`),
      });
      expect(await content()).toEqual([]);
      expect((await replayed(projection, ...one, '--apply')).code).toBe(0);
      expect(await content()).toEqual(before);
    },
  );

  test.each(copies)(
    '$projection is filled by --fill when its handler is new to the installation',
    async ({ projection, handler, table }) => {
      const slug = `new-${projection.split('.')[0]}`;
      await habitat(env, ...create(slug));
      const content = () =>
        database.asOwner(`select * from ${table} where ${inCooperative(slug)} order by 2`);
      const before = await content();
      await database.asOwner(`delete from ${table} where ${inCooperative(slug)}`);
      await database.asOwner(
        `delete from platform.inbox where handler = '${handler}' and ${inCooperative(slug)}`,
      );
      const one = ['--cooperative', slug];
      const told = await replayed(projection, ...one);
      expect(told.out).toContain('events were never handled; if it is new here, "--fill" takes them up.');
      const filled = await replayed(projection, ...one, '--fill');
      expect(filled).toMatchObject({ code: 0, out: expect.stringContaining('kept') });
      expect(await content()).toEqual(before);
      expect((await replayed(projection, ...one)).out).toContain(': equal\n');
    },
  );
});

describe('beside a running worker', () => {
  let worker: Delivery;
  beforeAll(() => {
    worker = startDelivery({
      database: database.database,
      handlers: allHandlers,
      transport: { kind: 'postgres' },
    });
  });
  afterAll(() => worker.stop());

  test('a cooperative is founded and taken up by that worker', async () => {
    await expect.poll(async () => (await holdRelay(database.database))?.release() ?? 'held').toBe('held');
    expect(await habitat(env, ...create('beside'))).toMatchObject({ code: 0, err: '' });
    await worker.settled();
    expect(await habitat(env, 'verify', '--cooperative', 'beside')).toMatchObject({ code: 0 });
  });

  test('the demo is refused in one sentence before anything of it is made', async () => {
    const ran = await habitat(env, 'demo');
    expect(ran).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^A worker is delivering events here\. .*\n$/),
    });
    expect((await habitat(env, 'cooperative', 'list')).out).not.toContain('riverbend');
  });
});

test('a worker that starts while events are delivered by somebody else stands by, and goes on afterwards', async () => {
  const hold = await holdRelay(database.database);
  if (hold === null) throw new Error('a worker is left over');
  const worker = startDelivery({
    database: database.database,
    handlers: allHandlers,
    transport: { kind: 'postgres' },
  });
  const slow = habitat(env, ...create('stands-by'));
  await expect.poll(() => database.asOwner('select from platform.outbox')).not.toHaveLength(0);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(await database.asOwner('select from platform.outbox')).not.toHaveLength(0);
  await hold.release();
  expect((await slow).code).toBe(0);
  await worker.settled();
  await worker.stop();
});

test('the demo cooperative’s whole year holds every check, and every projection equals its events', async () => {
  expect((await habitat(env, 'demo', '--json')).code).toBe(0);
  const verified = await habitat(env, 'verify', '--cooperative', 'riverbend');
  expect(verified.out).not.toContain('WRONG');
  expect(verified.out).toMatch(/(\d+) of \1 checks hold\n {2}(\d+) of \2 projections equal their events/);
  expect(verified.out).toMatch(/ ([1-9]\d*) of \1 allocations come out again as recorded\n/);
  expect(verified.code).toBe(0);
  // A hand on the tables that gives the record a fresh hash as well is still found: it does not follow any more.
  await database.asOwner('alter table agreements.allocation disable trigger user');
  await database.asOwner(
    `with one as (select id, replace(record, '"cashRate":"0.', '"cashRate":"0.0') as record from agreements.allocation limit 1)
     update agreements.allocation a set record = one.record, record_hash = encode(sha256(convert_to(one.record, 'UTF8')), 'hex')
     from one where a.id = one.id`,
  );
  await database.asOwner('alter table agreements.allocation enable always trigger append_only');
  const touched = await habitat(env, 'verify', '--cooperative', 'riverbend');
  expect(touched.out).toMatch(/WRONG {2}the allocation \S+ of Q\d \d{4} does not follow from its record\n/);
  expect(touched.code).toBe(1);
});

describe('habitat dead-letters', () => {
  test('has none in a healthy installation, and knows an id from nonsense', async () => {
    expect((await habitat(env, 'dead-letters', 'list')).out).toBe('There are no dead letters.\n');
    expect((await habitat(env, 'dead-letters', 'show', 'nonsense')).code).toBe(2);
    expect((await habitat(env, 'dead-letters', 'show', newId())).err).toMatch(/^There is no dead letter/);
    expect((await habitat(env, 'dead-letters', 'redrive')).err).toBe(
      'Name the dead letters, or say --all.\n',
    );
  });

  test('shows why an event was given up and drives it through its handler again', async () => {
    await habitat(env, ...create('poisoned'));
    const id = newId();
    await database.asOwner(
      `with event as (
         select e.cooperative_id, e.id from platform.event e join platform.cooperative c using (cooperative_id)
         where c.slug = 'poisoned' and e.type = 'treasury.period.opened' limit 1)
       insert into platform.dead_letter (cooperative_id, id, event_id, handler, attempts, error, dead_at)
       select cooperative_id, $1, id, 'people.keep-periods', 4, 'it broke', now() from event`,
      [id],
    );
    const listed = await habitat(env, 'dead-letters', 'list');
    expect(listed.out).toContain('after 4 attempts: it broke');
    expect((await habitat(env, 'dead-letters', 'show', id)).out).toContain('treasury.period.opened');
    expect(await habitat(env, 'dead-letters', 'redrive', id)).toMatchObject({
      code: 0,
      out: `${id}  redriven\n`,
    });
    expect((await habitat(env, 'dead-letters', 'list')).out).toBe('There are no dead letters.\n');
    expect((await habitat(env, 'dead-letters', 'redrive', id)).code).toBe(1);
  });
});
