// What one is told: listed, opened, read, and chosen, also before a script has come; a mail's link stops only what it may.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { act, askApi, askOwner } from '../setup/books.ts';
import { Browsing, PHONE } from '../setup/browser.ts';
import { pressTwice, saidOn } from '../setup/screen.ts';
import { expectSound } from '../setup/sound.ts';

let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

it('a steward sees what waits, opens it, and has one less to read', async () => {
  const page = await browsing.openAs('carol', '/notifications');
  const unread = async () =>
    Number(
      /\d+/.exec(
        (await page
          .locator('#page')
          .getByText(/^\d+ unread$/)
          .textContent()) ?? '',
      )?.[0],
    );
  const before = await unread();
  const first = page.getByRole('button', { name: /^unread: / }).first();
  await first.click();
  await page.waitForURL((url) => url.pathname !== '/notifications');
  await page.getByRole('link', { name: `Notifications ${before - 1} unread` }).click();
  await page.waitForURL('**/notifications');
  await expect.poll(unread).toBe(before - 1);
  await page.context().close();
});

it('all is read at once before any script has come', async () => {
  const page = await browsing.openAs('carol', '/notifications');
  const storageState = await page.context().storageState();
  await page.context().close();
  const bare = await browsing.open('/notifications', { storageState, javaScriptEnabled: false });
  await bare.getByRole('button', { name: 'Mark all as read' }).click();
  await bare.getByRole('status').filter({ hasText: 'Everything is marked as read.' }).waitFor();
  await bare.getByText('All read', { exact: true }).waitFor();
  await bare.context().close();
});

it('how one is told is chosen kind by kind and kept, on a phone as well', async () => {
  const page = await browsing.openAs('carol', '/settings/me/notifications', { viewport: PHONE });
  await expectSound(page, 'notification-choices-phone');
  const mail = () => page.getByRole('group', { name: 'Your statement is ready' }).getByLabel('Mail');
  await mail().selectOption('Once a day');
  await page.getByRole('button', { name: 'Keep the choices' }).click();
  await page.getByRole('status').filter({ hasText: 'Your choices count from now on.' }).waitFor();
  expect(await mail().inputValue()).toBe('DIGEST');
  await page.context().close();
});

it('whoever waits reminds those who decide with one press, and reads when that was', async () => {
  const { contributions } = await askApi<{
    contributions: { edges: { node: { id: string; reminder: { viewerMay: boolean } | null } }[] };
  }>(
    'alice',
    '{ contributions(status: [SUBMITTED], first: 50) { edges { node { id reminder { viewerMay } } } } }',
  );
  const ids = contributions.edges.flatMap(({ node }) => (node.reminder?.viewerMay ? [node.id] : []));
  const id = ids[0] ?? expect.fail('nothing of Alice’s has waited a day');
  const page = await browsing.openAs('alice', `/contributions/${encodeURIComponent(id)}`, {
    viewport: PHONE,
  });
  await pressTwice(page.getByRole('button', { name: 'Remind those who decide' }));
  await saidOn(page, 'They are told once more.');
  await page.getByText('Those who decide were reminded on').waitFor();
  expect(await page.getByRole('button', { name: 'Remind those who decide' }).count()).toBe(0);
  const uuid = Buffer.from(id, 'base64url').toString().split(':')[1];
  const kept = await askOwner('select on_day from platform.reminder where item_id = $1', [uuid]);
  expect(kept).toHaveLength(1);
  await page.context().close();
});

it('where nobody else may decide, that is said and no reminder is offered', async () => {
  const rule = { kind: 'LABOR', maxQuantityPerWeek: '10', rationale: 'a time clock' };
  await act('mira', 'setAutoApprovalRule', rule);
  const page = await browsing.openAs('mira', '/settings/waiting', { viewport: PHONE });
  await page.getByText('there is nobody to remind').waitFor();
  expect(await page.getByRole('button', { name: 'Remind those who decide' }).count()).toBe(0);
  await page.context().close();
  const { waitingRequests } = await askApi<{ waitingRequests: { id: string }[] }>(
    'mira',
    '{ waitingRequests { id } }',
  );
  for (const { id: requestId } of waitingRequests)
    await act('mira', 'declineWaitingRequest', { requestId, reason: 'only to look' });
});

it('a link that nobody signed stops nothing, and says so', async () => {
  const page = await browsing.open('/unsubscribe/made-up');
  await expectSound(page, 'unsubscribe');
  await page.getByRole('button', { name: 'Stop these mails' }).click();
  await page.getByText('This link stops nothing.').waitFor();
  await page.context().close();
});
