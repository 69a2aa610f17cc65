// How an operation is measured.
import type { FragmentDefinitionNode, OperationDefinitionNode } from 'graphql';
import { buildSchema, Kind, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { LIMITS } from './limit-plugin.ts';
import { measureOperation } from './measure.ts';

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
