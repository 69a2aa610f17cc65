// What a page may cost: one question to the API, scripts and fonts by their gzip size, no shift, and a policy that lets
// nothing inline in. Sizes and counts are hard; times depend on the machine, so the median of some runs counts.
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Person } from './setup/browser.ts';
import { Browsing, PHONE, signIn } from './setup/browser.ts';
import { keepPicture } from './setup/picture.ts';

let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

/** Pages where one reads, and where one fills in a form, by somebody who may open them. */
const reading: readonly (readonly [Person, string])[] = [
  ['carol', '/'],
  ['carol', '/contributions'],
  ['carol', '/allocation'],
  ['carol', '/statements'],
  ['carol', '/close'],
  ['ed', '/treasury'],
  ['ed', '/treasury/journal'],
];
const forms: readonly (readonly [Person, string])[] = [
  ['carol', '/contributions/new'],
  ['carol', '/approvals'],
  ['carol', '/distributions'],
];

const kb = (bytes: number) => Math.round(bytes / 102.4) / 10;

/** GraphQL operations the API has answered since it started. */
async function operations(): Promise<number> {
  const text = await (await fetch(new URL('/metrics', inject('product').apiUrl))).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith('habitat_graphql_operations_total{'))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

async function settled(page: Page): Promise<void> {
  await page.getByRole('heading').first().waitFor();
  await page.waitForLoadState('networkidle');
}

describe('a screen', () => {
  it.each([...reading, ...forms])('asks the API once when %s opens %s', async (person, path) => {
    const page = await browsing.openAs(person, '/sign-in');
    const before = await operations();
    await page.goto(path);
    await settled(page);
    expect((await operations()) - before).toBe(1);
    await page.context().close();
  });

  it('asks the API once when it is moved to', async () => {
    const page = await browsing.openAs('carol', '/');
    await settled(page);
    for (const name of ['Contributions', 'Allocation', 'Statements', 'Approvals', 'Period close']) {
      const before = await operations();
      await page.getByRole('navigation').getByRole('link', { name }).first().click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForFunction((text) => document.title.length > 0 && document.title !== text, 'Habitat');
      await page.waitForLoadState('networkidle');
      await page.waitForTimeout(300);
      expect({ name, asked: (await operations()) - before }).toEqual({ name, asked: 1 });
    }
    await page.context().close();
  });
});

interface Cost {
  readonly path: string;
  readonly scripts: ReadonlyMap<string, number>;
  readonly fonts: ReadonlyMap<string, number>;
}

/** What one page loads, left out what only browsers without modules take; each script as it would travel: compressed. */
async function costOf(person: Person | null, path: string): Promise<Cost> {
  const page = await (person === null ? browsing.open(path) : browsing.openAs(person, '/sign-in'));
  const fontUrls = new Set<string>();
  page.on('request', (request) => {
    if (request.resourceType() === 'font') fontUrls.add(request.url());
  });
  await page.goto(path);
  await settled(page);
  // Only what the page itself names: what is fetched ahead for the next page is not its own.
  const scriptUrls = await page.evaluate(() =>
    [...document.querySelectorAll('script[src]:not([nomodule])')].map(
      (one) => (one as HTMLScriptElement).src,
    ),
  );
  await page.context().close();
  const sizes = async (urls: Iterable<string>, sizeOf: (body: Buffer) => number) =>
    new Map(
      await Promise.all(
        [...urls].map(async (url) => {
          const body = await (await fetch(url)).arrayBuffer();
          return [url, sizeOf(Buffer.from(body))] as const;
        }),
      ),
    );
  return {
    path,
    scripts: await sizes(scriptUrls, (body) => gzipSync(body).length),
    fonts: await sizes(fontUrls, (body) => body.length),
  };
}

const total = (sizes: ReadonlyMap<string, number>) => [...sizes.values()].reduce((a, b) => a + b, 0);

describe('what travels to the browser', () => {
  it('stays within its budget on every page', async () => {
    const costs: Cost[] = [];
    const entry = await costOf(null, '/sign-in');
    for (const [person, path] of [...reading, ...forms]) costs.push(await costOf(person, path));
    const shared = new Map(
      [...entry.scripts].filter(([url]) => costs.every(({ scripts }) => scripts.has(url))),
    );
    console.log(`shared scripts ${kb(total(shared))} KB`);
    for (const { path, scripts, fonts } of [entry, ...costs])
      console.log(`${path}: scripts ${kb(total(scripts))} KB, ${fonts.size} fonts ${kb(total(fonts))} KB`);

    // Next and React alone are 129; the rest is the catalogue’s printer.
    expect(kb(total(shared))).toBeLessThanOrEqual(136);
    const isForm = new Set(forms.map(([, path]) => path));
    const over = [entry, ...costs].filter(
      ({ path, scripts }) => kb(total(scripts)) > (isForm.has(path) ? 180 : 150),
    );
    expect(over.map(({ path, scripts }) => [path, kb(total(scripts))])).toEqual([]);
    expect(costs.filter(({ fonts }) => kb(total(fonts)) > 110).map(({ path }) => path)).toEqual([]);
  });

  it('carries no script that is not ours by nonce, and no inline style or handler', async () => {
    const page = await browsing.openAs('carol', '/');
    const answer = await page.goto('/approvals');
    const policy = answer?.headers()['content-security-policy'] ?? '';
    const nonce = /script-src [^;]*'nonce-([^']+)'/.exec(policy)?.[1];
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:/);
    const html = (await answer?.text()) ?? '';
    const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
    expect(html).not.toMatch(/<[^>]+ on\w+="/);
    expect(html).not.toMatch(/<[^>]+ style="/);
    await page.context().close();
  });
});

