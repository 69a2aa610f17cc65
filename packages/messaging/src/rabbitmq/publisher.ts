// Publishes events with confirms, many in flight. An event of an aggregate is sent only after the one before it is
// confirmed, also where that one came with an earlier batch, so a refused message can never be overtaken; different
// aggregates do not wait for each other.
import type { ChannelModel, ConfirmChannel, Message } from 'amqplib';
import type { Envelope } from '@habitat/events';
import { aggregateKey } from '../handling/deliverer.ts';
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
  /**
   * Publishes a batch; `settle` is called for each event the broker has on disk. Rejects when any was not taken. A second
   * batch may follow before the first has ended; after a failure both must have ended before anything is sent again.
   */
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

function byAggregate(events: readonly StoredEvent[]): Map<string, StoredEvent[]> {
  const chains = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const key = aggregateKey(event.envelope);
    const chain = chains.get(key);
    if (chain === undefined) chains.set(key, [event]);
    else chain.push(event);
  }
  return chains;
}

export interface PublisherOptions {
  readonly url: string;
  readonly namespace: Namespace;
  readonly groups: HandlerGroups;
  readonly observer: DeliveryObserver;
}

class ConfirmingPublisher implements Publisher {
  readonly broker: Broker;
  readonly #options: PublisherOptions;
  readonly #subscribed: ReadonlySet<string>;
  readonly #returned = new Set<string>();
  // amqplib forgets the callbacks of unconfirmed messages when a channel dies, so they are kept here as well.
  readonly #unconfirmed = new Set<(error: Error) => void>();
  /** How far each aggregate is. What failed stays until no batch is on its way: nothing may follow it before. */
  readonly #last = new Map<string, Promise<void>>();
  #batches = 0;
  #channel: ConfirmChannel | undefined;

  constructor(options: PublisherOptions) {
    this.#options = options;
    this.#subscribed = new Set([...options.groups.values()].flat().flatMap((handler) => handler.types));
    this.broker = keepConnected({
      url: options.url,
      name: 'habitat relay',
      setUp: (connection, startOver) => this.#setUp(connection, startOver),
      tearDown: async () => {
        this.#channel = undefined;
        this.#returned.clear();
        this.#rejectUnconfirmed('the broker went away before it confirmed');
      },
      onWait: (error) => options.observer.waiting?.('broker (publishing)', error),
    });
  }

  async publish(events: readonly StoredEvent[], settle: (event: StoredEvent) => void): Promise<void> {
    this.#refuseWhenBlocked();
    if (this.#batches === 0) this.#last.clear();
    this.#batches += 1;
    // A queue that lost its leader never confirms: that must be seen, not waited for.
    const giveUp = () => this.#rejectUnconfirmed('the broker did not confirm in time');
    const late = setTimeout(giveUp, CONFIRM_WITHIN_MS);
    const chains = [...byAggregate(events)].map(([key, chain]) => this.#sendAfterLast(key, chain, settle));
    const outcomes = await Promise.allSettled(chains);
    clearTimeout(late);
    this.#batches -= 1;
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  async deadLetter(handler: string, event: Envelope, error: string): Promise<void> {
    this.#refuseWhenBlocked();
    await this.#send({
      exchange: deadLetterExchange(this.#options.namespace),
      routingKey: event.type,
      messageId: event.id,
      body: Buffer.from(JSON.stringify(event)),
      mandatory: false,
      headers: { 'x-handler': handler, 'x-error': error.slice(0, 500) },
    });
  }

  async #setUp(connection: ChannelModel, startOver: () => void): Promise<void> {
    const channel = await answered(connection.createConfirmChannel());
    // A channel that fails takes its connection along: everything is then set up anew.
    channel.on('error', () => undefined);
    channel.on('close', startOver);
    channel.on('return', (message: Message) => this.#returned.add(String(message.properties.messageId)));
    await assertTopology(channel, this.#options.namespace, this.#options.groups);
    this.#channel = channel;
  }

  /** More would only pile up in this process; the outbox and the dead letters' table keep them. */
  #refuseWhenBlocked(): void {
    const blocked = this.broker.blockedBecause();
    if (blocked !== null) throw new Error(`the broker takes no messages: ${blocked}`);
  }

  #rejectUnconfirmed(why: string): void {
    const waiting = [...this.#unconfirmed];
    this.#unconfirmed.clear();
    for (const reject of waiting) reject(new Error(why));
  }

  #sendAfterLast(
    key: string,
    chain: readonly StoredEvent[],
    settle: (event: StoredEvent) => void,
  ): Promise<void> {
    const sending = (this.#last.get(key) ?? Promise.resolve()).then(() => this.#sendInOrder(chain, settle));
    this.#last.set(key, sending);
    const forget = () => {
      if (this.#last.get(key) === sending) this.#last.delete(key);
    };
    // The failure is told by who publishes the batch.
    sending.then(forget, () => undefined);
    return sending;
  }

  async #sendInOrder(chain: readonly StoredEvent[], settle: (event: StoredEvent) => void): Promise<void> {
    for (const event of chain) {
      const { envelope } = event;
      const send = () =>
        this.#send({
          exchange: exchangeOf(this.#options.namespace, envelope.type),
          routingKey: routingKeyOf(envelope),
          messageId: envelope.id,
          body: Buffer.from(JSON.stringify(envelope)),
          mandatory: this.#subscribed.has(envelope.type),
          headers: { 'x-correlation-id': envelope.correlationId },
        });
      await (this.#options.observer.sending?.(envelope, send) ?? send());
      settle(event);
    }
  }

  #send(one: Sending): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#channel === undefined) return reject(new Error('not connected to the broker'));
      this.#unconfirmed.add(reject);
      const { messageId, headers, mandatory } = one;
      const properties = { persistent: true, contentType: 'application/json', messageId, headers, mandatory };
      this.#channel.publish(one.exchange, one.routingKey, one.body, properties, (error: unknown) => {
        this.#unconfirmed.delete(reject);
        // A returned message is confirmed too: the broker has nowhere to put it.
        if (this.#returned.delete(messageId))
          reject(new Error(`${one.routingKey} has no queue on the broker`));
        else if (error) reject(error instanceof Error ? error : new Error('the broker refused a message'));
        else resolve();
      });
    });
  }
}

/** Connects a publisher; it declares the topology first, so that what is subscribed to has somewhere to go. */
export function openPublisher(options: PublisherOptions): Publisher {
  return new ConfirmingPublisher(options);
}
