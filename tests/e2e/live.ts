// What others do appears on an open page by itself: the queue of one steward while another decides, and nothing that a
// page may hear tells a token or another's figures to the browser.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { askApi } from './setup/books.ts';
import { Browsing } from './setup/browser.ts';
import { mark, openFromList, saidOn, stayed } from './setup/screen.ts';

let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

async function log(description: string): Promise<string> {
  const query = `mutation L($input: LogContributionInput!) { logContribution(input: $input) { contribution { id } } }`;
  const { options } = await askApi<{ options: { today: string } }>(
    'alice',
    '{ options: cooperative { today } }',
  );
  const input = {
    kind: 'LABOR',
    category: 'Engineering',
    quantity: '1',
    workedOn: options.today,
    description,
  };
  const answer = await askApi<{ logContribution: { contribution: { id: string } } }>('alice', query, {
    input,
  });
  return answer.logContribution.contribution.id;
}

it('a steward sees what comes to the queue and what another decides, without a reload', async () => {
  const page = await browsing.openAs('bob', '/approvals');
  const [stream] = await Promise.all([
    page.waitForResponse((response) => response.url().includes('/live?')),
    page.reload(),
  ]);
  expect(stream.headers()['content-type']).toContain('text/event-stream');
  // The stream is there at once; the server behind it still has to sign in to the API.
  await page.waitForTimeout(1_000);
  await mark(page);

  const words = 'Descaled the steam pipe';
  const id = await log(words);
  const began = performance.now();
  await page.getByRole('link').filter({ hasText: words }).first().waitFor({ timeout: 8_000 });
  console.warn(`a new item was seen after ${Math.round(performance.now() - began)} ms`);

  await openFromList(page, words);
  const decided = performance.now();
  await askApi(
    'carol',
    'mutation A($input: ApproveContributionInput!) { approveContribution(input: $input) { contribution { id } } }',
    {
      input: { contributionId: id },
    },
  );
  await saidOn(page, /Carol Lindqvist approved this while you were reading/);
  if (process.env['HABITAT_SCREENSHOTS'])
    await page.screenshot({ path: `${process.env['HABITAT_SCREENSHOTS']}/live.png` });
  console.warn(`another’s decision was seen after ${Math.round(performance.now() - decided)} ms`);
  await page.getByRole('link').filter({ hasText: words }).first().waitFor({ state: 'detached' });
  expect(await stayed(page)).toBe('yes');
  await page.context().close();
});

it('a stranger hears nothing, and a page may only name what there is to hear', async () => {
  const stranger = await browsing.open('/sign-in');
  const asked = await stranger.request.get('/live?topics=approvalQueueChanged', { maxRedirects: 0 });
  expect([307, 401]).toContain(asked.status());
  const page = await browsing.openAs('alice', '/');
  expect((await page.request.get('/live?topics=everything')).status()).toBe(400);
  await stranger.context().close();
  await page.context().close();
});
