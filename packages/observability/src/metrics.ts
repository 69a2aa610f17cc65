// The metrics of every service under one set of names; dashboards and alerts rely on them. Labels are small
// closed sets: never an id, never a person.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

// 0.75 is the line the alert on slow answers is drawn at.
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 10];
const LAG_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 1_800];

function requestMetrics(registers: Registry[]) {
  return {
    httpRequests: new Counter({
      name: 'http_requests_total',
      help: 'Requests answered, by method, route template and class of status (2xx; aborted when the client left).',
      labelNames: ['method', 'route', 'status'] as const,
      registers,
    }),
    httpRequestDuration: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time to answer a request; streams are left out.',
      labelNames: ['method', 'route'] as const,
      buckets: REQUEST_SECONDS,
      registers,
    }),
    httpRequestsInProgress: new Gauge({
      name: 'http_requests_inprogress',
      help: 'Requests being answered now.',
      labelNames: ['method', 'route'] as const,
      registers,
    }),
    graphqlOperations: new Counter({
      name: 'habitat_graphql_operations_total',
      help: 'GraphQL operations, by kind, first field and outcome (ok, refused, fault).',
      labelNames: ['kind', 'operation', 'outcome'] as const,
      registers,
    }),
    graphqlDuration: new Histogram({
      name: 'habitat_graphql_operation_duration_seconds',
      help: 'Time to answer a GraphQL operation, by kind.',
      labelNames: ['kind'] as const,
      buckets: REQUEST_SECONDS,
      registers,
    }),
  };
}

function liveMetrics(registers: Registry[]) {
  return {
    liveSubscriptions: new Gauge({
      name: 'habitat_live_subscriptions',
      help: 'GraphQL subscriptions open now, by field.',
      labelNames: ['topic'] as const,
      registers,
    }),
    liveSockets: new Gauge({
      name: 'habitat_live_sockets',
      help: 'WebSocket connections open now.',
      registers,
    }),
  };
}

function deliveryMetrics(registers: Registry[]) {
  return {
    eventsPublished: new Counter({
      name: 'habitat_events_published_total',
      help: 'Events that left the outbox, by type.',
      labelNames: ['type'] as const,
      registers,
    }),
    eventsHandled: new Counter({
      name: 'habitat_events_handled_total',
      help: 'Events handled, by handler and outcome (fresh, duplicate).',
      labelNames: ['handler', 'outcome'] as const,
      registers,
    }),
    eventLag: new Histogram({
      name: 'habitat_event_lag_seconds',
      help: 'Time from recording an event to its effect in a handler.',
      labelNames: ['handler'] as const,
      buckets: LAG_SECONDS,
      registers,
    }),
    eventRetries: new Counter({
      name: 'habitat_event_retries_total',
      help: 'Events that failed in a handler and will be tried again.',
      labelNames: ['handler'] as const,
      registers,
    }),
    deadLettersAdded: new Counter({
      name: 'habitat_dead_letters_added_total',
      help: 'Events given up on by this process.',
      labelNames: ['handler'] as const,
      registers,
    }),
    deadLetters: new Gauge({
      name: 'habitat_dead_letters',
      help: 'Dead letters that wait for a redrive.',
      registers,
    }),
    undelivered: new Gauge({
      name: 'habitat_outbox_events',
      help: 'Events in the outbox.',
      registers,
    }),
    oldestUndelivered: new Gauge({
      name: 'habitat_outbox_oldest_seconds',
      help: 'Age of the oldest event in the outbox; 0 when it is empty.',
      registers,
    }),
    notificationMails: new Counter({
      name: 'habitat_notification_mails_total',
      help: 'Mails of notices, by how it went: sent, later (will be tried again), over (given up).',
      labelNames: ['outcome'] as const,
      registers,
    }),
    relayActive: new Gauge({
      name: 'habitat_relay_active',
      help: '1 in the process that relays, 0 in those standing by.',
      registers,
    }),
  };
}

function webhookMetrics(registers: Registry[]) {
  return {
    webhookTries: new Counter({
      name: 'habitat_webhook_tries_total',
      help: 'Messages sent to webhooks, by how it went: delivered, retried (will be tried again), given_up.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    webhookDuration: new Histogram({
      name: 'habitat_webhook_duration_seconds',
      help: 'Time a receiver took to answer a message, or to be given up on.',
      buckets: REQUEST_SECONDS,
      registers,
    }),
    webhookOverdue: new Gauge({
      name: 'habitat_webhook_overdue_seconds',
      help: 'How long the oldest message has been due that nobody has sent; 0 when none is.',
      registers,
    }),
  };
}

/** What the cooperatives do, as the events tell it, and whether their books add up. */
function businessMetrics(registers: Registry[]) {
  const steps = (name: string, noun: string) =>
    new Counter({
      name,
      help: `Steps ${noun} took, by the last word of the event that tells it.`,
      labelNames: ['step'] as const,
      registers,
    });
  return {
    contributions: steps('habitat_contributions_total', 'contributions'),
    allocations: steps('habitat_allocations_total', 'allocations'),
    distributions: steps('habitat_distributions_total', 'distributions'),
    cooperatives: new Gauge({
      name: 'habitat_cooperatives',
      help: 'Cooperatives of this installation.',
      registers,
    }),
    ledgerImbalance: new Gauge({
      name: 'habitat_ledger_imbalance_minor',
      help: 'What the balances of all accounts fail to cancel out, in minor units over all cooperatives, by basis (book, tax). Anything but 0 is a fault.',
      labelNames: ['basis'] as const,
      registers,
    }),
    ledgerCheckedAt: new Gauge({
      name: 'habitat_ledger_checked_timestamp_seconds',
      help: 'When this process last added up the balances of all cooperatives; 0 before it did.',
      registers,
    }),
    certificateExpires: new Gauge({
      name: 'habitat_certificate_expires_timestamp_seconds',
      help: 'When the certificate at PUBLIC_URL ends; 0 where there is none to watch.',
      registers,
    }),
  };
}

function processMetrics(registers: Registry[]) {
  return {
    poolConnections: new Gauge({
      name: 'habitat_pool_connections',
      help: 'Database connections of this process, by state (total, idle, waiting).',
      labelNames: ['state'] as const,
      registers,
    }),
    reportReads: new Counter({
      name: 'habitat_report_reads_total',
      help: 'Where reports were read with a replica set: replica, or the reason it was the primary (own_write, lagging, not_standby, down, failed, primary_restarted).',
      labelNames: ['choice'] as const,
      registers,
    }),
    scheduleRuns: new Counter({
      name: 'habitat_schedule_runs_total',
      help: 'Runs of what is due by the clock, by name and outcome (ok, fault).',
      labelNames: ['schedule', 'outcome'] as const,
      registers,
    }),
  };
}

/** Makes the metrics of one process, in a registry of their own. */
export function createMetrics(service: string) {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    ...requestMetrics(registers),
    ...liveMetrics(registers),
    ...deliveryMetrics(registers),
    ...webhookMetrics(registers),
    ...businessMetrics(registers),
    ...processMetrics(registers),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
