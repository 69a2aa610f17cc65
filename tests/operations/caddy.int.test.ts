// What the internet meets: the Caddyfile of the installation in a real Caddy, in front of the built services.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Cooperative } from '../faults/cooperative.ts';
import { foundCooperative, PASSWORD } from '../faults/cooperative.ts';
import type { Product } from '../faults/product.ts';
import { startProduct, until } from '../faults/product.ts';
import { giveOne } from '../faults/stream.ts';
import type { Caddy, CaddyPorts } from './caddy.ts';
import { caddyPorts, startCaddy } from './caddy.ts';
import { startPages } from './pages.ts';

let ports: CaddyPorts;
let product: Product;
let cooperative: Cooperative;
let caddy: Caddy;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  ports = await caddyPorts();
  const origin = `https://localhost:${ports.https}`;
  product = await startProduct('postgres', {
    environment: { CORS_ORIGIN: origin, HABITAT_VERSION: '7.8.9' },
  });
  ends.push(() => product.end());
  const pages = await startPages(`http://127.0.0.1:${ports.inner}/graphql`);
  ends.push(() => pages.end());
  cooperative = await foundCooperative(product, 'behind-caddy');
  caddy = await startCaddy(ports, {
    apis: [new URL(product.api.address).host],
    frontends: [new URL(pages.address).host],
  });
  ends.push(() => caddy.stop());
  // The certificate is made while it already listens.
  const served = () => ask('GET', '/sign-in').then(({ status }) => status === 200);
  await until('Caddy serves the pages', () => served().catch(() => false));
});
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

const ask: Caddy['ask'] = (...asked) => caddy.ask(...asked);

const json = { 'content-type': 'application/json' };
const graphql = (query: string, variables: object = {}, headers: Record<string, string> = {}) =>
  ask('POST', '/graphql', { ...json, ...headers }, JSON.stringify({ query, variables }));

async function signIn(): Promise<string> {
  const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
  const input = { email: 'olga@behind-caddy.example', password: PASSWORD };
  const { body } = await graphql(query, { input });
  return (JSON.parse(body.toString()) as { data: { signIn: { accessToken: string } } }).data.signIn
    .accessToken;
}

test('plain HTTP is sent to HTTPS', async () => {
  const answer = await fetch(`http://127.0.0.1:${ports.http}/treasury?x=1`, {
    redirect: 'manual',
    headers: { host: 'localhost' },
  });
  expect(answer.status).toBe(308);
  expect(answer.headers.get('location')).toMatch(/^https:\/\/.*\/treasury\?x=1$/);
});

test('pages come with their own policy and nonce, and with what Caddy adds', async () => {
  const { headers, body } = await ask('GET', '/sign-in');
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("frame-ancestors 'none'");
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  expect(body.toString()).toContain(`nonce="${nonce}"`);
  expect(headers).toMatchObject({
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  });
  expect(headers['server']).toBeUndefined();
  const { headers: home } = await ask('GET', '/');
  expect(home['location']).toBe(`https://localhost:${ports.https}/sign-in`);
});

test('/graphql is the API, which may load nothing; its operations are not for outside', async () => {
  const answer = await graphql('{ __typename }');
  expect(JSON.parse(answer.body.toString())).toEqual({ data: { __typename: 'Query' } });
  expect(answer.headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
  const health = await ask('GET', '/api/health');
  expect(JSON.parse(health.body.toString())).toMatchObject({ status: 'ok', version: '7.8.9' });
  for (const path of ['/metrics', '/ready']) {
    expect((await ask('GET', path)).headers['location'], path).toContain('/sign-in');
    expect((await ask('GET', `/api${path}`)).status, path).toBe(404);
  }
});

test('answers are compressed for those who can unpack them', async () => {
  expect((await ask('GET', '/sign-in', { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBe(
    'gzip',
  );
  expect((await ask('GET', '/sign-in')).headers['content-encoding']).toBeUndefined();
});

test('a request over the size is refused before it reaches a service', async () => {
  for (const path of ['/graphql', '/sign-in']) {
    const { status } = await ask('POST', path, json, 'x'.repeat(510_000));
    expect(status, path).toBe(413);
  }
  // Nor does it count against the service that would have got it.
  expect((await graphql('{ __typename }')).status).toBe(200);
});

test('evidence may be larger: the services themselves see it, and know who sends it', async () => {
  const large = 'x'.repeat(1_000_000);
  expect((await ask('POST', '/api/evidence', { 'content-type': 'application/pdf' }, large)).status).toBe(401);
  expect((await ask('POST', '/contributions/evidence', {}, large)).status).toBe(403);
});

test('a subscription hears over Caddy what happens', async () => {
  const authorization = `Bearer ${await signIn()}`;
  const socket = new WebSocket(`wss://localhost:${ports.https}/graphql`, 'graphql-transport-ws', {
    ca: caddy.authority,
    origin: `https://localhost:${ports.https}`,
    family: 4,
  });
  const heard: string[] = [];
  socket.on('message', (data: Buffer) => heard.push(data.toString()));
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
  await until('it is let in', () => heard.some((text) => text.includes('connection_ack')));
  const query = 'subscription { approvalQueueChanged { __typename } }';
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  // A subscription tells what comes after it; there is no word for "I listen now".
  await sleep(500);
  const [member] = cooperative.workers;
  const [officer] = cooperative.officers;
  if (member === undefined) throw new Error('nobody works here');
  await giveOne(cooperative, member, officer, 1);
  await until('it hears of the contribution', () => heard.some((text) => text.includes('"type":"next"')));
  socket.close();
});

test('the log has a line for each request and no secret in it', async () => {
  await graphql('{ __typename }', {}, { authorization: 'Bearer of-secrets' });
  await ask('GET', '/invitation/for-nobody-else?x=1', { cookie: 'habitat_access=of-secrets' });
  await graphql('{ __typename }', {}, { referer: 'https://localhost/reset/for-nobody-else' });
  const lines = (await caddy.log()).split('\n').filter((line) => line.includes('http.log.access'));
  const last = JSON.parse(lines.at(-1) ?? '{}') as { request: { uri: string }; status: number };
  expect(last).toMatchObject({ request: { uri: '/graphql' } });
  expect(lines.join('\n')).not.toMatch(/of-secrets|for-nobody-else/);
  expect(lines.join('\n')).toContain('"/invitation/-?x=1"');
});

test('nobody escapes the limit of their address by naming another', async () => {
  const statuses = new Set<number>();
  for (let round = 0; round < 30 && !statuses.has(429); round += 1) {
    const batch = Array.from({ length: 20 }, (_, index) =>
      graphql('{ __typename }', {}, { 'x-forwarded-for': `203.0.113.${(round * 20 + index) % 250}` }),
    );
    for (const { status } of await Promise.all(batch)) statuses.add(status);
  }
  expect(statuses).toContain(429);
});
