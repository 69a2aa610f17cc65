// The books over HTTP: trial balance, balance sheet, income statement, journal, account ledger and members' capital at
// any day and as known at any instant; who may read them, and that nobody else's are in them.
import { newId } from '@habitat/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../../guard/allowance.ts';
import { Party } from '../../testing/party.ts';
import { Served } from '../../testing/served-cooperative.ts';
import { encodeGlobalId } from '../global-id.ts';

let served: Served;
let riverbend: Party;
let elsewhere: Party;
/** After the first four entries were written, before the late one. */
let beforeTheLateOne = '';

const entry = (accountCode: string, book: string, tax = book) => ({ accountCode, book, tax });

beforeAll(async () => {
  served = await Served.start({ allowances: NO_ALLOWANCES });
  const office = { tess: ['member', 'treasurer'] as const, ada: ['member', 'administrator'] as const };
  riverbend = await Party.join(served, await served.found('riverbend'), {
    ...office,
    alma: ['member', 'allocator'],
    otto: ['member', 'auditor'],
    rita: ['member', 'reviewer'],
    mia: ['member', 'contributor'],
  });
  elsewhere = await Party.join(served, await served.found('elsewhere'), {
    ...office,
    mia: ['member', 'contributor'],
  });
  const post = (effectiveOn: string, description: string, entries: object[], by = riverbend) =>
    by.act('tess', 'postTransaction', { effectiveOn, description, entries });
  await post('2026-10-05', 'Event rental in October', [entry('1110', '3000.00'), entry('4130', '-3000.00')]);
  await post('2026-10-20', 'A saw', [
    entry('1420', '1000.00', '700.00'),
    entry('1110', '-1000.00', '-700.00'),
  ]);
  await post('2026-11-03', 'Rent', [entry('5110', '500.00'), entry('1110', '-500.00')]);
  await giveCash('mia', '250');
  beforeTheLateOne = served.now.toISOString();
  served.later(60);
  await post('2026-10-31', 'Found in a drawer', [entry('1110', '40.00'), entry('4130', '-40.00')]);
  await post('2026-11-01', 'Theirs', [entry('1110', '77.00'), entry('4130', '-77.00')], elsewhere);
});
afterAll(() => served.stop());

/** Cash of a member on 10 November: approved by the reviewer and posted to capital. */
async function giveCash(who: string, amount: string): Promise<void> {
  const given = { kind: 'CASH', quantity: amount, workedOn: '2026-11-10', description: 'Share payment' };
  const { contribution } = await riverbend.act(who, 'logContribution', given, 'contribution { id }');
  await riverbend.act('rita', 'approveContribution', { contributionId: contribution.id });
}

const memberId = (name: string) => encodeGlobalId('Member', riverbend.memberIds.get(name) ?? '');
const LINES = 'lines { account { code } book tax }';

describe('the trial balance', () => {
  const QUERY = `query ($asOf: LocalDate, $asKnownAt: DateTime) {
    trialBalance(asOf: $asOf, asKnownAt: $asKnownAt) { asOf balanced bookTotal taxTotal ${LINES} } }`;

  test('holds each leaf up to its day, debits equal to credits in both bases', async () => {
    const { trialBalance } = await riverbend.ask('otto', QUERY, { asOf: '2026-10-30' });
    expect(trialBalance).toEqual({
      asOf: '2026-10-30',
      balanced: true,
      bookTotal: '3000.00',
      taxTotal: '3000.00',
      lines: [
        { account: { code: '1110' }, book: '2000.00', tax: '2300.00' },
        { account: { code: '1420' }, book: '1000.00', tax: '700.00' },
        { account: { code: '4130' }, book: '-3000.00', tax: '-3000.00' },
      ],
    });
  });

  test('is of today when no day is named, with members’ capital', async () => {
    const { trialBalance } = await riverbend.ask('tess', QUERY);
    expect(trialBalance).toMatchObject({ asOf: '2026-11-20', bookTotal: '3290.00', taxTotal: '3290.00' });
  });

  test('leaves out what was written after the instant it is asked as known at', async () => {
    const asked = { asOf: '2026-10-31' };
    const now = await riverbend.ask('otto', QUERY, asked);
    const then = await riverbend.ask('otto', QUERY, { ...asked, asKnownAt: beforeTheLateOne });
    expect([then.trialBalance.bookTotal, now.trialBalance.bookTotal]).toEqual(['3000.00', '3040.00']);
  });

  test('is empty before anything was posted', async () => {
    const { trialBalance } = await riverbend.ask('otto', QUERY, { asOf: '2026-09-30' });
    expect(trialBalance).toMatchObject({ bookTotal: '0.00', lines: [] });
  });
});

