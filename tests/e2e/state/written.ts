// What people write is text wherever it is shown: two cooperatives whose every text holds markup that would run, looked at on
// every page, in every file a spreadsheet opens and in the page that checks a copy of the audit trail. Nothing may run, ask
// for anything or become an element.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Person } from '../setup/browser.ts';
import { Browsing } from '../setup/browser.ts';
import { routesByPerson } from '../setup/routes.ts';
import { openVerifier, takeCopy } from '../setup/verifier.ts';
import { addressOf } from '../setup/visit.ts';
import { keptTexts, markOf } from './texts.ts';
import { writeEverywhere } from './writing.ts';

const marks = keptTexts.map(markOf);
/** The page and the mark of everything that was seen. */
const seen = new Set<string>();
/** The files that pages offer, with who was offered them. */
const files = new Map<string, Person>();
let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
  await writeEverywhere();
}, 60_000);
afterAll(() => browsing.stop());
afterEach(() => {
  // A refused policy and a fault of a script stand here as well.
  expect(browsing.faults.splice(0)).toEqual([]);
});

const keyOf = (path: string, mark: string) => `${path} shows ${mark}`;

it('the markup runs where it is not text: what is looked for below would be found', async () => {
  const page = await browsing.open('about:blank');
  await page.setContent(`<main title="${marks.join('')}</main>`);
  await page.waitForFunction(() => 'ran' in window);
  expect((await whatIsOn(page)).made).toBe(marks.length);
  await page.context().close();
});

const whatIsOn = (page: Page) =>
  page.evaluate(() => {
    // The frame shows the cooperative's name on every page: what a page is about stands in its main part.
    const main = document.querySelector('main') ?? document.body;
    const fields = [...main.querySelectorAll('input, textarea, option')] as HTMLInputElement[];
    const links = [...main.querySelectorAll('a[href*="/csv"]')] as HTMLAnchorElement[];
    return {
      text: [main.textContent, ...fields.map(({ value }) => value)].join('\n'),
      files: links.map(({ href }) => href),
      ran: 'ran' in window,
      made: document.querySelectorAll('img[src="x"], [onerror], [onload], a[href^="javascript:" i]').length,
    };
  });

/** Opens a page: nothing of a mark may become an element or run, and what is seen there is noted. */
async function look(page: Page, who: Person, address: string, path = address): Promise<void> {
  await page.goto(address, { waitUntil: 'load' });
  const { text, ran, made, files: offered } = await whatIsOn(page);
  expect({ address, ran, made }).toEqual({ address, ran: false, made: 0 });
  for (const mark of marks) if (text.includes(mark)) seen.add(keyOf(path, mark));
  for (const file of offered) files.set(file, who);
}

/** Reads a page as it is sent, which is quicker. */
async function read(page: Page, _who: Person, address: string): Promise<void> {
  const html = await (await page.request.get(address)).text();
  const at = html.indexOf('<img src=x');
  expect([address, at < 0 ? '' : html.slice(Math.max(0, at - 200), at + 100)]).toEqual([address, '']);
}

/** Opens pages as somebody, one after the other; a question of a script's own to whoever looks is a fault. */
async function walk(who: Person, visit: (page: Page) => Promise<void>): Promise<void> {
  const page = await browsing.openAs(who, '/settings/me');
  page.on('dialog', (dialog) => {
    browsing.faults.push(`${page.url()} asks ${dialog.message()}`);
    void dialog.dismiss();
  });
  await visit(page);
  await page.context().close();
}

/** Pages of Riverbend that show a text of their own; the others show names, by the same components. */
const shows = new Set<string>(
  keptTexts.flatMap(({ shown }) => shown.filter((one) => typeof one === 'string')),
);
const riverbend = routesByPerson.flatMap(([who, routes]) => (who === null ? [] : [[who, routes] as const]));

it.each(riverbend)('markup is text on every page of Riverbend’s, as %s opens them', async (who, routes) => {
  await walk(who, async (page) => {
    for (const route of routes)
      await (shows.has(route.path) ? look : read)(page, who, await addressOf(page, route), route.path);
  });
});

/** Where Meadow Lane's people see what they wrote by acts of their own. */
const meadow = keptTexts.flatMap(({ shown }) => shown.filter((one) => typeof one !== 'string'));

it.each(['mira', 'rae'] as const)(
  'markup is text on the pages of Meadow Lane, as %s opens them',
  async (who) => {
    await walk(who, async (page) => {
      for (const path of new Set(meadow.flatMap(([by, one]) => (by === who ? [one] : []))))
        await look(page, who, path);
    });
  },
);

it('and stands on each that shows it', () => {
  const missing = keptTexts.flatMap((text) =>
    text.shown
      .map((one) => keyOf(typeof one === 'string' ? one : one[1], markOf(text)))
      .filter((key) => !seen.has(key))
      .map((key) => `${key} of ${text.inputs}`),
  );
  expect(missing).toEqual([]);
});

it('what is searched for comes back as text', async () => {
  const search = encodeURIComponent(markOf(keptTexts[0]!));
  await walk('dev', async (page) => {
    for (const path of ['/members', '/contributions']) await look(page, 'dev', `${path}?search=${search}`);
  });
});

it('no cell of any file for a spreadsheet is a formula, and no file has a name of anybody’s', async () => {
  const withMarks: string[] = [];
  for (const who of new Set(files.values()))
    await walk(who, async (page) => {
      for (const [address] of [...files].filter(([, by]) => by === who)) {
        const answer = await page.request.get(address);
        expect([address, answer.status()]).toEqual([address, 200]);
        expect(answer.headers()['content-disposition']).toMatch(/^attachment; filename="[a-z0-9.-]+"$/);
        const text = await answer.text();
        expect(text.match(/(?:^|[,\n])"?\s*=k\d+.*/)?.[0]).toBeUndefined();
        if (/'=k\d+/.test(text)) withMarks.push(address);
      }
    });
  expect(withMarks.length).toBeGreaterThan(5);
});

it('nor does the page that checks a copy of the audit trail run it', async () => {
  await walk('noor', async (page) => {
    await page.goto('/audit');
    const disk = await openVerifier(page);
    await disk.check(await takeCopy(page), `entries of ${markOf(keptTexts[3]!)}`);
    expect(await whatIsOn(disk.page)).toMatchObject({ ran: false, made: 0 });
    await disk.close();
  });
});