declare global {
  interface Window {
    seen: { shift: number; largest: number; slowest: number };
  }
}

function watch(): void {
  window.seen = { shift: 0, largest: 0, slowest: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { hadRecentInput, value } = entry as unknown as { hadRecentInput: boolean; value: number };
      if (!hadRecentInput) window.seen.shift += value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    window.seen.largest = list.getEntries().at(-1)?.startTime ?? 0;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      window.seen.slowest = Math.max(window.seen.slowest, entry.duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

describe('how it feels', () => {
  it.each([
    ['carol', '/', PHONE],
    ['carol', '/contributions', PHONE],
    ['carol', '/approvals', undefined],
    ['ed', '/treasury', undefined],
  ] as const)('for %s at %s nothing shifts and the page is soon there', async (person, path, viewport) => {
    const times: number[] = [];
    const page = await browsing.openAs(person, '/sign-in', viewport ? { viewport } : {});
    await page.addInitScript(watch);
    for (let run = 0; run < 3; run += 1) {
      await page.goto(path);
      await settled(page);
      await page.waitForTimeout(200);
      const { shift, largest } = await page.evaluate(() => window.seen);
      expect({ path, shifted: shift > 0.02 }).toEqual({ path, shifted: false });
      times.push(largest);
    }
    console.log(`${path}: largest paint ${times.map((ms) => Math.round(ms)).join(', ')} ms`);
    expect(median(times)).toBeLessThanOrEqual(1_500);
    await page.context().close();
  });

  it('a press is answered within a tenth of a second', async () => {
    const page = await browsing.openAs('carol', '/sign-in', { viewport: PHONE });
    await page.addInitScript(watch);
    await page.goto('/contributions/new');
    await settled(page);
    const times: number[] = [];
    for (const name of ['Yesterday', 'Today', 'Yesterday', 'Today', 'Yesterday']) {
      await page.evaluate(() => {
        window.seen.slowest = 0;
      });
      await page.getByLabel(name, { exact: true }).check({ force: true });
      await page.waitForTimeout(150);
      times.push(await page.evaluate(() => window.seen.slowest));
    }
    console.log(`log form: slowest answer to a press ${times.join(', ')} ms`);
    expect(median(times)).toBeLessThanOrEqual(100);
    await page.context().close();
  });
});

describe('in Spanish on a phone', () => {
  it.each([...reading, ...forms, ['carol', '/nowhere'] as const])(
    '%s finds %s whole',
    async (person, path) => {
      const page = await browsing.openAs(person, '/sign-in', { viewport: PHONE });
      await page
        .context()
        .addCookies([{ name: 'habitat_language', value: 'es', url: inject('product').pagesUrl }]);
      await page.goto(path);
      await settled(page);
      // The browser itself says of a 404 that it is one.
      if (path === '/nowhere') browsing.faults.splice(0);
      const [language, overflow] = await page.evaluate(() => [
        document.documentElement.lang,
        document.documentElement.scrollWidth - window.innerWidth,
      ]);
      expect({ path, language, overflow: Math.max(0, Number(overflow)) }).toEqual({
        path,
        language: 'es',
        overflow: 0,
      });
      await keepPicture(page, `es${path.replaceAll('/', '-')}`);
      if (path === '/nowhere') browsing.faults.splice(0);
      await page.context().close();
    },
  );

  it('what the API writes in sentences is Spanish too', async () => {
    const page = await browsing.openAs('carol', '/sign-in', { viewport: PHONE });
    await page
      .context()
      .addCookies([{ name: 'habitat_language', value: 'es', url: inject('product').pagesUrl }]);
    for (const [path, sentence] of [
      ['/close', 'comprobaciones, todas correctas'],
      ['/close', 'Suma exactamente el excedente, 1 centavo asignado por regla'],
      ['/allocation', 'Sin tope'],
    ] as const) {
      await page.goto(path);
      await page.getByText(sentence).first().waitFor();
    }
    await page.context().close();
  });

  it('the language is chosen in the menu and kept on the device', async () => {
    const page = await browsing.openAs('noor', '/');
    await page.locator('details.account > summary').click();
    await page.getByRole('button', { name: 'Español' }).first().click();
    await page
      .getByRole('heading', { name: 'Aportado en este período' })
      .or(page.getByText('Por hacer'))
      .first()
      .waitFor();
    await page.reload();
    expect(await page.getAttribute('html', 'lang')).toBe('es');
    await page.locator('details.account > summary').click();
    await page.getByRole('button', { name: 'English' }).first().click();
    await page.getByText('For you to do').waitFor();
    await page.context().close();
  });
});

describe('a form', () => {
  it('keeps what was typed when the session has ended, and has it again after signing in', async () => {
    const page = await browsing.openAs('ed', '/close');
    const reason = 'The buyer asks for the figures before the season ends.';
    await page.getByRole('button', { name: 'Close it early' }).click();
    await page.getByLabel('Why now').fill(reason);
    await page.context().clearCookies({ name: /habitat_(access|refresh)/ });
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Close it early|Begin closing/ })
      .click();
    // Told in the dialog, or by the sign-in page where a change in the books has asked for the page meanwhile.
    await page.getByText('You were signed out.').first().waitFor();
    await page.goto('/close');
    await signIn(page, 'ed');
    await page.waitForURL(/\/close/);
    await page.getByRole('button', { name: 'Close it early' }).click();
    expect(await page.getByLabel('Why now').inputValue()).toBe(reason);
    await page.context().close();
  });
});
