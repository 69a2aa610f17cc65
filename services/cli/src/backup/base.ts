// A physical backup: pg_basebackup's copy of the whole server, encrypted. Together with the archived log since it began,
// any instant after it can be restored.
import { text } from 'node:stream/consumers';
import type { BackupConfig } from '@habitat/config';
import { measure } from '@habitat/storage';
import { atOneMoment, backupName } from './moment.ts';
import { connectionOf, startProgram } from './postgres-program.ts';
import type { ManifestContent } from './storage/manifest.ts';
import type { Repository } from './storage/repository.ts';
import { fileOf, finishBackup } from './storage/repository.ts';
import { listArchived, readArchived } from './wal.ts';

const BASE_FILE = 'base.tar.gz.age';

/** First and last segment of the log that a base backup needs, from the note the server archived at its end. */
async function logOf(repository: Repository, label: string): Promise<ManifestContent['log']> {
  const notes = (await listArchived(repository)).filter((name) => name.endsWith('.backup'));
  for (const name of notes.toReversed()) {
    const content = await readArchived(repository, name);
    const note = content === null ? '' : await text(content);
    if (!note.includes(`LABEL: ${label}\n`)) continue;
    const [first, last] = [...note.matchAll(/^(?:START|STOP) WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)$/gm)];
    if (first?.[1] !== undefined && last?.[1] !== undefined) return { first: first[1], last: last[1] };
  }
  throw new Error(`the server did not archive its note of the base backup ${label}`);
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
  const label = `habitat ${name}`;
  const { facts } = await atOneMoment(ownerUrl, (moment) => Promise.resolve(moment));
  const copy = startProgram(
    config.postgresBin,
    'pg_basebackup',
    // The log comes from the archive; the server waits until what the copy needs has arrived there.
    ['--pgdata=-', '--format=tar', '--wal-method=none', '--gzip', '--checkpoint=fast', `--label=${label}`],
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
    log: await logOf(repository, label),
  };
  await finishBackup(repository, content);
  return content;
}
