// Every page, on a phone and on a desktop, in light and dark: nothing axe objects to, nothing wider than the screen, no error
// in the console, no refused policy, nothing asked of another host. The same visits hold each page to its budgets: one
// question to the API, scripts and fonts by their size, no shift, soon there, soon answering.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { colourViolationsOf, violationsOf } from './setup/axe.ts';
import { Browsing, DESKTOP, PHONE } from './setup/browser.ts';
import { keepPicture } from './setup/picture.ts';
import type { Route } from './setup/routes.ts';
import { routesByPerson } from './setup/routes.ts';
import { settled } from './setup/traffic.ts';
import {
  addressOf,
  costOf,
  kb,
  operations,
  operationsAtRest,
  pressTime,
  leastWithin,
  total,
  watch,
} from './setup/visit.ts';

let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

/** What a page may cost: kilobytes as they travel, milliseconds on this machine against the demo data. */
const budget = { shared: 135, read: 150, form: 180, fonts: 110, shift: 0.02, largest: 1_500, press: 100 };

const sound = { requests: 1, violations: [], overflow: 0, shifted: false, late: false, slow: false };

/** Opens a page as it stands in the address bar and says what is wrong with it; nothing when it equals `sound`. */
async function visit(page: Page, path: string, name: string) {
  await page.goto('about:blank');
  const before = await operationsAtRest();
  const open = async () => {
    await page.goto(path);
    await settled(page);
    return page.evaluate(() => ({ ...window.seen }));
  };
  const first = await open();
  const requests = (await operations()) - before;
  const violations = await violationsIn(page, name);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  // A machine that does much else paints a page in parts, which then move: what it always does is looked for.
  const again = (seen: 'largest' | 'shift') => leastWithin(budget[seen], async () => (await open())[seen]);
  const largest = first.largest <= budget.largest ? first.largest : await again('largest');
  const shift = first.shift <= budget.shift ? first.shift : await again('shift');
  const press = await leastWithin(budget.press, () => pressTime(page));
  return {
    requests,
    violations,
    overflow: Math.max(0, overflow),
    shifted: shift > budget.shift,
    late: largest > budget.largest,
    slow: press > budget.press,
  };
}

/** What axe finds; in the dark against the colours alone. The page follows the device's scheme. */
async function violationsIn(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const [colorScheme, look] of [
    ['dark', colourViolationsOf],
    ['light', violationsOf],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await keepPicture(page, `${name}-${colorScheme}`);
    found.push(...(await look(page)).map((violation) => `${colorScheme}: ${violation}`));
  }
  return found;
}

const costs: { route: Route; scripts: ReadonlyMap<string, number>; fonts: ReadonlyMap<string, number> }[] =
  [];

const pictureOf = (by: string | null, path: string) =>
  `${by ?? 'nobody'}${path === '/' ? '-overview' : path.replaceAll(/[^a-z-]+/g, '-')}`;

describe.each([PHONE, DESKTOP])('a page at %o', (viewport) => {
  it.each(routesByPerson)('is sound and within its budgets for %s', async (person, routes) => {
    const options = { viewport };
    const page = await (person ? browsing.openAs(person, '/', options) : browsing.open('/', options));
    await page.addInitScript(watch);
    // A font in the memory of the browser would count for every page after the one that needed it.
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
    for (const route of routes) {
      const path = await addressOf(page, route);
      const name = `${pictureOf(person, route.path)}-${viewport.width}`;
      expect
        .soft({ path, ...(await visit(page, path, name)) })
        .toEqual({ path, ...sound, requests: route.asks ?? 1 });
      expect(new URL(page.url()).origin).toBe(inject('product').pagesUrl);
      if (viewport === DESKTOP) costs.push({ route, ...(await costOf(page)) });
    }
    await page.context().close();
  });
});

describe('what travels to the browser', () => {
  it('stays within its budget on every page', () => {
    const [entry, ...rest] = costs;
    const shared = [...(entry?.scripts ?? [])].filter(([url]) =>
      rest.every(({ scripts }) => scripts.has(url)),
    );
    console.log(`shared scripts ${kb(total(new Map(shared)))} KB`);
    for (const { route, scripts, fonts } of costs)
      console.log(`${route.path}: scripts ${kb(total(scripts))} KB, fonts ${kb(total(fonts))} KB`);
    expect(kb(total(new Map(shared)))).toBeLessThanOrEqual(budget.shared);
    const heavy = costs.filter(
      ({ route, scripts, fonts }) =>
        kb(total(scripts)) > budget[route.use] || kb(total(fonts)) > budget.fonts,
    );
    expect(heavy.map(({ route, scripts, fonts }) => [route.path, total(scripts), total(fonts)])).toEqual([]);
  });
});

it('what is not there is told as such, soundly', async () => {
  for (const viewport of [PHONE, DESKTOP]) {
    const page = await browsing.openAs('dev', '/', { viewport });
    const answer = await page.goto('/nowhere');
    expect(answer?.status()).toBe(404);
    expect((await page.request.get('/members/%F0%28')).status()).toBe(400);
    await settled(page);
    expect(await violationsIn(page, `nowhere-${viewport.width}`)).toEqual([]);
    await page.context().close();
    // The browser itself says of a 404 that it is one.
    browsing.faults.splice(0);
  }
});
