// The proof that backups can be restored: the newest dump, and the newest base backup with the log, each into a fresh
// server, compared with its manifest and put to every check of schema/checks.
import { join } from 'node:path';
import type { BackupConfig } from '@habitat/config';
import pg from 'pg';
import { ClearError } from '../../clear-error.ts';
import { fallenBehind, proofOfBooks } from '../proof.ts';
import type { ManifestContent } from '../storage/manifest.ts';
import type { Repository } from '../storage/repository.ts';
import { listBackups, readManifest } from '../storage/repository.ts';
import { restoreDump } from './from-dump.ts';
import { restorePointInTime } from './point-in-time.ts';
import { inScratchFolder, initCluster, withServer } from './scratch-server.ts';

export interface DrillTools {
  readonly repository: Repository;
  readonly config: BackupConfig;
  /** The owner's URL of the real database: its user and name, nothing else of it is used. */
  readonly ownerUrl: string;
  /** What the scratch server hands to its restore_command, and that command. */
  readonly env: Readonly<Record<string, string>>;
  readonly fetchCommand: string;
  /** Runs the checks on the database at a URL; answers how many are wrong. */
  checkAll(url: string): Promise<number>;
}

const REPLAY_PATIENCE_SECONDS = 900;

async function refuseIfWrong(tools: DrillTools, url: string): Promise<void> {
  const wrong = await tools.checkAll(url);
  if (wrong > 0) throw new ClearError(`${wrong} checks do not hold in what was restored.`);
}

/** Restores a dump into a fresh server and proves it. */
export async function drillDump(tools: DrillTools, name: string | null): Promise<ManifestContent> {
  const { repository, config } = tools;
  const newest = name ?? (await listBackups(repository, 'dump')).at(-1);
  if (newest === undefined)
    throw new ClearError('There is no dump yet: take one with "habitat backup dump".');
  const manifest = await readManifest(repository, 'dump', newest);
  const user = 'habitat_drill';
  await inScratchFolder(async (folder) => {
    const data = join(folder, 'data');
    await initCluster(config.postgresBin, data, user);
    const server = { postgresBin: config.postgresBin, folder, data, user, env: {}, patienceSeconds: 60 };
    await withServer(server, async (urlOf) => {
      const client = new pg.Client({ connectionString: urlOf('postgres') });
      await client.connect();
      try {
        await client.query('create database restored');
      } finally {
        await client.end();
      }
      await restoreDump(repository, config, manifest, urlOf('restored'));
      await refuseIfWrong(tools, urlOf('restored'));
    });
  });
  return manifest;
}

/** Restores the newest base backup and all of the log, and proves that nothing from before the base is lost. */
export async function drillPointInTime(tools: DrillTools): Promise<ManifestContent> {
  const { config, repository, fetchCommand, env } = tools;
  const { username, pathname } = new URL(tools.ownerUrl);
  return inScratchFolder(async (folder) => {
    const data = join(folder, 'data');
    const manifest = await restorePointInTime(repository, { at: null, folder: data, fetchCommand });
    const user = decodeURIComponent(username);
    const server = { postgresBin: config.postgresBin, folder, data, user, env };
    await withServer({ ...server, patienceSeconds: REPLAY_PATIENCE_SECONDS }, async (urlOf) => {
      const url = urlOf(decodeURIComponent(pathname.slice(1)));
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        const behind = fallenBehind(manifest.cooperatives, await proofOfBooks(client));
        if (behind.length > 0) throw new ClearError(`The restored server lost events: ${behind.join('; ')}.`);
      } finally {
        await client.end();
      }
      await refuseIfWrong(tools, url);
    });
    return manifest;
  });
}
