// The relay reads on while a batch is on its way: what it hands over next must not overtake what was refused.
import { newId } from '@habitat/kernel';
import { sharedRabbitMqUrl } from '@habitat/test-services/shared';
import { connect } from 'amqplib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StoredEvent } from '../src/event-log.ts';
import { groupHandlers } from '../src/handler.ts';
import { openPublisher } from '../src/rabbitmq/publisher.ts';
import type { Publisher } from '../src/rabbitmq/publisher.ts';
import { queuesOf } from '../src/rabbitmq/topology.ts';

const cooperativeId = newId();
const refused = 'treasury.period.opened';
const taken = 'people.member.joined';
let url: string;
let namespace: string;
let publisher: Publisher;

const handlersOf = (context: 'treasury' | 'people', type: string) => ({
  name: `${context}.test`,
  context,
  types: [type],
  handle: () => Promise.resolve(),
});
const groups = groupHandlers([handlersOf('treasury', refused), handlersOf('people', taken)]);

beforeEach(async () => {
  url = await sharedRabbitMqUrl();
  namespace = `${newId()}.`;
  publisher = openPublisher({ url, namespace, groups, observer: {} });
  await publisher.broker.connected();
  await withoutQueuesOf('treasury');
});
afterEach(() => publisher.broker.stop());

/** The broker then has nowhere to put what that context wants. */
async function withoutQueuesOf(group: 'treasury'): Promise<void> {
  const connection = await connect(url);
  const channel = await connection.createChannel();
  for (const queue of queuesOf(namespace, groups)) {
    if (queue.group === group) await channel.deleteQueue(queue.name);
  }
  await connection.close();
}

const event = (type: string, aggregateId: string, position: bigint): StoredEvent => ({
  position,
  envelope: {
    id: newId(),
    type,
    version: 1,
    cooperativeId,
    aggregateType: 'member',
    aggregateId,
    recordedAt: '2026-11-22T03:00:00.000Z',
    actor: { kind: 'system', loginId: null, memberId: null },
    correlationId: 'test',
    causationId: null,
    payload: {},
  },
});

test('what follows a refused event of its aggregate in a later batch is not sent, and everything else is', async () => {
  const [one, other] = [newId(), newId()];
  const settled: bigint[] = [];
  const settle = ({ position }: StoredEvent) => settled.push(position);
  const outcomes = await Promise.allSettled([
    publisher.publish([event(refused, one, 1n), event(taken, other, 2n)], settle),
    publisher.publish([event(taken, one, 3n), event(taken, other, 4n)], settle),
    publisher.publish([event(taken, one, 5n)], settle),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(settled).toEqual([2n, 4n]);
});

test('once every batch has ended, what was left is sent again', async () => {
  const one = newId();
  const settled: bigint[] = [];
  const settle = ({ position }: StoredEvent) => settled.push(position);
  await expect(publisher.publish([event(refused, one, 1n)], settle)).rejects.toThrow(
    'has no queue on the broker',
  );
  await publisher.publish([event(taken, one, 2n)], settle);
  expect(settled).toEqual([2n]);
});
