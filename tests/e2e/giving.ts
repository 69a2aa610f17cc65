// Giving and deciding as it is done every week: a week in one grid, an entry taken back, a list narrowed, a queue of forty
// cleared with the keyboard, two stewards at once; and all of it, where a form can, without scripts.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { violationsOf } from './setup/axe.ts';
import { askApi, askOwner } from './setup/books.ts';
import type { Person } from './setup/browser.ts';
import { Browsing, PHONE, signIn } from './setup/browser.ts';
import { openFromList, saidOn } from './setup/screen.ts';
import { settled } from './setup/traffic.ts';

let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

const loggedAs = (description: string) =>
  askOwner<{ worked_on: string; status: string; value: string }>(
    `select worked_on::text, status, value_minor::text as value from people.contribution
     where description = $1 order by worked_on`,
    [description],
  );

/** Logs through the API, for a queue to be worked through. */
async function logMany(person: Person, count: number, description: string): Promise<void> {
  const { cooperative } = await askApi<{ cooperative: { today: string } }>(
    person,
    '{ cooperative { today } }',
  );
  const entries = Array.from({ length: count }, (_, at) => ({
    kind: 'LABOR',
    quantity: '1',
    workedOn: cooperative.today,
    description: `${description} ${at + 1}`,
  }));
  await askApi(
    person,
    'mutation ($input: LogContributionsInput!) { logContributions(input: $input) { results { reason } } }',
    { input: { entries } },
  );
}

/** Leaves the queue as it was found. */
async function takeBack(person: Person, search: string): Promise<void> {
  const { contributions } = await askApi<{ contributions: { edges: { node: { id: string } }[] } }>(
    person,
    'query ($search: String) { contributions(search: $search, status: [SUBMITTED]) { edges { node { id } } } }',
    { search },
  );
  for (const { node } of contributions.edges)
    await askApi(
      person,
      'mutation ($input: WithdrawContributionInput!) { withdrawContribution(input: $input) { contribution { id } } }',
      { input: { contributionId: node.id } },
    );
}

const hoursOf = (page: Page, day: string, line: number) =>
  page.getByLabel(new RegExp(`^${day} .*line ${line}$`));

