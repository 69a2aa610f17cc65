// What people write is text wherever it is shown: a cooperative whose every field holds markup that would run, looked at
// on the pages that show it. Nothing may run, ask for anything or become an element.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { askApi } from '../setup/books.ts';
import type { Person } from '../setup/browser.ts';
import { Browsing, emailOf } from '../setup/browser.ts';

const NAME = '"><img src=x onerror=ran=1>';
const WORDS = `\'${NAME}<script>ran=1</script><svg onload=ran=1></svg><a href="javascript:ran=1">here</a>`;

let browsing: Browsing;
let contribution = '';

async function act<T = unknown>(who: Person, name: string, input: object, fields = '__typename'): Promise<T> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`;
  return (await askApi<Record<string, T>>(who, query, { input }))[name] as T;
}

async function join(who: Person, roles: readonly string[]): Promise<void> {
  const called = { displayName: `${who} ${NAME}`, legalName: NAME, email: emailOf(who), roles };
  const { member } = await act<{ member: { id: string } }>('mira', 'addMember', called, 'member { id }');
  const { password } = inject('product');
  const access = { memberId: member.id, email: called.email, displayName: called.displayName, password };
  await act('mira', 'grantAccess', access);
}

/** Fills in what the cooperative's people can write. */
async function write(): Promise<void> {
  await act('mira', 'changeCooperative', { name: NAME, legalName: NAME });
  await join('nat', ['member', 'contributor']);
  await join('rae', ['member', 'reviewer', 'treasurer', 'auditor']);
  const { cooperative } = await askApi<{ cooperative: { today: string } }>(
    'nat',
    '{ cooperative { today } }',
  );
  const given = {
    kind: 'CASH',
    quantity: '120.00',
    workedOn: cooperative.today,
    description: WORDS,
    evidence: [{ label: NAME, url: `https://example.org/${encodeURIComponent(NAME)}?${NAME}` }],
    submit: true,
  };
  const link = { label: NAME, url: 'javascript:ran=1' };
  await expect(act('nat', 'logContribution', { ...given, evidence: [link] })).rejects.toThrow('url');
  const logged = await act<{ contribution: { id: string } }>(
    'nat',
    'logContribution',
    given,
    'contribution { id }',
  );
  contribution = logged.contribution.id;
  await act('rae', 'commentOnContribution', { contributionId: contribution, body: WORDS });
  await act('rae', 'askAboutContribution', { contributionId: contribution, question: WORDS });
  await act('nat', 'answerQuestion', { contributionId: contribution, answer: WORDS });
  await act('mira', 'addMemberClass', { name: NAME, rationale: WORDS });
  await act('mira', 'createApiKey', { name: NAME, scopes: ['journal.view'], ceiling: '0.00' });
  await act('mira', 'registerWebhook', {
    name: NAME,
    url: `https://93.184.215.14/${NAME}`,
    kinds: ['member.joined'],
  });
  await act('rae', 'postTransaction', {
    effectiveOn: cooperative.today,
    description: WORDS,
    entries: [
      { accountCode: '1110', book: '100.00', tax: '100.00', memo: WORDS },
      { accountCode: '4210', book: '-100.00', tax: '-100.00' },
    ],
  });
}

beforeAll(async () => {
  browsing = await Browsing.start();
  await write();
}, 60_000);
afterAll(() => browsing.stop());
afterEach(() => {
  // A refused policy and a fault of a script stand here as well.
  expect(browsing.faults.splice(0)).toEqual([]);
});

const one = () => `/contributions/${encodeURIComponent(contribution)}`;
const shown: readonly (readonly [Person, readonly (string | (() => string))[]])[] = [
  ['nat', ['/contributions', one, '/notifications']],
  ['rae', ['/approvals', '/treasury/journal', '/audit', '/members']],
  ['mira', ['/settings/cooperative', '/settings/classes', '/settings/webhooks', '/settings/api-keys']],
];

it('the markup runs where it is not text: what is looked for below would be found', async () => {
  const page = await browsing.open('about:blank');
  await page.setContent(`<main title="${NAME}</main>`);
  await page.waitForFunction(() => 'ran' in window);
  await page.context().close();
});

const whatIsOn = (page: Page) =>
  page.evaluate((name) => {
    // The frame shows the cooperative's name on every page: what a page is about stands in its main part.
    const main = document.querySelector('main');
    const fields = [...(main?.querySelectorAll('input, textarea') ?? [])] as HTMLInputElement[];
    const texts = [main?.innerText ?? '', ...fields.map(({ value }) => value)];
    return {
      isShown: texts.some((text) => text.includes(name)),
      ran: 'ran' in window,
      made: document.querySelectorAll('img[src="x"], [onerror], [onload], a[href^="javascript:" i]').length,
    };
  }, NAME);

it.each(shown)('markup of others is text on every page that shows it to %s', async (who, pages) => {
  const page = await browsing.openAs(who, '/settings/me');
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  for (const path of pages.map((place) => (typeof place === 'string' ? place : place()))) {
    await page.goto(path);
    await expect
      .poll(() => whatIsOn(page), { message: path, timeout: 5_000 })
      .toEqual({ isShown: true, ran: false, made: 0 });
  }
  expect(dialogs).toEqual([]);
  await page.context().close();
});
