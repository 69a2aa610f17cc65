// The wall, seen from outside: nobody gets anything of another cooperative through any field, and strangers get nothing
// at all. Every operation is made from the schema, so a new field is walked the day it appears.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSchema } from './graphql/schema.ts';
import { NO_ALLOWANCES } from './guard/allowance.ts';
import type { Belongings } from './testing/belonging.ts';
import { belongingsOf, idAmong, KINDS, putBelongings, rowsOf } from './testing/belonging.ts';
import type { Operation } from './testing/selection.ts';
import { everyOperation } from './testing/selection.ts';
import type { Founded } from './testing/served-cooperative.ts';
import { Served } from './testing/served-cooperative.ts';

const MARK = 'zzforeignzz';
const CODES = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'VALIDATION_ERROR', 'CONFLICT'];

let served: Served;
let token: string;
let theirs: Founded;
let theirIds: Belongings = {};
let everyTheirId: string[] = [];

async function give(founded: Founded): Promise<void> {
  await served.test.asOwner(
    `insert into people.role_assignment (cooperative_id, assignment_id, member_id, role, granted_by_kind, reason, granted_at)
     select $1, gen_random_uuid(), $2, role, 'system', 'a test of everything', $3
     from unnest(array['reviewer', 'treasurer', 'allocator', 'auditor', 'board_member', 'contributor']) as role on conflict do nothing`,
    [founded.cooperativeId, founded.memberId, served.now],
  );
}

async function act(bearer: string, name: string, input: object): Promise<void> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const answer = await served.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`,
    { input },
    bearer,
  );
  if (answer.errors.length > 0) throw new Error(`${name}: ${JSON.stringify(answer.errors)}`);
  await served.settle();
}

/** A cooperative with something of everything, all of it marked. */
async function furnish(founded: Founded): Promise<void> {
  await give(founded);
  const { accessToken } = await served.signIn(founded.email);
  await act(accessToken, 'setValuationRule', {
    kind: 'LABOR',
    method: 'rate',
    rate: '50',
    effectiveFrom: '2026-10-01',
    rationale: MARK,
  });
  await act(accessToken, 'logContribution', {
    kind: 'LABOR',
    category: 'building',
    quantity: '3',
    workedOn: '2026-11-10',
    description: MARK,
  });
  await act(accessToken, 'postTransaction', {
    effectiveOn: '2026-11-12',
    description: MARK,
    entries: [
      { accountCode: '1110', book: '100.00', tax: '100.00' },
      { accountCode: '4210', book: '-100.00', tax: '-100.00' },
    ],
  });
  const key = { name: MARK, scopes: ['journal.view'], ceiling: '0.00' };
  await act(accessToken, 'createApiKey', key);
  const url = 'https://93.184.215.14/hook';
  await act(accessToken, 'registerWebhook', { name: MARK, url, kinds: ['member.joined'] });
  await act(accessToken, 'addMember', {
    displayName: `${MARK} Second`,
    email: `second@${MARK}.example`,
    class: 'cooperative',
    joinedOn: '2026-10-05',
  });
  await putBelongings(served, founded, MARK);
}

/** Everything a cooperative has, table by table, as digests. */
async function digest(cooperativeId: string): Promise<Record<string, string>> {
  const tables = await served.test.asOwner<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'cooperative_id'
     where n.nspname in ('platform', 'treasury', 'people', 'agreements') and c.relkind = 'r' order by 1`,
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await served.test.asOwner<{ digest: string }>(
      `select coalesce(md5(string_agg(t::text, '|' order by t::text)), 'empty') as digest from ${name} t where cooperative_id = $1`,
      [cooperativeId],
    );
    digests[name] = row?.digest ?? '';
  }
  return digests;
}

/** The cooperative's tables, and what belongs to a login in all its cooperatives. */
const everythingTheirs = async () => [await digest(theirs.cooperativeId), await rowsOf(served, theirs)];

/** Global ids as what they stand for, so that a UUID in one is seen. */
function withIdsDecoded(data: string): string {
  return data.replace(/"[A-Za-z0-9_-]{40,}"/g, (text) =>
    Buffer.from(text.slice(1, -1), 'base64url').toString('utf8'),
  );
}

