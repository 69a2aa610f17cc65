// Attacks on sessions: forged and stolen tokens, and brought-along sessions.
import { createHmac } from 'node:crypto';
import type { TestOpenIdProvider } from '@habitat/test-services';
import { startOpenIdProvider } from '@habitat/test-services';
import jwt from 'jsonwebtoken';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../guard/allowance.ts';
import { Authenticator } from '../testing/authenticator.ts';
import { CLIENT } from '../testing/lying-provider.ts';
import { Party } from '../testing/party.ts';
import type { Founded } from '../testing/served-cooperative.ts';
import { PAGES, PASSWORD, SECRET, Served } from '../testing/served-cooperative.ts';

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

test.each([
  { alg: 'nOnE' },
  { alg: 'NONE' },
  { alg: 'HS256', kid: '../../../../dev/null' },
  { alg: 'HS256', jku: 'https://elsewhere.example/keys' },
  { alg: 'HS256', jwk: { kty: 'oct', k: '' } },
])('a token that says by %j how it is to be checked is checked as ours are', async (header) => {
  const { accessToken } = await served.signIn(river.email);
  const [, claims = ''] = accessToken.split('.');
  const head = Buffer.from(JSON.stringify({ typ: 'JWT', ...header })).toString('base64url');
  for (const key of [null, '', 'elsewhere']) {
    const signature =
      key === null ? '' : createHmac('sha256', key).update(`${head}.${claims}`).digest('base64url');
    expect(await reasonOf(`${head}.${claims}.${signature}`)).toBe('TOKEN_NOT_VALID');
  }
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

test('guesses at a password that come all at once are five, and the right one among the others opens nothing', async () => {
  const { email } = await served.found('stormed');
  const guess = (password: string) => served.ask(SIGN_IN, { input: { email, password } });
  const guesses = Array.from({ length: 20 }, (_, tried) => guess(`guess number ${tried}`));
  const answers = await Promise.all([...guesses, guess(PASSWORD)]);
  const reasons = answers.map(({ errors }) => errors[0]?.extensions['reason']);
  expect(reasons.filter((reason) => reason === 'SIGN_IN_FAILED').length).toBeLessThanOrEqual(5);
  expect(reasons.filter((reason) => reason === 'TOO_MANY_ATTEMPTS').length).toBeGreaterThanOrEqual(16);
});

test('whoever has a whole network of IPv6 addresses has one when guesses are counted', async () => {
  const { email } = await served.found('wide');
  const guess = (host: number, password: string) =>
    served.send(
      { query: SIGN_IN, variables: { input: { email, password } } },
      { 'x-forwarded-for': `2001:db8:1:2::${host.toString(16)}` },
    );
  for (let host = 1; host <= 5; host += 1) await guess(host, 'certainly not it');
  expect((await guess(6, PASSWORD)).errors[0]?.extensions['reason']).toBe('TOO_MANY_ATTEMPTS');
});

describe('somebody’s session brought along', () => {
  type Way = readonly [mutation: string, input: object];
  let provider: TestOpenIdProvider;
  let here: Served;
  let party: Party;
  beforeAll(async () => {
    provider = await startOpenIdProvider(CLIENT);
    const settings = { ...CLIENT, issuer: provider.issuer, label: 'Mill Pond ID' };
    here = await Served.start({ provider: settings, allowances: NO_ALLOWANCES });
    const cast = {
      eve: ['member'],
      pia: ['member'],
      kim: ['member'],
      sol: ['member'],
      oli: ['member'],
    } as const;
    party = await Party.join(here, await here.found('victims'), cast);
  });
  afterAll(async () => {
    await here?.stop();
    await provider?.stop();
  });

  const ways: Readonly<Record<string, () => Promise<Way>>> = {
    'a password': async () => ['signIn', { email: 'pia@victims.example', password: PASSWORD }],
    'a passkey': async () => {
      const device = new Authenticator(PAGES);
      const setup = (await party.ask('kim', '{ me { passkeySetup } }')).me.passkeySetup as string;
      await party.act('kim', 'addPasskey', { credential: device.create(setup), name: 'Key' });
      const request = (await here.ask('{ passkeyRequest }')).body.data.passkeyRequest as string;
      return ['signInWithPasskey', { credential: device.get(request) }];
    },
    'a second factor': async () => {
      const begun = await party.act('sol', 'beginSecondFactor', {}, 'secondFactor { setup { secret } }');
      const totp = new TOTP({ secret: begun.secondFactor.setup.secret as string });
      const code = () => TOTP.generate({ ...totp, timestamp: here.now.getTime() });
      await party.act('sol', 'confirmSecondFactor', { code: code() });
      here.later(30);
      const input = { email: 'sol@victims.example', password: PASSWORD };
      const challenge = (await here.ask(SIGN_IN, { input })).errors[0]?.extensions['challenge'];
      return ['completeSignIn', { challenge, code: code() }];
    },
    'a provider': async () => {
      const begun = await party.act('oli', 'requestIdentityLink', {}, 'request { url state }');
      const link = begun.request as { url: string; state: string };
      await party.act('oli', 'linkIdentity', {
        query: await provider.signIn(link.url, 'oli'),
        state: link.state,
      });
      const { url, state } = (await here.ask('{ providerRequest { url state } }')).body.data.providerRequest;
      return ['signInWithProvider', { query: await provider.signIn(url as string, 'oli'), state }];
    },
  };
  const session = (token: string) => (jwt.decode(token) as { sid: string }).sid;

  test.each(Object.entries(ways))(
    'is not the one that %s opens, and stays whose it was',
    async (_by, way) => {
      const planted = party.token('eve') ?? '';
      const [mutation, input] = await way();
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { accessToken } }`;
      const answer = await here.send(
        { query, variables: { input } },
        { authorization: `Bearer ${planted}`, cookie: `habitat_access=${planted}` },
      );
      expect(answer.errors).toEqual([]);
      expect(session(answer.body.data[mutation].accessToken as string)).not.toBe(session(planted));
      expect((await here.ask(ME, {}, planted)).body.data.me.email).toBe('eve@victims.example');
    },
  );
});
