// What is too old goes, but never the last good backup, and never a part of the log that a kept base needs.
import type { BackupConfig } from '@habitat/config';
import { ClearError } from '../clear-error.ts';
import type { BackupKind, ManifestContent } from './storage/manifest.ts';
import type { Repository } from './storage/repository.ts';
import { listBackups, readManifest, wholeIn } from './storage/repository.ts';
import { listArchived, walFile } from './wal.ts';

/** The newest backup of `names` whose manifest and files are all in order; null when none is. */
async function newestGood(
  repository: Repository,
  kind: BackupKind,
  names: readonly string[],
): Promise<ManifestContent | null> {
  for (const name of names.toReversed()) {
    try {
      const manifest = await readManifest(repository, kind, name);
      await wholeIn(repository, manifest);
      return manifest;
    } catch (error) {
      if (!(error instanceof ClearError)) throw error;
    }
  }
  return null;
}

async function removeBackup(repository: Repository, kind: BackupKind, name: string): Promise<void> {
  for (const store of repository.stores) {
    const objects = await store.list(`${kind}/${name}`);
    // The manifest first: what is left of an interrupted removal must not look like a backup.
    const manifestFirst = objects.sort(
      (a, b) => Number(b.name.endsWith('.json')) - Number(a.name.endsWith('.json')),
    );
    for (const object of manifestFirst) await store.remove(object.name);
  }
}

/** Names from before an instant; a backup's name begins with its time. */
const takenBefore = (names: readonly string[], instant: Date) => {
  const limit = instant.toISOString().replaceAll(':', '-');
  return names.filter((name) => name < limit);
};

async function pruneDumps(repository: Repository, cutoff: Date): Promise<string[]> {
  const names = await listBackups(repository, 'dump');
  const old = takenBefore(names, cutoff);
  if (old.length === 0) return [];
  // A younger good one must exist, or the youngest good one among the old stays.
  const kept = await newestGood(repository, 'dump', names);
  const gone = kept === null ? [] : old.filter((name) => name < kept.name);
  for (const name of gone) await removeBackup(repository, 'dump', name);
  return gone;
}

async function pruneLog(repository: Repository, cutoff: Date): Promise<string[]> {
  const names = await listBackups(repository, 'base');
  // The window begins at the cutoff, so the last good base from before it is still needed.
  const needed = await newestGood(repository, 'base', takenBefore(names, cutoff));
  if (needed?.log == null) return [];
  const gone = names.filter((name) => name < needed.name);
  for (const name of gone) await removeBackup(repository, 'base', name);
  const position = needed.log.first.slice(8);
  for (const segment of await listArchived(repository)) {
    if (segment.endsWith('.history') || segment.slice(8, 24) >= position) continue;
    for (const store of repository.stores) await store.remove(walFile(segment));
  }
  return gone;
}

/** Removes what is older than the retention; returns the names of the backups that went. */
export async function prune(repository: Repository, config: BackupConfig, now: Date): Promise<string[]> {
  const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  await repository.disk.sweep(now, ['dump', 'base', 'wal']);
  return [
    ...(await pruneDumps(repository, before(config.retentionSeconds))),
    ...(await pruneLog(repository, before(config.pointInTimeSeconds))),
  ];
}
