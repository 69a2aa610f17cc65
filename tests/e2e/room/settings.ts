// The settings: what waits for a second person, what notice demands, and a change made without any script.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { askApi } from '../setup/books.ts';
import { Browsing } from '../setup/browser.ts';

let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

it('everyone reads the rules, and only administrators are offered to change them', async () => {
  const page = await browsing.openAs('alice', '/settings');
  await page.getByRole('link', { name: /^Weights/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Weights' }).waitFor();
  await page.getByRole('row').filter({ hasText: 'Labor' }).first().waitFor();
  expect(await page.getByRole('link', { name: 'Change' }).count()).toBe(0);
  await page.goto('/settings/weights/change');
  await page.getByRole('heading', { name: 'isn’t part of your role' }).waitFor();
  await page.goto('/operations');
  await page.getByRole('heading', { name: 'isn’t part of your role' }).waitFor();
  await page.context().close();
});

it('weights for a period that has begun wait for a second person, who is somebody else', async () => {
  const { currentPeriod } = await askApi<{ currentPeriod: { from: string } }>(
    'dev',
    '{ currentPeriod { from } }',
  );
  const dev = await browsing.openAs('dev', '/settings/weights/change');
  await dev.getByLabel('Weight of Labor').fill('0');
  await dev.getByLabel('First day it counts').fill(currentPeriod.from);
  await dev.getByLabel('Why').fill('Labor counts for half');
  await dev.getByRole('button', { name: 'Set these weights' }).click();
  await dev.getByRole('alert').filter({ hasText: 'thing to fix' }).waitFor();
  expect(await dev.getByLabel('Weight of Labor').getAttribute('aria-invalid')).toBe('true');
  await dev.getByLabel('Weight of Labor').fill('0.50');
  await dev.getByRole('button', { name: 'Set these weights' }).click();
  await dev.getByRole('heading', { name: /waits for a second person/ }).waitFor();
  expect(await dev.getByRole('button', { name: 'Sign it' }).count()).toBe(0);
  await dev.context().close();

  const carol = await browsing.openAs('carol', '/settings/weights');
  await carol.getByRole('button', { name: 'Sign it' }).waitFor();
  await carol.locator('summary').filter({ hasText: 'Decline it' }).click();
  await carol.getByLabel('Why not').fill('The assembly decides that');
  await carol.locator('details[open]').getByRole('button', { name: 'Decline it' }).click();
  await carol.getByRole('status').filter({ hasText: 'declined' }).waitFor();
  await carol
    .getByRole('row')
    .filter({ hasText: 'The assembly decides that' })
    .getByText('Declined', { exact: true })
    .waitFor();
  await carol.context().close();
});

it('the overview counts as many rates in force as its page shows', async () => {
  const page = await browsing.openAs('alice', '/settings');
  const link = page.getByRole('link', { name: /^Rates/ });
  const told = /(\d+) rates? in force/.exec(await link.innerText())?.[1];
  await link.click();
  await page.getByRole('heading', { level: 1, name: 'Rates' }).waitFor();
  await page.locator('section[aria-labelledby^="kind-"]').first().waitFor();
  const shown = await page.locator('section[aria-labelledby^="kind-"] > ul > li > p[id]').count();
  expect(shown).toBeGreaterThan(0);
  expect(told).toBe(String(shown));
  await page.context().close();
});

it('a rate that begins before its notice has run is refused at its day', async () => {
  const page = await browsing.openAs('dev', '/settings/rates/change');
  const { cooperative } = await askApi<{ cooperative: { today: string } }>(
    'dev',
    '{ cooperative { today } }',
  );
  await page.getByLabel('Rate', { exact: true }).fill('101');
  await page.getByLabel('First day it counts').fill(cooperative.today);
  await page.getByLabel('Why').fill('Wages rose');
  await page.getByRole('button', { name: 'Set this rate' }).click();
  await page.getByRole('alert').filter({ hasText: 'thing to fix' }).waitFor();
  expect(await page.getByLabel('First day it counts').getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByLabel('Why').inputValue()).toBe('Wages rose');
  await page.context().close();
});

it('a class is added where no script runs, and a refusal hands back what was typed', async () => {
  const page = await browsing.openAs('dev', '/settings/classes');
  const storageState = await page.context().storageState();
  await page.context().close();
  const plain = await browsing.open('/settings/classes', { storageState, javaScriptEnabled: false });
  await plain.locator('summary').filter({ hasText: 'Add a class' }).click();
  const form = plain.locator('details[open] form').first();
  await form.getByLabel('Class').fill('Community');
  await form.getByLabel('Why').fill('Guests of the season');
  await form.getByRole('button', { name: 'Add the class' }).click();
  await plain.getByText('There is a class of that name already').first().waitFor();
  const again = plain.locator('details[open] form').first();
  expect(await again.getByLabel('Why').inputValue()).toBe('Guests of the season');
  await again.getByLabel('Class').fill('Season guest');
  await again.getByRole('button', { name: 'Add the class' }).click();
  await plain.getByText('The class is added.').waitFor();
  await plain.getByRole('row').filter({ hasText: 'Season guest' }).first().waitFor();
  await plain.context().close();
});

it('preferences are kept for the person and on the device', async () => {
  const page = await browsing.openAs('dana', '/settings/me');
  await page.getByLabel('Theme').last().selectOption('dark');
  await page.getByRole('button', { name: 'Keep the preferences' }).click();
  await page.getByRole('status').filter({ hasText: 'preferences' }).waitFor();
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  const { me } = await askApi<{ me: { preferences: { theme: string } } }>(
    'dana',
    '{ me { preferences { theme } } }',
  );
  expect(me.preferences.theme).toBe('DARK');
  await page.context().close();
});
