// What the product refuses, it refuses in words beside the field, and nothing typed is ever lost.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { askApi, askOwner } from './setup/books.ts';
import { Browsing, emailOf, PHONE, signIn } from './setup/browser.ts';

let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

const send = (page: Page) => page.getByRole('button', { name: /Send for approval/ }).locator('visible=true');

it('a wrong password tells neither half and keeps the email', async () => {
  const page = await browsing.open('/sign-in');
  await page.getByLabel('Email').fill(emailOf('alice'));
  await page.getByLabel('Password', { exact: true }).fill('not the right one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const told = page.getByRole('alert').filter({ hasText: 'password' });
  await expect.poll(() => told.textContent()).toContain('don’t belong together');
  expect(await page.getByLabel('Email').inputValue()).toBe(emailOf('alice'));
  expect(await page.context().cookies()).toEqual([]);
  await page.context().close();
});

it('a page asked for without a session leads to the sign-in and, after it, to that page', async () => {
  const page = await browsing.open('/statements');
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  await signIn(page, 'alice');
  await expect.poll(() => new URL(page.url()).pathname).toBe('/statements');
  await page.context().close();
});

it.each([
  ['alice', ['/contributions/nothing', '/contributions/nothing/edit', '/statements/nothing']],
  ['dev', ['/members/nothing', '/treasury/accounts/nothing', '/treasury/capital/nothing']],
] as const)('an address with a damaged id says to %s that there is nothing', async (person, addresses) => {
  const page = await browsing.openAs(person, addresses[0]);
  for (const address of addresses) {
    await page.goto(new URL(address, page.url()).href);
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
  }
  await page.context().close();
});

it('a day does not have 31 hours: the field says so, before and after sending', async () => {
  const page = await browsing.openAs('alice', '/contributions/new', { viewport: PHONE });
  await page.getByRole('radio', { name: 'Labor' }).check();
  const quantity = page.locator('input[name=quantity]');
  await quantity.fill('31');
  await page.getByText('A day has 24 hours').first().waitFor();
  expect(await quantity.getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('What was it?').fill('A very long day');
  await send(page).click();
  await page.getByRole('alert').filter({ hasText: 'thing' }).first().waitFor();
  expect(new URL(page.url()).pathname).toBe('/contributions/new');
  expect(await quantity.inputValue()).toBe('31');
  await page.context().close();
});

it('a kind chosen stays chosen when the form is refused, and each place says its own fault', async () => {
  const page = await browsing.openAs('alice', '/contributions/new', { viewport: PHONE });
  for (const [kind, first] of [
    ['Cash', 'Say how much it was.'],
    ['Expertise', 'Say how long it took.'],
    ['In kind', 'Say what it is worth.'],
  ] as const) {
    await page.getByRole('radio', { name: kind, exact: true }).check();
    await send(page).click();
    const told = page.getByRole('alert').filter({ hasText: 'to fix' });
    await told.getByRole('link', { name: first }).waitFor();
    await told.getByRole('link', { name: 'Say in a line what it was.' }).waitFor();
    expect(await page.getByRole('radio', { name: kind, exact: true }).isChecked()).toBe(true);
  }
  await page.context().close();
});

it('a day of a closed period is refused at its field, with the period by its name', async () => {
  const { periods } = await askApi<{ periods: { name: string; to: string; status: string }[] }>(
    'alice',
    '{ periods { name to status } }',
  );
  const closed = periods
    .filter(({ status }) => /closed/i.test(status))
    .sort((a, b) => (a.to < b.to ? 1 : -1));
  const [period] = closed;
  const page = await browsing.openAs('alice', '/contributions/new');
  await page.getByRole('radio', { name: 'Labor' }).check();
  await page.locator('input[name=quantity]').fill('2');
  await page.getByRole('radio', { name: 'Other' }).check();
  await page.getByLabel('The day of the work').fill(period?.to ?? '');
  await page.getByLabel('What was it?').fill('Found in an old notebook');
  await send(page).click();
  await page
    .getByText(new RegExp(`${period?.name ?? ''} is`))
    .first()
    .waitFor();
  if (process.env['HABITAT_SCREENSHOTS'])
    await page.screenshot({ path: `${process.env['HABITAT_SCREENSHOTS']}/closed.png`, fullPage: true });
  expect(await page.getByLabel('What was it?').inputValue()).toBe('Found in an old notebook');
  expect(await askOwner(`select from people.contribution where description like 'Found in an old%'`)).toEqual(
    [],
  );
  await page.context().close();
});

it('a session that ended keeps the form: after signing in again it is as it was typed', async () => {
  const page = await browsing.open('/sign-in?return=/contributions/new');
  await signIn(page, 'bob');
  await page.getByRole('radio', { name: 'Labor' }).check();
  await page.locator('input[name=quantity]').fill('1:45');
  await page.getByLabel('What was it?').fill('Sharpened the hoes');
  await page.context().clearCookies({ name: /habitat_(access|refresh)/ });
  await send(page).click();
  await expect
    .poll(async () => /sign-in/.test(page.url()) || (await page.getByText('signed out').count()) > 0)
    .toBe(true);
  const again = page.getByRole('alert').getByRole('link', { name: 'Sign in' });
  if (!page.url().includes('/sign-in')) await again.click();
  await page.waitForURL(/sign-in/);
  await signIn(page, 'bob');
  await expect.poll(() => new URL(page.url()).pathname).toBe('/contributions/new');
  await expect.poll(() => page.locator('input[name=quantity]').inputValue()).toBe('1:45');
  expect(await page.getByLabel('What was it?').inputValue()).toBe('Sharpened the hoes');
  await page.context().close();
});
