// Backups when something goes wrong at night: a killed process, a full disk, a hanging disk, a database that is away, a
// changed audit trail. None leaves what looks like a good backup, and each is told of; and the night itself, by its clock.
import { execFileSync } from 'node:child_process';
import { chown, cp, mkdtemp, readdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withoutDebian } from '../../scripts/servers/debian.mjs';
import { isRoot } from '../../scripts/servers/postgres-binaries.mjs';
import type { Installation } from './backed-up.ts';
import { startInstallation } from './backed-up.ts';
import { alertRules, startPrometheus } from './monitoring.ts';

const skip = await withoutDebian(['postgresql-15', 'postgresql-client-15', 'prometheus']);
const SEGMENT = '0000000100000000000000F0';
let folder: string;
let habitat: Installation;

interface Manifest {
  readonly content: {
    readonly cooperatives: Readonly<
      Record<string, { slug: string; auditHead: { sequence: string; hash: string } | null }>
    >;
  };
}

beforeAll(async () => {
  if (skip !== null) return;
  folder = await realpath(await mkdtemp(join(tmpdir(), 'habitat-faults-')));
  habitat = await startInstallation(folder);
  const stop = habitat.startPosting();
  await habitat.done(['backup', 'dump']).finally(stop);
});
afterAll(async () => {
  await habitat?.end();
});

async function giveAway(...paths: readonly string[]): Promise<void> {
  const { uid, gid } = habitat.postgres.identity;
  if (uid === undefined || gid === undefined) return;
  for (const path of paths) await chown(path, uid, gid);
}

/** A folder of its own for one test, with these files, which the command may write to. */
async function folderWith(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const made = await mkdtemp(join(folder, 'of-a-test-'));
  await giveAway(made);
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(made, name), text, { mode: 0o755 });
    await giveAway(join(made, name));
  }
  return made;
}

const filesOf = (root: string) => readdir(root, { recursive: true }).catch((): string[] => []);
const manifestsOf = async (root: string) =>
  (await filesOf(root)).filter((file) => file.endsWith('manifest.json'));

test.skipIf(skip)(
  'a dump whose process is killed in the middle is none, and the next one is good',
  async () => {
    // A pg_dump that writes a good beginning and then takes its time.
    const slow = `#!/bin/sh\n"${habitat.postgres.bin}/pg_dump" "$@" | { head -c 30000; sleep 5; }\n`;
    const bin = await folderWith({ pg_dump: slow });
    const before = await manifestsOf(habitat.backups);
    const half = async () => {
      const partial = (await filesOf(habitat.backups)).find((file) => file.endsWith('.partial'));
      return partial === undefined ? 0 : (await stat(join(habitat.backups, partial))).size;
    };
    const run = habitat.begin(['backup', 'dump'], { BACKUP_POSTGRES_BIN: bin });
    await expect.poll(half, { timeout: 20_000 }).toBeGreaterThan(0);
    await run.kill();
    expect(await half()).toBeGreaterThan(0);
    expect(await manifestsOf(habitat.backups)).toEqual(before);
    expect((await habitat.done(['backup', 'verify'])).match(/^dump .*whole$/gm)).toHaveLength(1);
    await expect
      .poll(async () => (await habitat.habitat(['backup', 'dump'])).output, { timeout: 20_000 })
      .toContain('is on the disk');
    expect(await manifestsOf(habitat.backups)).toHaveLength(before.length + 1);
  },
);

test.skipIf(skip ?? !isRoot())(
  'a disk that fills up fails the dump, and room makes the next one good',
  async () => {
    const small = await folderWith();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=0777', 'tmpfs', small]);
    try {
      const settings = { BACKUP_DIRECTORY: small, BACKUP_S3_BUCKET: '' };
      const { code, output } = await habitat.habitat(['backup', 'dump'], settings);
      expect(code).toBe(1);
      expect(output).toContain('no space left on device');
      expect((await filesOf(small)).filter((file) => /manifest|partial/.test(file))).toEqual([]);
      const { output: none } = await habitat.habitat(['backup', 'verify'], settings);
      expect(none).toContain('There is no backup yet');
      execFileSync('mount', ['-o', 'remount,size=64m', small]);
      expect(await habitat.done(['backup', 'dump'], settings)).toContain('is on the disk.');
      expect(await habitat.done(['backup', 'verify'], settings)).toContain('whole');
    } finally {
      execFileSync('umount', [small]);
    }
  },
);

test.skipIf(skip)(
  'archiving that hangs ends by itself, leaves no segment behind, and goes well when tried again',
  async () => {
    const disk = await folderWith();
    // A pipe nobody writes to: whoever opens it waits for ever, as on a dead network disk.
    const dead = join(disk, 'dead');
    execFileSync('mkfifo', ['-m', '666', dead]);
    const before = await filesOf(join(habitat.backups, 'wal'));
    const hung = await habitat.habitat(['backup', 'archive', dead, SEGMENT, '--within', '1']);
    expect(hung.code).not.toBe(0);
    expect(hung.output).toContain(`Archiving ${SEGMENT} took longer than 1 seconds`);
    const archived = (await filesOf(join(habitat.backups, 'wal'))).filter((file) => file.startsWith(SEGMENT));
    expect([...before, ...archived]).not.toContain(`${SEGMENT}.gz.age`);

    const alive = await folderWith({ segment: 'what the log says' });
    const again = { BACKUP_DIRECTORY: await folderWith() };
    await habitat.done(['backup', 'archive', join(alive, 'segment'), SEGMENT], again);
    await habitat.done(['backup', 'fetch', SEGMENT, join(alive, 'back')], again);
    expect(await readFile(join(alive, 'back'), 'utf8')).toBe('what the log says');
  },
);

