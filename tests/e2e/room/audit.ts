// The audit trail as an auditor uses it: find who did what, prove the chain, take a signed copy, and check it elsewhere.
import { verifyPackage } from '@habitat/audit';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { Browsing } from '../setup/browser.ts';
import { openVerifier, takeCopy } from '../setup/verifier.ts';

let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

it('an auditor finds what somebody did, with everything the entry carries', async () => {
  const page = await browsing.openAs('noor', '/settings');
  await page.getByRole('link', { name: /^Audit trail/ }).click();
  await page.locator('summary', { hasText: 'Filter' }).click();
  await page.getByLabel('Act', { exact: true }).selectOption('Approve a contribution');
  await page.getByRole('button', { name: 'Show' }).click();
  const rows = page.getByRole('row').filter({ hasText: 'approveContribution' });
  await rows.first().waitFor();
  expect(new URL(page.url()).searchParams.get('command')).toBe('approveContribution');
  await rows.first().locator('summary').click();
  await rows.first().getByText('Request', { exact: true }).waitFor();
  await page.context().close();
});

it('an auditor finds who looked at where members are paid', async () => {
  const page = await browsing.openAs('noor', '/audit?command=readData');
  const looks = page.getByRole('row').filter({ hasText: 'distribution.pay' });
  await looks.filter({ hasText: 'Ed Tanaka' }).first().waitFor();
  await page.context().close();
});

it('the chain is walked on request, also against an end noted before, and a wrong note is told', async () => {
  const page = await browsing.openAs('noor', '/audit?check=1');
  await page.getByRole('status').filter({ hasText: 'as they were sealed' }).waitFor();
  await page.getByLabel('An end noted earlier').fill(`2:${'f'.repeat(64)}`);
  await page.getByRole('button', { name: 'Check the whole chain' }).click();
  await page.getByRole('status').filter({ hasText: 'entry 2 is not the one you noted' }).waitFor();
  await page.context().close();
});

it('a signed copy verifies away from here, and taking it is on record', async () => {
  const page = await browsing.openAs('noor', '/audit');
  const text = await takeCopy(page);
  expect(await verifyPackage(text.split('\n'))).toMatchObject({
    ok: true,
    header: { cooperativeName: 'Riverbend Cooperative' },
  });
  await verifiesOffline(page, text);
  await expect
    .poll(
      async () => {
        await page.goto('/audit?command=exportAuditTrail');
        return page.getByRole('row').filter({ hasText: 'exportAuditTrail' }).count();
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0);
  await page.context().close();
});

/** The page one takes along proves the copy from a disk, and finds the one byte that was changed in it. */
async function verifiesOffline(page: Page, text: string): Promise<void> {
  const disk = await openVerifier(page);
  await disk.check(text, 'entries of Riverbend Cooperative are as they were sealed');
  const lines = text.split('\n');
  lines[3] = lines[3]?.replace('"recordedAt":"2', '"recordedAt":"3') ?? '';
  await disk.check(lines.join('\n'), 'Entry 3 was changed after it was sealed');
  await disk.close();
}

it('it is not for members', async () => {
  const page = await browsing.openAs('alice', '/audit');
  await page.getByRole('heading', { name: 'isn’t part of your role' }).waitFor();
  expect((await page.request.get('/audit/package')).status()).toBe(403);
  await page.context().close();
});
