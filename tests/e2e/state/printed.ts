// What comes out of a printer: a statement whole on one sheet, reports without anything to press, every sheet numbered.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { Browsing } from '../setup/browser.ts';
import { settled } from '../setup/traffic.ts';

let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

/** How many sheets a page takes. */
async function sheetsOf(page: Page, format: 'A4' | 'Letter'): Promise<number> {
  const file = (await page.pdf({ format })).toString('latin1');
  return file.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

/** What could be pressed, were it not paper. */
async function pressable(page: Page): Promise<string[]> {
  await page.emulateMedia({ media: 'print' });
  const found = page.locator('nav, button, input, select, .button').filter({ visible: true });
  const texts = await found.allInnerTexts();
  await page.emulateMedia({ media: null });
  return texts;
}

it('a statement prints on one sheet, A4 or Letter, and holds nothing to press', async () => {
  const page = await browsing.openAs('alice', '/statements');
  await page.locator('a[href^="/statements/"]').first().click();
  await page.getByRole('heading', { name: 'How your share came out' }).waitFor();
  expect(await pressable(page)).toEqual([]);
  expect([await sheetsOf(page, 'A4'), await sheetsOf(page, 'Letter')]).toEqual([1, 1]);
  await page.context().close();
});

it('an explained share prints with every contribution behind it, whatever is folded on the screen', async () => {
  const page = await browsing.openAs('alice', '/allocation');
  const folded = page.locator('.given:not([open]) li').first();
  await folded.waitFor({ state: 'attached' });
  expect(await folded.isVisible()).toBe(false);
  await page.emulateMedia({ media: 'print' });
  expect(await folded.isVisible()).toBe(true);
  expect(await pressable(page)).toEqual([]);
  await page.context().close();
});

it('the reports print without what is pressed on the screen, under the name of the cooperative', async () => {
  const page = await browsing.openAs('ed', '/treasury');
  for (const path of ['', '/cash-flow']) {
    await page.goto(`/treasury${path}`);
    await settled(page);
    expect({ path, pressable: await pressable(page) }).toEqual({ path, pressable: [] });
    expect({ path, sheets: await sheetsOf(page, 'A4') }).toEqual({ path, sheets: 1 });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('main').evaluate((main) => main.parentElement?.innerText)).toContain(
      'Riverbend Cooperative',
    );
    await page.emulateMedia({ media: null });
  }
  await page.context().close();
});
