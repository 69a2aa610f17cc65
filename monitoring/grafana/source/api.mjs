// How people are served.
import { dashboard, figure, lines, log, query, stack } from './dashboard.mjs';

// Probes and scrapes come every few seconds and are nobody’s work.
const work = 'route!~"/health|/ready|/metrics|/api/health|/api/ready"';

export const api = dashboard({
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
        query('sum by (choice) (rate(habitat_report_reads_total[5m])) or vector(0)', '{{choice}}'),
      ),
    ],
    [log('Faults of the API', '{service="api", level=~"error|fatal"}')],
  ],
});
