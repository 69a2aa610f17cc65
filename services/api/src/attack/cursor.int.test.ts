// A place in a list comes back from outside: whatever it says, it leads to a refusal or to nothing, never to a fault of ours.
import { isListType, isNonNullType, isObjectType } from 'graphql';
import type { GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildSchema } from '../graphql/schema.ts';
import { NO_ALLOWANCES } from '../guard/allowance.ts';
import { Party } from '../testing/party.ts';
import { Served } from '../testing/served-cooperative.ts';

let served: Served;
let party: Party;
beforeAll(async () => {
  served = await Served.start({ allowances: NO_ALLOWANCES });
  party = await Party.join(served, await served.found('paging'), {
    ada: ['member', 'administrator', 'treasurer', 'auditor'],
  });
});
afterAll(() => served?.stop());

const bare = (type: unknown): unknown => (isNonNullType(type) ? type.ofType : type);

/** The lists that can be asked for without naming anything else. */
const lists = Object.values((buildSchema().getQueryType() as GraphQLObjectType).getFields())
  .filter(({ args, type }) => {
    const named = bare(type);
    return (
      isObjectType(named) &&
      !isListType(named) &&
      args.some(({ name }) => name === 'after') &&
      args.every(({ type: given, defaultValue }) => !isNonNullType(given) || defaultValue !== undefined)
    );
  })
  .map(({ name }) => name);

const HOSTILE = [
  "' or 1=1 --",
  '\u0000',
  '\ud800',
  '9'.repeat(400),
  '999999999',
  '-1',
  '2026-02-31',
  '+275760-09-13T00:00:00Z',
  'infinity',
  '00000000-0000-0000-0000-000000000000',
  'x'.repeat(20_000),
];
const forged = HOSTILE.flatMap((part) =>
  [1, 2, 3, 4].map((parts) => Buffer.from(JSON.stringify(Array(parts).fill(part))).toString('base64url')),
);
const damaged = ['', 'nonsense', 'W10', 'bnVsbA', 'e30', 'WzFd', '%00', '../..'];

test('there are lists to try', () => {
  expect(lists.length).toBeGreaterThan(5);
});

test.each(lists)('no forged place in %s is a fault of ours', async (list) => {
  const query = `query ($after: String) { ${list}(first: 1, after: $after) { pageInfo { hasNextPage } } }`;
  const faults: string[] = [];
  for (const after of [...damaged, ...forged]) {
    const { errors } = await party.answer('ada', query, { after });
    const { code, reason } = errors[0]?.extensions ?? {};
    if (errors.length > 0 && reason !== 'BAD_CURSOR')
      faults.push(
        `${Buffer.from(after, 'base64url').toString().slice(0, 60)}: ${String(code)} ${String(reason)}`,
      );
  }
  expect(faults).toEqual([]);
});
