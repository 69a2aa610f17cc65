// The schema as a whole: guarded everywhere, described everywhere, and committed as it is.
import { readFileSync } from 'node:fs';
import { buildSchema as parseSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { undescribed, unguarded } from '../guard/guarded.ts';
import { buildSchema, printedSchema } from './schema.ts';

describe('the schema', () => {
  test('says of every root field and type who may see it', () => {
    expect(unguarded(buildSchema())).toEqual([]);
  });

  test('describes every type, field, argument and value', () => {
    expect(undescribed(buildSchema())).toEqual([]);
  });

  test('is the one in schema.graphql; run "pnpm --filter @habitat/api schema" after a change', () => {
    expect(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8')).toBe(printedSchema());
  });

  test('takes one input with an idempotency key in every mutation of somebody signed in', () => {
    // Those that begin or end a session have no person a key could belong to; a link counts once by itself.
    const session = [
      ...['signIn', 'signInWithPasskey', 'signInWithProvider', 'chooseCooperative', 'completeSignIn'],
      ...['refreshSession', 'switchCooperative', 'signOut'],
    ];
    const links = [
      'acceptInvitation',
      'requestPasswordReset',
      'resetPassword',
      'stopMail',
      'undoEmailChange',
    ];
    const mutations = Object.values(buildSchema().getMutationType()?.getFields() ?? {});
    expect(mutations.length).toBeGreaterThan(0);
    for (const mutation of mutations) {
      expect(mutation.args.map((argument) => argument.name)).toEqual(['input']);
      const input = buildSchema().getType(
        `${mutation.name.charAt(0).toUpperCase()}${mutation.name.slice(1)}Input`,
      );
      const fields = input !== undefined && 'getFields' in input ? Object.keys(input.getFields()) : [];
      const isKeyless = [...session, ...links].includes(mutation.name);
      expect([mutation.name, fields.includes('idempotencyKey')]).toEqual([mutation.name, !isKeyless]);
    }
  });
});

test('a root field or type that does not say who may see it is found', () => {
  const open = parseSchema('type Query { secret: Secret! } type Secret { word: String! }');
  expect(unguarded(open)).toEqual(['Query.secret', 'Secret']);
});

test('a type, field, argument or value without a description is found', () => {
  const bare = parseSchema('type Query { field(argument: Kind): Int } enum Kind { VALUE }');
  expect(undescribed(bare)).toEqual(
    expect.arrayContaining(['Query', 'Query.field', 'Query.field(argument)', 'Kind', 'Kind.VALUE']),
  );
});
