// One quarter's work of the demo cooperative by its own people, each in a browser: give, decide, pay, close, and at every
// turn the screen, the API and the sum of the entries say the same to the cent.
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { askApi, askOwner, capitalByApi, capitalByEntries, cents, grouped } from './setup/books.ts';
import type { Person } from './setup/browser.ts';
import { Browsing, PHONE, reloadUntil } from './setup/browser.ts';
import { clearQueue, closeOf, confirmSteps } from './setup/closing.ts';
import {
  capitalOnScreen,
  mark,
  openFromList,
  openWithKeys,
  pressTwice,
  saidOn,
  stayed,
} from './setup/screen.ts';
import { settled } from './setup/traffic.ts';

const WORK = 'Rewired the walk-in cooler';
/** The API remembers who somebody is for two seconds. */
const REMEMBERED_MS = 2_100;
let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

/** Does something on a page of somebody's and closes it again. */
async function as<T>(
  person: Person,
  path: string,
  act: (page: Awaited<ReturnType<Browsing['open']>>) => Promise<T>,
  viewport?: typeof PHONE,
): Promise<T> {
  const page = await browsing.openAs(person, path, viewport ? { viewport } : {});
  try {
    return await act(page);
  } finally {
    await page.context().close();
  }
}

const aliceByEntries = async () => (await capitalByEntries()).get('Alice Moreno');

describe('a member gives work', () => {
  it('the overview shows what the books hold, and the last statement the printed figures', async () => {
    await as('alice', '/', async (page) => {
      expect(await capitalOnScreen(page)).toEqual(await aliceByEntries());
      await page.goto('/statements');
      await page.locator('main a[href^="/statements/"]').first().click();
      const sheet = page.locator('main, article').first();
      await sheet.getByText('35,266.48').first().waitFor();
      await sheet.getByText('14,766.48').first().waitFor();
    });
  });

  it('six hours logged on a phone, approved with the keyboard, raise book capital by their value and tax by nothing', async () => {
    const before = (await aliceByEntries()) ?? { book: '0.00', tax: '0.00' };
    await as(
      'alice',
      '/contributions/new',
      async (page) => {
        await page.getByRole('radio', { name: 'Labor' }).check();
        await page.locator('input[name=quantity]').fill('6');
        await page.getByLabel('What was it?').fill(WORK);
        await page.getByText('600.00').locator('visible=true').first().waitFor();
        await page.getByRole('button', { name: 'Send for approval' }).locator('visible=true').click();
        await page.waitForURL(/\/contributions$/);
        await page.getByRole('link', { name: WORK }).waitFor();
      },
      PHONE,
    );
    await as('carol', '/', async (page) => {
      await page.getByRole('heading', { level: 1 }).waitFor();
      await settled(page);
      await page.keyboard.press('g');
      await page.keyboard.press('a');
      await page.waitForURL(/\/approvals/);
      await openWithKeys(page, WORK);
      await page.keyboard.press('a');
      await saidOn(page, /Contribution \d+ approved/);
    });
    await as('alice', '/contributions', async (page) => {
      const row = page.getByRole('row').filter({ hasText: WORK });
      await reloadUntil(page, async () => (await row.getByText('Posted').count()) > 0, 'the posted work');
      await page.goto('/');
      const after = await capitalOnScreen(page);
      expect(after).toEqual(await aliceByEntries());
      expect(cents(after.book) - cents(before.book)).toBe(60_000n);
      expect(after.tax).toBe(before.tax);
    });
  });
});

