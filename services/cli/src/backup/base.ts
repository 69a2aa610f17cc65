// A physical backup: pg_basebackup's copy of the whole server, encrypted. Together with the archived log since it began,
// any instant after it can be restored.
import type { BackupConfig } from '@habitat/config';
import { atOneMoment, backupName } from './moment.ts';
import { connectionOf, startProgram } from './postgres-program.ts';
import type { ManifestContent } from './storage/manifest.ts';
import type { Repository } from './storage/repository.ts';
import { fileOf, finishBackup } from './storage/repository.ts';
import { measure } from './storage/store.ts';
import { segmentOf } from './wal.ts';

export const BASE_FILE = 'base.tar.gz.age';

/** First and last segment of the log that pg_basebackup says its copy needs. */
function logOf(said: string): { first: string; last: string } {
  const start = /write-ahead log start point: (\S+) on timeline (\d+)/.exec(said);
  const end = /write-ahead log end point: (\S+)/.exec(said);
  if (start?.[1] === undefined || start[2] === undefined || end?.[1] === undefined) {
    throw new Error(`pg_basebackup did not say which part of the log it needs: ${said}`);
  }
  const timeline = Number(start[2]);
  return { first: segmentOf(timeline, start[1]), last: segmentOf(timeline, end[1]) };
}

/** Takes a base backup of the server and keeps it. Returns once the log it needs is archived. */
export async function takeBase(
  repository: Repository,
  config: BackupConfig,
  ownerUrl: string,
  now: () => Date,
): Promise<ManifestContent> {
  const startedAt = now();
  const name = backupName(startedAt);
  const { facts } = await atOneMoment(ownerUrl, (moment) => Promise.resolve(moment));
  const copy = startProgram(
    config.postgresBin,
    'pg_basebackup',
    // The log comes from the archive; the server waits until what the copy needs has arrived there.
    ['--pgdata=-', '--format=tar', '--wal-method=none', '--gzip', '--checkpoint=fast', '--verbose'],
    connectionOf(ownerUrl),
  );
  const file = await repository.disk.writeChecked(
    fileOf('base', name, BASE_FILE),
    await repository.key.encrypt(copy.output),
    async (written) => {
      await copy.done;
      // Decrypting to the end proves every byte.
      await measure(await repository.key.decrypt(written.read()));
    },
  );
  const content: ManifestContent = {
    format: 1,
    kind: 'base',
    name,
    startedAt: startedAt.toISOString(),
    finishedAt: now().toISOString(),
    recipient: repository.key.recipient,
    ...facts,
    files: [{ name: BASE_FILE, ...file }],
    log: logOf(await copy.done),
  };
  await finishBackup(repository, content);
  return content;
}
