// Every page in the states it is seldom seen in: without a session, in a role it is no part of, on a cooperative's first day,
// without a network, and while it is on its way. Our own faults on every page are in `faults.ts`.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { Browsing, PHONE } from '../setup/browser.ts';
import { routes } from '../setup/routes.ts';
import { expectSound } from '../setup/sound.ts';
import { settled } from '../setup/traffic.ts';
import { withoutScripts } from '../setup/visit.ts';

let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

/** Pages for who is signed in; an id in their address is made up. */
const inside = routes
  .filter(({ by }) => by !== null)
  .map(({ path }) => path.replaceAll(/\[[^\]]+\]/g, 'nothing'));
const plain = routes.filter(({ by, via }) => by !== null && via === undefined).map(({ path }) => path);

/** The page as it is sent, without its scripts: they bring sentences for what may come. */
async function sent(page: Page, path: string): Promise<{ status: number; text: string }> {
  const answer = await page.request.get(path, { maxRedirects: 0 });
  return { status: answer.status(), text: withoutScripts(await answer.text()) };
}

it('no page shows itself without a session: each leads to the sign-in, and from there back', async () => {
  const page = await browsing.open('/sign-in');
  for (const path of inside) {
    const answer = await page.request.get(path, { maxRedirects: 0 });
    const to = new URL(answer.headers()['location'] ?? '', page.url());
    expect({ path, to: to.pathname, back: to.searchParams.get('return') ?? '/' }).toEqual({
      path,
      to: '/sign-in',
      back: path,
    });
  }
  await page.context().close();
});

/** Rooms a member who is nothing else has no part in, whatever page of them is asked for. */
const closedToMembers =
  /^\/(approvals|audit|close|distributions|members|operations|treasury|what-if)\b|\/change$/;

it('a member is told of every page that is no part of their role, and is shown every one of theirs', async () => {
  const page = await browsing.openAs('alice', '/');
  const theirs = new Set(routes.filter(({ by }) => by === 'alice').map(({ path }) => path));
  for (const path of plain.filter((one) => theirs.has(one) || closedToMembers.test(one))) {
    const { status, text } = await sent(page, path);
    const told = text.includes('isn’t part of your role');
    expect({ path, status, told }).toEqual({ path, status: 200, told: !theirs.has(path) });
  }
  await page.context().close();
});

it('on a cooperative’s first day every page stands, and says what will be there', async () => {
  const page = await browsing.openAs('mira', '/');
  for (const path of plain) {
    const { status, text } = await sent(page, path);
    const found = {
      path,
      status,
      headed: /<h[12]\b/.test(text),
      ours: text.includes('The fault is on our side'),
    };
    expect(found).toEqual({ path, status: 200, headed: true, ours: false });
  }
  for (const [path, words] of [
    ['/contributions', 'Nothing logged'],
    ['/statements', 'No statement yet'],
    ['/notifications', 'Nothing here'],
    ['/treasury/journal', 'Nothing is posted yet'],
    ['/treasury/divergence', 'Book and tax agree'],
    ['/treasury/cash-flow', 'No cash in these days'],
  ] as const) {
    await page.goto(path);
    await page.getByText(words).first().waitFor();
    await expectSound(page, `first-day${path.replaceAll('/', '-')}`);
  }
  await page.context().close();
});

it('without a network the page says so, keeps what was typed, and goes on once it is back', async () => {
  const page = await browsing.openAs('alice', '/contributions/new', { viewport: PHONE });
  await settled(page);
  await page.getByLabel('What was it?').fill('Typed on the hill');
  await page.context().setOffline(true);
  await page.getByRole('status').filter({ hasText: 'You’re offline.' }).waitFor();
  await page.getByRole('radio', { name: 'Cash' }).check();
  expect(await page.getByLabel('What was it?').inputValue()).toBe('Typed on the hill');
  await page.context().setOffline(false);
  await page.getByText('You’re offline.').waitFor({ state: 'detached' });
  await page.context().close();
  // The browser itself says of what it could not fetch meanwhile.
  browsing.faults.splice(0);
});

it('a page that takes longer than a moment shows its coming shape, and then itself', async () => {
  const page = await browsing.openAs('alice', '/');
  await settled(page);
  let send = () => undefined as void;
  const isSeen = new Promise<void>((resolve) => (send = resolve));
  await page.route(/\/statements/, async (route) => {
    await isSeen;
    await route.continue();
  });
  await page.getByRole('navigation').getByRole('link', { name: 'Statements' }).first().click();
  await page.getByRole('status', { name: 'Loading' }).waitFor();
  send();
  await page.getByRole('heading', { level: 1, name: 'Statements' }).waitFor();
  expect(await page.getByRole('status', { name: 'Loading' }).count()).toBe(0);
  await page.context().close();
});
