// Signing in at a provider, against a real one: who may link whom, what it stands for, and answers that must not be believed
// from one that lies.
import type { TestOpenIdProvider } from '@habitat/test-services';
import { startOpenIdProvider } from '@habitat/test-services';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../../../guard/allowance.ts';
import type { Lie } from '../../../testing/lying-provider.ts';
import { CLIENT, startLiar } from '../../../testing/lying-provider.ts';
import { Party } from '../../../testing/party.ts';
import type { Answer } from '../../../testing/served-cooperative.ts';
import { Served } from '../../../testing/served-cooperative.ts';

const SIGN_IN = `mutation ($input: SignInWithProviderInput!) { signInWithProvider(input: $input) { accessToken } }`;
const LINK =
  'mutation ($input: LinkIdentityInput!) { linkIdentity(input: $input) { identities { id shownAs } } }';
const CHOOSE =
  'mutation ($input: ChooseCooperativeInput!) { chooseCooperative(input: $input) { accessToken } }';
const BEGIN = 'mutation { requestIdentityLink(input: {}) { request { url state } } }';

interface Request {
  readonly url: string;
  readonly state: string;
}

const reasonOf = ({ errors }: Answer) => errors[0]?.extensions['reason'];

/** What a browser does at an installation with a provider. */
function browserOf(served: Served, party: Party) {
  let place = 0;
  return {
    request: async () =>
      (await served.ask('{ providerRequest { url state } }')).body.data.providerRequest as Request,
    requestLink: async (who: string) =>
      (await served.ask(BEGIN, {}, party.token(who))).body.data.requestIdentityLink.request as Request,
    /** Each time from another place, so that the throttle by address is not what is tested. */
    signIn: (query: string, state: string, from = `198.51.100.${(place += 1)}`) =>
      served.send({ query: SIGN_IN, variables: { input: { query, state } } }, { 'x-forwarded-for': from }),
    link: (who: string, query: string, state: string) =>
      served.ask(LINK, { input: { query, state } }, party.token(who)),
  };
}

const settingsOf = (issuer: string) => ({ ...CLIENT, issuer, label: 'Mill Pond ID' });
const cast = { ann: ['administrator'], bob: ['member'], cleo: ['member'] } as const;

