// What the endpoint does before and around any module: who comes in, what is refused, how errors look.
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Founded } from './testing/served-cooperative.ts';
import { PASSWORD, SECRET, Served } from './testing/served-cooperative.ts';

let served: Served;
let river: Founded;
let token: string;

beforeAll(async () => {
  served = await Served.start();
  river = await served.found('riverbend');
  token = (await served.signIn(river.email)).accessToken;
});
afterAll(() => served.stop());

const ME =
  '{ me { email displayName roles acts cooperative { slug currency today } memberships { slug current } } }';
const REFRESH =
  'mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { accessToken refreshToken } }';

describe('signing in', () => {
  test('gives a session that knows the person, their roles and the day it is there', async () => {
    const answer = await served.ask(ME, {}, token);
    expect(answer.body.data.me).toMatchObject({
      email: river.email,
      displayName: 'Admin of riverbend',
      cooperative: { slug: 'riverbend', currency: 'USD', today: '2026-11-20' },
      memberships: [{ slug: 'riverbend', current: true }],
    });
    expect(answer.body.data.me.roles).toContain('administrator');
    expect(answer.body.data.me.acts).toContain('member.manage');
  });

  test('with a wrong password is UNAUTHENTICATED, and tells nothing about the account', async () => {
    const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
    const wrong = await served.ask(query, { input: { email: river.email, password: 'not the password' } });
    const unknown = await served.ask(query, {
      input: { email: 'nobody@example.org', password: 'not the password' },
    });
    expect(wrong.errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'SIGN_IN_FAILED' });
    expect(wrong.errors[0]?.message).toBe(unknown.errors[0]?.message);
  });

  test('too often with a wrong password is RATE_LIMITED with the seconds to wait', async () => {
    const { email } = await served.found('guessed');
    const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
    for (let tried = 0; tried < 5; tried += 1)
      await served.ask(query, { input: { email, password: 'wrong password' } });
    const refused = await served.ask(query, { input: { email, password: PASSWORD } });
    expect(refused.errors[0]?.extensions).toMatchObject({
      code: 'RATE_LIMITED',
      reason: 'TOO_MANY_ATTEMPTS',
      retryAfterSeconds: 900,
    });
  });
});

describe('a token', () => {
  const claims = () => jwt.decode(token) as Record<string, unknown>;
  const refused = async (forged: string) => (await served.ask(ME, {}, forged)).errors[0]?.extensions;
  const notValid = { code: 'UNAUTHENTICATED', reason: 'TOKEN_NOT_VALID' };

  test('is needed', async () => {
    expect((await served.ask(ME)).errors[0]?.extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
      reason: 'SIGN_IN_REQUIRED',
    });
  });
  test('signed by somebody else is refused', async () => {
    expect(await refused(jwt.sign(claims(), 'x'.repeat(64)))).toMatchObject(notValid);
  });
  test('that says alg none is refused', async () => {
    expect(await refused(jwt.sign(claims(), '', { algorithm: 'none' }))).toMatchObject(notValid);
  });
  test('of another algorithm is refused, even with the right secret', async () => {
    expect(await refused(jwt.sign(claims(), SECRET, { algorithm: 'HS384' }))).toMatchObject(notValid);
  });
  test('that has run out is refused', async () => {
    const { exp: _exp, ...rest } = claims();
    expect(
      await refused(jwt.sign({ ...rest, exp: Math.floor(served.now.getTime() / 1000) }, SECRET)),
    ).toMatchObject(notValid);
  });
  test('that names another cooperative finds no session there', async () => {
    const other = await served.found('elsewhere');
    const forged = jwt.sign({ ...claims(), coop: other.cooperativeId }, SECRET);
    expect(await refused(forged)).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' });
  });
});

describe('a session', () => {
  test('refreshes, and ends for everybody when an exchanged token comes back', async () => {
    const { refreshToken } = await served.signIn(river.email);
    const first = await served.ask(REFRESH, { input: { refreshToken } });
    const next = first.body.data.refreshSession;
    served.later(60);
    const reused = await served.ask(REFRESH, { input: { refreshToken } });
    expect(reused.errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'SESSION_REUSED' });
    const ended = await served.ask(REFRESH, { input: { refreshToken: next.refreshToken } });
    expect(ended.errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' });
  });

  test('is over at once when its holder signs out', async () => {
    const session = await served.signIn(river.email);
    expect((await served.ask(ME, {}, session.accessToken)).errors).toEqual([]);
    const out = 'mutation ($input: SignOutInput!) { signOut(input: $input) { signedOut } }';
    expect((await served.ask(out, { input: { refreshToken: session.refreshToken } })).errors).toEqual([]);
    expect((await served.ask(ME, {}, session.accessToken)).errors[0]?.extensions).toMatchObject({
      reason: 'SESSION_ENDED',
    });
  });

  test('loses what its holder may no longer do within five seconds', async () => {
    const lost = await served.found('losing');
    const { accessToken } = await served.signIn(lost.email);
    const acts = async () =>
      (await served.ask('{ me { acts } }', {}, accessToken)).body.data.me.acts as string[];
    expect(await acts()).toContain('role.assign');
    await served.test.asOwner(
      `update people.role_assignment set revoked_at = granted_at, revoke_reason = 'test' where cooperative_id = $1`,
      [lost.cooperativeId],
    );
    await expect.poll(acts, { timeout: 5_000, interval: 250 }).not.toContain('role.assign');
  });
});

