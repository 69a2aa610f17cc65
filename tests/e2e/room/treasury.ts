// The books as those who keep them use them: a treasurer posts and asks, another person signs, an auditor reads, a member
// sees none of it. Entries move money between two cash accounts only, so that no figure of the later story changes.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { askOwner } from '../setup/books.ts';
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

async function as(person: Person, path: string, act: (page: Page) => Promise<void>): Promise<void> {
  const page = await browsing.openAs(person, path);
  try {
    await act(page);
  } finally {
    await page.context().close();
  }
}

type Line = readonly [account: string, debit: string, credit: string];

async function fill(page: Page, description: string, lines: readonly Line[]): Promise<void> {
  await page.getByLabel('What it is about').fill(description);
  for (const [index, [account, debit, credit]] of lines.entries()) {
    await page.getByLabel(`Account of line ${index + 1}`, { exact: true }).fill(account);
    if (debit) await page.getByLabel(`Debit of line ${index + 1}`, { exact: true }).fill(debit);
    if (credit) await page.getByLabel(`Credit of line ${index + 1}`, { exact: true }).fill(credit);
  }
}

const post = (page: Page) => page.getByRole('button', { name: 'Post the entry' }).click();

async function csvOf(page: Page, path: string): Promise<{ status: number; text: string; name: string }> {
  const answer = await page.request.get(path);
  return {
    status: answer.status(),
    text: (await answer.body()).toString('utf8'),
    name: answer.headers()['content-disposition'] ?? '',
  };
}

it('a member has no part in the books: neither pages nor files', async () => {
  await as('alice', '/treasury', async (page) => {
    for (const path of ['/treasury', '/treasury/accounts', '/treasury/trends', '/treasury/journal/new']) {
      await page.goto(path);
      await page.getByRole('heading', { name: 'isn’t part of your role' }).waitFor();
    }
    expect((await csvOf(page, '/treasury/csv/journal')).status).toBe(403);
    expect((await csvOf(page, '/treasury/csv/members-capital')).status).toBe(403);
  });
});

it('an auditor reads every report and changes nothing', async () => {
  await as('noor', '/treasury', async (page) => {
    await page.getByText('Balances in both').waitFor();
    await page.getByRole('link', { name: 'Balance sheet' }).click();
    await page.getByRole('heading', { name: 'Balance sheet' }).waitFor();
    await page.goto('/treasury/journal');
    await page.getByText('Posted, balanced').waitFor();
    expect(await page.getByRole('link', { name: 'Post an entry' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Reverse' }).count()).toBe(0);
    await page.goto('/treasury/journal/new');
    await page.getByRole('heading', { name: 'isn’t part of your role' }).waitFor();
  });
});

it('a figure opens its ledger, and the ledger ends with that figure', async () => {
  await as('ed', '/treasury', async (page) => {
    const row = page.getByRole('row').filter({ hasText: '1110' });
    const figure = (await row.locator('td.num').first().textContent())?.trim() ?? '';
    await row.getByRole('link').click();
    await page.getByRole('heading', { name: /^1110/ }).waitFor();
    while ((await page.getByRole('link', { name: 'Later' }).count()) > 0) {
      const address = page.url();
      await page.getByRole('link', { name: 'Later' }).click();
      await page.waitForURL((url) => url.href !== address);
    }
    const closing = page.getByRole('row').filter({ hasText: 'Closing balance' });
    await expect.poll(async () => (await closing.textContent())?.trim()).toContain(figure);
  });
});

it('what does not balance is told at its line, and nothing typed is lost', async () => {
  await as('ed', '/treasury/journal/new', async (page) => {
    await fill(page, 'Half an entry', [
      ['1120', '10', ''],
      ['1110', '', '9'],
    ]);
    await post(page);
    await page.getByRole('alert').filter({ hasText: 'differ in the book basis' }).waitFor();
    expect(await page.locator('[id="debit.0"]').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('What it is about').inputValue()).toBe('Half an entry');
    expect(await page.getByLabel('Credit of line 2', { exact: true }).inputValue()).toBe('9');
  });
});

it('an entry below the line is posted at once, and its file tells text from formulas', async () => {
  await as('ed', '/treasury/journal/new', async (page) => {
    await fill(page, '=1+1 to savings', [
      ['1120 Savings', '120.00', ''],
      ['1110', '', '120.00'],
    ]);
    await post(page);
    await page.getByRole('heading', { name: '=1+1 to savings' }).waitFor();
    const { text, name } = await csvOf(page, '/treasury/csv/journal');
    expect(name).toMatch(/filename="riverbend-journal-\d{4}-\d\d-\d\d\.csv"/);
    expect(text.codePointAt(0)).toBe(0xfeff);
    expect(text).toContain("'=1+1 to savings");
    expect(text).toContain(',-120.00,-120.00,');
    const [counted] = await askOwner<{ entries: string }>(
      `select count(*) as entries from treasury.entry e
       join platform.cooperative c on c.cooperative_id = e.cooperative_id where c.slug = 'riverbend'`,
    );
    expect(text.trimEnd().split('\r\n').length - 1).toBe(Number(counted?.entries));
  });
});

it('5,000 and more waits, told before it is sent, until another person has signed', async () => {
  await as('ed', '/treasury/journal/new', async (page) => {
    await fill(page, 'To the winter reserve', [
      ['1120', '5000', ''],
      ['1110', '', '5000'],
    ]);
    await page.getByText('$5,000.00 or more: this waits').waitFor();
    await post(page);
    const request = page.getByRole('article').filter({ hasText: 'To the winter reserve' });
    await request.waitFor();
    expect(await request.getByRole('button', { name: 'Sign and post' }).count()).toBe(0);
    expect(await request.getByRole('button', { name: 'Take it back' }).count()).toBe(1);
  });
  await as('dev', '/treasury/journal', async (page) => {
    const request = page.getByRole('article').filter({ hasText: 'To the winter reserve' });
    await request.getByText('Yours to sign').waitFor();
    await request.getByRole('button', { name: 'Sign and post' }).click();
    await page.getByText('Signed and posted.').waitFor();
    await page.goto('/treasury/journal?search=winter+reserve');
    await page.getByRole('heading', { name: 'To the winter reserve' }).waitFor();
    await page.getByText('Dev Rao').last().waitFor();
  });
});

it('an entry is posted without a script too', async () => {
  const signedIn = await browsing.openAs('ed', '/treasury');
  const storageState = await signedIn.context().storageState();
  await signedIn.context().close();
  const page = await browsing.open('/treasury/journal/new', { storageState, javaScriptEnabled: false });
  await fill(page, 'By hand', [
    ['1120', '7.50', ''],
    ['1110', '', '7.50'],
  ]);
  await post(page);
  await page.getByRole('heading', { name: 'By hand' }).waitFor();
  await page.context().close();
});