test('the balance sheet balances in both bases, income not closed yet among equity', async () => {
  const section = `{ ${LINES} total { book tax } }`;
  const query = `{ balanceSheet(asOf: "2026-11-20") { asOf assets ${section} liabilities ${section} equity ${section}
    netIncome { book tax } equityAndLiabilities { book tax } } }`;
  const { balanceSheet } = await riverbend.ask('alma', query);
  expect(balanceSheet).toMatchObject({
    asOf: '2026-11-20',
    assets: {
      lines: [
        { account: { code: '1110' }, book: '1790.00', tax: '2090.00' },
        { account: { code: '1420' }, book: '1000.00', tax: '700.00' },
      ],
      total: { book: '2790.00', tax: '2790.00' },
    },
    liabilities: { lines: [], total: { book: '0.00', tax: '0.00' } },
    equity: { lines: [{ book: '250.00', tax: '250.00' }], total: { book: '250.00' } },
    netIncome: { book: '2540.00', tax: '2540.00' },
    equityAndLiabilities: { book: '2790.00', tax: '2790.00' },
  });
});

describe('the income statement', () => {
  const QUERY = `query ($from: LocalDate, $to: LocalDate, $asKnownAt: DateTime, $yearsBefore: Int) {
    incomeStatement(from: $from, to: $to, asKnownAt: $asKnownAt, yearsBefore: $yearsBefore) {
      from to revenue { ${LINES} total { book } } expense { ${LINES} total { book } } netIncome { book tax } } }`;

  test('shows revenue less expense of its days, both ends included', async () => {
    const { incomeStatement } = await riverbend.ask('ada', QUERY, { from: '2026-10-05', to: '2026-11-03' });
    expect(incomeStatement).toEqual({
      from: '2026-10-05',
      to: '2026-11-03',
      revenue: {
        lines: [{ account: { code: '4130' }, book: '3040.00', tax: '3040.00' }],
        total: { book: '3040.00' },
      },
      expense: {
        lines: [{ account: { code: '5110' }, book: '500.00', tax: '500.00' }],
        total: { book: '500.00' },
      },
      netIncome: { book: '2540.00', tax: '2540.00' },
    });
    const inside = await riverbend.ask('ada', QUERY, { from: '2026-10-06', to: '2026-11-02' });
    expect(inside.incomeStatement.netIncome).toEqual({ book: '40.00', tax: '40.00' });
  });

  test('is of this fiscal year up to the cooperative’s today when no days are named, and of the same a year before', async () => {
    const days = async (asked: object) => {
      const { incomeStatement } = await riverbend.ask('ada', QUERY, asked);
      return [incomeStatement.from, incomeStatement.to, incomeStatement.netIncome.book];
    };
    expect(await days({})).toEqual(['2026-01-01', '2026-11-20', '2540.00']);
    expect(await days({ yearsBefore: 1 })).toEqual(['2025-01-01', '2025-11-20', '0.00']);
  });

  test('as it was known before a late entry', async () => {
    const asked = { from: '2026-10-01', to: '2026-10-31', asKnownAt: beforeTheLateOne };
    const { incomeStatement } = await riverbend.ask('ada', QUERY, asked);
    expect(incomeStatement.netIncome.book).toBe('3000.00');
  });
});

describe('the cash flow', () => {
  const PART = '{ lines { account { code } book tax } total { book tax } }';
  const QUERY = `query ($from: LocalDate, $to: LocalDate, $asKnownAt: DateTime, $yearsBefore: Int) {
    cashFlow(from: $from, to: $to, asKnownAt: $asKnownAt, yearsBefore: $yearsBefore) { from to opening { book tax }
      operating ${PART} investing ${PART} financing ${PART} change { book tax } closing { book tax } } }`;
  const CASH =
    'query ($asOf: LocalDate) { trialBalance(asOf: $asOf) { lines { account { code } book tax } } }';

  test('tells what cash was for, from the cash of the day before to that of the last day', async () => {
    const { cashFlow } = await riverbend.ask('otto', QUERY, { from: '2026-10-20', to: '2026-11-20' });
    expect(cashFlow).toMatchObject({
      opening: { book: '3000.00', tax: '3000.00' },
      operating: {
        lines: [
          { account: { code: '4130' }, book: '40.00', tax: '40.00' },
          { account: { code: '5110' }, book: '-500.00', tax: '-500.00' },
        ],
        total: { book: '-460.00', tax: '-460.00' },
      },
      investing: {
        lines: [{ account: { code: '1420' }, book: '-1000.00', tax: '-700.00' }],
        total: { book: '-1000.00', tax: '-700.00' },
      },
      financing: { total: { book: '250.00', tax: '250.00' } },
      change: { book: '-1210.00', tax: '-910.00' },
      closing: { book: '1790.00', tax: '2090.00' },
    });
  });

  test.each(['2026-10-19', '2026-10-20', '2026-10-31', '2026-11-20'])(
    'ends with the cash the balance sheet has on %s',
    async (to) => {
      const { cashFlow } = await riverbend.ask('otto', QUERY, { to });
      const { trialBalance } = await riverbend.ask('otto', CASH, { asOf: to });
      const [cash] = trialBalance.lines.filter(
        ({ account }: { account: { code: string } }) => account.code === '1110',
      );
      expect([cashFlow.from, cashFlow.to]).toEqual(['2026-01-01', to]);
      expect(cashFlow.closing).toEqual({ book: cash.book, tax: cash.tax });
    },
  );

  test('is asked for as it was known before a late entry, and for a year before', async () => {
    const days = { from: '2026-10-31', to: '2026-10-31' };
    const changeOf = async (asked: object) =>
      (await riverbend.ask('otto', QUERY, { ...days, ...asked })).cashFlow.change.book;
    expect(await changeOf({})).toBe('40.00');
    expect(await changeOf({ asKnownAt: beforeTheLateOne })).toBe('0.00');
    expect(await changeOf({ yearsBefore: 1 })).toBe('0.00');
  });
});

