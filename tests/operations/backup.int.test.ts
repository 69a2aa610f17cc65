// Backups of a server that is being posted to: what is restored has the books of the moment it was taken, and what is
// truncated, missing, changed or made with another key is refused before anything is touched.
import { chown, cp, mkdtemp, readdir, readFile, realpath, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startDebianPostgres } from '@habitat/test-services';
import type { DebianPostgres } from '@habitat/test-services';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withoutDebian } from '../../scripts/servers/debian.mjs';
import type { Installation } from './backed-up.ts';
import { DATABASE, startInstallation } from './backed-up.ts';

const skip = await withoutDebian(['postgresql-15', 'postgresql-client-15']);
const TRIAL_BALANCE = `select c.slug, a.code, sum(e.book_minor)::text as book, sum(e.tax_minor)::text as tax
  from treasury.entry e join treasury.account a on (a.cooperative_id, a.id) = (e.cooperative_id, e.account_id)
  join platform.cooperative c on c.cooperative_id = e.cooperative_id group by 1, 2 order by 1, 2`;
let habitat: Installation;
const servers: DebianPostgres[] = [];

beforeAll(async () => {
  if (skip !== null) return;
  habitat = await startInstallation(await realpath(await mkdtemp(join(tmpdir(), 'habitat-backup-'))));
});
afterAll(async () => {
  for (const server of servers) await server.stop();
  await habitat?.end();
});

async function newest(kind: 'dump' | 'base'): Promise<{ name: string; folder: string }> {
  const name = (await readdir(join(habitat.backups, kind))).sort().at(-1) ?? '';
  return { name, folder: join(habitat.backups, kind, name) };
}

/** An empty database on a server that never saw ours. */
async function freshDatabase(): Promise<string> {
  const server = await startDebianPostgres();
  servers.push(server);
  await habitat.ask('create database restored', server.urlOf('postgres'));
  return server.urlOf('restored');
}

test.skipIf(skip)('a dump taken under load restores to its own trial balance on a fresh server', async () => {
  const stop = habitat.startPosting();
  await sleep(500);
  const dumped = await habitat.done(['backup', 'dump']).finally(stop);
  const posted = await stop();
  expect(dumped).toContain('is on the disk and the bucket habitat-backups.');
  expect(posted).toBeGreaterThan(20);

  const url = await freshDatabase();
  const restored = await habitat.done(['restore', 'dump'], { DATABASE_OWNER_URL: url });
  expect(restored).toContain('the books of 2 cooperatives are those of its manifest');
  // The books went on after the moment of the dump, and before it they had begun.
  const count = async (of?: string) =>
    Number((await habitat.ask<{ n: string }>('select count(*) as n from treasury.entry', of))[0]?.n);
  expect(await count(url)).toBeGreaterThan(0);
  expect(await count(url)).toBeLessThan(await count());

  // The guards act under a role of their own; restored under another they would guard something else.
  const owners = `select proname, proowner::regrole::text as owner from pg_proc
    where pronamespace = 'treasury'::regnamespace order by 1, 2`;
  expect(await habitat.ask(owners, url)).toEqual(await habitat.ask(owners));

  const again = await habitat.habitat(['restore', 'dump'], { DATABASE_OWNER_URL: url });
  expect(again.code).toBe(1);
  expect(again.output).toContain('The database restored is not empty');
});

test.skipIf(skip)(
  'what is in the bucket alone restores as well, on a machine that lost its disk',
  async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'habitat-lost-'));
    try {
      await giveAway(elsewhere);
      const url = await freshDatabase();
      const settings = { DATABASE_OWNER_URL: url, BACKUP_DIRECTORY: elsewhere };
      expect(await habitat.done(['restore', 'dump'], settings)).toContain('those of its manifest');
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  },
);

test.skipIf(skip)(
  'the server is restored to an instant, with the log archived since a base backup',
  async () => {
    const stopFirst = habitat.startPosting();
    await habitat.done(['backup', 'base']).finally(stopFirst);
    const before = await habitat.ask(TRIAL_BALANCE);
    await sleep(50);
    const at = (await habitat.ask<{ now: Date }>('select clock_timestamp() as now'))[0]?.now ?? new Date();
    await sleep(50);
    const stopSecond = habitat.startPosting();
    await sleep(300);
    expect(await stopSecond()).toBeGreaterThan(0);
    await habitat.ask('select pg_switch_wal()');
    const last = await habitat.ask<{ wal: string }>('select pg_walfile_name(pg_switch_wal()) as wal');
    await expect
      .poll(async () => (await readdir(join(habitat.backups, 'wal'))).join(), {
        timeout: 20_000,
        interval: 200,
      })
      .toContain(last[0]?.wal.slice(0, 23));
    const after = await habitat.ask(TRIAL_BALANCE);

    const restore = async (...more: string[]) => {
      const folder = join(habitat.postgres.folder, `restored-${servers.length}`);
      await habitat.done(['restore', 'point-in-time', '--into', folder, ...more]);
      const server = await startDebianPostgres({
        data: folder,
        env: habitat.env,
        settings: { archive_mode: 'off' },
      });
      servers.push(server);
      await expect
        .poll(() => habitat.ask('select pg_is_in_recovery() as r', server.urlOf(DATABASE)), {
          timeout: 20_000,
        })
        .toEqual([{ r: false }]);
      return habitat.ask(TRIAL_BALANCE, server.urlOf(DATABASE));
    };
    expect(await restore('--at', at.toISOString())).toEqual(before);
    expect(await restore()).toEqual(after);
    expect(before).not.toEqual(after);

    const early = await habitat.habitat([
      'restore',
      'point-in-time',
      '--into',
      join(habitat.backups, 'x'),
      '--at',
      '2020-01-01T00:00:00Z',
    ]);
    expect(early.output).toContain('No base backup was finished by 2020-01-01');
  },
);

