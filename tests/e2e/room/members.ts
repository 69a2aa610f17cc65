// Members: who may look whom up, and an administrator's acts with their reasons and faults.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { askApi } from '../setup/books.ts';
import { Browsing } from '../setup/browser.ts';

let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

it('a member sees their own page and nobody else’s', async () => {
  const page = await browsing.openAs('alice', '/settings/me');
  await page.getByRole('link', { name: 'Your page as a member' }).click();
  await page.getByRole('heading', { level: 1, name: 'Alice Moreno' }).waitFor();
  expect(await page.getByRole('heading', { name: 'Acts of an administrator' }).count()).toBe(0);
  await page.goto('/members');
  await page.getByRole('heading', { name: 'isn’t part of your role' }).waitFor();
  const { members } = await askApi<{ members: { edges: { node: { id: string } }[] } }>(
    'dev',
    '{ members(first: 1, search: "Bob Okafor") { edges { node { id } } } }',
  );
  await page.goto(`/members/${encodeURIComponent(members.edges[0]?.node.id ?? '')}`);
  await page.getByText(/isn’t part of your role|There is nothing here/).waitFor();
  expect(await page.getByText('bob@').count()).toBe(0);
  await page.context().close();
});

it('an administrator adds a member: a slip is told at its field, and what was typed stays', async () => {
  const page = await browsing.openAs('dev', '/members');
  await page.getByRole('link', { name: 'Add a member' }).click();
  await page.getByLabel('Name, as others see it').fill('Wren Abara');
  await page.getByLabel('Email').fill('alice@riverbend.example');
  await page.getByRole('button', { name: 'Add the member' }).click();
  await page.getByRole('alert').filter({ hasText: 'thing to fix' }).waitFor();
  expect(await page.getByLabel('Email').getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByLabel('Name, as others see it').inputValue()).toBe('Wren Abara');
  await page.getByLabel('Email').fill('wren@riverbend.example');
  await page.getByRole('button', { name: 'Add the member' }).click();
  await page.getByRole('heading', { level: 1, name: 'Wren Abara' }).waitFor();
  await page.getByRole('status').filter({ hasText: 'Added' }).waitFor();
  await page.context().close();
});

it('a role comes with its reason and last day, is taken away with a reason, and both stay on record', async () => {
  const page = await browsing.openAs('dev', '/members?search=wren');
  await page.getByRole('link', { name: 'Wren Abara' }).click();
  await page.getByText('Grant a role').click();
  const grant = page.locator('details[open] form');
  await grant.getByLabel('Role').selectOption('auditor');
  await grant.getByLabel('Last day').fill('2099-12-31');
  await grant.getByLabel('Why').fill('Reads the books of the year');
  await grant.getByRole('button', { name: 'Grant the role' }).click();
  await page.getByRole('status').filter({ hasText: 'The role is granted' }).waitFor();
  await page.getByText('Until December 31, 2099').waitFor();
  await page.getByText('Take the role “Auditor” away').click();
  const revoke = page.locator('details[open] form');
  await revoke.getByLabel('Why').fill('The year is read');
  await revoke.getByRole('button', { name: 'Take the role away' }).click();
  await page.getByRole('status').filter({ hasText: 'taken away' }).waitFor();
  await page.getByText('Roles held before').click();
  await page.getByText('“The year is read”').waitFor();
  await page.context().close();
});

it('a standing changes only to what may follow, and says why', async () => {
  const page = await browsing.openAs('dev', '/members?search=wren');
  await page.getByRole('link', { name: 'Wren Abara' }).click();
  await page.getByText('Change the standing').first().click();
  const form = page.locator('details[open] form');
  const offered = await form.getByLabel('New standing').locator('option').allTextContents();
  expect(offered).toEqual(['Suspended', 'Inactive', 'Leaving', 'Expelled']);
  await form.getByLabel('New standing').selectOption('INACTIVE');
  await form.getByLabel('Why').fill('Away for a year');
  await form.getByRole('button', { name: 'Change the standing' }).click();
  await page.getByRole('status').filter({ hasText: 'The standing is changed' }).waitFor();
  await page
    .getByRole('row')
    .filter({ hasText: 'Active → Inactive' })
    .getByText('“Away for a year”')
    .waitFor();
  await page.context().close();
});
