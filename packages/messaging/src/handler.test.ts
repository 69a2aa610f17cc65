// Handler names are what the inbox remembers; partitions and permits are what order and crash-finding rest on.
import { expect, test } from 'vitest';
import type { EventHandler } from './handler.ts';
import { groupHandlers } from './handler.ts';
import { PARTITIONS, partitionOf } from './partition.ts';
import { openPermits } from './handling/permits.ts';
import { persist, transientKind } from './handling/transient.ts';

const handler = (name: string, context: EventHandler['context'] = 'people'): EventHandler => ({
  name,
  context,
  types: ['treasury.period.opened'],
  handle: async () => undefined,
});

test('handlers keep their order within their context', () => {
  const groups = groupHandlers([handler('people.b'), handler('treasury.x', 'treasury'), handler('people.a')]);
  expect(groups.get('people')?.map(({ name }) => name)).toEqual(['people.b', 'people.a']);
});

test('two handlers may not share a name, and none may carry the name of another context', () => {
  expect(() => groupHandlers([handler('people.a'), handler('people.a')])).toThrow(
    'two handlers are named people.a',
  );
  expect(() => groupHandlers([handler('treasury.a')])).toThrow('must be named after its context people');
  expect(() => groupHandlers([{ ...handler('people.a'), types: [] }])).toThrow('handles no event type');
});

test('an aggregate always travels in the same partition, and aggregates spread over all of them', () => {
  // Pinned: another hash would let new events overtake queued ones.
  expect(partitionOf('01a1f000-0000-7000-8000-000047c81ff2')).toBe(4);
  const counts = Array.from({ length: PARTITIONS }, () => 0);
  for (let n = 0; n < 8_000; n += 1) {
    const partition = partitionOf(`01a1f000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`);
    counts[partition] = (counts[partition] ?? 0) + 1;
  }
  for (const count of counts) expect(count).toBeGreaterThan(700);
});

test('work that asked to be alone runs alone, and is not starved by later work', async () => {
  const permits = openPermits(3);
  const trace: string[] = [];
  let running = 0;
  const step = (name: string) => async () => {
    running += 1;
    trace.push(`${name}:${running}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
  };
  await Promise.all([
    permits.shared(step('a')),
    permits.shared(step('b')),
    permits.alone(step('alone')),
    permits.shared(step('c')),
  ]);
  expect(trace).toEqual(['a:1', 'b:2', 'alone:1', 'c:1']);
});

test('a lost connection is waited out; a lost race is tried a few times; anything else is thrown at once', async () => {
  const coded = (code: string) => Object.assign(new Error(code), { code });
  expect(transientKind(coded('ECONNREFUSED'))).toBe('connection');
  expect(transientKind(coded('08006'))).toBe('connection');
  expect(transientKind(coded('40P01'))).toBe('contention');
  expect(transientKind(coded('23505'))).toBeNull();
  let tried = 0;
  const failing = (code: string, times: number) => async () => {
    tried += 1;
    if (tried <= times) throw coded(code);
    return tried;
  };
  const run = async (code: string, times: number) => {
    tried = 0;
    return persist(failing(code, times), new AbortController().signal, () => undefined);
  };
  expect(await run('ECONNRESET', 3)).toBe(4);
  expect(await run('40001', 3)).toBe(4);
  await expect(run('40001', 50)).rejects.toThrow('40001');
  await expect(run('23505', 1)).rejects.toThrow('23505');
});
