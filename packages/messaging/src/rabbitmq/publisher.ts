// Publishes events with confirms, many in flight. An event of an aggregate is sent only after the one before it is
// confirmed, so a refused message can never be overtaken; different aggregates do not wait for each other.
import type { ChannelModel, ConfirmChannel, Message } from 'amqplib';
import type { Envelope } from '@habitat/events';
import { aggregateKey } from '../deliverer.ts';
import type { StoredEvent } from '../event-log.ts';
import type { DeliveryObserver } from '../observer.ts';
import { answered } from './answered.ts';
import type { Broker } from './connection.ts';
import { keepConnected } from './connection.ts';
import type { HandlerGroups, Namespace } from './topology.ts';
import { assertTopology, deadLetterExchange, exchangeOf, routingKeyOf } from './topology.ts';

const CONFIRM_WITHIN_MS = 30_000;

export interface Publisher {
  readonly broker: Broker;
  /** Publishes a batch; `settle` is called for each event the broker has on disk. Rejects when any was not taken. */
  publish(events: readonly StoredEvent[], settle: (event: StoredEvent) => void): Promise<void>;
  /** Puts a copy of an event to its context's dead letters. */
  deadLetter(handler: string, event: Envelope, error: string): Promise<void>;
}

interface Sending {
  readonly exchange: string;
  readonly routingKey: string;
  readonly messageId: string;
  readonly body: Buffer;
  readonly mandatory: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

function byAggregate(events: readonly StoredEvent[]): StoredEvent[][] {
  const chains = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const key = aggregateKey(event.envelope);
    const chain = chains.get(key);
    if (chain === undefined) chains.set(key, [event]);
    else chain.push(event);
  }
  return [...chains.values()];
}

/** Connects a publisher; it declares the topology first, so that what is subscribed to has somewhere to go. */
export function openPublisher(options: {
  readonly url: string;
  readonly namespace: Namespace;
  readonly groups: HandlerGroups;
  readonly observer: DeliveryObserver;
}): Publisher {
  const { namespace, groups } = options;
  const subscribed = new Set([...groups.values()].flat().flatMap((handler) => handler.types));
  const returned = new Set<string>();
  // amqplib forgets the callbacks of unconfirmed messages when a channel dies, so they are kept here as well.
  const unconfirmed = new Set<(error: Error) => void>();
  let channel: ConfirmChannel | undefined;

  function rejectUnconfirmed(why: string): void {
    const waiting = [...unconfirmed];
    unconfirmed.clear();
    for (const reject of waiting) reject(new Error(why));
  }

  const broker = keepConnected({
    url: options.url,
    name: 'habitat relay',
    async setUp(connection: ChannelModel, startOver) {
      const fresh = await answered(connection.createConfirmChannel());
      // A channel that fails takes its connection along: everything is then set up anew.
      fresh.on('error', () => undefined);
      fresh.on('close', startOver);
      fresh.on('return', (message: Message) => returned.add(String(message.properties.messageId)));
      await assertTopology(fresh, namespace, groups);
      channel = fresh;
    },
    async tearDown() {
      channel = undefined;
      returned.clear();
      rejectUnconfirmed('the broker went away before it confirmed');
    },
    onWait: (error) => options.observer.waiting?.('broker (publishing)', error),
  });

  function send(one: Sending): Promise<void> {
    return new Promise((resolve, reject) => {
      if (channel === undefined) return reject(new Error('not connected to the broker'));
      unconfirmed.add(reject);
      const { messageId, headers, mandatory } = one;
      const properties = { persistent: true, contentType: 'application/json', messageId, headers, mandatory };
      channel.publish(one.exchange, one.routingKey, one.body, properties, (error: unknown) => {
        unconfirmed.delete(reject);
        // A returned message is confirmed too: the broker has nowhere to put it.
        if (returned.delete(messageId)) reject(new Error(`${one.routingKey} has no queue on the broker`));
        else if (error) reject(error instanceof Error ? error : new Error('the broker refused a message'));
        else resolve();
      });
    });
  }

  return {
    broker,
    async publish(events, settle) {
      // A queue that lost its leader never confirms: that must be seen, not waited for.
      const late = setTimeout(
        () => rejectUnconfirmed('the broker did not confirm in time'),
        CONFIRM_WITHIN_MS,
      );
      const outcomes = await Promise.allSettled(
        byAggregate(events).map(async (chain) => {
          for (const event of chain) {
            const { envelope } = event;
            await send({
              exchange: exchangeOf(namespace, envelope.type),
              routingKey: routingKeyOf(envelope),
              messageId: envelope.id,
              body: Buffer.from(JSON.stringify(envelope)),
              mandatory: subscribed.has(envelope.type),
              headers: { 'x-correlation-id': envelope.correlationId },
            });
            settle(event);
          }
        }),
      );
      clearTimeout(late);
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
    deadLetter: (handler, event, error) =>
      send({
        exchange: deadLetterExchange(namespace),
        routingKey: event.type,
        messageId: event.id,
        body: Buffer.from(JSON.stringify(event)),
        mandatory: false,
        headers: { 'x-handler': handler, 'x-error': error.slice(0, 500) },
      }),
  };
}
