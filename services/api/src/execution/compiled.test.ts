// Compiled execution answers as graphql-js does: data, nulls, errors with their paths and places, refused variables.
import type { GraphQLSchema } from 'graphql';
import { buildSchema, execute, GraphQLError, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { compiledExecutor } from './compiled.ts';

const schema: GraphQLSchema = buildSchema(`
  enum Colour { RED GREEN }
  interface Named { name: String! }
  type Cat implements Named { name: String! lives: Int friend: Cat fails: String needed: String! late: String }
  type Dog implements Named { name: String! loud: Boolean }
  union Pet = Cat | Dog
  input Wish { colour: Colour! = RED many: [Int!] }
  type Query { pets: [Pet!]! named: [Named!]! cat(wish: Wish): Cat cats(first: Int!): [Cat!]! }
`);

const cat = (name: string): object => ({
  __typename: 'Cat',
  name,
  lives: 9,
  friend: () => cat('friend'),
  fails: () => {
    throw new GraphQLError('no', { extensions: { code: 'FORBIDDEN' } });
  },
  needed: () => null,
  late: () => Promise.resolve('late'),
});
const root = {
  pets: () => [cat('Tom'), { __typename: 'Dog', name: 'Rex', loud: true }],
  named: () => [cat('Tom'), { __typename: 'Dog', name: 'Rex' }],
  cat: ({ wish }: { wish?: { colour: string } }) => cat(wish?.colour ?? 'none'),
  cats: ({ first }: { first: number }) => Array.from({ length: first }, (_, place) => cat(`cat ${place}`)),
};
// As our builder does, every field has a resolver of its own; graphql-jit calls no functions it finds on a row.
for (const type of ['Query', 'Cat', 'Dog']) {
  const object = schema.getType(type);
  if (object === undefined || !('getFields' in object)) continue;
  for (const field of Object.values(object.getFields())) {
    if (!('resolve' in field)) continue;
    field.resolve = (row: Record<string, unknown> | undefined, args: never) => {
      const value = type === 'Query' ? root[field.name as keyof typeof root] : row?.[field.name];
      return typeof value === 'function' ? (value as (given: never) => unknown)(args) : value;
    };
  }
}

const operations: [what: string, query: string, variables?: Record<string, unknown>][] = [
  ['plain fields', '{ cat { name lives late } }'],
  ['aliases', '{ a: cat { n: name } b: cat { n: name } }'],
  ['fragments and unions', '{ pets { __typename ... on Cat { lives } ...D } } fragment D on Dog { loud }'],
  ['interfaces', '{ named { name ... on Cat { friend { name } } } }'],
  [
    'skip and include',
    'query ($on: Boolean!) { cat { name @include(if: $on) lives @skip(if: $on) } }',
    { on: true },
  ],
  ['input objects with defaults', 'query ($wish: Wish) { cat(wish: $wish) { name } }', { wish: {} }],
  ['an error in a nullable field', '{ cat { name fails } }'],
  ['a null where none may be', '{ cat { name friend { needed } } }'],
  ['errors in a list', '{ cats(first: 3) { name fails } }'],
  ['a refused variable', 'query ($wish: Wish) { cat(wish: $wish) { name } }', { wish: { colour: 'BLUE' } }],
  ['a missing variable', 'query ($first: Int!) { cats(first: $first) { name } }', {}],
  ['a list of a hundred', '{ cats(first: 100) { name lives late friend { name } } }'],
];

describe('compiled execution answers as graphql-js does', () => {
  const run = compiledExecutor(schema);
  test.each(operations)('%s', async (_what, query, variables = {}) => {
    const document = parse(query);
    const plain = await execute({ schema, document, variableValues: variables, contextValue: {} });
    const request = {
      document,
      request: { query, variables },
      queryHash: query,
      operationName: undefined,
      context: {},
    };
    for (let sight = 1; sight <= 4; sight += 1) {
      const answer = await run(request as never);
      expect(JSON.parse(JSON.stringify(answer))).toEqual(JSON.parse(JSON.stringify(plain)));
      for (const error of answer.errors ?? []) expect(error).toBeInstanceOf(GraphQLError);
    }
  });
});
