// Turns what delivery tells about itself into metrics and log lines; an event is named by type and id, its
// payload stays out.
import type { Database } from '@habitat/database';
import type { DeliveryObserver } from '@habitat/messaging';
import { agreementsEvents, peopleEvents, platformEvents, treasuryEvents } from '@habitat/events';
import type { Envelope } from '@habitat/events';
import { eventLag } from '@habitat/messaging';
import type { Log, Metrics, Tracing } from '@habitat/observability';
import { describeError, noTracing } from '@habitat/observability';

const TYPES = [...platformEvents, ...treasuryEvents, ...peopleEvents, ...agreementsEvents].map(
  ({ type }) => type as string,
);
const KNOWN = new Set(TYPES);

/** Nouns whose steps are counted apart, by the first two words of their events. */
function stepCounters(metrics: Metrics) {
  return {
    'people.contribution': metrics.contributions,
    'agreements.allocation': metrics.allocations,
    'agreements.distribution': metrics.distributions,
  } as const;
}

function countStep(metrics: Metrics, type: string, count: number): void {
  const [context, noun, step] = type.split('.');
  const counter = stepCounters(metrics)[`${context}.${noun}` as keyof ReturnType<typeof stepCounters>];
  if (counter !== undefined && step !== undefined) counter.inc({ step }, count);
}

/** Every series stands at 0 from the start: a first dead letter is a rise, not a series that was not there before. */
function beginAtZero(metrics: Metrics, handlers: readonly string[]): void {
  for (const type of TYPES) {
    metrics.eventsPublished.inc({ type }, 0);
    countStep(metrics, type, 0);
  }
  for (const handler of handlers) {
    metrics.eventsHandled.inc({ handler, outcome: 'fresh' }, 0);
    metrics.eventsHandled.inc({ handler, outcome: 'duplicate' }, 0);
    metrics.eventRetries.inc({ handler }, 0);
    metrics.deadLettersAdded.inc({ handler }, 0);
  }
}

function countPublished(metrics: Metrics, events: readonly Envelope[]): void {
  for (const { type } of events) {
    metrics.eventsPublished.inc({ type: KNOWN.has(type) ? type : 'other' });
    if (KNOWN.has(type)) countStep(metrics, type, 1);
  }
}

/** What a line about an event names: never its payload. */
function factsOf(handler: string, event: Envelope) {
  return { handler, eventId: event.id, type: event.type, correlationId: event.correlationId };
}

function messagingOf(event: Envelope) {
  return {
    'messaging.system': 'habitat',
    'messaging.message.id': event.id,
    'habitat.event.type': event.type,
  };
}

/** The observer of a worker that runs these handlers. */
export function observeDelivery(
  log: Log,
  metrics: Metrics,
  handlers: readonly string[],
  tracing: Tracing = noTracing,
): DeliveryObserver {
  beginAtZero(metrics, handlers);
  return {
    // Only what began in a trace goes on in one: a backlog from before is not traced event by event.
    sending(event, work) {
      const { traceParent: parent, type } = event;
      if (parent === undefined) return work();
      return tracing.span(`send ${type}`, { kind: 'producer', parent, attributes: messagingOf(event) }, work);
    },
    handling(handler, events, work) {
      const [parent, ...links] = events.flatMap(({ traceParent }) => traceParent ?? []);
      const [event] = events;
      if (parent === undefined || event === undefined) return work();
      const attributes = { ...messagingOf(event), 'messaging.batch.message_count': events.length };
      return tracing.span(`process ${handler}`, { kind: 'consumer', parent, links, attributes }, work);
    },
    published: (events) => countPublished(metrics, events),
    handled(handler, events, fresh) {
      metrics.eventsHandled.inc({ handler, outcome: 'fresh' }, fresh);
      if (fresh < events.length)
        metrics.eventsHandled.inc({ handler, outcome: 'duplicate' }, events.length - fresh);
      const now = Date.now();
      const isLogged = fresh > 0 && log.isLevelEnabled('info');
      for (const event of events) {
        metrics.eventLag.observe({ handler }, Math.max(0, (now - Date.parse(event.recordedAt)) / 1_000));
        if (isLogged) log.info(factsOf(handler, event), 'event handled');
      }
    },
    retried(handler, event, attempts, error) {
      metrics.eventRetries.inc({ handler });
      const facts = { ...factsOf(handler, event), attempts };
      log.warn({ ...facts, err: describeError(error) }, 'an event failed and will be tried again');
    },
    gaveUp(handler, event, attempts, error) {
      metrics.deadLettersAdded.inc({ handler });
      const facts = { ...factsOf(handler, event), attempts };
      log.error({ ...facts, err: describeError(error) }, 'an event went to the dead letters');
    },
    unreadable: (queue, problem) =>
      log.error({ queue, problem }, 'a message on the bus is not an event of ours'),
    relaying(active) {
      metrics.relayActive.set(active ? 1 : 0);
      if (active) log.info('relaying');
    },
    waiting: (what, error) =>
      log.warn({ what, err: describeError(error) }, 'waiting for something to come back'),
  };
}

/** Keeps the gauges that have to be asked for up to date, every five seconds. */
export function startGauges(database: Database, metrics: Metrics): { stop(): void } {
  async function refresh(): Promise<void> {
    for (const [state, count] of Object.entries(database.statistics()))
      metrics.poolConnections.set({ state }, count);
    const lag = await eventLag(database);
    metrics.deadLetters.set(lag.openDeadLetters);
    metrics.undelivered.set(lag.undelivered);
    const age = lag.oldestRecordedAt === null ? 0 : Date.now() - lag.oldestRecordedAt.getTime();
    metrics.oldestUndelivered.set(Math.max(0, age / 1_000));
  }
  // A refresh that fails leaves the last values; readiness tells that the database is down.
  const tick = () => void refresh().catch(() => undefined);
  tick();
  const timer = setInterval(tick, 5_000);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
