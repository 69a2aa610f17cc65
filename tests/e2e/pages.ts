// Every page, in light and dark, on a phone and on a desktop: nothing axe objects to, nothing wider than the screen, no
// error in the console, no refused policy, nothing asked of another host.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Person } from './setup/browser.ts';
import { Browsing, DESKTOP, PHONE } from './setup/browser.ts';
import { expectSound } from './setup/sound.ts';

let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

/** Pages by the person whose work they are; a name after the colon is a page reached by its first such link. */
const pages: readonly (readonly [Person, readonly string[]])[] = [
  [
    'alice',
    ['/', '/contributions', '/contributions/new', '/contributions/week', '/allocation', '/statements'],
  ],
  ['carol', ['/approvals', '/close', '/distributions']],
  ['ed', ['/', '/treasury', '/treasury/journal', '/treasury/journal/new', '/distributions']],
  [
    'noor',
    [
      '/treasury/balance-sheet',
      '/treasury/income-statement',
      '/treasury/capital',
      '/treasury/trends',
      '/audit?check=1',
    ],
  ],
  ['dev', ['/close', '/design', '/nowhere']],
  ['dev', ['/members', '/members/new', '/settings', '/settings/weights/change', '/settings/rates']],
  ['dev', ['/settings/rates/change', '/settings/approval/change', '/settings/contributions/change']],
  ['dev', ['/settings/allocation', '/settings/allocation/change', '/settings/classes', '/operations']],
  ['carol', ['/what-if', '/settings/me', '/settings/cooperative']],
];

const looks = [
  ['light', PHONE],
  ['light', DESKTOP],
  ['dark', PHONE],
  ['dark', DESKTOP],
] as const;

describe.each(looks)('a page in %s at %o', (colorScheme, viewport) => {
  const look = `${colorScheme}-${viewport.width}`;

  it('signs people in without a barrier', async () => {
    const page = await browsing.open('/sign-in', { colorScheme, viewport });
    await expectSound(page, `sign-in-${look}`);
    await page.context().close();
  });

  it.each(pages)('is sound for %s: %o', async (person, paths) => {
    const page = await browsing.openAs(person, paths[0] ?? '/', { colorScheme, viewport });
    try {
      for (const path of paths) {
        const answer = await page.goto(path);
        const name = `${person}${path === '/' ? '-overview' : path.replaceAll('/', '-')}-${look}`;
        await expectSound(page, name);
        if (path === '/nowhere') {
          expect(answer?.status()).toBe(404);
          // The browser itself says of a 404 that it is one.
          browsing.faults.splice(0);
        }
      }
      if (person === 'alice') await expectDocumentsSound(page, look);
    } finally {
      await page.context().close();
    }
  });
});

/** What has an address of its own only once it is there: a contribution, a statement, the open item of the queue. */
async function expectDocumentsSound(page: Page, look: string): Promise<void> {
  for (const [list, name] of [
    ['/contributions', 'contribution'],
    ['/statements', 'statement'],
  ] as const) {
    await page.goto(list);
    const href = await page
      .locator(`main a[href^="${list}/"]:not([href*="/new"]):not([href*="/week"])`)
      .first()
      .getAttribute('href');
    await page.goto(href ?? '');
    expect(new URL(page.url()).origin).toBe(inject('product').pagesUrl);
    await expectSound(page, `${name}-${look}`);
  }
}