test.skipIf(skip)('a drill restores dump, base and log into servers of its own and proves them', async () => {
  const drilled = await habitat.done(['backup', 'drill']);
  expect(drilled).toContain('restores to the books of its manifest');
  expect(drilled).toContain('and the log restore, and every check holds');
});

const damages: readonly (readonly [string, (folder: string) => Promise<void>, string])[] = [
  [
    'truncated',
    (folder) => truncate(join(folder, 'database.dump.age'), 5_000),
    'is truncated in the disk: 5000 of',
  ],
  ['missing', (folder) => rm(join(folder, 'database.dump.age')), 'is missing in the disk'],
  [
    'changed',
    async (folder) => {
      const file = join(folder, 'database.dump.age');
      const bytes = await readFile(file);
      bytes.writeUInt8(bytes.readUInt8(9_000) ^ 1, 9_000);
      await writeFile(file, bytes);
    },
    'was changed in the disk: its SHA-256 is another',
  ],
  [
    'given another manifest',
    async (folder) => {
      const file = join(folder, 'manifest.json');
      await writeFile(file, (await readFile(file, 'utf8')).replace(/"entries": "\d+"/, '"entries": "1"'));
    },
    'was changed after it was written',
  ],
];

test.skipIf(skip).each(damages)(
  'a dump that is %s is refused and nothing is touched',
  async (_what, damage, sentence) => {
    const { name } = await newest('dump');
    const copy = await mkdtemp(join(tmpdir(), 'habitat-damaged-'));
    try {
      await cp(join(habitat.backups, 'dump', name), join(copy, 'dump', name), { recursive: true });
      await damage(join(copy, 'dump', name));
      await giveAway(copy);
      // An address where nothing answers: the refusal comes before the database is even asked.
      const env = {
        BACKUP_DIRECTORY: copy,
        BACKUP_S3_BUCKET: '',
        DATABASE_OWNER_URL: 'postgres://x@127.0.0.1:1/none',
      };
      const refused = await habitat.habitat(['restore', 'dump'], env);
      expect(refused.code).toBe(1);
      expect(refused.output).toContain(sentence);
      expect((await habitat.habitat(['backup', 'verify', name], env)).code).toBe(1);
    } finally {
      await rm(copy, { recursive: true });
    }
  },
);

async function giveAway(folder: string): Promise<void> {
  const { uid, gid } = habitat.postgres.identity;
  if (uid === undefined || gid === undefined) return;
  for (const path of await readdir(folder, { recursive: true })) await chown(join(folder, path), uid, gid);
  await chown(folder, uid, gid);
}

test.skipIf(skip)('another key is refused with a sentence that says so', async () => {
  const { output } = await habitat.habitat(['backup', 'key']);
  const refused = await habitat.habitat(['restore', 'dump'], { BACKUP_KEY: output.trim() });
  expect(refused.code).toBe(1);
  expect(refused.output).toContain('was made for another key (age1');
  const target = join(habitat.postgres.folder, 'never');
  const folder = await habitat.habitat(['restore', 'point-in-time', '--into', target], {
    BACKUP_KEY: output.trim(),
  });
  expect(folder.output).toContain('was made for another key (age1');
  await expect(readdir(target)).rejects.toThrow('ENOENT');
});

test.skipIf(skip)('a gap or a damage in the archived log is refused, and stops a recovery', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'habitat-gap-'));
  try {
    await cp(habitat.backups, copy, { recursive: true });
    await giveAway(copy);
    const env = { BACKUP_DIRECTORY: copy, BACKUP_S3_BUCKET: '' };
    const { folder } = await newest('base');
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as {
      content: { log: { first: string } };
    };
    const { first } = manifest.content.log;
    const segment = join(copy, 'wal', `${first}.gz.age`);
    await truncate(segment, 3_000);
    const restore = ['restore', 'point-in-time', '--into', join(copy, 'data')];
    expect((await habitat.habitat(restore, env)).output).toContain(`The archived log ${first} is damaged`);
    const fetched = await habitat.habitat(['backup', 'fetch', first, join(copy, 'segment')], env);
    expect(fetched.code).toBe(126);
    await rm(segment);
    expect((await habitat.habitat(restore, env)).output).toContain(`The archived log ${first} is missing`);
    expect((await habitat.habitat(['backup', 'fetch', first, join(copy, 'segment')], env)).code).toBe(1);
    expect(await readdir(copy)).not.toContain('data');
  } finally {
    await rm(copy, { recursive: true });
  }
});