test.skipIf(skip)(
  'a database that is away for longer than a night makes Prometheus raise BackupOld',
  async () => {
    const directory = await folderWith();
    const long = new Date(Date.now() - 27 * 3_600_000).toISOString();
    const run = { kind: 'dump', startedAt: long, finishedAt: long, outcome: 'done', name: 'x', size: 1 };
    await writeFile(join(directory, 'runs.jsonl'), `${JSON.stringify(run)}\n`);
    await giveAway(join(directory, 'runs.jsonl'));
    const address = await habitat.serve({
      BACKUP_DIRECTORY: directory,
      DATABASE_OWNER_URL: 'postgres://x@127.0.0.1:1/none',
    });
    const prometheus = await startPrometheus({ backup: new URL(address).host });
    try {
      const asked = async (alert: string) => {
        const rule = alertRules().find((one) => one.alert === alert);
        return (await prometheus.ask(rule?.expr ?? '')).length;
      };
      await expect.poll(() => asked('BackupOld'), { timeout: 20_000 }).toBe(1);
      expect(await asked('BackupMissing')).toBe(0);
      // It tried, and says that it failed.
      const failed = 'habitat_backup_last_run_failed{kind="dump"} == 1';
      await expect.poll(async () => (await prometheus.ask(failed)).length, { timeout: 20_000 }).toBe(1);
    } finally {
      await prometheus.stop();
    }
  },
);

test.skipIf(skip)(
  'a manifest names where each audit trail ends, and a drill walks the chain up to there',
  async () => {
    const told = await habitat.done(['audit', 'check']);
    await habitat.done(['backup', 'dump']);
    const newest = (await manifestsOf(habitat.backups)).sort().at(-1) ?? '';
    const { content } = JSON.parse(await readFile(join(habitat.backups, newest), 'utf8')) as Manifest;
    for (const { slug, auditHead } of Object.values(content.cooperatives)) {
      // Long enough that the last number is not the last word.
      expect(Number(auditHead?.sequence)).toBeGreaterThan(100);
      expect(told).toContain(`${slug}: ${auditHead?.sequence} entries, each as it was sealed.`);
      expect(told).toContain(`Head ${auditHead?.sequence}:${auditHead?.hash}`);
    }
    expect(await habitat.done(['backup', 'drill'])).toContain('restores to the books of its manifest');
  },
);

test.skipIf(skip)(
  'the service takes its backup when the clock says so, to the disk and the bucket',
  async () => {
    const directory = await folderWith();
    // A good dump of today: nothing is overdue, so it waits for its time.
    await cp(join(habitat.backups, 'runs.jsonl'), join(directory, 'runs.jsonl'));
    await giveAway(directory, ...(await filesOf(directory)).map((file) => join(directory, file)));
    const runs = async () =>
      (await readFile(join(directory, 'runs.jsonl'), 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { kind: string; outcome: string; startedAt: string });
    const before = await runs();
    // The next full minute that is not just now.
    const due = new Date(Math.ceil((Date.now() + 4_000) / 60_000) * 60_000);
    const address = await habitat.serve({
      BACKUP_DIRECTORY: directory,
      BACKUP_S3_PREFIX: 'night',
      BACKUP_TIME: due.toISOString().slice(11, 16),
    });
    await expect
      .poll(
        async () => (await runs()).slice(before.length).map(({ kind, outcome }) => `${kind} ${outcome}`),
        {
          timeout: 110_000,
          interval: 500,
        },
      )
      .toContain('dump done');
    const dump = (await runs()).slice(before.length).find(({ kind }) => kind === 'dump');
    const late = new Date(dump?.startedAt ?? 0).getTime() - due.getTime();
    expect(late).toBeGreaterThanOrEqual(0);
    // By the clock, not when it came up.
    expect(late).toBeLessThan(30_000);
    const [manifest] = await manifestsOf(directory);
    expect(manifest).toBeDefined();
    const inBucket = { BACKUP_DIRECTORY: await folderWith(), BACKUP_S3_PREFIX: 'night' };
    await expect
      .poll(async () => (await habitat.habitat(['backup', 'list'], inBucket)).output, { timeout: 20_000 })
      .toMatch(/^dump {2}\S+ {2}\d+ bytes/m);
    const metrics = await (await fetch(`${address}/metrics`)).text();
    expect(metrics).toContain('habitat_backup_last_run_failed{kind="dump",service="backup"} 0');
  },
  180_000,
);

test.skipIf(skip)('a drill finds an audit trail that was changed before the dump', async () => {
  await habitat.ask(`alter table platform.event disable trigger all;
    update platform.event set payload = payload || '{"changed": true}' where position = 1;
    alter table platform.event enable trigger all`);
  await habitat.done(['backup', 'dump']);
  const drilled = await habitat.habitat(['backup', 'drill']);
  expect(drilled.code).toBe(1);
  expect(drilled.output).toContain('was changed after it was sealed');
  expect(drilled.output).toContain('checks do not hold in what was restored');
});
