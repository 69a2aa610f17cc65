// What Prometheus sees of the backups, read from the journal and the archive at every scrape, so that it is right also
// after a restart and for runs of other processes. Labels are the kind of run and its outcome only.
import type { Metrics } from '@habitat/observability';
import { createMetrics } from '@habitat/observability';
import { Counter, Gauge } from 'prom-client';
import { readRuns } from './storage/journal.ts';
import type { Run } from './storage/journal.ts';
import type { Repository } from './storage/repository.ts';

const KINDS = ['dump', 'base', 'drill'] as const;
const seconds = (instant: string) => new Date(instant).getTime() / 1000;

const gauges: readonly {
  readonly name: string;
  readonly help: string;
  /** Undefined when there is nothing to tell yet. */
  readonly of: (lastGood: Run | undefined, last: Run | undefined) => number | undefined;
}[] = [
  {
    name: 'habitat_backup_last_size_bytes',
    help: 'Size of the last good backup of this kind.',
    of: (lastGood) => lastGood?.size,
  },
  {
    name: 'habitat_backup_last_duration_seconds',
    help: 'How long the last good run of this kind took.',
    of: (lastGood) => lastGood && seconds(lastGood.finishedAt) - seconds(lastGood.startedAt),
  },
  {
    name: 'habitat_backup_last_run_failed',
    help: '1 when the last run of this kind failed, else 0.',
    of: (_lastGood, last) => (last?.outcome === 'failed' ? 1 : 0),
  },
];

/** When the newest segment of the log was archived; 0 when none is. */
async function lastArchived(repository: Repository): Promise<number> {
  const log = await repository.disk.list('wal');
  return log.reduce((latest, file) => Math.max(latest, file.modifiedAt.getTime()), 0) / 1000;
}

/** The metrics of the backup service; `copiedAt` is when the bucket last had all of the log, null without a bucket. */
export function backupMetrics(
  repository: Repository,
  directory: string,
  copiedAt: (() => Date) | null,
): Metrics {
  const metrics = createMetrics('backup');
  const registers = [metrics.registry];
  if (copiedAt !== null) {
    new Gauge({
      name: 'habitat_backup_log_copied_timestamp_seconds',
      help: 'When the bucket last had every archived segment of the log.',
      registers,
      collect() {
        this.set(copiedAt().getTime() / 1000);
      },
    });
  }
  const lastOf = (runs: readonly Run[], kind: Run['kind'], outcome?: Run['outcome']) =>
    runs.findLast((run) => run.kind === kind && (outcome === undefined || run.outcome === outcome));
  for (const { name, help, of } of gauges) {
    new Gauge({
      name,
      help,
      labelNames: ['kind'] as const,
      registers,
      async collect() {
        const runs = await readRuns(directory);
        for (const kind of KINDS) {
          const value = of(lastOf(runs, kind, 'done'), lastOf(runs, kind));
          if (value !== undefined) this.set({ kind }, value);
        }
      },
    });
  }
  new Gauge({
    name: 'habitat_backup_last_success_timestamp_seconds',
    help: 'When the last good run of this kind ended; for the log (wal), when its newest segment was archived.',
    labelNames: ['kind'] as const,
    registers,
    async collect() {
      const runs = await readRuns(directory);
      // 0 before the first dump: an installation that never had one is to be told of as well.
      this.set({ kind: 'dump' }, 0);
      for (const kind of KINDS) {
        const good = lastOf(runs, kind, 'done');
        if (good !== undefined) this.set({ kind }, seconds(good.finishedAt));
      }
      const archived = await lastArchived(repository);
      if (archived > 0) this.set({ kind: 'wal' }, archived);
    },
  });
  new Counter({
    name: 'habitat_backup_runs_total',
    help: 'Runs since the journal began, by kind and outcome (done, failed).',
    labelNames: ['kind', 'outcome'] as const,
    registers,
    async collect() {
      const runs = await readRuns(directory);
      this.reset();
      for (const { kind, outcome } of runs) this.inc({ kind, outcome });
    },
  });
  return metrics;
}
