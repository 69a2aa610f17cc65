// What-if: the browser computes with the package that closes the period, by keyboard alone, and a proposal is saved.
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

type Draft = {
  draftAllocation: { total: string; lines: { allocation: string; member: { displayName: string } }[] };
};

it('shows the real draft to the cent, and a cap moves it without changing the sum', async () => {
  const { draftAllocation } = await askApi<Draft>(
    'carol',
    '{ draftAllocation { total lines { allocation member { displayName } } } }',
  );
  const page = await browsing.openAs('carol', '/what-if');
  const rows = page.getByRole('table').getByRole('row');
  const cells = async (name: string) =>
    (await rows.filter({ hasText: name }).getByRole('cell').allTextContents()).map((text) =>
      text.replaceAll(',', '').replace('\u2212', '-'),
    );
  for (const { allocation, member } of draftAllocation.lines) {
    if (/^0\.00$/.test(allocation)) continue;
    expect((await cells(member.displayName))[1]).toBe(allocation);
  }
  const before = (await cells('Total'))[1];
  expect(before).toBe(draftAllocation.total);

  const cap = page.getByRole('slider', { name: 'Largest share' });
  await cap.focus();
  for (let press = 0; press < 60; press += 1) await page.keyboard.press('ArrowLeft');
  expect(await cap.inputValue()).toBe('40');
  await page.getByText('1 changed').waitFor();
  await page.getByText('In force: no cap').waitFor();
  await expect.poll(async () => (await cells('Total'))[3]).toBe(before);
  await page.getByText(/the cap of 40%/).waitFor();
  await page.getByText('An administrator can save these rules').waitFor();
  await page.getByRole('button', { name: 'Back to in force' }).click();
  await page.getByText('None changed').waitFor();
  await page.context().close();
});

it('an administrator saves what was tried as a proposal for the next period', async () => {
  const page = await browsing.openAs('dev', '/what-if');
  await page.getByLabel('Largest share, exactly').fill('0');
  await page.getByText('The largest share is a percentage above 0').waitFor();
  await page.getByLabel('Largest share, exactly').fill('45');
  await page.getByLabel('Why').fill('Nobody takes half');
  await page.getByRole('button', { name: 'Save as proposal' }).click();
  await page.getByRole('status').filter({ hasText: 'The proposal is saved' }).waitFor();
  await page
    .getByRole('row')
    .filter({ hasText: 'Nobody takes half' })
    .getByText(/Comes into force/)
    .waitFor();
  await page.context().close();
});

it('is not for members', async () => {
  const page = await browsing.openAs('alice', '/what-if');
  await page.getByRole('heading', { name: 'isn’t part of your role' }).waitFor();
  await page.context().close();
});
