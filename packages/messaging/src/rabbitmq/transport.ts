// The RabbitMQ transport as the relay sees it: an event is settled when the broker has confirmed it.
import type { DeliveryObserver } from '../observer.ts';
import type { Transport } from '../transport.ts';
import type { Publisher } from './publisher.ts';
import { openPublisher } from './publisher.ts';
import type { HandlerGroups, Namespace } from './topology.ts';

/** Opens the publishing side, with the way for copies of dead letters. */
export function openRabbitMqTransport(options: {
  readonly url: string;
  readonly namespace: Namespace;
  readonly groups: HandlerGroups;
  readonly observer: DeliveryObserver;
}): Transport & Pick<Publisher, 'deadLetter'> {
  const publisher = openPublisher(options);
  return {
    start: () => publisher.broker.connected(),
    hand: (events, settle) => publisher.publish(events, settle),
    idle: async () => undefined,
    isReady: () => publisher.broker.isConnected() && publisher.broker.blockedBecause() === null,
    stop: () => publisher.broker.stop(),
    deadLetter: (handler, event, error) => publisher.deadLetter(handler, event, error),
  };
}
