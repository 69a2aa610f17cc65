// The runs of an installation's backups. Each is noted in the journal, whether it was done or failed, and a failed one
// does not keep the next from being tried.
import type { BackupConfig } from '@habitat/config';
import { takeBase } from './base.ts';
import { takeDump } from './dump.ts';
import { noteErasures } from './erasures.ts';
import { atOneMoment } from './moment.ts';
import { prune } from './retention.ts';
import type { DrillTools } from './restore/drill.ts';
import { drillDump, drillPointInTime } from './restore/drill.ts';
import type { RunKind } from './storage/journal.ts';
import { readRuns, recordRun } from './storage/journal.ts';
import type { ManifestContent } from './storage/manifest.ts';
import { listBackups } from './storage/repository.ts';
import { shipLog } from './wal.ts';

export interface BackupTools extends DrillTools {
  now(): Date;
  say(line: string): void;
}

const DRILL_EVERY = 7 * 86_400_000;

const sizeOf = (manifest: ManifestContent) => manifest.files.reduce((sum, file) => sum + file.size, 0);

/** Does `work` and notes how it went; throws what it threw. */
export async function recorded(
  tools: BackupTools,
  kind: RunKind,
  work: () => Promise<ManifestContent>,
): Promise<ManifestContent> {
  const startedAt = tools.now().toISOString();
  const note = (rest: { outcome: 'done' | 'failed'; name?: string; size?: number; error?: string }) =>
    recordRun(tools.config.directory, { kind, startedAt, finishedAt: tools.now().toISOString(), ...rest });
  try {
    const manifest = await work();
    const { name } = manifest;
    await note({ outcome: 'done', name, ...(kind === 'drill' ? {} : { size: sizeOf(manifest) }) });
    return manifest;
  } catch (error) {
    await note({ outcome: 'failed', error: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

export const runDump = (tools: BackupTools) =>
  recorded(tools, 'dump', () => takeDump(tools.repository, tools.config, tools.ownerUrl, () => tools.now()));

export const runBase = (tools: BackupTools) =>
  recorded(tools, 'base', () => takeBase(tools.repository, tools.config, tools.ownerUrl, () => tools.now()));

/** Restores the newest dump, or the one named, and the newest base backup if there is any. */
export const runDrill = (tools: BackupTools, name: string | null) =>
  recorded(tools, 'drill', async () => {
    const manifest = await drillDump(tools, name);
    tools.say(`The dump ${manifest.name} restores to the books of its manifest.`);
    if (name === null && (await listBackups(tools.repository, 'base')).length > 0) {
      const base = await drillPointInTime(tools);
      tools.say(`The base backup ${base.name} and the log restore, and every check holds.`);
    }
    return manifest;
  });

async function isDrillDue({ config, now }: BackupTools): Promise<boolean> {
  const last = (await readRuns(config.directory)).findLast(
    (run) => run.kind === 'drill' && run.outcome === 'done',
  );
  return last === undefined || now().getTime() - new Date(last.finishedAt).getTime() > DRILL_EVERY;
}

/**
 * The night's work: a dump; a base backup where the server archives its log; what is too old removed; the log shipped;
 * once a week a drill. Every part is tried; answers with what failed.
 */
export async function runNight(tools: BackupTools): Promise<string[]> {
  const { repository, config, ownerUrl } = tools;
  const parts: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['dump', () => runDump(tools)],
    [
      'base',
      async () => {
        const archives = await atOneMoment(ownerUrl, (moment) => Promise.resolve(moment.archives));
        if (archives) await runBase(tools);
      },
    ],
    ['log', () => shipLog(repository)],
    ['erasures', () => noteErasures(repository, ownerUrl)],
    ['retention', () => prune(repository, config, tools.now())],
    ['drill', async () => ((await isDrillDue(tools)) ? runDrill(tools, null) : undefined)],
  ];
  const failed: string[] = [];
  for (const [name, part] of parts) {
    try {
      await part();
    } catch (error) {
      failed.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return failed;
}

/** Whether the last good dump is older than a night may be. */
export async function isDumpOverdue(config: BackupConfig, now: Date): Promise<boolean> {
  const last = (await readRuns(config.directory)).findLast(
    (run) => run.kind === 'dump' && run.outcome === 'done',
  );
  return last === undefined || now.getTime() - new Date(last.finishedAt).getTime() > 25 * 3_600_000;
}
