// Pictures of what was checked, for somebody to look at.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Set HABITAT_SCREENSHOTS to a folder to look at what was checked. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['HABITAT_SCREENSHOTS'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
