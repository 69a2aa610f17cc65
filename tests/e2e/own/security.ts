// Who gets into one's account: a second factor set up by its picture, asked for at the sign-in and before what is
// sensitive, recovery codes, passkeys, a provider, and a rule that makes a role wait for the second factor.
import { readFile } from 'node:fs/promises';
import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { askOwner } from '../setup/books.ts';
import { Browsing, emailOf, PHONE } from '../setup/browser.ts';
import { expectSound } from '../setup/sound.ts';

let browsing: Browsing;
let secret = '';
let recovery: string[] = [];
const at = '/settings/me/security';

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

/** The code of a step that was not taken yet: the server refuses one twice. */
const used = new Set<string>();
function freshCode(): string {
  for (const offset of [0, 30_000]) {
    const code = new TOTP({ secret }).generate({ timestamp: Date.now() + offset });
    if (!used.has(code)) {
      used.add(code);
      return code;
    }
  }
  throw new Error('both codes that are good now were used');
}

async function givePassword(page: Page): Promise<void> {
  await page.getByLabel('Email').fill(emailOf('bob'));
  await page.getByLabel('Password', { exact: true }).fill(inject('product').password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Your password is right.').waitFor();
}

it('a second factor is set up by its picture or its secret, and its codes are shown once', async () => {
  const page = await browsing.openAs('bob', at);
  await page.getByRole('button', { name: 'Set up a second factor' }).click();
  await page.getByRole('img', { name: 'The secret as a picture' }).waitFor();
  secret = (await page.locator('code').first().innerText()).replaceAll(/\s/g, '');
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  await expectSound(page, 'second-factor-setup');
  await page.getByLabel('Code it shows now').fill('000000');
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await page.getByRole('alert').filter({ hasText: 'wrong or was used' }).waitFor();
  await page.getByLabel('Code it shows now').fill(freshCode());
  await page.getByRole('button', { name: 'Turn it on' }).click();
  const shown = page.getByRole('status').filter({ hasText: 'Your recovery codes' });
  await shown.waitFor();
  recovery = (await shown.locator('code').innerText()).trim().split(/\s+/);
  expect(recovery).toHaveLength(10);
  await page.getByText('10 recovery codes are left.').waitFor();
  await expectSound(page, 'second-factor-on');
  await page.reload();
  expect(await page.getByText(recovery[0] ?? 'none').count()).toBe(0);
  await page.context().close();
});

it('signing in takes two steps, also without a script and on a phone', async () => {
  const page = await browsing.open('/sign-in', { javaScriptEnabled: false, viewport: PHONE });
  await givePassword(page);
  expect(await page.getByLabel('Password', { exact: true }).count()).toBe(0);
  await page.getByLabel('Code').fill('000000');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('This code is wrong').first().waitFor();
  await page.getByLabel('Code').fill(recovery[0] ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await page.context().close();

  const looked = await browsing.open('/sign-in', { colorScheme: 'dark', viewport: PHONE });
  await givePassword(looked);
  await expectSound(looked, 'sign-in-second-step');
  await looked.getByLabel('Code').fill(recovery[0] ?? '');
  await looked.getByRole('button', { name: 'Sign in' }).click();
  await looked.getByText('This code is wrong').first().waitFor();
  await looked.getByLabel('Code').fill(freshCode());
  await looked.getByRole('button', { name: 'Sign in' }).click();
  await looked.waitForURL((url) => url.pathname === '/');
  await looked.goto('/confirm?return=/settings/me/security');
  await looked.getByLabel('Code of your second factor').waitFor();
  await looked.goto(at);
  await looked.getByText('9 recovery codes are left.').waitFor();
  await looked
    .getByText(/Chrome, Linux/)
    .first()
    .waitFor();
  await looked.locator('summary', { hasText: 'Turn the second factor off' }).click();
  await looked.getByRole('button', { name: 'Turn it off' }).click();
  await looked.getByRole('status').filter({ hasText: 'The second factor is off' }).waitFor();
  await looked.context().close();
});

it('a passkey made here signs in and proves who is there by one press, until it is removed', async () => {
  const page = await browsing.openAs('bob', at);
  const device = await page.context().newCDPSession(page);
  await device.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true } as const;
  const owner = { hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  await device.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, ...owner } });
  await page.getByLabel('Name of the new passkey').fill('Laptop');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('status').filter({ hasText: 'The passkey is added' }).waitFor();
  await expectSound(page, 'passkeys');

  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await page.goto(at);
  await page.getByText(/Laptop · last used/).waitFor();
  await page.goto(`/confirm?return=${at}`);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.waitForURL((url) => url.pathname === at);
  await page.locator('summary', { hasText: 'Rename Laptop' }).click();
  await page.getByLabel('New name').fill('Work laptop');
  await page.getByRole('button', { name: 'Rename it' }).click();
  await page.getByRole('status').filter({ hasText: 'has its new name' }).waitFor();
  await page.locator('summary', { hasText: 'Remove Work laptop' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await page.getByRole('status').filter({ hasText: 'The passkey is removed' }).waitFor();

  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.getByRole('alert').filter({ hasText: 'opens nothing here' }).waitFor();
  await page.context().close();
});

it('who one is at a provider is linked here, signs in from then on, and is taken away', async () => {
  const page = await browsing.openAs('bob', at);
  const signInThere = async () => {
    await page.locator('input[name=login]').fill('robert');
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.locator('button[type=submit]').click();
  };
  await page.getByRole('link', { name: 'Link who you are at Mill Pond ID' }).click();
  await signInThere();
  await page.getByRole('status').filter({ hasText: 'It is linked' }).waitFor();
  await expectSound(page, 'identities');
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Sign in with Mill Pond ID' }).click();
  await signInThere();
  await page.waitForURL((url) => url.pathname === '/');
  await choosesAmongTwo(page, signInThere);
  await page.goto(at);
  await page.locator('summary', { hasText: 'Take robert@mail.example away' }).click();
  await page.getByRole('button', { name: 'Take it away' }).click();
  await page.getByRole('status').filter({ hasText: 'It is taken away' }).waitFor();
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Sign in with Mill Pond ID' }).click();
  await signInThere();
  await page.getByRole('alert').filter({ hasText: 'No account here is linked' }).waitFor();
  await expectSound(page, 'sign-in-provider-unknown');
  await page.context().close();
  // The provider's own pages ask where they like.
  const ours = browsing.faults.splice(0).filter((fault) => !/127\.0\.0\.1:\d+/.test(fault));
  browsing.faults.push(...ours);
});

/** Whoever belongs to a second cooperative is asked for one once the provider has named them. */
async function choosesAmongTwo(page: Page, signInThere: () => Promise<void>): Promise<void> {
  const bob = `select id from platform.login where email = '${emailOf('bob')}'`;
  const meadow = `select cooperative_id from platform.cooperative where slug = 'meadow-lane'`;
  await askOwner(
    `insert into platform.membership (cooperative_id, login_id, member_id, created_at)
     values ((${meadow}), (${bob}), gen_random_uuid(), now())`,
  );
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Sign in with Mill Pond ID' }).click();
  await signInThere();
  await page.getByRole('radio', { name: 'Riverbend Cooperative' }).check();
  expect(await page.getByLabel('Password').count()).toBe(0);
  await expectSound(page, 'sign-in-provider-choice');
  await askOwner(
    `update platform.membership set ended_at = now() where login_id = (${bob}) and cooperative_id = (${meadow})`,
  );
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/');
}

it('an administrator says which roles wait for one', async () => {
  const page = await browsing.openAs('dev', '/settings/cooperative');
  await page.getByText('Nobody needs a second factor').waitFor();
  await page.locator('summary', { hasText: 'Say who needs one' }).click();
  await page.getByLabel('Auditor').check();
  const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('From', { exact: true }).fill(day);
  await page.getByLabel('Why').fill('Whoever reads every book proves it twice.');
  await page.getByRole('button', { name: 'Set the rule' }).click();
  await page.getByRole('status').filter({ hasText: 'The rule about second factors is set' }).waitFor();
  await page.getByText('Auditor: from').waitFor();
  await page.context().close();
});

it('a member takes their data away once they have said who they are, and is told what stands against an erasure', async () => {
  const page = await browsing.openAs('alice', '/confirm?return=/settings/me/privacy');
  await page.getByLabel('Password').fill(inject('product').password);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('heading', { level: 1, name: 'Privacy' }).waitFor();
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download my data (zip)' }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^riverbend-my-data-.*\.zip$/);
  expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK');
  await page.locator('summary', { hasText: 'Ask to be erased' }).click();
  await page.getByRole('button', { name: 'Ask for it' }).click();
  await page.getByText('Once the membership has ended, this can be asked for.').waitFor();
  await page.context().close();
});
