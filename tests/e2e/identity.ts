// The way in: invited by mail, a forgotten password, another email and its way back, a second cooperative, and links that
// open nothing any more.
import { mailsIn, plainText } from '@habitat/test-services';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { Browsing, DESKTOP, PHONE } from './setup/browser.ts';
import { expectSound } from './setup/sound.ts';

let browsing: Browsing;
let invitation = '';
const ines = 'ines@riverbend.example';

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

/** The link of the newest mail to an address that holds one of this kind, once the worker has sent it. */
async function linkMailedTo(address: string, path: string): Promise<string> {
  const { mailFolder, pagesUrl } = inject('product');
  let link: string | undefined;
  await expect
    .poll(
      () => {
        const mails = mailsIn(mailFolder).filter(({ to }) => to.includes(address));
        const links = mails.map(
          (mail) => new RegExp(`${pagesUrl}(/${path}/\\S+)`).exec(plainText(mail))?.[1],
        );
        link = links.findLast((one) => one !== undefined);
        return link;
      },
      { timeout: 20_000 },
    )
    .toBeDefined();
  return link ?? '';
}

it('an administrator invites a member, who gets a mail and a page that is sound on every screen', async () => {
  const page = await browsing.openAs('dev', '/members/new');
  await page.getByLabel('Name, as others see it').fill('Ines Robles');
  await page.getByLabel('Email').fill(ines);
  await page.getByRole('button', { name: 'Add the member' }).click();
  await page.getByRole('heading', { level: 1, name: 'Ines Robles' }).waitFor();
  await page.locator('summary', { hasText: 'Invite them to sign in' }).click();
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await page.getByRole('status').filter({ hasText: 'on its way' }).waitFor();
  await page.getByText(`Invited at ${ines}`).waitFor();
  await page.context().close();
  invitation = await linkMailedTo(ines, 'invitation');
  for (const [colorScheme, viewport] of [
    ['light', PHONE],
    ['dark', DESKTOP],
  ] as const) {
    const opened = await browsing.open(invitation, { colorScheme, viewport });
    await opened.getByRole('heading', { level: 1, name: /Welcome to/ }).waitFor();
    await expectSound(opened, `invitation-${colorScheme}-${viewport.width}`);
    await opened.context().close();
  }
});

it('whoever is invited chooses a password, is in at once, and logs an hour', async () => {
  const page = await browsing.open(invitation, { viewport: PHONE });
  await page.getByLabel('New password').fill('too short');
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await page.getByRole('alert').filter({ hasText: '1 thing to fix' }).waitFor();
  expect(await page.getByLabel('Your name').inputValue()).toBe('Ines Robles');
  await page.getByLabel('New password').fill('weirs and water meadows');
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await page.goto('/contributions/new');
  await page.getByRole('radio', { name: 'Labor' }).check();
  await page.locator('input[name=quantity]').fill('1');
  await page.getByLabel('What was it?').fill('First hour of somebody invited');
  await page
    .getByRole('button', { name: /Send for approval/ })
    .locator('visible=true')
    .click();
  await page.waitForURL(/\/contributions(?!\/new)/);
  await page.goto('/contributions?search=somebody+invited');
  await page.getByText('First hour of somebody invited').first().waitFor();
  await page.context().close();
});

it('a link that was used, broken or never made says so', async () => {
  const page = await browsing.open(invitation);
  await page.getByText('It was used already').waitFor();
  await page.getByText('Did you accept it yourself? Then sign in').waitFor();
  await expectSound(page, 'invitation-used');
  await page.goto(`${invitation.slice(0, -5)}aaaaa`);
  await page.getByText('Check that the address is whole').waitFor();
  await page.goto('/reset/nothing');
  await page.getByText('Check that the address is whole').waitFor();
  await page.getByRole('link', { name: 'Ask for a new link' }).click();
  await page.getByRole('heading', { level: 1, name: 'Forgotten your password?' }).waitFor();
  await page.context().close();
});

