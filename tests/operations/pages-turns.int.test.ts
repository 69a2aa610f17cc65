// Who asks the pages' server for page after page is not felt by somebody who asks for one.
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Pages } from './pages.ts';
import { startPages } from './pages.ts';

let pages: Pages;
const agent = new Agent({ keepAlive: true });

beforeAll(async () => {
  // The way in is drawn without an API.
  pages = await startPages('http://127.0.0.1:9/graphql');
}, 180_000);
afterAll(async () => {
  agent.destroy();
  await pages?.end();
});

interface Answered {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/** One page for whoever the server in front says it is. */
const page = (address: string) =>
  new Promise<Answered>((resolve, reject) => {
    const headers = { 'x-forwarded-for': address };
    const sent = request(`${pages.address}/sign-in`, { agent, headers }, (response) => {
      response.resume();
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });

/** Asks on so many connections without pause, heeding nothing, until told to stop. */
function flood(address: string, connections: number) {
  const seen = { answered: 0, refused: [] as Answered[], isOver: false };
  const all = Array.from({ length: connections }, async () => {
    while (!seen.isOver) {
      const answered = await page(address);
      if (answered.status === 200) seen.answered += 1;
      else seen.refused.push(answered);
    }
  });
  return {
    seen,
    async stop() {
      seen.isOver = true;
      await Promise.all(all);
    },
  };
}

test('a page comes before those of a flood from elsewhere, at most a few of which are served meanwhile', async () => {
  const { seen, stop } = flood('192.0.2.1', 40);
  await expect.poll(() => seen.answered).toBeGreaterThan(10);
  // Until somebody else comes, whoever floods has all of the server; the first to come still meets that.
  await page('198.51.100.7');
  const meanwhile: number[] = [];
  for (let asked = 0; asked < 12; asked += 1) {
    const before = seen.answered;
    expect((await page('198.51.100.7')).status).toBe(200);
    meanwhile.push(seen.answered - before);
  }
  await stop();
  // In the order they came it would be forty each time.
  expect(meanwhile.toSorted((left, right) => left - right)[6]).toBeLessThanOrEqual(3);
  expect(Math.max(...meanwhile)).toBeLessThan(20);
  expect(seen.refused).toEqual([]);
});

test('beyond a line of a hundred a flood is told when to come again, and whoever comes from elsewhere is served', async () => {
  const { seen, stop } = flood('192.0.2.2', 160);
  await expect.poll(() => seen.refused.length, { timeout: 20_000 }).toBeGreaterThan(20);
  expect((await page('198.51.100.8')).status).toBe(200);
  await stop();
  for (const { status, retryAfter } of seen.refused) expect([status, retryAfter]).toEqual([429, '1']);
});

test('one network of IPv6 is one place, however many addresses of it ask', async () => {
  const floods = Array.from({ length: 40 }, (_, host) => flood(`2001:db8::${(host + 1).toString(16)}`, 1));
  const answered = () => floods.reduce((sum, { seen }) => sum + seen.answered, 0);
  await expect.poll(answered).toBeGreaterThan(10);
  await page('2001:db8:1::1');
  const before = answered();
  expect((await page('2001:db8:1::1')).status).toBe(200);
  // As forty places each of them would be as quiet as the one from elsewhere.
  expect(answered() - before).toBeLessThan(20);
  await Promise.all(floods.map(({ stop }) => stop()));
});

test('nobody gets a turn of another by naming it', async () => {
  const { seen, stop } = flood('192.0.2.3', 40);
  await expect.poll(() => seen.answered).toBeGreaterThan(10);
  const answers = await Promise.all(
    Array.from({ length: 5 }, async (_, id) => {
      const headers = { 'x-forwarded-for': '198.51.100.9', 'x-habitat-turn': String(id) };
      return (await fetch(`${pages.address}/sign-in`, { headers })).status;
    }),
  );
  await stop();
  expect(answers).toEqual([200, 200, 200, 200, 200]);
});
