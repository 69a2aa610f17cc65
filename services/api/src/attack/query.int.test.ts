// Attacks by what is asked and how often: documents that grow, requests of other sites, and floods. Everything is refused
// before any of it runs, and who has to wait is told how long.
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Allowances } from '../guard/allowance.ts';
import { NO_ALLOWANCES } from '../guard/allowance.ts';
import { Party } from '../testing/party.ts';
import type { Founded } from '../testing/served-cooperative.ts';
import { PASSWORD, Served } from '../testing/served-cooperative.ts';

const ME = '{ me { email } }';
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';

let served: Served;
let river: Founded;
let token: string;

beforeAll(async () => {
  served = await Served.start({ allowances: NO_ALLOWANCES });
  river = await served.found('riverbend');
  token = (await served.signIn(river.email)).accessToken;
});
afterAll(() => served.stop());

/** What the first error of an operation says of itself. */
const refusal = async (query: string, bearer = token) =>
  (await served.ask(query, {}, bearer)).errors[0]?.extensions ?? {};

describe('a document', () => {
  test('deeper than any screen is refused', async () => {
    const deep = `{ accounts { ${'parent { '.repeat(14)} id ${'} '.repeat(14)} } }`;
    expect(await refusal(deep)).toMatchObject({ reason: 'QUERY_TOO_LARGE', measure: 'depth' });
  });

  test('of pages in pages is refused by what it costs', async () => {
    const questions = 'openQuestions { comments { by { ';
    const wide = `{ members(first: 200) { edges { node { ${questions.repeat(2)} id ${'} } } '.repeat(2)} } } } }`;
    expect(await refusal(wide)).toMatchObject({ reason: 'QUERY_TOO_LARGE', measure: 'cost' });
  });

  test('that asks for the same thing under many names is refused', async () => {
    const many = Array.from({ length: 31 }, (_, place) => `a${place}: cooperative { id }`).join(' ');
    expect(await refusal(`{ ${many} }`)).toMatchObject({ reason: 'QUERY_TOO_LARGE', measure: 'aliases' });
  });

  test('whose fragments contain themselves is refused instead of followed for ever', async () => {
    const circle =
      '{ me { ...A } } fragment A on Viewer { cooperative { ...B } } fragment B on Cooperative { id ...B }';
    expect(await refusal(circle)).toMatchObject({ code: 'VALIDATION_ERROR' });
  });

  test('of five thousand words is refused while it is read', async () => {
    expect(await refusal(`{ ${'__typename '.repeat(5_000)} }`)).toMatchObject({ code: 'VALIDATION_ERROR' });
  });

  test('tells nothing of the schema: no introspection, no type by name, no guesses at what was meant', async () => {
    for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Query") { name } }'])
      expect(await refusal(query)).toMatchObject({ code: 'VALIDATION_ERROR' });
    const typo = await served.ask('{ me { emial cooperativ { id } } }', {}, token);
    expect(typo.errors.length).toBeGreaterThan(0);
    expect(JSON.stringify(typo.body)).not.toMatch(/did you mean|"email"|cooperative/i);
  });
});