it('a forgotten password is set anew without a script, and ends what was open', async () => {
  const inside = await browsing.open('/sign-in');
  await inside.getByLabel('Email').fill(ines);
  await inside.getByLabel('Password', { exact: true }).fill('weirs and water meadows');
  await inside.getByRole('button', { name: 'Sign in' }).click();
  await inside.waitForURL((url) => url.pathname === '/');

  const page = await browsing.open('/sign-in', { javaScriptEnabled: false, viewport: PHONE });
  await page.getByRole('link', { name: 'Forgot it?' }).click();
  await page.getByLabel('Email').fill(ines);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByRole('status').filter({ hasText: 'the link is on its way' }).waitFor();
  await page.goto(await linkMailedTo(ines, 'reset'));
  await page.getByText(`For ${ines}`).waitFor();
  await page.getByLabel('New password').fill('sluices and water meadows');
  await page.getByRole('button', { name: 'Set the new password' }).click();
  await page.getByRole('status').filter({ hasText: 'Your new password is set' }).waitFor();
  await page.getByLabel('Email').fill(ines);
  await page.getByLabel('Password', { exact: true }).fill('sluices and water meadows');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await page.context().close();

  await inside.goto('/contributions');
  await inside.waitForURL(/sign-in\?ended/);
  await inside.context().close();
  for (const [path, name] of [
    ['/forgotten', 'forgotten'],
    [await linkMailedTo(ines, 'reset'), 'reset-used'],
  ] as const) {
    const looked = await browsing.open(path, { colorScheme: 'dark', viewport: PHONE });
    await expectSound(looked, name);
    await looked.context().close();
  }
});

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

it('another email counts once its link is used, and the old address brings itself back', async () => {
  const moved = 'ines@weirs.example';
  const page = await browsing.open('/sign-in?return=/settings/me/security');
  await signIn(page, ines, 'sluices and water meadows');
  await page.getByLabel('New email').fill(moved);
  await page.getByRole('button', { name: 'Change the email' }).click();
  await page.getByRole('status').filter({ hasText: 'A link is on its way' }).waitFor();
  await page.getByText(`A link is on its way to ${moved}`).waitFor();
  await page.goto(await linkMailedTo(moved, 'email'));
  await expectSound(page, 'email-change');
  await page.getByRole('button', { name: 'Use this address' }).click();
  await page.getByRole('status').filter({ hasText: 'Your new email counts' }).waitFor();
  await page.context().close();

  const undo = await linkMailedTo(ines, 'email-undo');
  const back = await browsing.open(undo, { colorScheme: 'dark', viewport: PHONE });
  await back.getByText(`${ines} stays the email`).waitFor();
  await expectSound(back, 'email-undo');
  await back.getByLabel('New password').fill('brooks and water meadows');
  await back.getByRole('button', { name: 'Keep my address' }).click();
  await back.getByRole('status').filter({ hasText: 'Your address is kept' }).waitFor();
  await signIn(back, ines, 'brooks and water meadows');
  await back.waitForURL((url) => url.pathname === '/');
  await back.context().close();
});

it('whoever belongs to two cooperatives chooses one, and goes over to the other without signing in again', async () => {
  const mira = await browsing.openAs('mira', '/members/new');
  await mira.getByLabel('Name, as others see it').fill('Ines Robles');
  await mira.getByLabel('Email').fill(ines);
  await mira.getByRole('button', { name: 'Add the member' }).click();
  await mira.locator('summary', { hasText: 'Invite them to sign in' }).click();
  await mira.getByRole('button', { name: 'Invite', exact: true }).click();
  await mira.getByRole('status').filter({ hasText: 'on its way' }).waitFor();
  await mira.context().close();
  await expect.poll(() => linkMailedTo(ines, 'invitation'), { timeout: 20_000 }).not.toBe(invitation);

  const page = await browsing.open(await linkMailedTo(ines, 'invitation'), { javaScriptEnabled: false });
  await page.getByLabel('Your password').fill('brooks and water meadows');
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await page.getByRole('status').filter({ hasText: 'Your account is ready' }).waitFor();
  await signIn(page, ines, 'brooks and water meadows');
  await page.getByRole('radio', { name: 'Meadow Lane' }).check();
  await page.getByLabel('Password', { exact: true }).fill('brooks and water meadows');
  await page.getByLabel('Email').fill(ines);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await page.locator('summary', { hasText: 'Ines Robles' }).click();
  await page
    .getByRole('button', { name: /Riverbend/ })
    .locator('visible=true')
    .click();
  await page.locator('summary', { hasText: 'Ines Robles' }).click();
  await page.getByRole('button', { name: 'Meadow Lane' }).locator('visible=true').waitFor();
  await page.context().close();
});