describe('a request', () => {
  test('of two megabytes is refused by its size', async () => {
    const answer = await served.send({ query: `{ me { email } } #${'x'.repeat(2 * 1024 * 1024)}` });
    expect(answer.status).toBe(413);
    expect(answer.errors[0]?.extensions).toMatchObject({
      code: 'VALIDATION_ERROR',
      reason: 'REQUEST_TOO_LARGE',
    });
  });

  test('that repeats too often or has too many words is refused before it runs', async () => {
    const aliases = `{ ${Array.from({ length: 31 }, (_, place) => `a${place}: cooperative { id }`).join(' ')} }`;
    expect((await served.ask(aliases, {}, token)).errors[0]?.extensions).toMatchObject({
      reason: 'QUERY_TOO_LARGE',
      measure: 'aliases',
    });
    const words = `{ ${'__typename '.repeat(5_000)} }`;
    expect((await served.ask(words, {}, token)).errors[0]?.extensions).toMatchObject({
      code: 'VALIDATION_ERROR',
    });
  });

  test('with several operations in an array is refused', async () => {
    const answer = await served.send([{ query: '{ __typename }' }, { query: '{ __typename }' }]);
    expect(answer.status).toBe(400);
    expect(answer.errors[0]?.extensions['code']).toBe('VALIDATION_ERROR');
  });

  test('from a form of another site is refused', async () => {
    const answer = await served.send('query={__typename}', { 'content-type': 'text/plain' });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.errors[0]?.extensions['code']).toBe('VALIDATION_ERROR');
  });

  test('that is no JSON, no GraphQL or asks for a field that is not there is told so without hints', async () => {
    expect((await served.send('{nonsense')).errors[0]?.extensions['code']).toBe('VALIDATION_ERROR');
    expect((await served.ask('{ me {')).errors[0]?.extensions['code']).toBe('VALIDATION_ERROR');
    const typo = await served.ask('{ me { emial } }', {}, token);
    expect(typo.errors[0]?.extensions['code']).toBe('VALIDATION_ERROR');
    expect(JSON.stringify(typo.body)).not.toMatch(/did you mean/i);
  });

  test('keeps the correlation id it brought, and gets one when it brought none', async () => {
    const mine = await served.send({ query: '{ __typename }' }, { 'x-correlation-id': 'abc-123' });
    expect(mine.headers.get('x-correlation-id')).toBe('abc-123');
    expect((await served.send({ query: '{ __typename }' })).headers.get('x-correlation-id')).toMatch(
      /^[0-9a-f-]{36}$/,
    );
  });

  test('for the schema itself is refused in production', async () => {
    expect((await served.ask('{ __schema { types { name } } }')).errors[0]?.extensions['code']).toBe(
      'VALIDATION_ERROR',
    );
  });

  test('with a key that is no key is told where', async () => {
    const query =
      'mutation ($input: ChangeCooperativeInput!) { changeCooperative(input: $input) { cooperative { name } } }';
    const answer = await served.ask(query, { input: { name: 'X', idempotencyKey: ' ' } }, token);
    expect(answer.errors[0]?.extensions).toMatchObject({
      code: 'VALIDATION_ERROR',
      path: ['input', 'idempotencyKey'],
    });
  });
});

