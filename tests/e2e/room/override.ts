// Another value for what a member gave: an administrator asks for it on the contribution's page, and a second person takes
// the place of nobody. What is asked for changes nothing until it is signed.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { act, askApi, askOwner } from '../setup/books.ts';
import type { Person } from '../setup/browser.ts';
import { Browsing } from '../setup/browser.ts';
import { saidOn } from '../setup/screen.ts';

let browsing: Browsing;
let href: string;
let contributionId: string;

beforeAll(async () => {
  browsing = await Browsing.start();
  const { cooperative } = await askApi<{ cooperative: { today: string } }>(
    'dana',
    '{ cooperative { today } }',
  );
  const work = { kind: 'LABOR', category: 'Engineering', quantity: '2', workedOn: cooperative.today };
  const { contribution } = await act<{ contribution: { id: string } }>(
    'dana',
    'logContribution',
    { ...work, description: 'Rehung the cellar door' },
    'contribution { id }',
  );
  contributionId = contribution.id;
  await act('carol', 'approveContribution', { contributionId });
  href = `/contributions/${encodeURIComponent(contributionId)}`;
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

async function as(person: Person, see: (page: Page) => Promise<void>, path = href): Promise<void> {
  const page = await browsing.openAs(person, path);
  await see(page);
  await page.context().close();
}

const waits = (page: Page) => page.getByRole('region', { name: 'Another value waits' });
const sign = (page: Page) => waits(page).getByRole('button', { name: 'Sign it' });

async function valueOf(): Promise<string> {
  const query = 'query ($id: ID!) { contribution(id: $id) { value } }';
  const { contribution } = await askApi<{ contribution: { value: string } }>('dana', query, {
    id: contributionId,
  });
  return contribution.value;
}

async function askFor(page: Page, value: string): Promise<void> {
  await page.getByRole('button', { name: 'Ask for another value' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What it is worth').fill(value);
  await dialog.getByLabel('Why').fill('Half of it was waiting for paint');
  await dialog.getByRole('button', { name: 'Ask for it' }).click();
}

it('an administrator asks for another value, is refused at its field, and may take it back', async () => {
  const before = await valueOf();
  await as('dev', async (page) => {
    await askFor(page, 'half');
    const dialog = page.getByRole('dialog');
    const field = dialog.getByLabel('What it is worth');
    await dialog.getByRole('alert').filter({ hasText: 'thing to fix' }).waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.inputValue()).toBe('half');
    expect(await dialog.getByLabel('Why').inputValue()).toBe('Half of it was waiting for paint');
    await field.fill('51.50');
    await dialog.getByRole('button', { name: 'Ask for it' }).click();
    await saidOn(page, 'waits for a second person');
    await waits(page).getByText('Half of it was waiting for paint').waitFor();
    expect(await sign(page).count()).toBe(0);
    await waits(page).getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('The paint was ours');
    await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
    await saidOn(page, 'Taken back');
    await waits(page).waitFor({ state: 'detached' });
    await askFor(page, '52.50');
    await waits(page).waitFor();
  });
  expect(await valueOf()).toBe(before);
});

it('whose it is and who may not decide read what waits, and are offered nothing', async () => {
  for (const person of ['dana', 'noor'] as const)
    await as(person, async (page) => {
      await waits(page).getByText('Half of it was waiting for paint').waitFor();
      expect(await waits(page).getByRole('button').count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Ask for another value' }).count()).toBe(0);
    });
});

it('a steward comes from the list of what waits, declines it, and signs the next one', async () => {
  const toIt = (page: Page) => page.getByRole('link', { name: 'Set another value for a contribution' });
  await as(
    'carol',
    async (page) => {
      await toIt(page).click();
      await sign(page).waitFor();
      await waits(page).getByRole('button', { name: 'Decline it' }).click();
      await page.getByRole('dialog').getByLabel('Reason').fill('Waiting is work too');
      await page.getByRole('dialog').getByRole('button', { name: 'Decline it' }).click();
      await saidOn(page, 'Declined');
    },
    '/settings/waiting',
  );
  await as('dev', async (page) => {
    await askFor(page, '53.50');
    await waits(page).waitFor();
  });
  await as('carol', async (page) => {
    await page.context().clearCookies({ name: /habitat_(access|refresh)/ });
    await sign(page).click();
    const told = waits(page).getByRole('alert').filter({ hasText: 'You were signed out.' });
    await told.waitFor();
    // Nothing was typed into a form that is only its button.
    expect(await told.innerText()).not.toContain('typed');
  });
  await as('carol', async (page) => {
    await sign(page).click();
    await saidOn(page, 'has its other value');
    await waits(page).waitFor({ state: 'detached' });
    await page.getByText('Another value set').waitFor();
  });
  expect(await valueOf()).toBe('53.50');
  const [row] = await askOwner<{ people: number }>(
    `select count(distinct who)::int as people from people.valuation_override o
       cross join lateral unnest(array[o.requested_by_member_id, o.confirmed_by_member_id]) who
     where o.value_minor = 5350 and o.confirmed_at is not null`,
  );
  expect(row?.people).toBe(2);
});