test('the divergence is tax less book of each account, as the balances of that day have them', async () => {
  const query = `query ($asOf: LocalDate) { divergence(asOf: $asOf) { asOf
    lines { account { code } book tax difference } members { book } } }`;
  const { divergence } = await riverbend.ask('otto', query, { asOf: '2026-10-20' });
  expect(divergence).toEqual({
    asOf: '2026-10-20',
    lines: [
      { account: { code: '1110' }, book: '2000.00', tax: '2300.00', difference: '300.00' },
      { account: { code: '1420' }, book: '1000.00', tax: '700.00', difference: '-300.00' },
    ],
    members: [],
  });
  expect((await riverbend.ask('otto', query, { asOf: '2026-10-19' })).divergence.lines).toEqual([]);
});

describe('the journal', () => {
  const QUERY = `query ($search: String, $accountId: ID, $memberId: ID, $source: String, $from: LocalDate, $to: LocalDate,
      $amount: Money, $first: Int, $after: String) {
    journal(search: $search, accountId: $accountId, memberId: $memberId, source: $source, from: $from, to: $to,
      amount: $amount, first: $first, after: $after) {
      totalCount edges { node { description } } pageInfo { hasNextPage endCursor } } }`;
  type Page = {
    totalCount: number;
    edges: { node: { description: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
  const journal = async (filter: object): Promise<Page> =>
    (await riverbend.ask('otto', QUERY, filter)).journal as Page;
  const told = ({ edges }: Page) => edges.map(({ node }) => node.description);

  test('is read newest day first', async () => {
    const page = await journal({});
    expect(told(page).slice(1)).toEqual(['Rent', 'Found in a drawer', 'A saw', 'Event rental in October']);
    expect(page.totalCount).toBe(5);
  });

  test('is narrowed by words, account, member, source and days, all of them together', async () => {
    const { accounts } = await riverbend.ask('otto', '{ accounts { id code } }');
    const accountId = accounts.find(({ code }: { code: string }) => code === '1420').id;
    expect(told(await journal({ search: 'drawer' }))).toEqual(['Found in a drawer']);
    expect(told(await journal({ accountId }))).toEqual(['A saw']);
    expect((await journal({ memberId: memberId('mia') })).totalCount).toBe(1);
    expect((await journal({ source: 'contribution' })).totalCount).toBe(1);
    expect((await journal({ source: 'manual' })).totalCount).toBe(4);
    expect(told(await journal({ from: '2026-10-20', to: '2026-10-31' }))).toEqual([
      'Found in a drawer',
      'A saw',
    ]);
    expect(told(await journal({ accountId, from: '2026-10-21' }))).toEqual([]);
  });

  test('is searched by an amount on either side and in either basis', async () => {
    expect(told(await journal({ amount: '40.00' }))).toEqual(['Found in a drawer']);
    expect(told(await journal({ amount: '-500' }))).toEqual(['Rent']);
    expect(told(await journal({ amount: '700.00' }))).toEqual(['A saw']);
    expect((await journal({ amount: '700.00', source: 'contribution' })).totalCount).toBe(0);
  });

  test('comes in pages that neither skip nor repeat, and a foreign cursor is refused', async () => {
    const seen: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await journal({ first: 2, after });
      seen.push(...told(page));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(seen).toEqual(told(await journal({})));
    expect(await riverbend.refusal('otto', QUERY, { after: 'nonsense' })).toMatchObject({
      code: 'VALIDATION_ERROR',
      reason: 'BAD_CURSOR',
    });
  });
});

describe('an account’s ledger', () => {
  const QUERY = `query ($accountId: ID!, $from: LocalDate, $to: LocalDate) {
    accountLedger(accountId: $accountId, from: $from, to: $to) {
      edges { node { effectiveOn description book tax bookBalance taxBalance } } } }`;

  test('runs a balance over its entries, which goes on where its first day begins', async () => {
    const { accounts } = await riverbend.ask('otto', '{ accounts { id code } }');
    const accountId = accounts.find(({ code }: { code: string }) => code === '1110').id;
    const read = async (filter: object) => {
      const { accountLedger } = await riverbend.ask('otto', QUERY, { accountId, ...filter });
      return accountLedger.edges.map(({ node }: { node: object }) => node);
    };
    const all = await read({});
    expect(all.map((line: { bookBalance: string }) => line.bookBalance)).toEqual([
      '3000.00',
      '2000.00',
      '2040.00',
      '1540.00',
      '1790.00',
    ]);
    expect(await read({ from: '2026-10-20', to: '2026-10-20' })).toEqual([
      {
        effectiveOn: '2026-10-20',
        description: 'A saw',
        book: '-1000.00',
        tax: '-700.00',
        bookBalance: '2000.00',
        taxBalance: '2300.00',
      },
    ]);
  });

  test('of an account nobody knows is empty or not found, never another’s', async () => {
    const { accounts } = await elsewhere.ask('tess', '{ accounts { id code } }');
    const theirs = accounts.find(({ code }: { code: string }) => code === '1110').id;
    for (const accountId of [theirs, encodeGlobalId('Account', newId())]) {
      const { body } = await riverbend.answer('otto', QUERY, { accountId });
      expect(body.data?.accountLedger?.edges ?? []).toEqual([]);
    }
  });
});

describe('members’ capital', () => {
  test('is listed by cause for those who keep the books, at any day', async () => {
    const query = `query ($asOf: LocalDate) { memberCapital(asOf: $asOf) { member { displayName } book tax byCause { cause book } } }`;
    const { memberCapital } = await riverbend.ask('tess', query);
    const mia = memberCapital.find(
      (row: { member: { displayName: string } }) => row.member.displayName === 'mia',
    );
    expect(mia).toMatchObject({ book: '250.00', tax: '250.00' });
    expect(mia.byCause).toContainEqual({ cause: 'cash', book: '250.00' });
    const before = await riverbend.ask('tess', query, { asOf: '2026-11-09' });
    expect(before.memberCapital.every(({ book }: { book: string }) => book === '0.00')).toBe(true);
  });

  test('is everyone’s own to see, and nobody else’s', async () => {
    const query =
      'query ($id: ID!) { member(id: $id) { capital { book } capitalHistory { on book cause } } }';
    const own = await riverbend.ask('mia', query, { id: memberId('mia') });
    expect(own.member).toEqual({
      capital: { book: '250.00' },
      capitalHistory: [{ on: '2026-11-10', book: '250.00', cause: 'cash' }],
    });
    const { errors, body } = await riverbend.answer('rita', query, { id: memberId('mia') });
    expect(errors[0]?.extensions['code']).toBe('FORBIDDEN');
    expect(JSON.stringify(body.data)).not.toContain('250.00');
  });
});

const REPORTS: readonly (readonly [string, string])[] = [
  ['the trial balance', `{ trialBalance { bookTotal ${LINES} } }`],
  ['the balance sheet', `{ balanceSheet { assets { total { book } } } }`],
  [
    'the income statement',
    '{ incomeStatement(from: "2026-10-01", to: "2026-11-20") { netIncome { book } } }',
  ],
  ['the cash flow', '{ cashFlow { change { book } } }'],
  ['the divergence', '{ divergence { lines { book } members { book } } }'],
  ['the journal', '{ journal { totalCount edges { node { description amount } } } }'],
  ['everyone’s capital', '{ memberCapital { book } }'],
  ['the chart of accounts', '{ accounts { code name } }'],
  ['requests that wait', '{ journalRequests { amount } }'],
];

describe.each(REPORTS)('%s', (_name, query) => {
  test.each(['mia', 'rita'])('is FORBIDDEN to %s, who keeps no books', async (who) => {
    const { errors, body } = await riverbend.answer(who, query);
    expect(errors[0]?.extensions['code']).toBe('FORBIDDEN');
    expect(Object.values(body.data ?? {}).every((value) => value === null)).toBe(true);
  });

  test('holds nothing of another cooperative', async () => {
    const answer = JSON.stringify(await elsewhere.ask('tess', query));
    for (const ours of ['3000.00', '1790.00', '2790.00', '2540.00', '250.00', 'A saw', 'drawer'])
      expect(answer).not.toContain(ours);
  });
});