describe('an error', () => {
  const CHANGE =
    'mutation ($input: ChangeCooperativeInput!) { changeCooperative(input: $input) { cooperative { name } } }';

  test('of a refusal carries its code, its own reason, the field and the facts', async () => {
    const answer = await served.ask(CHANGE, { input: { timeZone: 'Mars/Olympus' } }, token);
    expect(answer.errors[0]?.extensions).toMatchObject({
      code: 'VALIDATION_ERROR',
      reason: 'BAD_TIME_ZONE',
      path: ['input', 'timeZone'],
      given: 'Mars/Olympus',
    });
  });

  test('of form lists every fault with its path', async () => {
    const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
    const answer = await served.ask(query, { input: { email: '', password: '' } });
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'VALIDATION_ERROR', reason: 'INVALID_INPUT' });
    const faults = answer.errors[0]?.extensions['faults'] as { path: unknown }[];
    expect(faults.map((fault) => fault.path)).toEqual([
      ['input', 'email'],
      ['input', 'password'],
    ]);
  });

  test('of an input tells a wrong amount, a damaged id, an impossible day and a missing field all at once', async () => {
    const query =
      'mutation ($input: PostTransactionInput!) { postTransaction(input: $input) { transaction { id } } }';
    const input = {
      effectiveOn: '2026-02-30',
      entries: [
        { accountCode: '1010', book: '12.345' },
        { accountId: 'nonsense', book: '-12.34' },
        { accountCode: '3110', memberId: 'neither', book: 'ten' },
      ],
    };
    const answer = await served.ask(query, { input }, token);
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'VALIDATION_ERROR', reason: 'INVALID_INPUT' });
    const faults = answer.errors[0]?.extensions['faults'] as { path: string[]; message: string }[];
    expect(faults.map(({ path }) => path.join('.')).sort()).toEqual([
      'input.description',
      'input.effectiveOn',
      'input.entries.0.book',
      'input.entries.1.accountId',
      'input.entries.2.book',
      'input.entries.2.memberId',
    ]);
    const said = Object.fromEntries(faults.map(({ path, message }) => [path.join('.'), message]));
    expect(said['input.effectiveOn']).toBe('“2026-02-30” is not a day like 2026-09-30');
    expect(said['input.entries.0.book']).toBe('the amount has more decimals than the currency');
  });

  test('of an input with one damaged id says where the id stands', async () => {
    const query =
      'mutation ($input: DeactivateAccountInput!) { deactivateAccount(input: $input) { account { id } } }';
    const answer = await served.ask(query, { input: { accountId: 'nonsense' } }, token);
    expect(answer.errors[0]?.extensions).toMatchObject({
      code: 'VALIDATION_ERROR',
      reason: 'BAD_ID',
      path: ['input', 'accountId'],
    });
  });

  test('of a fault says nothing but a correlation id', async () => {
    await served.test.asOwner('alter table platform.membership rename to membership_gone');
    try {
      const answer = await served.send(
        {
          query: 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }',
          variables: { input: { email: river.email, password: PASSWORD } },
        },
        { 'x-correlation-id': 'fault-1' },
      );
      expect(answer.errors[0]?.extensions).toEqual({ code: 'INTERNAL_ERROR', correlationId: 'fault-1' });
      expect(JSON.stringify(answer.body)).not.toMatch(/membership|\brelation\b|select|\.ts/);
    } finally {
      await served.test.asOwner('alter table platform.membership_gone rename to membership');
    }
  });
});

describe('the same key', () => {
  const CHANGE =
    'mutation ($input: ChangeCooperativeInput!) { changeCooperative(input: $input) { cooperative { name } } }';
  const changes = async () => {
    const [row] = await served.test.asOwner<{ count: bigint }>(
      `select count(*) from platform.event where cooperative_id = $1 and type = 'platform.cooperative.changed'`,
      [river.cooperativeId],
    );
    return row?.count;
  };

  test('twenty times at once does the thing once and answers twenty times the same', async () => {
    const before = (await changes()) ?? 0n;
    const input = { name: 'Riverbend Works', idempotencyKey: 'rename-once' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => served.ask(CHANGE, { input }, token)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect(answers[0]?.errors).toEqual([]);
    expect(await changes()).toBe(before + 1n);
  });

  test('with another input is a CONFLICT, also when it comes as a header', async () => {
    const send = (name: string) =>
      served.send(
        { query: CHANGE, variables: { input: { name } } },
        { authorization: `Bearer ${token}`, 'idempotency-key': 'by-header' },
      );
    expect((await send('One')).errors).toEqual([]);
    expect((await send('Two')).errors[0]?.extensions).toMatchObject({
      code: 'CONFLICT',
      reason: 'IDEMPOTENCY_CONFLICT',
    });
  });
});

describe('the process', () => {
  test('answers for its health, its readiness and its metrics', async () => {
    const get = async (path: string) => fetch(`${served.url}${path}`);
    expect(await (await get('/health')).json()).toEqual({ status: 'ok', version: 'test', revision: 'test' });
    expect(await (await get('/ready')).json()).toEqual({
      ready: true,
      checks: { staying: true, database: true },
    });
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toMatch(
      /http_requests_total\{method="POST",route="\/graphql",status="2xx",service="api"\} \d+/,
    );
    expect(metrics).toMatch(
      /habitat_graphql_operations_total\{kind="mutation",[^}]*outcome="refused",[^}]*\} \d+/,
    );
    expect((await get('/elsewhere')).status).toBe(404);
  });

  test('lets only listed origins read its answers', async () => {
    const from = async (origin: string) =>
      (
        await fetch(`${served.url}/graphql`, {
          method: 'OPTIONS',
          headers: { origin, 'access-control-request-method': 'POST' },
        })
      ).headers.get('access-control-allow-origin');
    expect(await from('http://localhost:3000')).toBe('http://localhost:3000');
    expect(await from('https://evil.example')).toBeNull();
  });
});
