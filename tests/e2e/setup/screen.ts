// Reading and pressing what several stories share: the member's capital on the overview, the open item of the queue.
import type { Locator, Page } from 'playwright-core';
import type { Capital } from './books.ts';

/** The two figures of the overview's hero, without sign of currency and grouping: "35266.48". */
export async function capitalOnScreen(page: Page): Promise<Capital> {
  const panel = page.locator('section[aria-labelledby="capital"]');
  const plain = (text: string) => text.replace(/[^\d.\u2212]/g, '').replace('\u2212', '-');
  return {
    book: plain(await panel.locator('h2 + p').innerText()),
    tax: plain(await panel.locator('p .text-tax').first().innerText()),
  };
}

/** Walks the queue with J alone until the item with these words is open. */
export async function openWithKeys(page: Page, words: string): Promise<void> {
  const title = page.locator('#item-title');
  await title.waitFor();
  for (let step = 0; step < 25; step += 1) {
    const before = await title.innerText();
    if (before.includes(words)) return;
    const address = page.url();
    await page.keyboard.press('j');
    await page.waitForURL((url) => url.href !== address);
    await page.waitForFunction((old) => document.querySelector('#item-title')?.textContent !== old, before);
  }
  throw new Error(`"${words}" is not in the queue`);
}

/** Opens an item of the queue from the list. */
export async function openFromList(page: Page, words: string): Promise<void> {
  await page.getByRole('link').filter({ hasText: words }).first().click();
  await page.locator('#item-title', { hasText: words }).waitFor();
}

/** What the product said last, in the corner of the screen. */
export async function saidOn(page: Page, words: string | RegExp): Promise<void> {
  await page.getByRole('status').filter({ hasText: words }).first().waitFor();
}

/** Presses a button twice before the page has had time to answer the first. */
export async function pressTwice(button: Locator): Promise<void> {
  await button.evaluate((element: HTMLElement) => {
    element.click();
    element.click();
  });
}

/** Marks the document: a reload would lose the mark. */
export const mark = (page: Page) =>
  page.evaluate(() => void (document.documentElement.dataset['stayed'] = 'yes'));
export const stayed = (page: Page) => page.evaluate(() => document.documentElement.dataset['stayed']);
