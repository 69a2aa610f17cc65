// Limits: how an operation is measured and how requests are counted.
import fc from 'fast-check';
import type { FragmentDefinitionNode, OperationDefinitionNode } from 'graphql';
import { buildSchema, Kind, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { LIMITS } from './limit-plugin.ts';
import { measureOperation } from './measure.ts';
import { createRateLimiter } from './rate-limit.ts';
import { createTurns } from './turns.ts';

const schema = buildSchema(`
  type Query { one: Thing! many(first: Int): Page! all: [Thing!]! }
  type Page { edges: [Edge!]! total: Int! }
  type Edge { node: Thing! }
  type Thing { name: String! next: Thing! parts(first: Int): Page! }
`);

function measure(query: string, variables: Record<string, unknown> = {}) {
  const { definitions } = parse(query);
  const operation = definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  const fragments = definitions.filter(
    (one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION,
  );
  if (operation === undefined) throw new Error('no operation');
  const byName = Object.fromEntries(fragments.map((fragment) => [fragment.name.value, fragment]));
  return measureOperation(schema, operation, byName, variables);
}

const nested = (depth: number): string => `{ one { ${'next { '.repeat(depth)} name ${'} '.repeat(depth)} } }`;

describe('an operation', () => {
  test('is as deep as its deepest field, through fragments too', () => {
    expect(measure(nested(3)).depth).toBe(5);
    expect(measure('{ one { ...F } } fragment F on Thing { next { name } }').depth).toBe(3);
    expect(measure(nested(LIMITS.depth)).depth).toBeGreaterThan(LIMITS.depth);
  });

  test('counts every alias', () => {
    expect(measure('{ a: one { name } b: one { n: name } }').aliases).toBe(3);
  });

  test('costs what its pages may bring', () => {
    const page = (first: string) => `query ($n: Int) { many(first: ${first}) { edges { node { name } } } }`;
    expect(measure(page('10')).cost).toBe(1 + 1 + 10 * 2);
    expect(measure(page('$n'), { n: 200 }).cost).toBe(1 + 1 + 200 * 2);
    expect(measure('{ many { edges { node { name } } } }').cost).toBe(1 + 1 + 50 * 2);
    expect(measure('{ all { name } }').cost).toBe(1 + 10);
  });

  test('with pages in pages costs their product', () => {
    const query = '{ many(first: 200) { edges { node { parts(first: 200) { edges { node { name } } } } } } }';
    expect(measure(query).cost).toBeGreaterThan(LIMITS.cost);
  });

  // Followed one by one, they would never end.
  test('of fragments that double each other is measured without following each of them', () => {
    const fragments = Array.from(
      { length: 60 },
      (_, place) =>
        `fragment F${place} on Thing { a: next { ...F${place + 1} } b: next { ...F${place + 1} } }`,
    );
    const { cost } = measure(`{ one { ...F0 } } ${fragments.join('\n')} fragment F60 on Thing { name }`);
    expect(cost).toBeGreaterThan(LIMITS.cost);
  });
});

describe('a rate', () => {
  test('lets a burst pass, then as many as refill, and keeps actors apart', () => {
    const wait = createRateLimiter({ burst: 3, perSecond: 2 });
    expect([1, 2, 3].map(() => wait('ana', 0))).toEqual([0, 0, 0]);
    expect(wait('ana', 0)).toBe(1);
    expect(wait('ben', 0)).toBe(0);
    expect(wait('ana', 500)).toBe(0);
    expect(wait('ana', 500)).toBe(1);
  });

  test('forgets nobody who has not got all of it back: it answers as one that keeps every bucket', () => {
    const ask = fc.record({
      key: fc.constantFrom('ana', 'ben', 'cat'),
      after: fc.nat(9_000),
      weight: fc.nat(4),
    });
    fc.assert(
      fc.property(fc.array(ask, { maxLength: 60 }), (asks) => {
        const limit = { burst: 4, perSecond: 1 };
        const wait = createRateLimiter(limit);
        const kept = new Map<string, { tokens: number; at: number }>();
        let now = 0;
        for (const { key, after, weight } of asks) {
          now += after;
          const { tokens, at } = kept.get(key) ?? { tokens: limit.burst, at: now };
          const there = Math.min(limit.burst, tokens + ((now - at) / 1000) * limit.perSecond);
          const isLetIn = there >= weight;
          expect(wait(key, now, weight) === 0).toBe(isLetIn);
          kept.set(key, { tokens: isLetIn ? there - weight : there, at: now });
        }
      }),
    );
  });

  test('of two hundred thousand strangers at once is as quick for the last as for the first', () => {
    const wait = createRateLimiter({ burst: 100, perSecond: 10 });
    const begun = performance.now();
    for (let stranger = 0; stranger < 200_000; stranger += 1) wait(String(stranger), 0);
    // Looking through the others for each of them would take minutes.
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe('a turn', () => {
  const take = createTurns({ atOnce: 2, besideOthers: 2, inLine: 2, givesWayMs: 0 });
  const taken = () => {
    const turn = take('river');
    const state = { has: false };
    void turn?.come.then(() => (state.has = true));
    return { turn, state };
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  test('comes to two at once, to the next when one leaves, and to nobody beyond the line', async () => {
    const [first, second, third, fourth] = [taken(), taken(), taken(), taken()];
    expect(take('river')).toBeNull();
    const hill = take('hill');
    expect(hill).not.toBeNull();
    hill?.leave();
    await settled();
    expect([first, second, third, fourth].map(({ state }) => state.has)).toEqual([true, true, false, false]);
    // Who leaves while waiting gives up the place, and leaving twice frees nothing more.
    third.turn?.leave();
    third.turn?.leave();
    first.turn?.leave();
    first.turn?.leave();
    await settled();
    expect([third.state.has, fourth.state.has]).toEqual([false, true]);
    const fifth = taken();
    await settled();
    expect(fifth.state.has).toBe(false);
    for (const { turn } of [second, fourth, fifth]) turn?.leave();
    const afterwards = [taken(), taken()];
    await settled();
    expect(afterwards.map(({ state }) => state.has)).toEqual([true, true]);
  });

  test('comes to fewer at once while another cooperative asks too, and to all again once it is quiet', async () => {
    let now = 0;
    const takeBeside = createTurns({ atOnce: 3, besideOthers: 1, inLine: 9, givesWayMs: 0 }, () => now);
    const turnOf = (key: string) => {
      const turn = takeBeside(key);
      const state = { has: false };
      void turn?.come.then(() => (state.has = true));
      return { turn, state };
    };
    turnOf('hill').turn?.leave();
    const river = [turnOf('river'), turnOf('river'), turnOf('river'), turnOf('river')];
    await settled();
    const working = () => river.filter(({ state }) => state.has).length;
    expect(working()).toBe(1);
    now = 2_000;
    river[0]?.turn?.leave();
    await settled();
    expect(working()).toBe(4);
  });

  describe('beside a quieter cooperative', () => {
    const line = (givesWayMs: number) => {
      const takeTurn = createTurns({ atOnce: 2, besideOthers: 2, inLine: 9, givesWayMs }, () => 0);
      return (key: string) => {
        const turn = takeTurn(key);
        const state = { has: false };
        void turn?.come.then(() => (state.has = true));
        return { turn, state };
      };
    };

    test('waits until theirs is over, where one has asked much more', async () => {
      const turnOf = line(60_000);
      for (let asked = 0; asked < 9; asked += 1) turnOf('river').turn?.leave();
      const hill = turnOf('hill');
      const river = turnOf('river');
      await settled();
      expect([hill.state.has, river.state.has]).toEqual([true, false]);
      hill.turn?.leave();
      await settled();
      expect(river.state.has).toBe(true);
    });

    test('does not wait where both ask alike, nor does the quieter one', async () => {
      const turnOf = line(60_000);
      const [hill, river, again] = [turnOf('hill'), turnOf('river'), turnOf('hill')];
      await settled();
      expect([hill, river, again].map(({ state }) => state.has)).toEqual([true, true, true]);
    });

    test('waits no longer than one gives way, and nobody who left the line is called', async () => {
      const turnOf = line(5);
      for (let asked = 0; asked < 9; asked += 1) turnOf('river').turn?.leave();
      turnOf('hill');
      const gone = turnOf('river');
      gone.turn?.leave();
      await new Promise((resolve) => setTimeout(resolve, 20));
      const river = turnOf('river');
      await expect.poll(() => river.state.has).toBe(true);
      expect(gone.state.has).toBe(false);
    });
  });
});
