// PostgreSQL with its standbys and its archive.
import { dashboard, figure, lines, query } from './dashboard.mjs';

export const database = dashboard({
  uid: 'habitat-database',
  title: 'Database',
  description: 'PostgreSQL: load, locks, size, standbys and the archive.',
  rows: [
    [
      figure('Database answers', 'none', 'min(pg_up)'),
      figure('Size', 'bytes', 'sum(pg_database_size_bytes{datname!~"template.*|postgres"})'),
      figure(
        'Connections in use',
        'percentunit',
        'sum(pg_stat_database_numbackends) / max(pg_settings_max_connections)',
        { bad: 0.8 },
      ),
      figure('Standbys', 'none', 'max(pg_habitat_replication_replicas)'),
      figure('Standby behind', 's', 'max(pg_habitat_replication_lag_seconds)', { bad: 30 }),
    ],
    [
      lines(
        'Transactions',
        'ops',
        query('sum(rate(pg_stat_database_xact_commit{datname!~"template.*|postgres"}[5m]))', 'committed'),
        query('sum(rate(pg_stat_database_xact_rollback{datname!~"template.*|postgres"}[5m]))', 'rolled back'),
      ),
      lines('Connections', 'none', query('sum by (datname) (pg_stat_database_numbackends)', '{{datname}}')),
    ],
    [
      lines(
        'Found in memory',
        'percentunit',
        query(
          'sum(rate(pg_stat_database_blks_hit[5m])) / (sum(rate(pg_stat_database_blks_hit[5m])) + sum(rate(pg_stat_database_blks_read[5m])))',
          'share of blocks',
        ),
      ),
      lines(
        'Rows',
        'ops',
        query('sum(rate(pg_stat_database_tup_inserted[5m]))', 'inserted'),
        query('sum(rate(pg_stat_database_tup_updated[5m]))', 'updated'),
        query('sum(rate(pg_stat_database_tup_deleted[5m]))', 'deleted'),
      ),
    ],
    [
      lines('Locks held', 'none', query('sum by (mode) (pg_locks_count)', '{{mode}}')),
      lines('Deadlocks', 'none', query('sum(increase(pg_stat_database_deadlocks[1h]))', 'in an hour')),
    ],
    [
      lines(
        'Log the standby has still to apply',
        'bytes',
        query('max(pg_habitat_replication_lag_bytes)', 'bytes'),
      ),
      lines(
        'Segments archived',
        'none',
        query('sum(increase(pg_stat_archiver_archived_count[1h]))', 'archived'),
        query('sum(increase(pg_stat_archiver_failed_count[1h]))', 'failed'),
      ),
    ],
    [
      lines(
        'Last good backup',
        's',
        query('time() - max by (kind) (habitat_backup_last_success_timestamp_seconds)', '{{kind}}'),
      ),
      lines('Size of backups', 'bytes', query('max by (kind) (habitat_backup_last_size_bytes)', '{{kind}}')),
    ],
  ],
});
