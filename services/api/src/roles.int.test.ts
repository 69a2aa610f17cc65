// The permission matrix, seen from outside: every query and mutation is asked by somebody with one role and no other, and
// by somebody with none, and let through or refused as the table of access says. A field without an entry fails.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '@habitat/kernel';
import { newId, ROLES } from '@habitat/kernel';
import { encodeGlobalId } from './graphql/global-id.ts';
import { buildSchema } from './graphql/schema.ts';
import { NO_ALLOWANCES } from './guard/allowance.ts';
import { guardedFields } from './guard/guarded.ts';
import type { Audience } from './testing/access-table.ts';
import { FIELD_ACCESS, namedTwice, ROOT_ACCESS } from './testing/access-table.ts';
import { Party } from './testing/party.ts';
import type { Operation } from './testing/selection.ts';
import { barestOperations } from './testing/selection.ts';
import type { Answer } from './testing/served-cooperative.ts';
import { Served } from './testing/served-cooperative.ts';

const NOBODY = 'nobody';
const OTHER = 'other';
const askers = [NOBODY, ...ROLES];

const schema = buildSchema();
// Ids of nothing: the guard is asked before anything is looked up.
const operations = barestOperations(schema, () => encodeGlobalId('Member', newId()));

let served: Served;
let party: Party;

beforeAll(async () => {
  served = await Served.start({ allowances: NO_ALLOWANCES });
  const alone = Object.fromEntries(ROLES.map((role): [string, Role[]] => [role, [role]]));
  party = await Party.join(served, await served.found('roles'), {
    [NOBODY]: [],
    [OTHER]: ['member'],
    ...alone,
  });
});
afterAll(() => served.stop());

function isAmong(who: string, audience: Audience): boolean {
  return typeof audience === 'string' || audience.some((role) => role === who);
}

/** True when the guard, or the command behind it, said that this is not for them. */
function isForbidden({ errors }: Answer): boolean {
  return errors.some(({ path, extensions }) => {
    const depth = Array.isArray(path) ? path.length : 0;
    return depth <= 1 && extensions['code'] === 'FORBIDDEN' && extensions['reason'] === 'FORBIDDEN';
  });
}

/** Asks, and once more after signing in again where an operation before this one ended the session. */
async function ask(
  who: string,
  { query, variables }: Pick<Operation, 'query' | 'variables'>,
): Promise<Answer> {
  const answer = await party.answer(who, query, variables);
  if (!answer.errors.some(({ extensions }) => extensions['reason'] === 'SESSION_ENDED')) return answer;
  await party.signInAgain();
  return party.answer(who, query, variables);
}

test('the table names every query and mutation once, and nothing else', () => {
  expect(namedTwice).toEqual([]);
  expect([...ROOT_ACCESS.keys()].sort()).toEqual(operations.map(({ name }) => name).sort());
});

describe('as the table says, each role by itself gets through or not:', () => {
  test.each(operations.map((operation) => [operation.name, operation] as const))(
    '%s',
    async (name, operation) => {
      const audience = ROOT_ACCESS.get(name) ?? [];
      const through: string[] = [];
      for (const who of askers) if (!isForbidden(await ask(who, operation))) through.push(who);
      expect(through).toEqual(askers.filter((who) => isAmong(who, audience)));
    },
  );
});

describe('of another member’s and of everybody’s,', () => {
  const reachedBy: Readonly<Record<string, (field: string) => string>> = {
    Account: (field) => `{ accounts { ${field} } }`,
    MemberClass: (field) => `{ memberClasses { ${field} } }`,
    Member: (field) => `query ($id: ID!) { member(id: $id) { ${field} } }`,
  };

  test('every field with a guard of its own stands in the table', () => {
    // A distribution is reached by those it pays: agreements.int.test.ts; the accounts of its lines by whoever pays:
    // payout-account.int.test.ts.
    const walked = guardedFields(schema).filter((name) => !/^Distribution(Line)?\./.test(name));
    expect(Object.keys(FIELD_ACCESS).sort()).toEqual(walked.sort());
  });

  test.each(Object.entries(FIELD_ACCESS))('%s is told as the table says', async (name, audience) => {
    const [type = '', field = ''] = name.split('.');
    const below = operationBelow(type, field);
    const query = reachedBy[type]?.(`${field}${below}`) ?? '';
    const id = encodeGlobalId('Member', party.memberIds.get(OTHER) ?? '');
    const told: string[] = [];
    for (const who of askers) {
      const { errors } = await ask(who, { query, variables: type === 'Member' ? { id } : {} });
      if (errors.length === 0) told.push(who);
      else expect(errors.map(({ extensions }) => extensions['code'])).toContain('FORBIDDEN');
    }
    expect(told).toEqual(askers.filter((who) => isAmong(who, audience)));
  });
});

/** What is selected below a field that is no scalar. */
function operationBelow(type: string, field: string): string {
  const fields = schema.getType(type);
  if (fields === undefined || !('getFields' in fields)) throw new Error(`${type} has no fields`);
  const named = String(fields.getFields()[field]?.type).replace(/[[\]!]/g, '');
  const below = schema.getType(named);
  return below !== undefined && 'getFields' in below ? ' { __typename }' : '';
}
