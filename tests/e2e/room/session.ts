// A session in the middle of a form: it ended, or an act wants the password once more. Either way one comes back to the form
// as it was typed.
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { askOwner } from '../setup/books.ts';
import { Browsing, emailOf, PHONE, signIn } from '../setup/browser.ts';
import { expectSound } from '../setup/sound.ts';

/** The API remembers who somebody is for two seconds. */
const REMEMBERED_MS = 2_100;
let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

it('a setting keeps what was typed over a refusal, and over a session that ended', async () => {
  const page = await browsing.open('/sign-in?return=/settings/cooperative');
  await signIn(page, 'dev');
  await page.locator('summary').filter({ hasText: 'Change the profile' }).click();
  const form = page.locator('details[open] form');
  await form.getByLabel('Name in law').fill('Riverbend Growers, a cooperative');
  await form.getByLabel('Time zone').fill('Mars/Olympus');
  await form.getByRole('button', { name: 'Keep the profile' }).click();
  await page.getByRole('alert').filter({ hasText: '1 thing to fix' }).waitFor();
  expect(await form.getByLabel('Time zone').getAttribute('aria-invalid')).toBe('true');
  expect(await form.getByLabel('Name in law').inputValue()).toBe('Riverbend Growers, a cooperative');

  await page.context().clearCookies({ name: /habitat_(access|refresh)/ });
  await form.getByLabel('Time zone').fill('America/Denver');
  await form.getByRole('button', { name: 'Keep the profile' }).click();
  await page.getByText('You were signed out.').first().waitFor();
  await page.goto('/settings/cooperative');
  await signIn(page, 'dev');
  await page.waitForURL(/settings\/cooperative/);
  await expect.poll(() => form.getByLabel('Time zone').inputValue()).toBe('America/Denver');
  expect(await form.getByLabel('Name in law').inputValue()).toBe('Riverbend Growers, a cooperative');
  await page.context().close();
});

/** Makes every open session of a login one that proved its password an hour ago. */
async function proveLongAgo(email: string): Promise<void> {
  await askOwner(
    `update platform.session s set started_at = now() - interval '1 hour', authenticated_at = now() - interval '1 hour'
     from platform.login l where l.id = s.login_id and l.email = $1`,
    [email],
  );
}

it('a key asks for the password once more, says when it is wrong, and is made from the form as it was left', async () => {
  const page = await browsing.open('/sign-in?return=/settings/api-keys', { viewport: PHONE });
  await signIn(page, 'dev');
  await proveLongAgo(emailOf('dev'));
  await page.waitForTimeout(REMEMBERED_MS);
  await page.getByLabel('What it is for').fill('The well’s meter');
  await page.getByLabel('report.view').check();
  await page.getByLabel('Days').fill('30');
  await page.getByRole('button', { name: 'Make the key' }).click();
  await page.getByRole('alert').filter({ hasText: 'What you typed is still here' }).waitFor();
  await page.getByRole('link', { name: 'Give your password' }).click();

  await page.getByRole('heading', { level: 1, name: 'Is it you?' }).waitFor();
  await expectSound(page, 'confirm');
  await page.getByLabel('Password', { exact: true }).fill('not the right one');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('alert').filter({ hasText: '1 thing to fix' }).waitFor();
  await page.getByLabel('Password', { exact: true }).fill(inject('product').password);
  await page.getByRole('button', { name: 'Go on' }).click();

  await page.waitForURL(/settings\/api-keys/);
  await expect.poll(() => page.getByLabel('What it is for').inputValue()).toBe('The well’s meter');
  expect(await page.getByLabel('Days').inputValue()).toBe('30');
  expect(await page.getByLabel('report.view').isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Make the key' }).click();
  await page.getByText('Copy this and hand it over yourself').waitFor();
  const [made] = await askOwner<{ count: number }>(
    `select count(*)::int as count from platform.api_key where name = 'The well’s meter'`,
  );
  expect(made?.count).toBe(1);
  await page.context().close();
});