describe('a steward decides', () => {
  it('nobody approves their own: the button is off and the reason beside it', async () => {
    await as('carol', '/approvals', async (page) => {
      await openFromList(page, 'Board minutes and filing');
      expect(await page.locator('button[data-key="a"]').isDisabled()).toBe(true);
      await page.getByText('It is yours: someone else decides.').first().waitFor();
      await page.keyboard.press('a');
      await page.waitForTimeout(300);
      await page.locator('#item-title', { hasText: 'Board minutes' }).waitFor();
    });
  });

  it('a rejection needs a reason, and its author reads it', async () => {
    await as('carol', '/approvals', async (page) => {
      await openFromList(page, 'Introduced the valley school kitchens');
      await page.keyboard.press('r');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Reject it' }).click();
      expect(await dialog.isVisible()).toBe(true);
      await dialog.getByLabel('Reason').fill('They were customers already.');
      await dialog.getByRole('button', { name: 'Reject it' }).click();
      await saidOn(page, 'rejected');
    });
    await as('dana', '/contributions', async (page) => {
      await page.getByRole('link', { name: 'Introduced the valley' }).click();
      await page.getByText('They were customers already.').first().waitFor();
      await page.getByText('Rejected').first().waitFor();
    });
  });

  it('a question goes to its author and the answer back into the queue', async () => {
    await as('alice', '/contributions', async (page) => {
      await page.getByRole('link', { name: 'Seed exchange' }).click();
      await page.getByLabel('Your answer').fill('The public one, with the library.');
      await page.getByRole('button', { name: 'Send the answer' }).click();
      await page.getByText('Submitted').first().waitFor();
    });
    await as('carol', '/approvals', async (page) => {
      await openFromList(page, 'Seed exchange');
      await page.getByText('The public one, with the library.').waitFor();
    });
  });

  it('of several approved at once each has its own result: one decided meanwhile stops none of the others', async () => {
    await as('carol', '/approvals', async (page) => {
      await page.getByRole('button', { name: 'Select' }).click();
      for (const words of ['Greenhouse glazing', 'Open day, visitor tours', 'Seed exchange'])
        await page.locator('label').filter({ hasText: words }).getByRole('checkbox').check();
      const own = page.locator('label').filter({ hasText: 'Board minutes' }).getByRole('checkbox');
      expect(await own.isDisabled()).toBe(true);
      await decideMeanwhile('Greenhouse glazing');
      await page.getByRole('button', { name: 'Approve 3 contributions' }).click();
      await saidOn(page, '2 approved, 1 not.');
      await page
        .getByRole('listitem')
        .filter({ hasText: /^\d+: ./ })
        .first()
        .waitFor();
    });
  });
});

/** Bob stands in for Carol after two days and approves it while she still looks at the list. */
async function decideMeanwhile(words: string): Promise<void> {
  const { approvalQueue } = await askApi<{
    approvalQueue: { edges: { node: { id: string; description: string } }[] };
  }>('bob', '{ approvalQueue(first: 50) { edges { node { id description } } } }');
  const found = approvalQueue.edges.find(({ node }) => node.description.includes(words));
  await askApi(
    'bob',
    'mutation A($input: ApproveContributionInput!) { approveContribution(input: $input) { contribution { id } } }',
    { input: { contributionId: found?.node.id } },
  );
}

