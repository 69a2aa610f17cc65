// Attacks on sessions: forged and stolen tokens, brought-along sessions, and finding out who has an account.
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../guard/allowance.ts';
import type { Founded } from '../testing/served-cooperative.ts';
import { SECRET, Served } from '../testing/served-cooperative.ts';

const ME = '{ me { email } }';
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
const REFRESH =
  'mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { accessToken refreshToken } }';

let served: Served;
let river: Founded;

beforeAll(async () => {
  served = await Served.start({ allowances: NO_ALLOWANCES });
  river = await served.found('riverbend');
});
afterAll(() => served.stop());

const reasonOf = async (token: string) => (await served.ask(ME, {}, token)).errors[0]?.extensions['reason'];
const refresh = (refreshToken: string) => served.ask(REFRESH, { input: { refreshToken } });

test('a token for another audience or issuer is not believed, though the key is right', async () => {
  const { accessToken } = await served.signIn(river.email);
  const claims = jwt.decode(accessToken) as Record<string, unknown>;
  expect(await reasonOf(jwt.sign(claims, SECRET))).toBeUndefined();
  expect(await reasonOf(jwt.sign({ ...claims, aud: 'habitat-pages' }, SECRET))).toBe('TOKEN_NOT_VALID');
  expect(await reasonOf(jwt.sign({ ...claims, iss: 'elsewhere' }, SECRET))).toBe('TOKEN_NOT_VALID');
});

test('a refresh token used twice ends its own session and leaves the person’s other devices alone', async () => {
  const laptop = await served.signIn(river.email);
  const telephone = await served.signIn(river.email);
  const next = (await refresh(laptop.refreshToken)).body.data.refreshSession;
  served.later(60);
  const stolen = await refresh(laptop.refreshToken);
  expect(stolen.errors[0]?.extensions['reason']).toBe('SESSION_REUSED');
  const after = await refresh(next.refreshToken);
  expect(after.errors[0]?.extensions['reason']).toBe('SESSION_ENDED');
  await expect.poll(() => reasonOf(next.accessToken), { timeout: 5_000 }).toBe('SESSION_ENDED');
  expect((await refresh(telephone.refreshToken)).errors).toEqual([]);
});

test('ten refreshes of one token at once all go on, and none of them ends the session', async () => {
  const { refreshToken } = await served.signIn(river.email);
  const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(refreshToken)));
  expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
  const tokens = answers.map(({ body }) => body.data.refreshSession.refreshToken as string);
  expect(new Set(tokens).size).toBe(10);
  expect((await refresh(tokens[9] ?? '')).errors).toEqual([]);
});

test('signing in with somebody’s session brought along makes a session of its own', async () => {
  const planted = await served.signIn(river.email);
  const victim = await served.found('victim');
  const answer = await served.send(
    { query: SIGN_IN, variables: { input: { email: victim.email, password: 'four words do it' } } },
    { authorization: `Bearer ${planted.accessToken}`, cookie: `habitat_access=${planted.accessToken}` },
  );
  const session = (token: string) => (jwt.decode(token) as { sid: string }).sid;
  expect(session(answer.body.data.signIn.accessToken)).not.toBe(session(planted.accessToken));
  const asked = await served.ask(ME, {}, planted.accessToken);
  expect(asked.body.data.me.email).toBe(river.email);
});

describe('whether an email has an account', () => {
  const timeOf = async (email: string): Promise<number> => {
    const started = performance.now();
    await served.ask(SIGN_IN, { input: { email, password: 'certainly not it' } });
    return performance.now() - started;
  };

  test('is told neither by what a failed sign-in answers nor by its status', async () => {
    const ask = (email: string) => served.ask(SIGN_IN, { input: { email, password: 'certainly not it' } });
    const [known, unknown] = [await ask(river.email), await ask('nobody@nowhere.example')];
    expect({ ...known.body, status: known.status }).toEqual({ ...unknown.body, status: unknown.status });
  });

  test('is not told by how long it takes: the password of nobody is hashed as well', async () => {
    const known: number[] = [];
    const unknown: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const { email } = await served.found(`timed-${turn}`);
      known.push(await timeOf(email));
      unknown.push(await timeOf(`nobody-${turn}@nowhere.example`));
    }
    // Without the hash the answer comes in a tenth of the time. The quickest of each: what else the machine does only
    // makes an answer slower.
    expect(Math.min(...unknown) / Math.min(...known)).toBeGreaterThan(0.4);
  });
});
