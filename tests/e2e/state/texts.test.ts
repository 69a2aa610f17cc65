import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { GraphQLArgument, GraphQLInputField } from 'graphql';
import { buildSchema, getNamedType, isInputObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { namedInputs } from './texts.ts';

const file = path.resolve(import.meta.dirname, '../../../services/api/schema.graphql');
const schema = buildSchema(readFileSync(file, 'utf8'));

/** What an input takes as text, itself or within; a key that a request is repeated with is kept as a hash of nobody's words. */
function textsOf(of: string, fields: readonly (GraphQLArgument | GraphQLInputField)[]): string[] {
  return fields.flatMap(({ name, type }) => {
    const named = getNamedType(type);
    if (isInputObjectType(named))
      return textsOf(name === 'input' ? of : named.name, Object.values(named.getFields()));
    return named.name === 'String' && name !== 'idempotencyKey' ? [`${of}.${name}`] : [];
  });
}

it('every text that a mutation takes says where it is shown, or why nowhere', () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  const taken = new Set(mutations.flatMap(({ name, args }) => textsOf(name, args)));
  expect(taken.size).toBeGreaterThan(100);
  expect([...taken].filter((input) => !namedInputs.includes(input))).toEqual([]);
  expect(namedInputs.filter((input) => !taken.has(input))).toEqual([]);
  expect(namedInputs.filter((input, index) => namedInputs.indexOf(input) !== index)).toEqual([]);
});
