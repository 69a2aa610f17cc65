// When a page has nothing left to do: no request on its way for a moment, and its scripts idle. Playwright's own
// `networkidle` waits half a second each time, and says nothing of a page moved to without a new document.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page, Request } from 'playwright-core';

const QUIET_MS = 100;
const LOOK_MS = 20;

const underWay = new WeakMap<Page, { readonly requests: Set<Request>; endedAt: number }>();

/** To be called before the page opens anything. The live stream, which never ends, is left out. */
export function followTraffic(page: Page): void {
  const traffic = { requests: new Set<Request>(), endedAt: 0 };
  underWay.set(page, traffic);
  page.on('request', (request) => {
    if (request.resourceType() !== 'eventsource') traffic.requests.add(request);
  });
  const end = (request: Request) => {
    traffic.requests.delete(request);
    traffic.endedAt = performance.now();
  };
  page.on('requestfinished', end);
  page.on('requestfailed', end);
}

/** Waits for a heading, until nothing has been asked for a moment, and for the scripts that were called. */
export async function settled(page: Page): Promise<void> {
  const traffic = underWay.get(page);
  if (!traffic) throw new Error('the traffic of this page was not followed from its start');
  await page.waitForLoadState('load');
  await page.getByRole('heading').first().waitFor();
  while (traffic.requests.size > 0 || performance.now() - traffic.endedAt < QUIET_MS) await sleep(LOOK_MS);
  await page.evaluate(() => new Promise<void>((resolve) => requestIdleCallback(() => resolve())));
}