describe('a real provider', () => {
  let provider: TestOpenIdProvider;
  let served: Served;
  let party: Party;
  let browser: ReturnType<typeof browserOf>;
  beforeAll(async () => {
    provider = await startOpenIdProvider(CLIENT);
    served = await Served.start({ provider: settingsOf(provider.issuer), allowances: NO_ALLOWANCES });
    party = await Party.join(served, await served.found('mill-pond'), cast);
    browser = browserOf(served, party);
  });
  afterAll(async () => {
    await served?.stop();
    await provider?.stop();
  });
  async function signInAs(subject: string): Promise<Answer> {
    const { url, state } = await browser.request();
    return browser.signIn(await provider.signIn(url, subject), state);
  }
  async function linkTo(who: string, subject: string): Promise<Answer> {
    const { url, state } = await browser.requestLink(who);
    return browser.link(who, await provider.signIn(url, subject), state);
  }

  test('is named on the way in, and asked by code with PKCE, state and nonce', async () => {
    expect((await served.ask('{ provider }')).body.data).toEqual({ provider: 'Mill Pond ID' });
    const asked = new URL((await browser.request()).url).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      scope: 'openid email',
      code_challenge_method: 'S256',
      redirect_uri: 'https://pages.example/sign-in/provider/back',
    });
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(asked.get(name)?.length).toBeGreaterThan(40);
  });

  test('never opens an account by an email, however verified: only who is linked comes in', async () => {
    expect(reasonOf(await signInAs('bob@mill-pond.example'))).toBe('IDENTITY_UNKNOWN');
  });

  test('signs in to the account that linked it, until that takes it away', async () => {
    served.later(601);
    expect(reasonOf(await served.ask(BEGIN, {}, party.token('bob')))).toBe('REAUTHENTICATION_REQUIRED');
    await party.signInAgainFor('bob', 'cleo');
    const linked = await linkTo('bob', 'robert');
    const [identity] = linked.body.data.linkIdentity.identities;
    expect(identity.shownAs).toBe('robert@mail.example');
    const token = (await signInAs('robert')).body.data.signInWithProvider.accessToken as string;
    const me = await served.ask('{ me { email identities { lastUsedAt } } }', {}, token);
    expect(me.body.data.me).toEqual({
      email: 'bob@mill-pond.example',
      identities: [{ lastUsedAt: served.now.toISOString() }],
    });
    expect(reasonOf(await linkTo('cleo', 'robert'))).toBe('IDENTITY_TAKEN');
    expect(await party.refusedAct('cleo', 'unlinkIdentity', { identityId: identity.id })).toMatchObject({
      reason: 'IDENTITY_NOT_FOUND',
    });
    await party.act('bob', 'unlinkIdentity', { identityId: identity.id });
    expect(reasonOf(await signInAs('robert'))).toBe('IDENTITY_UNKNOWN');
  });

  test('does not stand for the second factor', async () => {
    await linkTo('cleo', 'cleopatra');
    const begun = await party.act('cleo', 'beginSecondFactor', {}, 'secondFactor { setup { secret } }');
    const codeAt = (timestamp: number) =>
      new TOTP({ secret: begun.secondFactor.setup.secret }).generate({ timestamp });
    await party.act('cleo', 'confirmSecondFactor', { code: codeAt(served.now.getTime()) });
    const refused = await signInAs('cleopatra');
    expect(reasonOf(refused)).toBe('SECOND_FACTOR_REQUIRED');
    const challenge = refused.errors[0]?.extensions['challenge'];
    const code = codeAt(served.now.getTime() + 30_000);
    const completed = await served.ask(
      'mutation ($input: CompleteSignInInput!) { completeSignIn(input: $input) { accessToken } }',
      { input: { challenge, code } },
    );
    expect(completed.errors).toEqual([]);
  });

  test('an answer is for the browser, the account and the purpose it was asked for, once', async () => {
    await party.signInAgainFor('bob', 'ann');
    await linkTo('bob', 'bobby');
    const [mine, another] = [await browser.request(), await browser.request()];
    const query = await provider.signIn(mine.url, 'bobby');
    expect(reasonOf(await browser.signIn(query, another.state))).toBe('PROVIDER_NOT_BELIEVED');
    const forBob = await browser.requestLink('bob');
    const linking = await provider.signIn(forBob.url, 'bobby');
    expect(reasonOf(await browser.signIn(linking, forBob.state))).toBe('PROVIDER_REQUEST_OVER');
    expect(reasonOf(await browser.link('ann', linking, forBob.state))).toBe('PROVIDER_REQUEST_OVER');
    expect((await browser.signIn(query, mine.state)).errors).toEqual([]);
    expect(reasonOf(await browser.signIn(query, mine.state))).toBe('PROVIDER_NOT_BELIEVED');
    const late = await browser.request();
    const answered = await provider.signIn(late.url, 'bobby');
    served.later(300);
    expect(reasonOf(await browser.signIn(answered, late.state))).toBe('PROVIDER_REQUEST_OVER');
  });

  test('somebody who says no there is told so', async () => {
    const { state } = await browser.request();
    const query = new URLSearchParams({ error: 'access_denied', state, iss: provider.issuer }).toString();
    expect(reasonOf(await browser.signIn(query, state))).toBe('PROVIDER_DENIED');
  });

  test('asks whom it named which of their cooperatives: a proof is for that account, for minutes, and once', async () => {
    await party.signInAgainFor('bob', 'ann');
    await linkTo('bob', 'robert');
    await served.found('elsewhere');
    await served.admit(await served.found('weir'), 'bob@mill-pond.example');
    const choose = (proof: string, cooperativeSlug: string | null) =>
      served.ask(CHOOSE, { input: { proof, cooperativeSlug } });
    const asked = async () => {
      const answer = await signInAs('robert');
      expect(reasonOf(answer)).toBe('CHOOSE_COOPERATIVE');
      return answer.errors[0]?.extensions as { proof: string; cooperatives: { slug: string }[] };
    };
    const { proof, cooperatives } = await asked();
    expect(cooperatives.map(({ slug }) => slug)).toEqual(['mill-pond', 'weir']);
    const [identityId, , once] = proof.split('.');
    const [cleo] = await served.test.asOwner<{ id: string }>(
      'select id from platform.login where email = $1',
      ['cleo@mill-pond.example'],
    );
    const cleos = [identityId, cleo?.id, once].join('.');
    for (const [other, slug] of [
      [proof, 'elsewhere'],
      [cleos, 'mill-pond'],
      ['nothing', 'weir'],
    ] as const)
      expect(reasonOf(await choose(other, slug))).toBe('PROVIDER_REQUEST_OVER');
    // Base64 is read generously: the same bytes in other letters would be another proof to whoever remembers letters.
    const spellings = [`${proof}=`, `${proof}!`, `${proof}\n`, `${proof}.x`];
    const given = [proof, proof, ...spellings];
    const entered = await Promise.all(given.map((one) => choose(one, 'weir')));
    const tokens = entered.flatMap(({ body }) => body.data?.chooseCooperative?.accessToken ?? []);
    expect(tokens).toHaveLength(1);
    const me = await served.ask('{ cooperative { slug } }', {}, tokens[0] as string);
    expect(me.body.data.cooperative.slug).toBe('weir');
    for (const one of given) expect(reasonOf(await choose(one, 'weir'))).toBe('PROVIDER_REQUEST_OVER');
    const late = await asked();
    served.later(301);
    expect(reasonOf(await choose(late.proof, 'weir'))).toBe('PROVIDER_REQUEST_OVER');
    expect(reasonOf(await choose(late.proof, null))).toBe('PROVIDER_REQUEST_OVER');
  });

  test('whoever belongs to sixty cooperatives keeps a short proof, and is told all of them by it as often as they look', async () => {
    await served.test.asOwner(
      `with founded as (
         insert into platform.cooperative (cooperative_id, name, slug, currency, currency_digits, time_zone, tax_regime,
           template, first_period_starts_on, period_length, created_at)
         select gen_random_uuid(), repeat('Long name ', 20), 'one-of-many-' || n, c.currency, c.currency_digits, c.time_zone,
           c.tax_regime, c.template, c.first_period_starts_on, c.period_length, c.created_at
         from platform.cooperative c, generate_series(1, 58) as n where c.slug = 'mill-pond' returning cooperative_id)
       insert into platform.membership (cooperative_id, login_id, member_id, created_at)
       select f.cooperative_id, l.id, gen_random_uuid(), now() from founded f, platform.login l where l.email = $1`,
      ['bob@mill-pond.example'],
    );
    const refusal = async (proof: string) =>
      (await served.ask(CHOOSE, { input: { proof } })).errors[0]?.extensions as {
        reason: string;
        cooperatives: object[];
      };
    const { proof } = (await signInAs('robert')).errors[0]?.extensions as { proof: string };
    expect(proof.length).toBeLessThan(1_000);
    for (const told of [await refusal(proof), await refusal(proof)]) {
      expect(told.reason).toBe('CHOOSE_COOPERATIVE');
      expect(told.cooperatives).toHaveLength(60);
    }
    const entered = await served.ask(CHOOSE, { input: { proof, cooperativeSlug: 'one-of-many-58' } });
    expect(entered.body.data.chooseCooperative.accessToken).toEqual(expect.any(String));
  });
});

