// What is kept and what goes: old backups go, the last good one never, and no part of the log that a kept base needs.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { readBackupConfig } from '@habitat/config';
import type { BackupConfig } from '@habitat/config';
import { createLog } from '@habitat/observability';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backupName } from './moment.ts';
import { prune } from './retention.ts';
import { nextNight, startBackupService } from './serve.ts';
import { newIdentity } from './storage/age.ts';
import { recordRun } from './storage/journal.ts';
import type { BackupKind } from './storage/manifest.ts';
import type { Repository } from './storage/repository.ts';
import { fileOf, finishBackup, listBackups, openRepository } from './storage/repository.ts';
import { archiveSegment, fetchSegment, listArchived, segmentAfter } from './wal.ts';

const now = new Date('2026-11-21T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
let folder: string;
let config: BackupConfig;
let repository: Repository;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'habitat-keeping-'));
  config = readBackupConfig({ BACKUP_DIRECTORY: join(folder, 'backups'), BACKUP_KEY: await newIdentity() });
  repository = await openRepository(config);
});
afterEach(() => rm(folder, { recursive: true }));

const segment = (number: number) =>
  `0000000100000000000000${number.toString(16).toUpperCase().padStart(2, '0')}`;

async function backUp(kind: BackupKind, takenAt: Date, first = 1): Promise<string> {
  const name = backupName(takenAt);
  const content = Readable.from([Buffer.from(`the books of ${name}`)]);
  const file = await repository.disk.writeChecked(fileOf(kind, name, 'content.age'), content, () =>
    Promise.resolve(),
  );
  await finishBackup(repository, {
    format: 1,
    kind,
    name,
    startedAt: takenAt.toISOString(),
    finishedAt: takenAt.toISOString(),
    recipient: repository.key.recipient,
    postgresVersion: '18.4',
    schemaVersion: '00_platform_core.sql',
    roles: [],
    serverSettings: {},
    cooperatives: {},
    files: [{ name: 'content.age', ...file }],
    log: kind === 'base' ? { first: segment(first), last: segment(first) } : null,
  });
  return name;
}

async function archive(name: string, content: string): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, content);
  await archiveSegment(repository, path, name);
}

test('dumps older than the retention go, younger ones stay', async () => {
  const old = await backUp('dump', daysAgo(31));
  const young = await backUp('dump', daysAgo(29));
  expect(await prune(repository, config, now)).toEqual([old]);
  expect(await listBackups(repository, 'dump')).toEqual([young]);
});

test('the last good dump stays however old it is', async () => {
  const older = await backUp('dump', daysAgo(90));
  const last = await backUp('dump', daysAgo(60));
  expect(await prune(repository, config, now)).toEqual([older]);
  expect(await listBackups(repository, 'dump')).toEqual([last]);
});

test('a young dump that is damaged does not let the old good one go', async () => {
  const good = await backUp('dump', daysAgo(40));
  const damaged = await backUp('dump', daysAgo(1));
  await writeFile(join(config.directory, 'dump', damaged, 'content.age'), 'half');
  expect(await prune(repository, config, now)).toEqual([]);
  expect(await listBackups(repository, 'dump')).toEqual([good, damaged]);
});

test('the log stays from the last base before the window on', async () => {
  const gone = await backUp('base', daysAgo(9), 2);
  const needed = await backUp('base', daysAgo(8), 5);
  const young = await backUp('base', daysAgo(1), 8);
  for (const number of [2, 4, 5, 8]) await archive(segment(number), `log ${number}`);
  expect(await prune(repository, config, now)).toEqual([gone]);
  expect(await listBackups(repository, 'base')).toEqual([needed, young]);
  expect(await listArchived(repository)).toEqual([segment(5), segment(8)]);
});

test('a segment archived twice is one, and another of its name is refused', async () => {
  await archive(segment(1), 'as it was');
  await archive(segment(1), 'as it was');
  await expect(archive(segment(1), 'something else')).rejects.toThrow('two servers use one archive');
  await expect(archive('postgresql.conf', 'x')).rejects.toThrow('is not the name of a log file');
  expect(await fetchSegment(repository, segment(1), join(folder, 'back'))).toBe(true);
  expect(await readFile(join(folder, 'back'), 'utf8')).toBe('as it was');
  expect(await fetchSegment(repository, segment(2), join(folder, 'none'))).toBe(false);
});

test('segments are counted as PostgreSQL counts them', () => {
  expect(segmentAfter('000000010000000000000009')).toBe('00000001000000000000000A');
  expect(segmentAfter('0000000100000000000000FF')).toBe('000000010000000100000000');
});

test('the next night is today or tomorrow, by the clock of UTC', () => {
  expect(nextNight('02:30', new Date('2026-11-21T01:00:00Z')).toISOString()).toBe('2026-11-21T02:30:00.000Z');
  expect(nextNight('02:30', new Date('2026-11-21T02:30:00Z')).toISOString()).toBe('2026-11-22T02:30:00.000Z');
  expect(nextNight('23:00', new Date('2026-12-31T23:30:00Z')).toISOString()).toBe('2027-01-01T23:00:00.000Z');
});

test('the copy of the log is told as old for as long as the bucket takes nothing', async () => {
  const bucket = { ...repository.disk, title: 'a bucket', list: () => Promise.reject(new Error('away')) };
  let seconds = 0;
  const clock = () => new Date(now.getTime() + 1_000 * seconds++);
  const good = { kind: 'dump', outcome: 'done', name: 'x', size: 1 } as const;
  const at = now.toISOString();
  await recordRun(config.directory, { ...good, startedAt: at, finishedAt: at });
  const copied = async (store: Repository['bucket']) => {
    const tools = {
      repository: { ...repository, bucket: store },
      config: { ...config, host: '127.0.0.1', metricsPort: 0 },
      ownerUrl: 'postgres://nobody@127.0.0.1:1/none',
      env: {},
      fetchCommand: 'false',
      checkAll: () => Promise.resolve(0),
      now: clock,
      say: () => undefined,
    };
    const started = seconds;
    const service = await startBackupService(tools, createLog({ service: 'backup', level: 'silent' }));
    try {
      await setTimeout(100);
      const text = await (await fetch(`http://127.0.0.1:${service.port}/metrics`)).text();
      const told = /^habitat_backup_log_copied_timestamp_seconds\{[^}]*\} (\S+)$/m.exec(text)?.[1];
      return told === undefined ? null : Number(told) - now.getTime() / 1_000 - started;
    } finally {
      await service.stop();
    }
  };
  // 0 is the service's start.
  expect(await copied(bucket)).toBe(0);
  expect(await copied({ ...bucket, list: () => Promise.resolve([]) })).toBeGreaterThan(0);
  expect(await copied(null)).toBeNull();
});
