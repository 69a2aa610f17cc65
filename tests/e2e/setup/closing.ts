// What leads to a close: deciding whatever still waits, beginning it before the quarter's last day, and its first three
// steps on the screen.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { askApi, askOwner } from './books.ts';
import type { Person } from './browser.ts';

interface Queue {
  readonly approvalQueue: { readonly edges: { readonly node: { id: string; viewerMay: string[] } }[] };
}

const queueQuery = '{ approvalQueue(first: 100) { edges { node { id viewerMay } } } }';
const approve =
  'mutation A($input: ApproveContributionInput!) { approveContribution(input: $input) { contribution { id } } }';

/** Two peers say yes to what is with them. */
async function clearPeers(): Promise<void> {
  for (const person of ['alice', 'dev'] satisfies Person[]) {
    const { peerQueue } = await askApi<{ peerQueue: { edges: { node: { id: string } }[] } }>(
      person,
      '{ peerQueue(first: 100) { edges { node { id } } } }',
    );
    for (const { node } of peerQueue.edges)
      await askApi(
        person,
        'mutation V($input: ValidateContributionInput!) { validateContribution(input: $input) { __typename } }',
        { input: { contributionId: node.id } },
      );
  }
}

/** Whoever may signs what still waits, peers say yes, the dispute is settled as logged, and everything is posted. */
export async function clearQueue(): Promise<void> {
  for (const person of ['carol', 'bob', 'ed'] satisfies Person[]) {
    const { approvalQueue } = await askApi<Queue>(person, queueQuery);
    for (const { node } of approvalQueue.edges) {
      if (!node.viewerMay.includes('approve')) continue;
      await askApi(person, approve, { input: { contributionId: node.id } });
    }
  }
  await clearPeers();
  const disputed = await askApi<{ contributions: { edges: { node: { id: string } }[] } }>(
    'bob',
    '{ contributions(status: [DISPUTED]) { edges { node { id } } } }',
  );
  for (const { node } of disputed.contributions.edges)
    await askApi(
      'bob',
      'mutation R($input: ResolveDisputeInput!) { resolveDispute(input: $input) { contribution { id } } }',
      { input: { contributionId: node.id, reason: 'The drive was for the cooperative.' } },
    );
  await waitUntil('everything to be decided and posted', async () => {
    const open = await askOwner(
      `select description, status from people.contribution
       where status not in ('applied', 'rejected', 'withdrawn', 'draft')`,
    );
    return open.length === 0;
  });
}

/** Begins the close of the running quarter before its last day, by its button, and tells when it is over. */
export async function closeOf(
  page: Page,
  earlyBecause: string,
): Promise<{ periodName: string; endsOn: string; today: string; completed(): Promise<void> }> {
  const { currentPeriod, cooperative } = await askApi<{
    currentPeriod: { id: string; name: string; to: string };
    cooperative: { today: string };
  }>('ed', '{ currentPeriod { id name to } cooperative { today } }');
  await page.getByRole('button', { name: 'Close it early' }).click();
  const dialog = page.getByRole('dialog');
  const begin = dialog.getByRole('button', { name: `Begin closing ${currentPeriod.name}` });
  // Without a reason the dialog stays.
  await begin.click();
  await dialog.getByLabel('Why now').fill(earlyBecause);
  await begin.click();
  await page.getByRole('button', { name: 'The period is looked over', exact: true }).waitFor();
  const [step] = await askOwner<{ reason: string }>(
    `select s.facts ->> 'early' as reason from agreements.close_step s
     join agreements.period_close c on c.cooperative_id = s.cooperative_id and c.id = s.close_id
     where c.status = 'running' and s.number = 1`,
  );
  if (step?.reason !== earlyBecause) throw new Error(`the close was begun because "${step?.reason ?? ''}"`);
  return {
    periodName: currentPeriod.name,
    endsOn: currentPeriod.to,
    today: cooperative.today,
    completed: () =>
      waitUntil('the close to be completed', async () => {
        const running = await askOwner(`select id from agreements.period_close where status <> 'completed'`);
        return running.length === 0;
      }),
  };
}

/** Confirms the review, the cut-off and the books, each as soon as the ledger has answered the one before. */
export async function confirmSteps(page: Page): Promise<void> {
  for (const name of ['The period is looked over', 'Stop new contributions', 'The books are complete']) {
    await page.getByRole('button', { name, exact: true }).click({ timeout: 30_000 });
  }
  await page.getByRole('button', { name: 'Work out the proposal' }).waitFor({ timeout: 30_000 });
}

async function waitUntil(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    if (await holds()) return;
    await sleep(500);
  }
  throw new Error(`waited half a minute for ${what}`);
}