describe('a provider that lies', () => {
  let liar: Awaited<ReturnType<typeof startLiar>>;
  let served: Served;
  let party: Party;
  let browser: ReturnType<typeof browserOf>;
  beforeAll(async () => {
    liar = await startLiar();
    served = await Served.start({ provider: settingsOf(liar.issuer), allowances: NO_ALLOWANCES });
    party = await Party.join(served, await served.found('liars'), cast);
    browser = browserOf(served, party);
    const { url, state } = await browser.requestLink('bob');
    expect((await browser.link('bob', liar.answer(url), state)).errors).toEqual([]);
  });
  afterAll(async () => {
    await served?.stop();
    await liar?.stop();
  });
  async function told(lie: Lie, more: Record<string, string> = {}): Promise<unknown> {
    const { url, state } = await browser.request();
    liar.lie = lie;
    return reasonOf(await browser.signIn(liar.answer(url, more), state));
  }
  const now = () => Math.floor(Date.now() / 1000);

  test('is believed while it says what it should', async () => {
    expect(await told({})).toBeUndefined();
  });

  test.each<[string, () => Lie]>([
    ['of another issuer', () => ({ claims: { iss: 'https://evil.example' } })],
    ['for another audience', () => ({ claims: { aud: 'somebody-else' } })],
    ['with another nonce', () => ({ claims: { nonce: 'not-the-one-asked-for' } })],
    ['without a nonce', () => ({ claims: { nonce: undefined } })],
    ['that has run out', () => ({ claims: { iat: now() - 900, exp: now() - 600 } })],
    ['with alg none', () => ({ signed: 'none' })],
    ['signed by another key', () => ({ signed: 'other' })],
  ])('is not believed with an id token %s', async (_what, lie) => {
    expect(await told(lie())).toBe('PROVIDER_NOT_BELIEVED');
  });

  test('is not believed when the answer comes from another issuer (mix-up), or from nobody', async () => {
    expect(await told({}, { iss: 'https://evil.example' })).toBe('PROVIDER_NOT_BELIEVED');
    expect(await told({}, { iss: '' })).toBe('PROVIDER_NOT_BELIEVED');
  });

  test('whoever gives the same state twice comes in once, though the provider takes the code again', async () => {
    liar.lie = {};
    const { url, state } = await browser.request();
    const query = liar.answer(url);
    const both = await Promise.all([browser.signIn(query, state), browser.signIn(query, state)]);
    expect(both.map(reasonOf).toSorted()).toEqual(['PROVIDER_REQUEST_OVER', undefined]);
  });

  test('whoever tries answers without end is stopped after twenty', async () => {
    for (let tried = 0; tried < 20; tried += 1) await browser.signIn('code=x', 'nothing', '203.0.113.9');
    expect(reasonOf(await browser.signIn('code=x', 'nothing', '203.0.113.9'))).toBe('TOO_MANY_ATTEMPTS');
  });
});

test('where the provider is away it is said, and where there is none nothing is asked', async () => {
  const away = await Served.start({ provider: settingsOf('http://127.0.0.1:9') });
  const without = await Served.start();
  try {
    expect(reasonOf(await away.ask('{ providerRequest { url } }'))).toBe('PROVIDER_UNREACHABLE');
    expect((await without.ask('{ provider }')).body.data).toEqual({ provider: null });
    expect((await without.ask('{ providerRequest { url } }')).errors[0]?.extensions['code']).toBe(
      'NOT_FOUND',
    );
  } finally {
    await Promise.all([away.stop(), without.stop()]);
  }
});
