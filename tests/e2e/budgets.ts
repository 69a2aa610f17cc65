// What holds between pages: one question to the API where one moves on, a policy that lets nothing inline in, every page
// in Spanish within a phone's width, and forms that lose nothing. Each page's own budgets are in `pages.ts`.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { Browsing, PHONE, signIn } from './setup/browser.ts';
import { keepPicture } from './setup/picture.ts';
import { routesByPerson } from './setup/routes.ts';
import { settled } from './setup/traffic.ts';
import { addressOf, operationsAtRest, watch } from './setup/visit.ts';

let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

const speakSpanish = (page: Page) =>
  page.context().addCookies([{ name: 'habitat_language', value: 'es', url: inject('product').pagesUrl }]);

describe('a screen', () => {
  it('asks the API once when it is moved to', async () => {
    const page = await browsing.openAs('carol', '/');
    await settled(page);
    for (const name of ['Contributions', 'Allocation', 'Statements', 'Approvals', 'Period close']) {
      const before = await operationsAtRest();
      const address = page.url();
      await page.getByRole('navigation').getByRole('link', { name }).first().click();
      await page.waitForURL((url) => url.href !== address);
      await settled(page);
      expect({ name, asked: (await operationsAtRest()) - before }).toEqual({ name, asked: 1 });
    }
    await page.context().close();
  });
});

describe('the type', () => {
  it('moves nothing when it comes late: what stands in for it is as wide and as high', async () => {
    const page = await browsing.openAs('alice', '/', { viewport: PHONE });
    await page.addInitScript(watch);
    await page.goto('/statements');
    const statement = await page.locator('main a[href^="/statements/"]').first().getAttribute('href');
    const lists = ['/', '/contributions', '/contributions/new', '/notifications'];
    for (const path of [...lists, '/settings/rates', '/design', statement ?? expect.fail('no statement')]) {
      await page.unrouteAll({ behavior: 'wait' });
      let send = () => undefined as void;
      const isRead = new Promise<void>((resolve) => (send = resolve));
      await page.route('**/*.woff2', async (route) => {
        await isRead;
        await route.continue();
      });
      await page.goto(path, { waitUntil: 'domcontentloaded' });
      await page.getByRole('heading').first().waitFor();
      await page.waitForFunction(() => performance.getEntriesByType('paint').length > 0);
      send();
      await settled(page);
      const fonts = await page.evaluate(async () => {
        await document.fonts.ready;
        return [...document.fonts].filter(({ status }) => status === 'loaded').length;
      });
      const shift = await page.evaluate(() => window.seen.shift);
      expect.soft({ path, came: fonts > 1, moved: shift > 0.02 }).toEqual({ path, came: true, moved: false });
    }
    await page.context().close();
  });
});

const tellsPostings = new Set(['/treasury/journal', '/treasury/accounts/[id]', '/treasury/capital/[id]']);

describe('the policy of a page', () => {
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

describe('in Spanish on a phone', () => {
  it.each(routesByPerson)('%s finds every page whole', async (person, routes) => {
    const options = { viewport: PHONE };
    const page = await (person ? browsing.openAs(person, '/', options) : browsing.open('/', options));
    for (const route of routes) await addressOf(page, route);
    await speakSpanish(page);
    for (const route of routes) {
      const path = await addressOf(page, route);
      await page.goto(path);
      await page.getByRole('heading').first().waitFor();
      const [language, overflow, text] = await page.evaluate(() => [
        document.documentElement.lang,
        document.documentElement.scrollWidth - window.innerWidth,
        document.body.innerText,
      ]);
      // What a posting says of itself was written once, into the books.
      const english = tellsPostings.has(route.path) ? [] : (String(text).match(/\bQ[1-4]\b/g) ?? []);
      const found = { path, language, overflow: Math.max(0, Number(overflow)), english };
      expect.soft(found).toEqual({ path, language: 'es', overflow: 0, english: [] });
      await keepPicture(page, `es${route.path.replaceAll(/[^a-z-]+/g, '-')}`);
    }
    await page.context().close();
  });

  it('what the API writes in sentences is Spanish too', async () => {
    const page = await browsing.openAs('carol', '/sign-in', { viewport: PHONE });
    await speakSpanish(page);
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
