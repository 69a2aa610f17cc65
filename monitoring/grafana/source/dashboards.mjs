// The five dashboards, panel by panel. Every query is run by a test against a Prometheus that scraped the real services.
import { dashboard, figure, lines, log, query, stack } from './dashboard.mjs';

const work = 'route!~"/health|/ready|/metrics|/api/health"';

const system = dashboard({
  uid: 'habitat-system',
  title: 'System',
  description: 'Are all parts there, and has the machine room for them?',
  rows: [
    [
      figure('Instances up', 'none', 'sum(up)'),
      figure('Instances down', 'none', 'sum(1 - up)', { bad: 1 }),
      figure(
        'Days to the certificate’s end',
        'none',
        '(max(habitat_certificate_expires_timestamp_seconds) - time()) / 86400',
        { decimals: 0 },
      ),
      figure(
        'Age of the last backup',
        's',
        'time() - max(habitat_backup_last_success_timestamp_seconds{kind="dump"})',
        { bad: 93600 },
      ),
      figure('Alerts firing', 'none', 'count(ALERTS{alertstate="firing"}) or vector(0)', { bad: 1 }),
    ],
    [
      lines('Up by service', 'none', query('sum by (job) (up)', '{{job}}')),
      stack(
        'Processor of the machine',
        'percentunit',
        query(
          'sum by (mode) (rate(node_cpu_seconds_total{mode!="idle"}[5m])) / on () group_left () count(node_cpu_seconds_total{mode="idle"})',
          '{{mode}}',
        ),
      ),
    ],
    [
      lines(
        'Memory of the machine',
        'bytes',
        query('node_memory_MemTotal_bytes - node_memory_MemAvailable_bytes', 'in use'),
        query('node_memory_MemTotal_bytes', 'there is'),
      ),
      lines(
        'Disk in use',
        'percentunit',
        query(
          '1 - min by (mountpoint) (node_filesystem_avail_bytes{fstype!~"tmpfs|ramfs|overlay|squashfs|iso9660|erofs"} / node_filesystem_size_bytes{fstype!~"tmpfs|ramfs|overlay|squashfs|iso9660|erofs"})',
          '{{mountpoint}}',
        ),
      ),
    ],
    [
      lines('Memory by process', 'bytes', query('process_resident_memory_bytes', '{{job}} {{instance}}')),
      lines(
        'Processor by process',
        'percentunit',
        query('rate(process_cpu_seconds_total[5m])', '{{job}} {{instance}}'),
      ),
    ],
    [
      lines(
        'Event loop, 99th percentile of delay',
        's',
        query('nodejs_eventloop_lag_p99_seconds', '{{job}} {{instance}}'),
      ),
      log('Errors', '{service=~".+", level=~"error|fatal"}'),
    ],
  ],
});

const api = dashboard({
  uid: 'habitat-api',
  title: 'API',
  description: 'How people are served: requests, their speed and their failures.',
  rows: [
    [
      figure(
        'Requests per second',
        'reqps',
        `sum(rate(http_requests_total{job=~"api|frontend",${work}}[5m]))`,
      ),
      figure(
        'Failing',
        'percentunit',
        `(sum(rate(http_requests_total{job="api",${work},status="5xx"}[5m])) or vector(0)) / sum(rate(http_requests_total{job="api",${work}}[5m]))`,
        { bad: 0.05 },
      ),
      figure(
        '95 of 100 answers within',
        's',
        `histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{job="api",${work}}[5m])))`,
        { bad: 0.75 },
      ),
      figure('People connected live', 'none', 'sum(habitat_live_sockets)'),
    ],
    [
      stack(
        'Requests by status',
        'reqps',
        query(
          `sum by (job, status) (rate(http_requests_total{job=~"api|frontend",${work}}[5m]))`,
          '{{job}} {{status}}',
        ),
      ),
      lines(
        '95th percentile by service',
        's',
        query(
          `histogram_quantile(0.95, sum by (job, le) (rate(http_request_duration_seconds_bucket{job=~"api|frontend",${work}}[5m])))`,
          '{{job}}',
        ),
      ),
    ],
    [
      lines(
        'Slowest pages, 95th percentile',
        's',
        query(
          'topk(8, histogram_quantile(0.95, sum by (route, le) (rate(http_request_duration_seconds_bucket{job="frontend"}[5m]))))',
          '{{route}}',
        ),
      ),
      lines('Being answered now', 'none', query('sum by (job) (http_requests_inprogress)', '{{job}}')),
    ],
    [
      stack(
        'GraphQL operations',
        'ops',
        query('topk(12, sum by (operation) (rate(habitat_graphql_operations_total[5m])))', '{{operation}}'),
      ),
      stack(
        'How operations end',
        'ops',
        query('sum by (kind, outcome) (rate(habitat_graphql_operations_total[5m]))', '{{kind}} {{outcome}}'),
      ),
    ],
    [
      lines(
        'GraphQL, 95th percentile',
        's',
        query(
          'histogram_quantile(0.95, sum by (kind, le) (rate(habitat_graphql_operation_duration_seconds_bucket[5m])))',
          '{{kind}}',
        ),
      ),
      lines('Subscriptions open', 'none', query('sum by (topic) (habitat_live_subscriptions)', '{{topic}}')),
    ],
    [
      lines(
        'Connections to the database',
        'none',
        query('sum by (state) (habitat_pool_connections{job="api"})', '{{state}}'),
      ),
      lines(
        'Where reports are read',
        'ops',
        query('sum by (choice) (rate(habitat_report_reads_total[5m]))', '{{choice}}'),
      ),
    ],
    [log('Faults of the API', '{service="api", level=~"error|fatal"}')],
  ],
});

