// Peers: a rule that asks them, two members who say yes on the page, and the contribution that is approved by it.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { act, askApi, join } from '../setup/books.ts';
import type { Person } from '../setup/browser.ts';
import { Browsing } from '../setup/browser.ts';

let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

/** Has two peers asked about cash; where a reviewer decided, a second administrator agrees first. */
async function askPeers(): Promise<void> {
  const rule = { kind: 'CASH', peers: 2, days: 3, onTimeout: 'ESCALATE' };
  const policy = {
    twoApproversFrom: '2500.00',
    staleDays: 3,
    peerRules: [rule],
    rationale: 'we know each other',
  };
  await act('mira', 'setApprovalPolicy', policy);
  const waiting = await askApi<{ approvalPolicyRequests: { id: string }[] }>(
    'rae',
    '{ approvalPolicyRequests { id } }',
  );
  for (const { id } of waiting.approvalPolicyRequests)
    await act('rae', 'decideApprovalPolicyRequest', { requestId: id, approve: true });
}

async function logCash(): Promise<string> {
  const { cooperative } = await askApi<{ cooperative: { today: string } }>(
    'nat',
    '{ cooperative { today } }',
  );
  const given = {
    kind: 'CASH',
    quantity: '75.00',
    workedOn: cooperative.today,
    description: 'For the seeds',
  };
  const { contribution } = await act<{ contribution: { id: string } }>(
    'nat',
    'logContribution',
    given,
    'contribution { id }',
  );
  return contribution.id;
}

it('two members who hold no office in it say yes on their page, and it is approved', async () => {
  await join('nat', ['member', 'contributor']);
  await join('rae', ['member', 'administrator']);
  await askPeers();
  const id = await logCash();
  const own = await browsing.openAs('nat', `/contributions/${encodeURIComponent(id)}`);
  expect(await own.locator('[aria-labelledby=peers]').innerText()).toMatch(/^Peers\s+0 of 2 peers, until /);
  for (const who of ['rae', 'mira'] satisfies Person[]) {
    const page = await browsing.openAs(who, '/peers');
    const item = page.getByRole('article').filter({ hasText: 'For the seeds' });
    expect(await item.innerText()).toContain('of 2 peers');
    await item.getByRole('button', { name: 'Yes, as logged' }).click();
    await page.getByText('Your yes is kept.').waitFor();
    expect(await item.count()).toBe(0);
    await page.context().close();
  }
  await own.reload();
  expect(await own.locator('[aria-labelledby=peers]').innerText()).toContain('Validated by 2 peers.');
  expect(await own.getByRole('article').innerText()).not.toContain('Waiting');
  await own.context().close();
});
