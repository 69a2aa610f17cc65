// Where a member is paid: given and replaced by the member alone, never shown to them in full again, and to whoever pays
// only on record, which room/audit.ts looks up.
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { Browsing, PHONE } from '../setup/browser.ts';
import { expectSound } from '../setup/sound.ts';

const at = '/settings/me/payout';
const NUMBER = '73310042177';
const IBAN = 'ES91 2100 0418 4502 0005 1332';
let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

it('a member gives an account, is told which field can’t be right, and sees its last four alone', async () => {
  const page = await browsing.openAs('alice', '/settings/me');
  await page.getByRole('link', { name: 'To your account' }).click();
  await page.getByText('You have given no account.').waitFor();
  await page.getByLabel('With an IBAN').check();
  await page.getByLabel('Holder').fill('Alice Quillfeather');
  await page.getByLabel('IBAN', { exact: true }).fill('ES91 2100 0418 4502 0005 1333');
  await page.getByRole('button', { name: 'Keep this account' }).click();
  await page.getByRole('link', { name: 'This IBAN can’t be right.' }).click();
  const iban = page.getByLabel('IBAN', { exact: true });
  expect(await iban.evaluate((field) => field === document.activeElement)).toBe(true);
  await expectSound(page, 'payout-refused');
  // What the browser keeps of a form that waits is not a bank's number.
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('2100');
  await iban.fill(IBAN);
  await page.getByRole('button', { name: 'Keep this account' }).click();
  await page.getByRole('status').filter({ hasText: 'The account is kept.' }).waitFor();
  await page.getByText('ending in 1332').waitFor();
  expect(await page.content()).not.toContain('0418');
  await page.context().close();
});

it('it is replaced without a script and on a phone, by one who has just said who they are', async () => {
  const page = await browsing.openAs('alice', `/confirm?return=${at}`, {
    javaScriptEnabled: false,
    viewport: PHONE,
  });
  await page.getByLabel('Password').fill(inject('product').password);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByLabel('At a bank in the United States').check();
  expect(await page.getByLabel('IBAN', { exact: true }).isVisible()).toBe(false);
  await page.getByLabel('Holder').fill('Alice Quillfeather');
  await page.getByRole('button', { name: 'Replace the account' }).click();
  await page.getByText('Give either an IBAN, or a routing number with an account number.').first().waitFor();
  await page.getByLabel('Routing number').fill('021000021');
  await page.getByLabel('Account number').fill(NUMBER);
  await page.getByRole('button', { name: 'Replace the account' }).click();
  await page.getByRole('status').filter({ hasText: 'The account is kept.' }).waitFor();
  await page.getByText('ending in 2177').waitFor();
  await page.context().close();
});

it('whoever pays sees who gave one and asks for the numbers; an auditor sees none', async () => {
  const page = await browsing.openAs('ed', '/distributions');
  const sheet = page.locator('article[aria-labelledby="distribution-2"]');
  const row = (name: string) => sheet.getByRole('row').filter({ hasText: name });
  await row('Alice').getByText('Account ending in 2177').waitFor();
  await row('Bob').getByText('No account to pay to').waitFor();
  await expectSound(page, 'payout-masked');
  expect(await page.content()).not.toContain(NUMBER);
  await sheet.getByRole('button', { name: 'Show the accounts in full' }).click();
  await row('Alice').getByText(NUMBER).waitFor();
  await row('Alice').getByText('Alice Quillfeather').waitFor();
  await row('Alice')
    .getByRole('button', { name: /^Copy Account number of Alice/ })
    .waitFor();
  await page.getByText('This look stands in the audit trail.').waitFor();
  const address = new URL(page.url());
  await page.context().close();

  const phone = await browsing.openAs('ed', address.pathname + address.search, { viewport: PHONE });
  await expectSound(phone, 'payout-in-full-phone');
  await phone.context().close();

  const auditor = await browsing.openAs('noor', '/distributions');
  for (const shown of ['/distributions', address.pathname + address.search]) {
    await auditor.goto(shown);
    await auditor.locator('article[aria-labelledby="distribution-2"]').waitFor();
    expect(await auditor.getByText(/ending in|No account to pay to|Quillfeather/).count()).toBe(0);
  }
  const file = `/distributions/csv/payments?of=${encodeURIComponent(address.searchParams.get('open') ?? '')}`;
  expect((await auditor.request.get(file)).status()).toBe(403);
  await auditor.context().close();
});
