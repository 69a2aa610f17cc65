// Webhooks: an administrator registers an address and gets its secret once; an inside address is refused where it stands;
// a test is asked for, and looked at, before any script has come.
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { Browsing } from '../setup/browser.ts';
import { expectSound } from '../setup/sound.ts';

const at = '/settings/webhooks';
let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

it('an address is registered once it leads outside; its secret is shown, and a test is sent without scripts', async () => {
  const page = await browsing.openAs('dev', `/confirm?return=${at}`);
  await page.getByLabel('Password').fill(inject('product').password);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
  await page.getByLabel('What it is for').fill('Till');
  await page.getByLabel('Address', { exact: true }).fill('https://169.254.169.254/latest');
  await page.getByLabel('member.joined').check();
  await page.getByRole('button', { name: 'Register it' }).click();
  await page.getByText('leads nowhere on the internet').first().waitFor();
  expect(await page.getByLabel('Address', { exact: true }).getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('Address', { exact: true }).fill('https://93.184.215.14/hook');
  await page.getByRole('button', { name: 'Register it' }).click();
  await page.getByText(/^whsec_/).waitFor();
  expect(await page.getByLabel('What it is for').inputValue()).toBe('');
  expect(await page.getByLabel('member.joined').isChecked()).toBe(false);
  await page.goto(at);
  expect(await page.content()).not.toContain('whsec_');
  await page.getByRole('link', { name: 'Till' }).click();
  await page.getByText('Nothing was sent yet.').waitFor();
  await expectSound(page, 'webhooks-one');
  const [storageState, one] = [await page.context().storageState(), page.url()];
  await page.context().close();

  const bare = await browsing.open(one, { storageState, javaScriptEnabled: false });
  await bare.locator('summary', { hasText: 'Try it out' }).click();
  await bare.getByRole('button', { name: 'Send a test' }).click();
  await bare.getByRole('status').filter({ hasText: 'A test is on its way' }).waitFor();
  await bare.goto(one);
  await bare.getByRole('row').filter({ hasText: 'webhook.test' }).waitFor();
  await bare.context().close();
});
