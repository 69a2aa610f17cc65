// The backup service: every night its work, every minute what the archive has got to the bucket and who was erased, and
// metrics for who watches. A process that was away at night makes up for it when it comes back.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@habitat/observability';
import { describeError, startHealthServer } from '@habitat/observability';
import { backupMetrics } from './metrics.ts';
import { noteErasures } from './erasures.ts';
import type { BackupTools } from './run.ts';
import { isDumpOverdue, runNight } from './run.ts';
import { shipLog } from './wal.ts';

const MINUTE = 60_000;
const RETRY = 30 * MINUTE;

/** The next time of day "02:30" (UTC) after `now`. */
export function nextNight(time: string, now: Date): Date {
  const next = new Date(`${now.toISOString().slice(0, 10)}T${time}:00Z`);
  if (next <= now) next.setUTCDate(next.getUTCDate() + 1);
  return next;
}

async function keepErasures({ repository, ownerUrl }: BackupTools, log: Log): Promise<void> {
  try {
    await noteErasures(repository, ownerUrl);
  } catch (error) {
    log.error({ err: describeError(error) }, 'erasures were not noted beside the backups');
  }
}

/** Starts the service; `stop` lets a run that is under way end. */
export async function startBackupService(
  tools: BackupTools,
  log: Log,
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const { config, repository } = tools;
  // What never was copied counts from the start.
  let copiedAt = tools.now();
  const metrics = backupMetrics(
    repository,
    config.directory,
    repository.bucket === null ? null : () => copiedAt,
  );
  const health = await startHealthServer({
    host: config.host,
    port: config.metricsPort,
    metrics,
    release: config.release,
    checks: { directory: async () => (await repository.disk.list('dump')).length >= 0 },
  });
  const ending = new AbortController();
  let due = (await isDumpOverdue(config, tools.now())) ? tools.now() : nextNight(config.time, tools.now());

  async function copyLog(): Promise<void> {
    try {
      await shipLog(repository);
      copiedAt = tools.now();
    } catch (error) {
      log.error({ err: describeError(error) }, 'the log was not copied to the bucket');
    }
  }

  async function backUp(): Promise<void> {
    if (tools.now() < due) return;
    const failed = await runNight(tools);
    for (const fault of failed) log.error({ fault }, 'a part of the backup failed');
    if (failed.length === 0) log.info('the backup is done');
    const night = nextNight(config.time, tools.now());
    // A night without a dump is tried again soon, not the next night.
    const overdue = await isDumpOverdue(config, tools.now());
    due = overdue ? new Date(Math.min(night.getTime(), tools.now().getTime() + RETRY)) : night;
  }

  async function again(work: () => Promise<void>, until: () => number): Promise<void> {
    while (!ending.signal.aborted) {
      await work().catch((error: unknown) => log.error({ err: describeError(error) }, 'the backup failed'));
      const pause = Math.min(MINUTE, Math.max(0, until()));
      await sleep(pause, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  }
  const ended = Promise.all([
    // Beside the night, which may take long: what happens meanwhile must not be lost with the server either.
    again(copyLog, () => MINUTE),
    again(
      () => keepErasures(tools, log),
      () => MINUTE,
    ),
    again(backUp, () => due.getTime() - tools.now().getTime()),
  ]);
  return {
    port: health.port,
    async stop() {
      ending.abort();
      await ended;
      await health.stop();
    },
  };
}
