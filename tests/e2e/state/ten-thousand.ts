// Lists of ten thousand stay as quick as short ones, because a page of one never holds more than a page: the budgets of every
// page, the paging and the keys of the queue, and the frames while one scrolls.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { askOwner } from '../setup/books.ts';
import { Browsing } from '../setup/browser.ts';
import { settled } from '../setup/traffic.ts';
import { pressTime, leastWithin, watch } from '../setup/visit.ts';

let browsing: Browsing;
const budget = { paint: 1_500, press: 100, frame: 100, rows: 100 };
const many = 10_000;

beforeAll(async () => {
  browsing = await Browsing.start();
  // Copies of one of hers that wait, each a second younger, past the commands: what is measured is reading them.
  await askOwner(
    `insert into people.contribution
     select copy.* from (
       select c.* from people.contribution c join people.member m using (cooperative_id, member_id)
       where m.display_name = 'Dana Whitfield' and c.kind = 'labor' and c.submitted_at is not null order by c.number limit 1) one
     cross join generate_series(1, $1::int) n
     cross join lateral jsonb_populate_record(null::people.contribution, to_jsonb(one) || jsonb_build_object('contribution_id', gen_random_uuid(),
       'number', 100000 + n, 'description', 'Hour ' || n || ' of ten thousand', 'status', 'submitted',
       'valued_at', null, 'posted_at', null, 'transaction_id', null, 'signatures_needed', 1,
       'submitted_at', one.submitted_at + n * interval '1 second')) copy`,
    [many],
  );
  await askOwner('analyze people.contribution');
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

async function paintOf(page: Page, path: string): Promise<number> {
  return leastWithin(budget.paint, async () => {
    await page.goto(path);
    await settled(page);
    return page.evaluate(() => window.seen.largest);
  });
}

/** The longest time between two frames while the page is scrolled to its end. */
async function longestFrame(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((done) => {
        let before = performance.now();
        let longest = 0;
        let steps = 0;
        const step = (now: number) => {
          longest = steps === 0 ? 0 : Math.max(longest, now - before);
          before = now;
          steps += 1;
          window.scrollBy(0, 120);
          if (steps < 40) requestAnimationFrame(step);
          else done(longest);
        };
        requestAnimationFrame(step);
      }),
  );
}

const rowsOn = (page: Page) => page.locator('main li:visible, main tbody tr:visible').count();

it('the list of one’s contributions opens, answers, scrolls and pages within the budgets', async () => {
  const page = await browsing.openAs('dana', '/');
  await page.addInitScript(watch);
  const path = '/contributions?search=ten+thousand';
  expect(await paintOf(page, path)).toBeLessThanOrEqual(budget.paint);
  expect(await rowsOn(page)).toBeLessThanOrEqual(budget.rows);
  expect(await leastWithin(budget.press, () => pressTime(page))).toBeLessThanOrEqual(budget.press);
  expect(await leastWithin(budget.frame, () => longestFrame(page))).toBeLessThanOrEqual(budget.frame);
  for (let turned = 0; turned < 3; turned += 1) {
    const address = page.url();
    await page.getByRole('link', { name: 'Earlier' }).click();
    await page.waitForURL((url) => url.href !== address);
    await settled(page);
  }
  expect(await paintOf(page, page.url())).toBeLessThanOrEqual(budget.paint);
  await page.context().close();
});

it('the queue of approvals opens with ten thousand waiting, and its keys answer at once', async () => {
  const page = await browsing.openAs('carol', '/');
  await page.addInitScript(watch);
  expect(await paintOf(page, '/approvals')).toBeLessThanOrEqual(budget.paint);
  expect(await rowsOn(page)).toBeLessThanOrEqual(budget.rows);
  const next = async () => {
    const address = page.url();
    await page.evaluate(() => {
      window.seen.slowest = 0;
    });
    await page.keyboard.press('j');
    await page.waitForURL((url) => url.href !== address);
    await page.waitForTimeout(120);
    return page.evaluate(() => window.seen.slowest);
  };
  expect(await leastWithin(budget.press, next)).toBeLessThanOrEqual(budget.press);
  expect(await leastWithin(budget.frame, () => longestFrame(page))).toBeLessThanOrEqual(budget.frame);
  await page.context().close();
});
