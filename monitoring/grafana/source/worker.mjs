// Do events travel?
import { dashboard, figure, lines, log, query, stack } from './dashboard.mjs';

export const worker = dashboard({
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
        'Webhooks: tries',
        'ops',
        query('sum by (outcome) (rate(habitat_webhook_tries_total[5m]))', '{{outcome}}'),
      ),
      lines(
        'Webhooks: how long receivers take, 95th percentile, and the oldest that is due',
        's',
        query(
          'histogram_quantile(0.95, sum by (le) (rate(habitat_webhook_duration_seconds_bucket[5m])))',
          'answer',
        ),
        query('max(habitat_webhook_overdue_seconds)', 'oldest due'),
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
