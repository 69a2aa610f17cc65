// Reads the partition queues into lanes and acknowledges what took effect. A worker subscribes to its home
// partitions first and stands in for the others; after any disconnect it subscribes again.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import type { Envelope } from '@habitat/events';
import { envelopeSchema } from '@habitat/events';
import type { Deliverer } from '../handling/deliverer.ts';
import type { Lane } from '../handling/lane.ts';
import { openLane } from '../handling/lane.ts';
import type { DeliveryObserver } from '../observer.ts';
import type { Broker } from './connection.ts';
import { answered } from './answered.ts';
import { keepConnected } from './connection.ts';
import type { HandlerGroups, Namespace, PartitionQueue } from './topology.ts';
import { assertTopology, inHomeOrder, queuesOf } from './topology.ts';

const PREFETCH = 300;
const STAND_IN_AFTER_MS = 1_500;

/** The envelope of a message, or what is wrong with it. */
function readMessage(body: Buffer): { envelope: Envelope } | { problem: string } {
  try {
    const parsed = envelopeSchema.safeParse(JSON.parse(body.toString('utf8')));
    if (parsed.success) return { envelope: parsed.data };
    const [issue] = parsed.error.issues;
    return { problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not an envelope'}` };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'not JSON' };
  }
}

/** Acknowledges in as few frames as possible: up to the last one when nothing older is still open. */
class Acknowledger {
  readonly #open = new Set<number>();

  constructor(readonly channel: Channel) {}

  received(message: ConsumeMessage): void {
    this.#open.add(message.fields.deliveryTag);
  }

  settle(messages: readonly ConsumeMessage[]): void {
    for (const message of messages) this.#open.delete(message.fields.deliveryTag);
    // What waited behind a retry comes after later arrivals: the last one is not always the newest.
    const newest = messages.reduce<ConsumeMessage | undefined>(
      (found, message) =>
        found === undefined || message.fields.deliveryTag > found.fields.deliveryTag ? message : found,
      undefined,
    );
    if (newest === undefined) return;
    const [oldest] = this.#open;
    try {
      if (oldest === undefined || oldest > newest.fields.deliveryTag) this.channel.ack(newest, true);
      else for (const message of messages) this.channel.ack(message);
    } catch {
      // The channel is gone: the broker delivers again and the inbox knows.
    }
  }
}

export interface ConsumerOptions {
  readonly url: string;
  readonly namespace: Namespace;
  readonly groups: HandlerGroups;
  readonly deliverer: Deliverer;
  readonly observer: DeliveryObserver;
  readonly workerIndex: number;
  readonly workerCount: number;
}

class Consumer {
  readonly #options: ConsumerOptions;
  #lanes: Lane<ConsumeMessage>[] = [];
  /** Rises with every connection, so that a late subscription knows it is no longer wanted. */
  #generation = 0;

  constructor(options: ConsumerOptions) {
    this.#options = options;
  }

  readonly subscribeAll = async (connection: ChannelModel, startOver: () => void): Promise<void> => {
    const { namespace, groups, workerIndex, workerCount } = this.#options;
    this.#generation += 1;
    const mine = this.#generation;
    const channel = await answered(connection.createChannel());
    channel.on('error', () => undefined);
    await assertTopology(channel, namespace, groups);
    await answered(channel.close());
    const { home, rest } = inHomeOrder(queuesOf(namespace, groups), workerIndex, workerCount);
    for (const queue of home) await this.#subscribe(connection, startOver, queue, 1);
    if (rest.length > 0) {
      // The others get a moment to take their own partitions first.
      void sleep(STAND_IN_AFTER_MS, undefined, { ref: false })
        .then(() => this.#standIn(connection, startOver, rest, mine))
        .catch(startOver);
    }
  };

  /** Lets every lane finish the batch at hand. */
  readonly stopLanes = async (): Promise<void> => {
    this.#generation += 1;
    await Promise.all(this.#lanes.splice(0).map((lane) => lane.stop()));
  };

  async #standIn(
    connection: ChannelModel,
    startOver: () => void,
    queues: readonly PartitionQueue[],
    generation: number,
  ): Promise<void> {
    for (const queue of queues) {
      if (generation !== this.#generation) return;
      await this.#subscribe(connection, startOver, queue, 0);
    }
  }

  async #subscribe(
    connection: ChannelModel,
    startOver: () => void,
    queue: PartitionQueue,
    priority: number,
  ): Promise<void> {
    const channel = await answered(connection.createChannel());
    channel.on('error', () => undefined);
    channel.on('close', startOver);
    await answered(channel.prefetch(PREFETCH));
    const acknowledger = new Acknowledger(channel);
    const lane = openLane<ConsumeMessage>({
      deliverer: this.#options.deliverer,
      handlers: this.#options.groups.get(queue.group) ?? [],
      settle: (messages) => acknowledger.settle(messages),
      onFault: (error) => {
        this.#options.observer.waiting?.(`lane ${queue.name}`, error);
        startOver();
        return 'stop';
      },
    });
    this.#lanes.push(lane);
    const receive = (message: ConsumeMessage | null) => {
      // The broker cancelled us: the queue was deleted or moved.
      if (message === null) startOver();
      else this.#receive(queue, channel, acknowledger, lane, message);
    };
    const settings = { noAck: false, arguments: { 'x-priority': priority } };
    await answered(channel.consume(queue.name, receive, settings));
  }

  #receive(
    queue: PartitionQueue,
    channel: Channel,
    acknowledger: Acknowledger,
    lane: Lane<ConsumeMessage>,
    message: ConsumeMessage,
  ): void {
    const read = readMessage(message.content);
    if ('problem' in read) {
      this.#options.observer.unreadable?.(queue.name, read.problem);
      // Without requeue it goes to the dead letters of the broker.
      channel.nack(message, false, false);
      return;
    }
    acknowledger.received(message);
    const suspect = message.fields.redelivered;
    lane.push([{ envelope: read.envelope, suspect, retried: false, ticket: message }]);
  }
}

/** Subscribes to every queue of the groups, and again after each disconnect. */
export function openConsumer(options: ConsumerOptions): Broker {
  const consumer = new Consumer(options);
  const broker = keepConnected({
    url: options.url,
    name: `habitat worker ${options.workerIndex}`,
    setUp: consumer.subscribeAll,
    // No second line for an aggregate may begin before the first one is at rest.
    tearDown: consumer.stopLanes,
    onWait: (error) => options.observer.waiting?.('broker (consuming)', error),
  });
  return {
    isConnected: () => broker.isConnected(),
    blockedBecause: () => broker.blockedBecause(),
    connected: () => broker.connected(),
    async stop() {
      // What is being handled is finished and acknowledged before the connection goes.
      await consumer.stopLanes();
      await broker.stop();
    },
  };
}
