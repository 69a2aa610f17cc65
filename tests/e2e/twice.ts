// Pressed twice, done once: the key that came with the form makes the second press the first one's echo. What is done here
// leaves the story's figures as they were: entries between two cash accounts, and settings that are taken back.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { askOwner } from './setup/books.ts';
import type { Person } from './setup/browser.ts';
import { Browsing } from './setup/browser.ts';
import { openFromList, pressTwice, saidOn } from './setup/screen.ts';
import { settled } from './setup/traffic.ts';

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
    await settled(page);
    await act(page);
    // The echo of the second press must have come back before anything is counted.
    await settled(page);
  } finally {
    await page.context().close();
  }
}

async function count(sql: string, value: string): Promise<number> {
  const [row] = await askOwner<{ count: number }>(`select count(*)::int as count from ${sql}`, [value]);
  return row?.count ?? 0;
}

it('a contribution is logged once, and approved once', async () => {
  const words = 'Pressed twice';
  await as('alice', '/contributions/new', async (page) => {
    await page.getByRole('radio', { name: 'Labor' }).check();
    await page.locator('input[name=quantity]').fill('1');
    await page.getByLabel('What was it?').fill(words);
    await pressTwice(page.getByRole('button', { name: /Send for approval/ }).locator('visible=true'));
    await page.waitForURL(/\/contributions$/);
  });
  expect(await count('people.contribution where description = $1', words)).toBe(1);
  await as('carol', '/approvals', async (page) => {
    await openFromList(page, words);
    await settled(page);
    await pressTwice(page.locator('button[data-key="a"]'));
    await saidOn(page, /approved/);
  });
  expect(
    await count(
      `people.approval a join people.contribution c
         on c.cooperative_id = a.cooperative_id and c.contribution_id = a.contribution_id
       where c.description = $1`,
      words,
    ),
  ).toBe(1);
});

it('an entry is posted once, its reversal asked for once, and signed once', async () => {
  const words = 'A slip of the pen';
  await as('ed', '/treasury/journal/new', async (page) => {
    await page.getByLabel('What it is about').fill(words);
    for (const [line, account, side] of [
      [1, '1120', 'Debit'],
      [2, '1110', 'Credit'],
    ] as const) {
      await page.getByLabel(`Account of line ${line}`, { exact: true }).fill(account);
      await page.getByLabel(`${side} of line ${line}`, { exact: true }).fill('3.21');
    }
    await pressTwice(page.getByRole('button', { name: 'Post the entry' }));
    await page.getByRole('heading', { name: words }).waitFor();
    await settled(page);
    await page.getByRole('button', { name: 'Reverse' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('It never happened');
    await pressTwice(dialog.locator('button[type=submit]'));
    await page.getByRole('article').filter({ hasText: 'It never happened' }).first().waitFor();
  });
  expect(await count('treasury.transaction where description = $1', words)).toBe(1);
  await as('dev', '/treasury/journal', async (page) => {
    const request = page.getByRole('article').filter({ hasText: 'It never happened' });
    expect(await request.count()).toBe(1);
    await pressTwice(request.getByRole('button', { name: 'Sign and post' }));
    await page.getByText('Signed and posted.').waitFor();
  });
  expect(
    await count(
      `treasury.transaction r join treasury.transaction t
         on t.cooperative_id = r.cooperative_id and t.id = r.reverses_id where t.description = $1`,
      words,
    ),
  ).toBe(1);
});

it('the books’ settings change once: a higher amount waits, and who asked for it may only take it back', async () => {
  const words = 'Larger bills are usual now';
  await as('dev', '/settings/books', async (page) => {
    await page.locator('summary').filter({ hasText: 'Change the amount' }).click();
    const form = page.locator('details[open] form');
    await form.getByLabel('Two people post from').fill('6000');
    await form.getByLabel('Why').fill(words);
    await pressTwice(form.getByRole('button', { name: 'Set this amount' }));
    await page.getByRole('heading', { name: 'A higher amount waits' }).waitFor();
    expect(await page.getByRole('button', { name: 'Sign it' }).count()).toBe(0);
  });
  expect(await count('treasury.setting_version where rationale = $1', words)).toBe(1);
  await as('dev', '/settings/books', async (page) => {
    await page.locator('summary').filter({ hasText: 'Take it back' }).click();
    const form = page.locator('details[open] form');
    await form.getByLabel('Why not').fill('One more look at it');
    await form.getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('row').filter({ hasText: words }).getByText('Declined', { exact: true }).waitFor();
    await page.getByText('$5,000.00').first().waitFor();
  });
});

it('a category posts elsewhere until its rule is taken away', async () => {
  await as('dev', '/settings/books', async (page) => {
    await page.locator('summary').filter({ hasText: 'Post a kind or category elsewhere' }).click();
    const form = page.locator('details[open] form');
    await form.getByLabel('Category', { exact: true }).fill('Tea');
    await form.getByLabel('Account').selectOption({ index: 1 });
    await form.getByLabel('Why').fill('Tea is an expense');
    await pressTwice(form.getByRole('button', { name: 'Set this account' }));
    await page.getByRole('row').filter({ hasText: 'Tea' }).first().waitFor();
  });
  expect(await count('treasury.setting_version where rationale = $1', 'Tea is an expense')).toBe(1);
  await as('dev', '/settings/books', async (page) => {
    await page.locator('summary').filter({ hasText: 'Take a category’s own account away' }).click();
    const form = page.locator('details[open] form');
    await form.getByLabel('Why').fill('Back to its kind');
    await form.getByRole('button', { name: 'Take it away' }).click();
    await page.getByText('The category posts as its kind again.').waitFor();
  });
});
