// What Prometheus sees of the backups, read from the journal and the archive at every scrape, so that it is right also
// after a restart and for runs of other processes.
import { Counter, Gauge, Registry } from 'prom-client';
import { readRuns } from './storage/journal.ts';
import type { Run } from './storage/journal.ts';
import type { Repository } from './storage/repository.ts';

const KINDS = ['dump', 'base', 'drill'] as const;
const seconds = (instant: string | Date) => new Date(instant).getTime() / 1000;

/** The registry; labels are the kind of run only. */
export function backupMetrics(repository: Repository, directory: string): { readonly registry: Registry } {
  const registry = new Registry();
  const gauge = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['kind'] as const, registers: [registry] });
  const lastSuccess = gauge(
    'habitat_backup_last_success_timestamp_seconds',
    'When the last good run of this kind ended; for the log, when its newest archived segment was written.',
  );
  const lastSize = gauge('habitat_backup_last_size_bytes', 'Size of the last good backup of this kind.');
  const lastFailed = gauge(
    'habitat_backup_last_run_failed',
    '1 when the last run of this kind failed, else 0.',
  );
  const durations = gauge(
    'habitat_backup_last_duration_seconds',
    'How long the last good run of this kind took.',
  );
  const runCount = new Counter({
    name: 'habitat_backup_runs_total',
    help: 'Runs since the journal began, by kind and outcome (done, failed).',
    labelNames: ['kind', 'outcome'] as const,
    registers: [registry],
  });

  async function collect(): Promise<void> {
    const runs = await readRuns(directory);
    runCount.reset();
    // 0 before the first dump: an installation that never had one is to be told of as well.
    lastSuccess.set({ kind: 'dump' }, 0);
    for (const { kind, outcome } of runs) runCount.inc({ kind, outcome });
    for (const kind of KINDS) {
      const own = runs.filter((run) => run.kind === kind);
      lastFailed.set({ kind }, own.at(-1)?.outcome === 'failed' ? 1 : 0);
      const good: Run | undefined = own.findLast((run) => run.outcome === 'done');
      if (good === undefined) continue;
      lastSuccess.set({ kind }, seconds(good.finishedAt));
      durations.set({ kind }, seconds(good.finishedAt) - seconds(good.startedAt));
      if (good.size !== undefined) lastSize.set({ kind }, good.size);
    }
    const log = await repository.disk.list('wal');
    const newest = log.reduce((latest, file) => Math.max(latest, file.modifiedAt.getTime()), 0);
    if (newest > 0) lastSuccess.set({ kind: 'wal' }, newest / 1000);
  }
  const { metrics } = registry;
  registry.metrics = async () => {
    await collect();
    return metrics.call(registry);
  };
  return { registry };
}
