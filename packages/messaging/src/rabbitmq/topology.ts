// The exchanges and queues: one topic exchange per publishing context; per consuming context a quorum queue for
// each partition, read by one consumer at a time; and the dead letters of each publishing context.
import type { Channel } from 'amqplib';
import type { ContextName, Envelope } from '@habitat/events';
import { contextName } from '@habitat/events';
import type { EventHandler } from '../handler.ts';
import { answered } from './answered.ts';
import { PARTITIONS, partitionOf } from '../partition.ts';

/** Set apart from others on the same broker; empty in an installation. */
export type Namespace = string;

export type HandlerGroups = ReadonlyMap<ContextName, readonly EventHandler[]>;

export interface PartitionQueue {
  readonly name: string;
  readonly group: ContextName;
  readonly partition: number;
}

export function exchangeOf(namespace: Namespace, type: string): string {
  return `${namespace}${type.split('.')[0] ?? ''}.events`;
}

export function deadLetterExchange(namespace: Namespace): string {
  return `${namespace}dead-letters`;
}

/** "people.contribution.valued.p3": the type, then the partition that queues are bound by. */
export function routingKeyOf(envelope: Envelope): string {
  return `${envelope.type}.p${partitionOf(envelope.aggregateId)}`;
}

export function queuesOf(namespace: Namespace, groups: HandlerGroups): PartitionQueue[] {
  return [...groups.keys()].flatMap((group) =>
    Array.from({ length: PARTITIONS }, (_, partition) => ({
      name: `${namespace}${group}.p${partition}`,
      group,
      partition,
    })),
  );
}

// Delivery attempts are counted per event by us. The broker counts every message that was merely prefetched when
// a worker died, so its own limit must never be what decides.
const DELIVERY_LIMIT = 1_000_000;
const MOST_DEAD_LETTERS = 100_000;

async function assertDeadLetters(channel: Channel, namespace: Namespace): Promise<void> {
  const exchange = deadLetterExchange(namespace);
  await answered(channel.assertExchange(exchange, 'topic', { durable: true }));
  for (const context of contextName.options) {
    const queue = `${namespace}${context}.events.dead-letters`;
    await answered(
      channel.assertQueue(queue, {
        durable: true,
        arguments: { 'x-queue-type': 'quorum', 'x-max-length': MOST_DEAD_LETTERS },
      }),
    );
    await answered(channel.bindQueue(queue, exchange, `${context}.#`));
  }
}

/** Declares everything; doing so again changes nothing. The relay does it too, so that no event is unroutable. */
export async function assertTopology(
  channel: Channel,
  namespace: Namespace,
  groups: HandlerGroups,
): Promise<void> {
  for (const context of contextName.options) {
    await answered(channel.assertExchange(`${namespace}${context}.events`, 'topic', { durable: true }));
  }
  await assertDeadLetters(channel, namespace);
  for (const queue of queuesOf(namespace, groups)) {
    await answered(
      channel.assertQueue(queue.name, {
        durable: true,
        arguments: {
          'x-queue-type': 'quorum',
          'x-single-active-consumer': true,
          'x-delivery-limit': DELIVERY_LIMIT,
          'x-dead-letter-exchange': deadLetterExchange(namespace),
        },
      }),
    );
    const types = new Set((groups.get(queue.group) ?? []).flatMap((handler) => handler.types));
    for (const type of types) {
      await answered(
        channel.bindQueue(queue.name, exchangeOf(namespace, type), `${type}.p${queue.partition}`),
      );
    }
  }
}

/** The queues of a worker in the order it subscribes to them: its home partitions, then the rest as a stand-in. */
export function inHomeOrder(
  queues: readonly PartitionQueue[],
  workerIndex: number,
  workerCount: number,
): { home: PartitionQueue[]; rest: PartitionQueue[] } {
  const isHome = (queue: PartitionQueue) => queue.partition % workerCount === workerIndex;
  return { home: queues.filter(isHome), rest: queues.filter((queue) => !isHome(queue)) };
}