describe('a page of another site', () => {
  const body = new URLSearchParams({
    query: 'mutation { signOut(input: {refreshToken: "x"}) { signedOut } }',
  });
  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'cannot send a form as %s',
    async (type) => {
      const answer = await served.send(body.toString(), {
        'content-type': type,
        origin: 'https://evil.example',
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.body.data).toBeUndefined();
    },
  );

  test('cannot act by an address, and cannot read what it asks for by one', async () => {
    const get = (query: string) => fetch(`${served.url}/graphql?query=${encodeURIComponent(query)}`);
    expect((await get('mutation { signOut(input: {refreshToken: "x"}) { signedOut } }')).ok).toBe(false);
    expect((await get('{ __typename }')).ok).toBe(false);
  });

  test('is not let at the answers, and neither is a frame', async () => {
    const answer = await served.send({ query: '{ __typename }' }, { origin: 'https://evil.example' });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});

test('several operations in one array are refused, however few', async () => {
  const answer = await served.send([{ query: ME }], { authorization: `Bearer ${token}` });
  expect(answer.status).toBe(400);
  expect(answer.body.data).toBeUndefined();
});

test.each([
  [
    'a hash in the place of a document',
    { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
  ],
  ['a thousand directives on one field', { query: `{ me { email ${'@skip(if: false) '.repeat(1_000)} } }` }],
  ['an answer in parts', { query: '{ ... @defer { me { email } } }' }],
  ['a prototype', `{ "query": "${ME}", "__proto__": { "isAdmin": true } }`],
  ['a prototype by its maker', `{ "query": "${ME}", "constructor": { "prototype": { "isAdmin": true } } }`],
])('a request with %s is refused', async (_what, body) => {
  const answer = await served.send(body, { authorization: `Bearer ${token}` });
  expect(answer.errors[0]?.extensions['code']).toBe('VALIDATION_ERROR');
  expect(answer.body.data ?? null).toBeNull();
  expect('isAdmin' in {}).toBe(false);
});

test('a body that was packed is refused, and never unpacked', async () => {
  const packed = gzipSync(JSON.stringify({ query: `{ me { email } } #${'x'.repeat(20_000_000)}` }));
  expect(packed.length).toBeLessThan(50_000);
  const answer = await fetch(`${served.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      authorization: `Bearer ${token}`,
    },
    body: new Uint8Array(packed),
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).not.toContain(river.email);
});

describe('a flood', () => {
  let limited: Served;
  let bearer: string;
  let colleague: string;
  const small: Allowances = {
    ...NO_ALLOWANCES,
    actor: { burst: 12, perSecond: 0.1 },
    cooperative: { burst: 20, perSecond: 0.1 },
    cost: { burst: 3_000, perSecond: 1 },
  };

  async function start(allowances: Allowances): Promise<Founded> {
    await limited?.stop();
    limited = await Served.start({ allowances });
    const here = await limited.found('flooded');
    bearer = (await limited.signIn(here.email)).accessToken;
    return here;
  }
  afterAll(() => limited.stop());

  test('of one account is stopped by itself, with the seconds to wait, and another account is answered', async () => {
    await start(small);
    const other = await limited.found('neighbour');
    colleague = (await limited.signIn(other.email)).accessToken;
    const answers = [];
    for (let sent = 0; sent < 13; sent += 1) answers.push(await limited.ask(ME, {}, bearer));
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(12).fill(200), 429]);
    const last = answers.at(-1);
    expect(last?.errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', reason: 'TOO_MANY_REQUESTS' });
    expect(last?.headers.get('retry-after')).toBe(String(last?.errors[0]?.extensions['retryAfterSeconds']));
    expect((await limited.ask(ME, {}, colleague)).status).toBe(200);
  });

  test('of costly operations is stopped by what they cost together, though they are few', async () => {
    await start(small);
    const costly = '{ contributions(first: 200) { edges { node { id description } } } }';
    const answers = [];
    for (let sent = 0; sent < 8; sent += 1) answers.push(await limited.ask(costly, {}, bearer));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', reason: 'COST_SPENT' });
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('of one cooperative is stopped as a whole, and the others never notice', async () => {
    const here = await start({ ...small, actor: { burst: 1_000, perSecond: 1 } });
    const other = await limited.found('neighbour');
    colleague = (await limited.signIn(other.email)).accessToken;
    const answers = await Promise.all(Array.from({ length: 30 }, () => limited.ask(ME, {}, bearer)));
    const reasons = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions['reason']));
    expect(reasons).toEqual(Array<string>(10).fill('COOPERATIVE_TOO_BUSY'));
    expect((await limited.ask(ME, {}, colleague)).status).toBe(200);
    expect(here.slug).toBe('flooded');
  });

  test('of one that does not wait is refused late, holds up nobody meanwhile, and is forgotten when it goes', async () => {
    const cost = { burst: 3_000, perSecond: 1 };
    const turns = { atOnce: 1, inLine: 9, beside: null };
    const here = await start({ ...NO_ALLOWANCES, cost, turns, refusedAfterMs: 60_000 });
    const party = await Party.join(limited, here, { bob: ['member', 'contributor'] });
    const gone = new AbortController();
    const flood = Array.from({ length: 20 }, () =>
      fetch(`${limited.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
        body: JSON.stringify({
          query: '{ contributions(first: 200) { edges { node { id description } } } }',
        }),
        signal: gone.signal,
      }).then(({ status }) => status),
    );
    const underWay = async () => {
      const metrics = await (await fetch(`${limited.url}/metrics`)).text();
      return Number(/^http_requests_inprogress\{.*route="\/graphql".*\} (\d+)/m.exec(metrics)?.[1]);
    };
    await expect.poll(underWay).toBeGreaterThan(0);
    const answered = await Promise.race(flood);
    expect(answered).toBe(200);
    // One turn at a time in this cooperative, and it is free: what is kept back holds none.
    expect((await party.answer('bob', ME)).status).toBe(200);
    expect(await underWay()).toBeGreaterThan(10);
    gone.abort();
    const ends = await Promise.allSettled(flood);
    expect(ends.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(10);
    await expect.poll(underWay).toBe(0);
  });

  test('of strangers is stopped by address, and tokens that are not believed count as strangers', async () => {
    await start({ ...small, address: { burst: 5, perSecond: 0.1 } });
    const answers = [];
    for (let sent = 0; sent < 6; sent += 1) answers.push(await limited.ask(ME, {}, `forged.${sent}.token`));
    // One of the five was the sign-in above.
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429, 429]);
    expect((await limited.ask(ME, {}, bearer)).status).toBe(200);
  });

  test('of guesses at a password ends after five, with the time to wait in the answer and its header', async () => {
    const guess = (password: string) =>
      served.ask(SIGN_IN, { input: { email: 'guessed@riverbend.example', password } });
    for (let tried = 0; tried < 5; tried += 1) await guess('wrong password');
    const stopped = await guess(PASSWORD);
    expect(stopped.status).toBe(429);
    expect(stopped.errors[0]?.extensions).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });
    expect(stopped.headers.get('retry-after')).toBe('900');
  });
});
