// Are all parts there, and has the machine room for them?
import { dashboard, figure, lines, log, query, stack } from './dashboard.mjs';

export const system = dashboard({
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
