// A logical backup: pg_dump's whole archive of one moment, encrypted. It becomes a backup only after pg_dump has ended
// well and the written file was read back, decrypted and listed to its end by pg_restore.
import type { BackupConfig } from '@habitat/config';
import type { Written } from '@habitat/storage';
import { measure } from '@habitat/storage';
import { atOneMoment, backupName } from './moment.ts';
import { connectionOf, feed, LOCKED_AT_MOST_MS, startProgram } from './postgres-program.ts';
import type { ManifestContent } from './storage/manifest.ts';
import type { Repository } from './storage/repository.ts';
import { fileOf, finishBackup } from './storage/repository.ts';

const DUMP_FILE = 'database.dump.age';

/** Reads back what lies on the disk: the same bytes, made with our key, an archive that is whole. */
async function readBack(repository: Repository, written: Written, postgresBin: string | null): Promise<void> {
  const { sha256 } = await measure(written.read());
  if (sha256 !== written.sha256) throw new Error('the disk gave back other bytes than were written to it');
  const restore = startProgram(postgresBin, 'pg_restore', ['--file=/dev/null']);
  await feed(restore, await repository.key.decrypt(written.read()));
}

/** Takes a dump of the database and keeps it. */
export async function takeDump(
  repository: Repository,
  config: BackupConfig,
  ownerUrl: string,
  now: () => Date,
): Promise<ManifestContent> {
  const startedAt = now();
  const name = backupName(startedAt);
  const content = await atOneMoment(ownerUrl, async (moment): Promise<ManifestContent> => {
    const dump = startProgram(
      config.postgresBin,
      'pg_dump',
      [
        '--format=custom',
        '--compress=6',
        `--snapshot=${moment.snapshot}`,
        `--lock-wait-timeout=${LOCKED_AT_MOST_MS}`,
      ],
      connectionOf(ownerUrl),
    );
    const file = await repository.disk.writeChecked(
      fileOf('dump', name, DUMP_FILE),
      await repository.key.encrypt(dump.output),
      async (written) => {
        await dump.done;
        await readBack(repository, written, config.postgresBin);
      },
    );
    return {
      format: 1,
      kind: 'dump',
      name,
      startedAt: startedAt.toISOString(),
      finishedAt: now().toISOString(),
      recipient: repository.key.recipient,
      ...moment.facts,
      files: [{ name: DUMP_FILE, ...file }],
      log: null,
    };
  });
  await finishBackup(repository, content);
  return content;
}