const schema = buildSchema();
const operations: Operation[] = everyOperation(schema, (name, field) => `${name}/${field}`);

const theirId = (name: string, field: string) => idAmong(theirIds, name, field);

/** The operation again, now with their ids in it. */
function against(operation: Operation): Operation {
  const again = everyOperation(schema, theirId).find((one) => one.name === operation.name);
  if (again === undefined) throw new Error(`${operation.name} vanished`);
  return again;
}

beforeAll(async () => {
  served = await Served.start({ allowances: NO_ALLOWANCES });
  const mine = await served.found('mine');
  theirs = await served.found(MARK);
  await furnish(theirs);
  await give(mine);
  theirIds = await belongingsOf(served, theirs);
  const uuids = await served.test.asOwner<{ id: string }>(
    'select distinct aggregate_id as id from platform.event where cooperative_id = $1',
    [theirs.cooperativeId],
  );
  everyTheirId = [...uuids.map((row) => row.id), ...Object.values(theirIds)];
  token = (await served.signIn(mine.email)).accessToken;
});
afterAll(() => served.stop());

describe('a person with every role in their own cooperative', () => {
  test.each(operations.map((operation) => [operation.name, operation] as const))(
    'gets and changes nothing of another’s through %s',
    async (_name, operation) => {
      const { query, variables } = against(operation);
      const before = await everythingTheirs();
      const answer = await served.ask(query, variables, token);
      const data = JSON.stringify(answer.body.data ?? null);
      expect(data).not.toContain(MARK);
      const readable = withIdsDecoded(data);
      for (const id of everyTheirId) expect(readable).not.toContain(id);
      for (const error of answer.errors) {
        expect(CODES).toContain(error.extensions['code']);
        // The walk must reach the resolvers: an operation refused for its form would prove nothing.
        expect(['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'QUERY_TOO_LARGE']).not.toContain(
          error.extensions['reason'],
        );
        expect(JSON.stringify(error)).not.toContain(MARK);
      }
      await served.settle();
      expect(await everythingTheirs()).toEqual(before);
    },
  );
});

test('the other cooperative has one of everything that an id can name', () => {
  expect(KINDS.filter((kind) => theirIds[kind] === undefined)).toEqual([]);
});

test('their own administrator does see what the others must not: the walk looks at the right things', async () => {
  const { accessToken } = await served.signIn(theirs.email);
  const seen: string[] = [];
  for (const operation of operations.filter(({ name }) => name.startsWith('query '))) {
    const { query, variables } = against(operation);
    const answer = await served.ask(query, variables, accessToken);
    if (JSON.stringify(answer.body.data ?? null).includes(MARK))
      seen.push(operation.name.replace('query ', ''));
  }
  const expected = [
    'contribution',
    'contributions',
    'cooperative',
    'journal unfiltered',
    'me',
    'member',
    'members',
    'transaction',
    'accounts',
  ];
  expect(seen).toEqual(expect.arrayContaining(expected));
});

describe('a stranger', () => {
  // What comes before the sign-in; what each tells a stranger is looked at in its own test.
  const open = [
    'mutation signIn',
    'mutation signOut',
    'mutation refreshSession',
    'query mailIsSent',
    'query passkeyRequest',
    'query provider',
    'query providerRequest',
    'query invitation',
    'query passwordReset',
    'query emailChange',
    'query emailUndo',
    'mutation acceptInvitation',
    'mutation requestPasswordReset',
    'mutation resetPassword',
    'mutation stopMail',
    'mutation undoEmailChange',
    'mutation signInWithProvider',
    'mutation chooseCooperative',
  ];
  test.each(
    operations
      .filter(({ name }) => !open.includes(name))
      .map((operation) => [operation.name, operation] as const),
  )('is asked to sign in by %s', async (_name, operation) => {
    const { query, variables } = against(operation);
    const answer = await served.ask(query, variables);
    for (const value of Object.values(answer.body.data ?? {})) expect(value).toBeNull();
    expect(answer.errors[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  });
});
