// Turns what delivery tells about itself into metrics and log lines; an event is named by type and id, its
// payload stays out.
import type { Database } from '@habitat/database';
import type { DeliveryObserver } from '@habitat/messaging';
import { eventLag } from '@habitat/messaging';
import type { Log, Metrics } from '@habitat/observability';
import { describeError } from '@habitat/observability';

/** The observer of a worker. */
export function observeDelivery(log: Log, metrics: Metrics): DeliveryObserver {
  return {
    published: (count) => metrics.eventsPublished.inc(count),
    handled(handler, events, fresh) {
      metrics.eventsHandled.inc({ handler, outcome: 'fresh' }, fresh);
      if (fresh < events.length)
        metrics.eventsHandled.inc({ handler, outcome: 'duplicate' }, events.length - fresh);
      const now = Date.now();
      for (const event of events) {
        metrics.eventLag.observe({ handler }, Math.max(0, (now - Date.parse(event.recordedAt)) / 1_000));
      }
    },
    retried(handler, event, attempts, error) {
      metrics.eventRetries.inc({ handler });
      const facts = {
        handler,
        eventId: event.id,
        type: event.type,
        correlationId: event.correlationId,
        attempts,
      };
      log.warn({ ...facts, err: describeError(error) }, 'an event failed and will be tried again');
    },
    gaveUp(handler, event, attempts, error) {
      metrics.deadLettersAdded.inc({ handler });
      const facts = {
        handler,
        eventId: event.id,
        type: event.type,
        correlationId: event.correlationId,
        attempts,
      };
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
