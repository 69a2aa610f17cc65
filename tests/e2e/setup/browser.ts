// Chromium for the browser tests. Whoever opens a page here is watched: a console error, a refused policy, a thrown
// fault or a request to another host fails the test that caused it.
import { chromiumPath } from '@habitat/test-services';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { inject } from 'vitest';
import { followTraffic } from './traffic.ts';

export type Person = 'alice' | 'bob' | 'carol' | 'dana' | 'ed' | 'dev' | 'noor' | MeadowPerson;
const meadowPeople = ['mira', 'nat', 'rae'] as const;
type MeadowPerson = (typeof meadowPeople)[number];

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

// Debian's Chromium runs as root only without its sandbox, and would call home at every start without the others.
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser with one session per person and what went wrong in any of its pages. */
export class Browsing {
  readonly faults: string[] = [];
  readonly #browser: Browser;
  readonly #sessions = new Map<Person, Awaited<ReturnType<BrowserContext['storageState']>>>();

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async start(): Promise<Browsing> {
    return new Browsing(await chromium.launch({ executablePath: await chromiumPath(), args }));
  }

  /** A page of nobody. */
  async open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const { pagesUrl } = inject('product');
    const context = await this.#browser.newContext({
      baseURL: pagesUrl,
      viewport: DESKTOP,
      reducedMotion: 'reduce',
      locale: 'en-US',
      ...options,
    });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    followTraffic(page);
    this.#watch(page, new URL(pagesUrl).host);
    await page.goto(path);
    return page;
  }

  /** A page of somebody, signed in through the form the first time and by the kept session after. */
  async openAs(person: Person, path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const known = this.#sessions.get(person);
    if (known) return this.open(path, { ...options, storageState: known });
    const page = await this.open(`/sign-in?return=${encodeURIComponent(path)}`, options);
    await signIn(page, person);
    this.#sessions.set(person, await page.context().storageState());
    return page;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
  }

  #watch(page: Page, host: string): void {
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      this.faults.push(`${page.url()} says ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (fault) => this.faults.push(`${page.url()} throws ${fault.message}`));
    page.on('request', (request) => {
      const asked = new URL(request.url());
      if (asked.protocol.startsWith('http') && asked.host !== host)
        this.faults.push(`${page.url()} asks ${asked.host}`);
    });
  }
}

/** Fills the sign-in form and waits until it has let the person in. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await page.getByLabel('Email').fill(emailOf(person));
  await page.getByLabel('Password', { exact: true }).fill(inject('product').password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** People have their first name at their cooperative's example domain; Mira founded one of her own, and Nat and Rae join it. */
export function emailOf(person: Person): string {
  const isOfMeadow = meadowPeople.some((one) => one === person);
  return `${person}@${isOfMeadow ? 'meadow' : 'riverbend'}.example`;
}

/** Reloads a page until what the worker has to do shows on it. */
export async function reloadUntil(page: Page, shown: () => Promise<boolean>, what: string): Promise<void> {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    if (await shown()) return;
    await page.waitForTimeout(500);
    await page.reload();
  }
  throw new Error(`${what} did not show on ${page.url()}`);
}
