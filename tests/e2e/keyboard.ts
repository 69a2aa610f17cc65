// Everything of a day without a mouse: signing in, logging work and deciding it, with nothing but keys.
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { inject } from 'vitest';
import { askOwner } from './setup/books.ts';
import type { Person } from './setup/browser.ts';
import { Browsing, emailOf } from './setup/browser.ts';
import { openWithKeys, saidOn } from './setup/screen.ts';
import { settled } from './setup/traffic.ts';

const WORK = 'Oiled the north gate';
let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

/** Presses Tab until something has the focus, as somebody without a mouse must be able to. */
async function tabTo(page: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    const reached = await wanted.evaluateAll((found) =>
      found.includes(document.activeElement as HTMLElement),
    );
    if (reached) return;
    await page.keyboard.press(key);
  }
  throw new Error(`the focus never came to ${String(wanted)} on ${page.url()}`);
}

async function signInWithKeys(person: Person): Promise<Page> {
  const page = await browsing.open('/sign-in');
  await tabTo(page, page.getByLabel('Email'));
  await page.keyboard.type(emailOf(person));
  await tabTo(page, page.getByLabel('Password', { exact: true }));
  await page.keyboard.type(inject('product').password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
  return page;
}

it('a member signs in and logs three hours with keys alone', async () => {
  const page = await signInWithKeys('alice');
  await page.keyboard.press('n');
  await page.waitForURL(/\/contributions\/new/);
  const kinds = page.getByRole('radio');
  await kinds.first().waitFor();
  await tabTo(page, kinds);
  const labor = page.getByRole('radio', { name: 'Labor' });
  await page.keyboard.press('Space');
  for (let steps = 0; steps < 8 && !(await labor.isChecked()); steps += 1)
    await page.keyboard.press('ArrowRight');
  expect(await labor.isChecked()).toBe(true);
  await tabTo(page, page.locator('input[name=quantity]'));
  await page.keyboard.type('3');
  await tabTo(page, page.getByLabel('What was it?'));
  await page.keyboard.type(WORK);
  await tabTo(page, page.getByRole('button', { name: 'Send for approval' }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/contributions$/);
  await page.getByRole('link', { name: WORK }).waitFor();
  await page.context().close();
});

it('a steward signs in, finds it and approves it with keys alone', async () => {
  const page = await signInWithKeys('carol');
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await page.waitForURL(/\/approvals/);
  await openWithKeys(page, WORK);
  await page.keyboard.press('a');
  await saidOn(page, /Contribution \d+ approved/);
  const [work] = await askOwner<{ status: string }>(
    `select status from people.contribution where description = '${WORK}'`,
  );
  expect(['valued', 'applied']).toContain(work?.status);
  await page.context().close();
});

it('a steward narrows the queue and writes a remark with keys alone', async () => {
  const page = await browsing.openAs('carol', '/approvals');
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  await settled(page);
  await page.keyboard.press('f');
  await page.keyboard.type('dana');
  await page.keyboard.press('Enter');
  await page.waitForURL(/search=dana/);
  const rows = page.getByRole('listitem').filter({ has: page.locator('.queue-row') });
  for (const row of await rows.allInnerTexts()) expect(row).toContain('Dana Whitfield');
  await settled(page);
  await page.keyboard.press('w');
  await page.keyboard.type('The roof is dry now.');
  await tabTo(page, page.getByRole('button', { name: 'Send the remark' }));
  await page.keyboard.press('Enter');
  await page.getByRole('listitem').filter({ hasText: 'The roof is dry now.' }).waitFor();
  expect(page.url()).toContain('search=dana');
  await page.context().close();
});

it('a treasurer follows a figure into its account and the journal, and narrows that, with keys alone', async () => {
  const page = await browsing.openAs('ed', '/treasury');
  await tabTo(page, page.getByRole('row').filter({ hasText: '1110' }).getByRole('link'));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /^1110/ }).waitFor();
  await settled(page);
  await tabTo(page, page.locator('main tbody a').first());
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/treasury\/journal\?/);
  await page.getByText('Posted, balanced').waitFor();
  await settled(page);
  await tabTo(page, page.locator('form[role=search] summary'));
  await page.keyboard.press('Enter');
  const source = page.getByLabel('Posted by');
  await tabTo(page, source);
  await page.keyboard.press('ArrowDown');
  expect(await source.inputValue()).toBe('manual');
  await tabTo(page, page.getByRole('button', { name: 'Show', exact: true }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/source=manual/);
  await page.getByText('Filter, 1 set').waitFor();
  await page.context().close();
});

it('a steward tries a rule on the quarter and goes back to what is in force with keys alone', async () => {
  const page = await browsing.openAs('carol', '/what-if');
  await settled(page);
  const cap = page.getByRole('slider', { name: 'Largest share' });
  await tabTo(page, cap);
  await page.keyboard.press('ArrowLeft');
  await page.getByText('1 changed').waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Back to in force' }));
  await page.keyboard.press('Enter');
  await page.getByText('None changed').waitFor();
  await page.context().close();
});