it('a week is sent in one act: a day of 25 hours is told and stays, the others are logged once', async () => {
  const page = await browsing.openAs('bob', '/contributions');
  // Last week lies behind us whatever day the tests run on.
  await page.goto('/contributions/week');
  await page.getByRole('link', { name: 'The week before' }).click();
  await page.waitForURL(/from=/);
  await page.getByLabel('What was it, line 1').fill('Weekly rounds');
  await hoursOf(page, 'Mon', 1).fill('3');
  await hoursOf(page, 'Tue', 1).fill('25');
  await hoursOf(page, 'Wed', 1).fill('1:30');
  await page.getByText('A day has 24 hours').first().waitFor();
  await page.getByText('450.00').first().waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Send the week' }).click();
  await page.getByText('2 contributions sent for approval, 1 not.').first().waitFor();
  expect(await loggedAs('Weekly rounds')).toMatchObject([
    { status: 'submitted', value: '30000' },
    { status: 'submitted', value: '15000' },
  ]);
  expect(await hoursOf(page, 'Mon', 1).inputValue()).toBe('');
  expect(await hoursOf(page, 'Tue', 1).inputValue()).toBe('25');
  await hoursOf(page, 'Tue', 1).fill('2');
  await page.getByRole('button', { name: 'Send the week' }).click();
  await page.waitForURL(/\/contributions$/);
  expect(await loggedAs('Weekly rounds')).toHaveLength(3);
  await takeBack('bob', 'Weekly rounds');
  await page.setViewportSize(PHONE);
  await page.goto('/contributions/week');
  expect(await violationsOf(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await page.context().close();
});

it('an entry is taken back from the line that says it was sent', async () => {
  const page = await browsing.openAs('bob', '/contributions/new');
  await page.getByRole('radio', { name: 'Labor' }).check();
  await page.locator('input[name=quantity]').fill('2');
  await page.getByLabel('What was it?').fill('Sent too soon');
  await page
    .getByRole('button', { name: /Send for approval/ })
    .locator('visible=true')
    .click();
  await page.waitForURL(/\/contributions$/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await saidOn(page, /withdrawn/);
  expect(await loggedAs('Sent too soon')).toMatchObject([{ status: 'withdrawn' }]);
  await page.context().close();
});

it('a list is narrowed by words, kind and day, and the address keeps it', async () => {
  const page = await browsing.openAs('alice', '/contributions');
  await settled(page);
  await page.keyboard.press('/');
  await page.keyboard.type('irrigation');
  await page.keyboard.press('Enter');
  await page.waitForURL(/search=irrigation/);
  const rows = page.locator('tbody tr');
  for (const text of await rows.allInnerTexts()) expect(text.toLowerCase()).toContain('irrigation');
  await page.goto('/contributions?kind=LABOR&from=2026-07-01&to=2026-09-30');
  expect(await rows.count()).toBeGreaterThan(0);
  for (const text of await rows.allInnerTexts()) expect(text).toMatch(/(Jul|Aug|Sep) \d+[^]*Labor/);
  expect(await page.getByLabel('From').inputValue()).toBe('2026-07-01');
  await page.context().close();
});

it('what somebody did to an item while it was read is told by name, and nothing is done twice', async () => {
  await logMany('alice', 1, 'Read by two');
  const page = await browsing.openAs('carol', '/approvals');
  const [row] = await askOwner<{ id: string }>(
    `select contribution_id::text as id from people.contribution where description = 'Read by two 1'`,
  );
  const id = Buffer.from(`Contribution:${row?.id ?? ''}`).toString('base64url');
  await page.goto(`/approvals?item=${encodeURIComponent(id)}`);
  await page.locator('#item-title', { hasText: 'Read by two' }).waitFor();
  await settled(page);
  await askApi(
    'alice',
    'mutation ($input: WithdrawContributionInput!) { withdrawContribution(input: $input) { contribution { status } } }',
    { input: { contributionId: id } },
  );
  await page.keyboard.press('a');
  await page.getByText('Alice took this back while you were reading.').waitFor();
  await page.getByText('Nothing left to do.').waitFor();
  expect(await loggedAs('Read by two 1')).toMatchObject([{ status: 'withdrawn' }]);
  await page.context().close();
});

it('after a decision the desk goes on to the next item, not back to the oldest', async () => {
  await logMany('dana', 3, 'In a row');
  const page = await browsing.openAs('carol', '/approvals');
  await openFromList(page, 'In a row 1');
  await settled(page);
  await page.keyboard.press('a');
  await page.locator('#item-title', { hasText: 'In a row 2' }).waitFor();
  await page.getByRole('button', { name: 'Reject' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('Logged by mistake');
  await page.getByRole('dialog').getByRole('button', { name: 'Reject it' }).click();
  await page.locator('#item-title', { hasText: 'In a row 3' }).waitFor();
  await page.context().close();
  await takeBack('dana', 'In a row');
});

it('without scripts one signs in, logs, sees it in the list, and approves', async () => {
  const member = await browsing.open('/sign-in?return=/contributions/new', { javaScriptEnabled: false });
  await signIn(member, 'dana');
  await member.getByRole('radio', { name: 'Labor' }).check();
  await member.locator('input[name=quantity]').fill('1:30');
  await member.getByLabel('What was it?').fill('Given without scripts');
  await member
    .getByRole('button', { name: /Send for approval/ })
    .locator('visible=true')
    .click();
  await member.waitForURL(/\/contributions\/(?!new)/);
  await member.goto('/contributions?search=without+scripts');
  await member.getByRole('row').filter({ hasText: 'Given without scripts' }).waitFor();
  await member.context().close();

  const steward = await browsing.open('/sign-in?return=/approvals', { javaScriptEnabled: false });
  await signIn(steward, 'carol');
  await steward.goto('/approvals');
  await steward.getByRole('link').filter({ hasText: 'Given without scripts' }).first().click();
  await steward.locator('#item-title', { hasText: 'Given without scripts' }).waitFor();
  await steward.getByRole('button', { name: 'Approve' }).first().click();
  await expect.poll(async () => (await loggedAs('Given without scripts'))[0]?.status).not.toBe('submitted');
  await steward.context().close();
});

it('a queue of forty is cleared with the keyboard alone', async () => {
  await logMany('dana', 40, 'One of forty');
  const waiting = async () =>
    (
      await askOwner<{ count: number }>(
        `select count(*)::int as count from people.contribution
         where description like 'One of forty%' and status = 'submitted'`,
      )
    )[0]?.count;
  const page = await browsing.openAs('carol', '/approvals');
  const open = page.locator('article input[name=contributionId]').first();
  await open.waitFor({ state: 'attached' });
  await settled(page);
  const another = (before: string, timeout: number) =>
    page
      .waitForFunction(
        (old) => {
          const field = document.querySelector<HTMLInputElement>('article input[name=contributionId]');
          return field !== null && field.value !== old;
        },
        before,
        { timeout },
      )
      .then(
        () => true,
        () => false,
      );
  // J walks, X chooses, A approves what is chosen; a page of the queue holds fifty, so it takes a second round.
  for (let step = 0; step < 160 && (await waiting()) !== 0; step += 1) {
    const before = await open.inputValue();
    if ((await page.locator('#item-title').innerText()).startsWith('One of forty'))
      await page.keyboard.press('x');
    await page.keyboard.press('j');
    if (await another(before, 2_500)) continue;
    const left = (await waiting()) ?? 0;
    await page.keyboard.press('a');
    await expect.poll(waiting, { timeout: 15_000 }).toBeLessThan(left);
    await settled(page);
  }
  expect(await waiting()).toBe(0);
  await page.context().close();
}, 180_000);
