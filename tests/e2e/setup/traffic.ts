// When a page has nothing left to do: no request on its way for a moment, and its scripts idle. Playwright's own
// `networkidle` waits half a second each time, and says nothing of a page moved to without a new document.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page, Request } from 'playwright-core';

const QUIET_MS = 100;
const LOOK_MS = 20;
/** The answer to a second press is never read to its end, so it has none: after so long it counts as over. */
const UNREAD_MS = 1_000;

interface Traffic {
  /** What is on its way, with when its answer began. */
  readonly requests: Map<Request, number | null>;
  endedAt: number;
}

const followed = new WeakMap<Page, Traffic>();

/** To be called before the page opens anything. The live stream, which never ends, is left out. */
export function followTraffic(page: Page): void {
  const traffic: Traffic = { requests: new Map(), endedAt: 0 };
  followed.set(page, traffic);
  page.on('request', (request) => {
    if (request.resourceType() !== 'eventsource') traffic.requests.set(request, null);
  });
  page.on('response', (response) => {
    const request = response.request();
    if (traffic.requests.has(request)) traffic.requests.set(request, performance.now());
  });
  const end = (request: Request) => {
    traffic.requests.delete(request);
    traffic.endedAt = performance.now();
  };
  page.on('requestfinished', end);
  page.on('requestfailed', end);
}

function isQuiet({ requests, endedAt }: Traffic): boolean {
  const now = performance.now();
  const isOver = (begun: number | null) => begun !== null && now - begun > UNREAD_MS;
  return [...requests.values()].every(isOver) && now - endedAt >= QUIET_MS;
}

/** Waits for a heading, until nothing has been asked for a moment, and for the scripts that were called. */
export async function settled(page: Page): Promise<void> {
  const traffic = followed.get(page);
  if (!traffic) throw new Error('the traffic of this page was not followed from its start');
  await page.waitForLoadState('load');
  await page.getByRole('heading').first().waitFor();
  while (!isQuiet(traffic)) await sleep(LOOK_MS);
  // A page that came from elsewhere may not be called idle before it draws again, so there is an end to the waiting.
  await page.evaluate(
    (timeout) => new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout })),
    UNREAD_MS,
  );
}
