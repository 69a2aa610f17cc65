// Tables taken away as files under the rights of their pages, and a list of payments that is one's own.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { askApi } from './setup/books.ts';
import { Browsing } from './setup/browser.ts';

let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

it('every table of members, settings and operators is a file for whoever may open its page', async () => {
  const page = await browsing.openAs('dev', '/members');
  const files = [
    ['/members', '/members/csv', 'Alice Moreno,alice@riverbend.example'],
    ['/settings/rates', '/settings/csv/rates', 'Expertise,Every category,Everyone,rate,120'],
    ['/settings/weights', '/settings/csv/weights', 'labor,0.40,In force'],
    ['/settings/allocation', '/settings/csv/allocation', 'weighted'],
    ['/settings/approval', '/settings/csv/approval', 'In force'],
    ['/settings/contributions', '/settings/csv/contributions', 'Labor,Capital and patronage,labor'],
    ['/settings/contributions', '/settings/csv/contribution-versions', 'In force'],
    ['/settings/classes', '/settings/csv/classes', 'cooperative,Open'],
    ['/settings/classes', '/settings/csv/class-versions', 'In force'],
    ['/operations', '/operations/csv/handlers', 'agreements.copy-contributions'],
  ] as const;
  for (const [room, file, line] of files) {
    await page.goto(room);
    await page.locator(`main a[href="${file}"][download]`).waitFor();
    const answer = await page.request.get(file);
    const text = (await answer.body()).toString('utf8');
    expect({ file, status: answer.status(), told: text.includes(line) }).toEqual({
      file,
      status: 200,
      told: true,
    });
  }
  await page.context().close();
});

it('a member takes away neither the directory nor the machinery', async () => {
  const page = await browsing.openAs('alice', '/');
  for (const file of ['/members/csv', '/operations/csv/jobs', '/settings/csv/posting-rules'])
    expect((await page.request.get(file)).status()).toBe(403);
  expect((await page.request.get('/settings/csv/nothing')).status()).toBe(404);
  await page.context().close();
});

type Payments = {
  distributions: { edges: { node: { lines: { amount: string; member: { displayName: string } }[] } }[] };
};

it('who sees everybody’s payments finds only their own among those paid to them', async () => {
  const { distributions } = await askApi<Payments>(
    'carol',
    '{ distributions(first: 20) { edges { node { lines { amount member { displayName } } } } } }',
  );
  const lines = distributions.edges.flatMap(({ node }) => node.lines);
  const own = lines.filter(({ member }) => member.displayName === 'Carol Lindqvist');
  expect(lines.length).toBeGreaterThan(own.length);
  const page = await browsing.openAs('carol', '/statements');
  const shown = await page
    .locator('section[aria-labelledby="payments"] tbody tr td:last-child')
    .allTextContents();
  expect(shown.map((amount) => amount.replaceAll(',', ''))).toEqual(own.map(({ amount }) => amount));
  await page.context().close();
});
