// Restores the server as it was at an instant: the last base backup before it, then the archived log up to it. The
// folder it makes is a data folder that recovers by itself when a server is started on it.
import { appendFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClearError } from '../../clear-error.ts';
import { feed, startProgram } from '../postgres-program.ts';
import type { ManifestContent } from '../storage/manifest.ts';
import type { Repository } from '../storage/repository.ts';
import { listBackups, openContent, readManifest, wholeIn } from '../storage/repository.ts';
import { checkArchive } from '../wal.ts';

/** The newest base backup that was finished by `at`; of any time when `at` is null. */
async function baseFor(repository: Repository, at: Date | null): Promise<ManifestContent> {
  const names = await listBackups(repository, 'base');
  for (const name of names.toReversed()) {
    const manifest = await readManifest(repository, 'base', name);
    if (at === null || new Date(manifest.finishedAt) <= at) return manifest;
  }
  throw new ClearError(
    names.length === 0
      ? 'There is no base backup yet: take one with "habitat backup base".'
      : `No base backup was finished by ${at?.toISOString() ?? 'then'}; the oldest is ${names[0] ?? ''}.`,
  );
}

const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`;

function recoverySettings(manifest: ManifestContent, at: Date | null, fetchCommand: string): string {
  const settings: Record<string, string> = {
    restore_command: `${fetchCommand} "%f" "%p"`,
    recovery_target_timeline: 'latest',
    ...(at === null
      ? {}
      : {
          // Abbreviations of time zones, "Z" among them, are refused here.
          recovery_target_time: at.toISOString().replace('Z', '+00'),
          recovery_target_action: 'promote',
        }),
    // A server with less than the one whose log it replays would stop.
    ...manifest.serverSettings,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${quoted(value)}\n`)
    .join('');
}

async function refuseUnlessEmpty(folder: string): Promise<void> {
  const found = await readdir(folder).catch(() => []);
  if (found.length > 0) throw new ClearError(`The folder ${folder} is not empty: restore into a new one.`);
}

/**
 * Makes a data folder that recovers to `at`, or to the end of the archived log when it is null.
 *
 * @param fetchCommand how the server calls `habitat backup fetch`
 * @throws ClearError before anything is written when the base or the log is not whole
 */
export async function restorePointInTime(
  repository: Repository,
  options: { readonly at: Date | null; readonly folder: string; readonly fetchCommand: string },
): Promise<ManifestContent> {
  const { at, folder, fetchCommand } = options;
  await refuseUnlessEmpty(folder);
  const manifest = await baseFor(repository, at);
  const { log } = manifest;
  if (log === null) throw new ClearError(`The base backup ${manifest.name} does not say which log it needs.`);
  const store = await wholeIn(repository, manifest);
  await checkArchive(repository, log.first, log.last);

  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unpack = startProgram(null, 'tar', ['-xzf', '-', '-C', folder]);
  await feed(unpack, await openContent(repository, store, manifest));
  await appendFile(join(folder, 'postgresql.auto.conf'), recoverySettings(manifest, at, fetchCommand));
  await writeFile(join(folder, 'recovery.signal'), '', { mode: 0o600 });
  return manifest;
}