const worker = dashboard({
  uid: 'habitat-worker',
  title: 'Worker',
  description: 'Do events travel, how late do they arrive, and was any given up on?',
  rows: [
    [
      figure('Workers that relay', 'none', 'sum(habitat_relay_active)'),
      figure('In the outbox', 'none', 'max(habitat_outbox_events)', { bad: 5000 }),
      figure('Oldest in the outbox', 's', 'max(habitat_outbox_oldest_seconds)', { bad: 60 }),
      figure('Dead letters', 'none', 'max(habitat_dead_letters)', { bad: 1 }),
      figure('In the queues', 'none', 'sum(rabbitmq_queue_messages_ready)', { bad: 10000 }),
    ],
    [
      stack(
        'Events published',
        'ops',
        query(
          'sum by (type) (rate(habitat_events_published_total[5m])) > 0 or sum(rate(habitat_events_published_total[5m]))',
          '{{type}}',
        ),
      ),
      stack(
        'Events handled',
        'ops',
        query('sum by (handler) (rate(habitat_events_handled_total{outcome="fresh"}[5m]))', '{{handler}}'),
      ),
    ],
    [
      lines(
        'From recording to effect, 95th percentile',
        's',
        query(
          'histogram_quantile(0.95, sum by (handler, le) (rate(habitat_event_lag_seconds_bucket[5m])))',
          '{{handler}}',
        ),
      ),
      lines(
        'Tried again',
        'ops',
        query('sum by (handler) (rate(habitat_event_retries_total[5m]))', '{{handler}}'),
      ),
    ],
    [
      lines(
        'Given up on',
        'none',
        query('sum by (handler) (increase(habitat_dead_letters_added_total[1h]))', '{{handler}}'),
      ),
      lines(
        'Delivered a second time',
        'ops',
        query(
          'sum by (handler) (rate(habitat_events_handled_total{outcome="duplicate"}[5m]))',
          '{{handler}}',
        ),
      ),
    ],
    [
      lines(
        'Runs by the clock',
        'none',
        query(
          'sum by (schedule, outcome) (increase(habitat_schedule_runs_total[1h]))',
          '{{schedule}} {{outcome}}',
        ),
      ),
      lines(
        'Queues of the broker',
        'none',
        query('sum(rabbitmq_queue_messages_ready)', 'ready'),
        query('sum(rabbitmq_queue_messages_unacked)', 'being handled'),
      ),
    ],
    [
      lines(
        'Connections to the database',
        'none',
        query('sum by (state) (habitat_pool_connections{job="worker"})', '{{state}}'),
      ),
      log('Worker: warnings and errors', '{service="worker", level=~"warn|error|fatal"}'),
    ],
  ],
});

const database = dashboard({
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
      lines('Standby behind', 'bytes', query('max(pg_habitat_replication_lag_bytes)', 'bytes')),
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

const business = dashboard({
  uid: 'habitat-business',
  title: 'Business',
  description: 'What the cooperatives do. No figure here names a cooperative or a person.',
  rows: [
    [
      figure('Cooperatives', 'none', 'max(habitat_cooperatives)'),
      figure(
        'Contributions sent today',
        'none',
        `sum(increase(habitat_contributions_total{step="submitted"}[24h]))`,
        { decimals: 0 },
      ),
      figure(
        'Allocations approved this month',
        'none',
        `sum(increase(habitat_allocations_total{step="approved"}[30d]))`,
        { decimals: 0 },
      ),
      figure(
        'Distributions paid this month',
        'none',
        `sum(increase(habitat_distributions_total{step="paid"}[30d]))`,
        { decimals: 0 },
      ),
      figure('Ledgers out of balance by', 'none', 'max(habitat_ledger_imbalance_minor)', { bad: 1 }),
    ],
    [
      lines(
        'Contributions by step',
        'none',
        query(`sum by (step) (increase(habitat_contributions_total[1h]))`, '{{step}}'),
      ),
      lines(
        'Allocations by step',
        'none',
        query(`sum by (step) (increase(habitat_allocations_total[1h]))`, '{{step}}'),
      ),
    ],
    [
      lines(
        'Distributions by step',
        'none',
        query(`sum by (step) (increase(habitat_distributions_total[1h]))`, '{{step}}'),
      ),
      lines(
        'Ledger transactions posted',
        'none',
        query(
          'sum(increase(habitat_events_published_total{type="treasury.transaction.posted"}[1h]))',
          'in an hour',
        ),
      ),
    ],
    [
      lines(
        'Members',
        'none',
        query(
          'sum by (type) (increase(habitat_events_published_total{type=~"people.member.*"}[1h]))',
          '{{type}}',
        ),
      ),
      lines(
        'What people do',
        'ops',
        query(
          'topk(10, sum by (operation) (rate(habitat_graphql_operations_total{kind="mutation"}[5m])))',
          '{{operation}}',
        ),
      ),
    ],
    [
      lines(
        'Refused',
        'ops',
        query(
          'sum by (operation) (rate(habitat_graphql_operations_total{kind="mutation",outcome="refused"}[5m])) or sum(rate(habitat_graphql_operations_total{kind="mutation"}[5m])) * 0',
          '{{operation}}',
        ),
      ),
      lines(
        'Minutes since the ledgers were added up',
        'm',
        query('(time() - max(habitat_ledger_checked_timestamp_seconds)) / 60', 'minutes'),
      ),
    ],
  ],
});

/** File name → dashboard. */
export const dashboards = { system, api, worker, database, business };
