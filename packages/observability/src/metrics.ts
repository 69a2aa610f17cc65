// The metrics of every service under one set of names; dashboards and alerts rely on them. Labels are small
// closed sets: never an id, never a person.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const LAG_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 1_800];

function requestMetrics(registers: Registry[]) {
  return {
    httpRequests: new Counter({
      name: 'http_requests_total',
      help: 'Requests answered, by method, route and status.',
      labelNames: ['method', 'route', 'status'] as const,
      registers,
    }),
    httpRequestDuration: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time to answer a request.',
      labelNames: ['method', 'route', 'status'] as const,
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
      help: 'GraphQL operations, by kind and outcome (ok, refused, fault).',
      labelNames: ['kind', 'outcome'] as const,
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
      help: 'Events that left the outbox.',
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
    relayActive: new Gauge({
      name: 'habitat_relay_active',
      help: '1 in the process that relays, 0 in those standing by.',
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
    ...processMetrics(registers),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