test.skipIf(skip)(
  'a dump that fails leaves nothing that looks like one, is noted, and shows in the metrics',
  async () => {
    const names = await readdir(join(habitat.backups, 'dump'));
    // A pg_dump that writes a good beginning and then dies.
    const broken = join(habitat.postgres.folder, 'broken');
    await cp(join(habitat.postgres.folder, '../'), broken, { filter: () => false }).catch(() => undefined);
    const bin = await mkdtemp(join(tmpdir(), 'habitat-bin-'));
    try {
      const script = `#!/bin/sh\n"${habitat.postgres.bin}/pg_dump" "$@" | head -c 20000\nexit 1\n`;
      await writeFile(join(bin, 'pg_dump'), script, { mode: 0o755 });
      await giveAway(bin);
      const failed = await habitat.habitat(['backup', 'dump'], { BACKUP_POSTGRES_BIN: bin });
      expect(failed.code).toBe(1);
      expect(failed.output).toContain('pg_dump failed (1)');
    } finally {
      await rm(bin, { recursive: true });
    }
    const left = await readdir(join(habitat.backups, 'dump'), { recursive: true });
    expect(left.filter((file) => file.endsWith('.json'))).toHaveLength(names.length);
    expect(left.filter((file) => file.endsWith('.partial'))).toEqual([]);
    const runs = (await readFile(join(habitat.backups, 'runs.jsonl'), 'utf8')).trim().split('\n');
    expect(JSON.parse(runs.at(-1) ?? '{}')).toMatchObject({ kind: 'dump', outcome: 'failed' });
    expect((await habitat.habitat(['backup', 'list'])).output).toMatch(/failed {2}dump .*pg_dump failed/);
  },
);

test.skipIf(skip)(
  'the service says when each kind last went well, and whether the last run failed',
  async () => {
    const address = await habitat.serve();
    const metrics = async () => (await fetch(`${address}/metrics`).catch(() => null))?.text() ?? '';
    await expect
      .poll(metrics, { timeout: 20_000 })
      .toContain('habitat_backup_last_run_failed{kind="dump",service="backup"} 1');
    const told = await metrics();
    for (const kind of ['dump', 'base', 'drill', 'wal']) {
      const [, seconds] =
        new RegExp(`last_success_timestamp_seconds\\{kind="${kind}",service="backup"\\} (\\S+)`).exec(told) ??
        [];
      expect(Date.now() / 1000 - Number(seconds)).toBeLessThan(300);
    }
    expect(told).toMatch(/habitat_backup_last_size_bytes\{kind="dump",service="backup"\} \d{4,}/);
    expect(told).toContain('habitat_backup_runs_total{kind="dump",outcome="failed",service="backup"} 1');
    // The log goes to the bucket without being asked.
    await expect.poll(() => habitat.inBucket('wal'), { timeout: 20_000 }).toBeGreaterThan(2);
  },
);

test.skipIf(skip)(
  'a member erased after the backup was taken is erased in what is restored from it',
  async () => {
    await habitat.done(['backup', 'dump']);
    const { name: before } = await newest('dump');
    const [founder] = await habitat.ask<{ here: string; who: string }>(
      `select m.cooperative_id as here, m.member_id as who from people.member m
     join platform.cooperative c using (cooperative_id) where c.slug = 'hillside'`,
    );
    const { here = '', who = '' } = founder ?? {};
    await habitat.ask(
      `select set_config('habitat.cooperative_id', '${here}', false); select people.erase_member('${who}', now())`,
    );
    await sleep(1_000);
    await habitat.done(['backup', 'dump']);
    const list = await readFile(join(habitat.backups, 'erasures.json'), 'utf8');
    expect(list).toContain(who);
    expect(list).not.toContain('hillside');

    const url = await freshDatabase();
    const restored = await habitat.done(['restore', 'dump', before], { DATABASE_OWNER_URL: url });
    expect(restored).toContain('Of 1 erased members, 1 were still in this backup and were erased again.');
    const [row] = await habitat.ask(
      `select m.display_name, m.email, k.key, s.ended_at is not null as ended,
       (select count(*)::int from platform.event e where e.aggregate_id = m.member_id
          and e.type = 'people.member.erased' and e.command = 'restore') as told
     from people.member m join platform.personal_key k using (cooperative_id, member_id)
     join platform.membership s using (cooperative_id, member_id) where m.member_id = '${who}'`,
      url,
    );
    const email = `${who}@erased.invalid`;
    expect(row).toEqual({ display_name: '#01', email, key: null, ended: true, told: 1 });
    const again = await habitat.done(['restore', 'erasures'], { DATABASE_OWNER_URL: url });
    expect(again).toContain('Of 1 erased members, 0 were still');

    await writeFile(join(habitat.backups, 'erasures.json'), list.replace(who, here));
    const refused = await habitat.habitat(['restore', 'erasures'], { DATABASE_OWNER_URL: url });
    expect(refused.code).toBe(1);
    expect(refused.output).toContain('The list of erasures in the disk was changed');
  },
);
