// Dialogs of the books, and one member's capital: what is refused is told inside the dialog, and every step adds up.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { askOwner, capitalByEntries } from '../setup/books.ts';
import { Browsing, PHONE } from '../setup/browser.ts';
import { expectSound } from '../setup/sound.ts';

let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

async function openLedger(page: Page, code: string): Promise<void> {
  await page.goto('/treasury/accounts');
  await page.getByRole('row').filter({ hasText: code }).getByRole('link').first().click();
  await page.getByRole('heading', { level: 1, name: new RegExp(`^${code}`) }).waitFor();
}

it('an account is retired only at nothing: its dialog says why not, and takes it out of use where it may', async () => {
  const page = await browsing.openAs('dev', '/treasury/accounts');
  await openLedger(page, '1110');
  const retire = page.getByRole('button', { name: 'Retire', exact: true });
  await retire.click();
  const dialog = page.getByRole('dialog');
  await expectSound(page, 'retire-dialog');
  await dialog.getByRole('button', { name: 'Retire the account' }).click();
  await dialog.getByRole('alert').filter({ hasText: 'It can’t be retired' }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(await retire.evaluate((button) => document.activeElement === button)).toBe(true);

  await page.goto('/treasury/accounts');
  await page.locator('summary').filter({ hasText: 'Add an account' }).click();
  await page.getByLabel('Number').fill('1190');
  await page.getByLabel('Name', { exact: true }).fill('Market till');
  await page.getByLabel('Group', { exact: true }).selectOption('1100');
  await page.getByRole('button', { name: 'Add the account' }).click();
  await page.getByRole('row').filter({ hasText: '1190' }).waitFor();
  await openLedger(page, '1190');
  await retire.click();
  await dialog.getByRole('button', { name: 'Retire the account' }).click();
  await page.getByRole('status').filter({ hasText: 'Account 1190 retired.' }).waitFor();
  await expect.poll(() => retire.count()).toBe(0);
  expect(await askOwner(`select active from treasury.account where code = '1190'`)).toEqual([
    { active: false },
  ]);
  await page.context().close();
});

it('a reversal without a reason is not asked for, and its dialog leaves by Escape as it came', async () => {
  const page = await browsing.openAs('ed', '/treasury/journal', { viewport: PHONE });
  await page.goto('/treasury/journal?source=manual');
  await page.locator('main li a, main tr a').first().click();
  const reverse = page.getByRole('button', { name: 'Reverse', exact: true });
  await reverse.click();
  const dialog = page.getByRole('dialog');
  await expectSound(page, 'reversal-dialog');
  await dialog.getByRole('button', { name: 'Ask for the reversal' }).click();
  expect(
    await dialog.getByLabel('Reason').evaluate((field: HTMLTextAreaElement) => field.validity.valueMissing),
  ).toBe(true);
  await dialog.getByLabel('Reason').fill('   ');
  await dialog.getByRole('button', { name: 'Ask for the reversal' }).click();
  await dialog.getByRole('alert').filter({ hasText: '1 thing to fix' }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(await reverse.evaluate((button) => document.activeElement === button)).toBe(true);
  await page.context().close();
});

it('a member’s capital is what its steps come to, and each cause opens its entries', async () => {
  const page = await browsing.openAs('noor', '/treasury/capital');
  await page.getByRole('link', { name: 'Alice Moreno' }).click();
  await page.getByRole('heading', { level: 1, name: /Alice Moreno/ }).waitFor();
  const plain = (text: string | null | undefined) =>
    (text ?? '').replace(/[^\d.\u2212]/g, '').replace('\u2212', '-');
  const rows = await page
    .locator('section[aria-labelledby="steps"] tbody tr')
    .evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('td, th')].map((cell) => cell.textContent)),
    );
  const cents = (text: string) => BigInt(plain(text).replace('.', ''));
  const changes = rows.map((row) => cents(row.at(-3) ?? ''));
  const books = (await capitalByEntries()).get('Alice Moreno');
  expect(plain(rows[0]?.at(-2))).toBe(books?.book);
  expect(plain(rows[0]?.at(-1))).toBe(books?.tax);
  expect(changes.reduce((sum, one) => sum + one, 0n)).toBe(cents(books?.book ?? ''));
  await page.locator('main dl a, main li a').first().click();
  await page.getByRole('heading', { level: 1, name: 'Journal' }).waitFor();
  await page.context().close();
});