describe('members are paid', () => {
  it('a payment is calculated, signed by another, scheduled and paid; capital falls by exactly the lines', async () => {
    // What was approved a moment ago must be in the books before they are compared.
    await expect
      .poll(() => askOwner(`select 1 from people.contribution where status in ('approved', 'valued')`), {
        timeout: 20_000,
      })
      .toEqual([]);
    const before = await capitalByEntries();
    const sheet = 'article[aria-labelledby="distribution-3"]';
    await as('ed', '/distributions', async (page) => {
      const waiting = page.locator('article[aria-labelledby="distribution-2"]');
      await waiting.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('dialog').getByLabel('Reason').fill('Calculated before the last bill was in.');
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel the payment' }).click();
      await saidOn(page, 'Cancelled');
      await page.getByRole('button', { name: /Calculate the .* payment/ }).click();
      await page.locator(sheet).waitFor();
      expect(await page.locator(sheet).getByRole('button', { name: 'Sign the payment' }).count()).toBe(0);
    });
    await as('carol', '/distributions', async (page) => {
      // Money leaves: who signed in longer than ten minutes ago proves once more that it is them.
      await askOwner(`update platform.session set authenticated_at = now() - interval '11 minutes'`);
      await page.waitForTimeout(REMEMBERED_MS);
      const sign = page.locator(sheet).getByRole('button', { name: 'Sign the payment' });
      await sign.click();
      await page.getByRole('link', { name: 'Give your password' }).click();
      await page.getByLabel('Password').fill(inject('product').password);
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.waitForURL(/\/distributions$/);
      await sign.click();
      await saidOn(page, 'Payment signed');
    });
    await as('ed', '/distributions', async (page) => {
      await page.locator(sheet).getByRole('button', { name: 'Schedule the payment' }).click();
      await pressTwice(page.getByRole('dialog').getByRole('button', { name: 'Schedule it' }));
      const paid = page.locator(sheet).getByRole('button', { name: 'Mark as paid' });
      await reloadUntil(page, () => paid.isVisible(), 'the scheduled payment');
      await paid.click();
      await pressTwice(page.getByRole('dialog').getByRole('button', { name: 'Mark as paid' }));
      const done = page.locator(sheet).locator('tbody').getByText('Paid', { exact: true });
      await reloadUntil(page, async () => (await done.count()) === 3, 'the three paid lines');
      for (const row of await page.locator(`${sheet} tbody tr`).all()) {
        const [name = '', amount = ''] = [
          await row.locator('th').innerText(),
          await row.locator('td.num').innerText(),
        ];
        const [was, is] = [before.get(name.trim()), (await capitalByEntries()).get(name.trim())];
        expect(cents(was?.book ?? '0') - cents(is?.book ?? '0')).toBe(cents(amount));
      }
    });
  });
});

describe('the quarter is closed', () => {
  it('two people share its surplus, and every member’s capital is right to the cent on screen, by the API and by entries', async () => {
    await clearQueue();
    const watching = await browsing.openAs('carol', '/close');
    await settled(watching);
    await mark(watching);
    const close = await as('ed', '/close', async (page) => {
      const begun = await closeOf(page, 'Closed early to hand the books over');
      await confirmSteps(page);
      await page.getByRole('button', { name: 'Work out the proposal' }).click();
      await page.getByText('Proposal, not posted').waitFor();
      const sign = page.getByRole('button', { name: 'Approve the allocation' });
      expect(await sign.isDisabled()).toBe(true);
      return begun;
    });
    // Somebody else's page has followed every step by itself.
    await watching.getByText('Proposal, not posted').waitFor();
    expect(await stayed(watching)).toBe('yes');
    await watching.context().close();
    const before = await capitalByEntries();
    const shares = new Map<string, bigint>();
    await as('carol', '/close', async (page) => {
      for (const row of await page.locator('table.book tbody tr').all()) {
        const figure = (await row.locator('td.num.font-semibold').innerText()).replace('\u2212', '-');
        shares.set((await row.locator('th').innerText()).trim(), cents(figure));
      }
      await page.getByRole('button', { name: 'Approve the allocation' }).click();
      await saidOn(page, 'Allocation approved');
    });
    expect(shares.size).toBeGreaterThanOrEqual(3);
    await close.completed();
    const after = await capitalByEntries();
    for (const [name, share] of shares)
      expect([name, cents(after.get(name)?.book ?? '0') - cents(before.get(name)?.book ?? '0')]).toEqual([
        name,
        share,
      ]);
    for (const [name, capital] of await capitalByApi(close.endsOn))
      expect([name, capital]).toEqual([name, after.get(name) ?? { book: '0.00', tax: '0.00' }]);
    // Closed early, the shares are dated the quarter's last day: today's figures come without them.
    const today = await capitalByEntries(close.today);
    for (const [person, name] of [
      ['alice', 'Alice Moreno'],
      ['bob', 'Bob Okafor'],
      ['carol', 'Carol Lindqvist'],
    ] as const) {
      await as(person, '/', async (page) => expect(await capitalOnScreen(page)).toEqual(today.get(name)));
    }
    await as('alice', '/statements', async (page) => {
      const row = page.getByRole('row').filter({ hasText: close.periodName });
      await reloadUntil(page, async () => (await row.count()) > 0, 'the statement of the quarter');
      await row.getByRole('link').click();
      await page
        .getByText(grouped(after.get('Alice Moreno')?.book ?? ''))
        .first()
        .waitFor();
    });
  });
});
