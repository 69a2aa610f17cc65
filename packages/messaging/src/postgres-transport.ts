// The embedded transport: events go from the outbox to the handlers inside this process, through the same inbox
// and the same retries as with a broker. An event leaves the outbox when every handler is through with it.
import type { Deliverer } from './handling/deliverer.ts';
import type { StoredEvent } from './event-log.ts';
import type { EventHandler } from './handler.ts';
import type { Lane } from './handling/lane.ts';
import { openLane } from './handling/lane.ts';
import { partitionOf } from './partition.ts';
import type { Transport } from './transport.ts';

interface Ticket {
  readonly event: StoredEvent;
  readonly settle: (event: StoredEvent) => void;
}

/**
 * Opens `lanes` lanes; an aggregate stays in one. With a single lane all events are handled in log order, handler
 * after handler, which makes a run repeatable.
 */
export function openPostgresTransport(options: {
  readonly deliverer: Deliverer;
  readonly handlers: readonly EventHandler[];
  readonly lanes: number;
  /** See LaneOptions; after 'stop' the transport refuses to go on. */
  readonly onFault: (error: unknown) => 'again' | 'stop';
}): Transport {
  let fault: { readonly error: unknown } | null = null;
  const openOne = () =>
    openLane<Ticket>({
      deliverer: options.deliverer,
      handlers: options.handlers,
      settle: (tickets) => {
        for (const ticket of tickets) ticket.settle(ticket.event);
      },
      onFault(error) {
        const next = options.onFault(error);
        if (next === 'stop') fault = { error };
        return next;
      },
    });
  const lanes: readonly Lane<Ticket>[] = Array.from({ length: options.lanes }, openOne);
  const isWanted = new Set(options.handlers.flatMap((handler) => handler.types));

  return {
    start: async () => undefined,
    async hand(events, settle, suspect) {
      if (fault !== null) throw fault.error;
      const shares = lanes.map(() => [] as StoredEvent[]);
      for (const event of events) {
        if (isWanted.has(event.envelope.type)) {
          shares[partitionOf(event.envelope.aggregateId) % lanes.length]?.push(event);
        } else settle(event);
      }
      for (const [place, share] of shares.entries()) {
        lanes[place]?.push(
          share.map((event) => ({
            envelope: event.envelope,
            suspect,
            retried: false,
            ticket: { event, settle },
          })),
        );
      }
    },
    async idle() {
      await Promise.all(lanes.map((lane) => lane.idle()));
      if (fault !== null) throw fault.error;
    },
    isReady: () => fault === null,
    async stop() {
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}
