// What every page must be, however one came to it: nothing axe objects to and nothing wider than the screen.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { violationsOf } from './axe.ts';
import { keepPicture } from './picture.ts';
import { settled } from './traffic.ts';

/** Waits for a page and looks it over; the name is that of its picture. */
export async function expectSound(page: Page, name: string): Promise<void> {
  await settled(page);
  await keepPicture(page, name);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect({ name, violations: await violationsOf(page), overflow: Math.max(0, overflow) }).toEqual({
    name,
    violations: [],
    overflow: 0,
  });
}
