// The books over HTTP as the treasury pages ask for them: balances of the chart, what waits for a second person and what
// it would post, and the sums plots are drawn from.
import { expectAccepted, systemActor } from '@habitat/kernel';
import { addMember } from '@habitat/people';
import { grantAccess } from '@habitat/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, Served } from '../../testing/served-cooperative.ts';

let served: Served;
const tokens = new Map<string, string>();

beforeAll(async () => {
  served = await Served.start();
  served.now = new Date('2026-11-20T15:00:00Z');
  const { cooperativeId } = await served.found('riverbend');
  const actor = systemActor(cooperativeId);
  for (const [name, roles] of [
    ['ed', ['member', 'treasurer']],
    ['dev', ['member', 'administrator']],
    ['noor', ['member', 'auditor']],
    ['alice', ['member', 'contributor']],
  ] as const) {
    const context = { cooperativeId, actor, now: served.now, correlationId: 'test' };
    const email = `${name}@riverbend.example`;
    const member = { displayName: name, email, joinedOn: '2026-10-01', roles };
    const { memberId } = expectAccepted(await addMember(served.test.database, context, member));
    const access = { memberId, email, displayName: name, password: PASSWORD };
    expectAccepted(await grantAccess(served.test.database, context, access));
    tokens.set(name, (await served.signIn(email)).accessToken);
  }
  await served.settle();
});
afterAll(() => served.stop());

// Answers of many shapes; each test looks at its own.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
async function ask(who: string, query: string, variables: object = {}): Promise<any> {
  const answer = await served.ask(query, variables, tokens.get(who));
  if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
  return answer.body.data;
}

async function refusalOf(who: string, query: string, variables: object = {}): Promise<string | undefined> {
  const answer = await served.ask(query, variables, tokens.get(who));
  return answer.errors[0]?.extensions['code'] as string | undefined;
}

const POST = `mutation ($input: PostTransactionInput!) { postTransaction(input: $input) {
  transaction { id number } request { id } } }`;

async function posted(effectiveOn: string, debit: string, credit: string, book: string, tax = book) {
  const entries = [
    { accountCode: debit, book, tax },
    { accountCode: credit, book: `-${book}`, tax: `-${tax}` },
  ];
  const input = { effectiveOn, description: `${debit} from ${credit}`, entries };
  return (await ask('ed', POST, { input })).postTransaction;
}

test('the chart tells what each leaf stands at on a day, and a group nothing', async () => {
  await posted('2026-10-15', '1110', '4130', '1200.00');
  await posted('2026-11-02', '5110', '1110', '300.00');
  const { accounts } = await ask(
    'noor',
    '{ accounts { code leaf balance { book tax } then: balance(asOf: "2026-10-31") { book } } }',
  );
  const of = (code: string) => accounts.find((one: { code: string }) => one.code === code);
  expect(of('1110')).toMatchObject({ balance: { book: '900.00', tax: '900.00' }, then: { book: '1200.00' } });
  expect(of('1120')?.balance ?? { book: '0.00', tax: '0.00' }).toEqual({ book: '0.00', tax: '0.00' });
  expect(
    accounts
      .filter((one: { leaf: boolean }) => !one.leaf)
      .every((one: { balance: unknown }) => one.balance === null),
  ).toBe(true);
});

test('the trial balance shows leaves at zero only when asked for all', async () => {
  const { some, every } = await ask(
    'ed',
    `{ some: trialBalance { lines { account { code } } }
       every: trialBalance { lines(all: true) { account { code } } } }`,
  );
  expect(some.lines).toHaveLength(3);
  expect(every.lines.length).toBeGreaterThan(10);
});

test('a large entry waits: its lines are shown, who asked may only take it back, and another agrees', async () => {
  const { request, transaction } = await posted('2026-11-03', '1110', '4130', '6000.00', '5500.00');
  expect(transaction).toBeNull();
  const waiting = `{ journalRequests { id act amount mine viewerMay requestedBy { displayName } subject { id }
    drafts { effectiveOn description entries { book tax memo account { code } } } } }`;
  const [own] = (await ask('ed', waiting)).journalRequests;
  expect(own).toMatchObject({ act: 'post', amount: '6000.00', mine: true, viewerMay: ['withdraw'] });
  const [theirs] = (await ask('dev', waiting)).journalRequests;
  expect(theirs.viewerMay).toEqual(['approve', 'decline']);
  expect(theirs.requestedBy.displayName).toBe('ed');
  expect(theirs.drafts).toEqual([
    {
      effectiveOn: '2026-11-03',
      description: '1110 from 4130',
      entries: [
        { book: '6000.00', tax: '5500.00', memo: null, account: { code: '1110' } },
        { book: '-6000.00', tax: '-5500.00', memo: null, account: { code: '4130' } },
      ],
    },
  ]);
  expect((await ask('noor', waiting)).journalRequests[0].viewerMay).toEqual([]);
  const approve = `mutation ($input: ApproveJournalRequestInput!) { approveJournalRequest(input: $input) {
    request { status viewerMay transactions { amount postedBy { displayName } } } } }`;
  expect(await refusalOf('ed', approve, { input: { requestId: request.id } })).toBe('FORBIDDEN');
  const { approveJournalRequest: done } = await ask('dev', approve, { input: { requestId: request.id } });
  expect(done.request).toEqual({
    status: 'approved',
    viewerMay: [],
    transactions: [{ amount: '6000.00', postedBy: { displayName: 'dev' } }],
  });
});

test('a reversal waits about the transaction it would undo, with the lines turned around', async () => {
  const { transaction } = await posted('2026-11-04', '5110', '1110', '50.00');
  const reverse = `mutation ($input: ReverseTransactionInput!) { reverseTransaction(input: $input) {
    request { subject { number } drafts { entries { book } } } } }`;
  const answer = await ask('ed', reverse, { input: { transactionId: transaction.id, reason: 'twice' } });
  expect(answer.reverseTransaction.request).toEqual({
    subject: { number: transaction.number },
    drafts: [{ entries: [{ book: '-50.00' }, { book: '50.00' }] }],
  });
});

test('income and expense by month add up to the income statement of the same days', async () => {
  const { months, statement } = await ask(
    'noor',
    `{ months: incomeByMonth(from: "2026-10-01", to: "2026-12-31") { month revenue { book tax } expense { book } }
       statement: incomeStatement(from: "2026-10-01", to: "2026-12-31") { netIncome { book tax } } }`,
  );
  expect(months).toEqual([
    { month: '2026-10-01', revenue: { book: '1200.00', tax: '1200.00' }, expense: { book: '0.00' } },
    { month: '2026-11-01', revenue: { book: '6000.00', tax: '5500.00' }, expense: { book: '350.00' } },
  ]);
  expect(statement.netIncome).toEqual({ book: '6850.00', tax: '6350.00' });
});

test('members’ capital moves by day and cause, after what it opened with', async () => {
  const { alice } = await ask('dev', '{ alice: members(first: 10) { edges { node { id displayName } } } }');
  const member = alice.edges.find(
    (edge: { node: { displayName: string } }) => edge.node.displayName === 'alice',
  );
  const entries = [
    { accountCode: '1110', book: '1000.00' },
    { memberId: member.node.id, book: '-1000.00' },
  ];
  const input = { effectiveOn: '2026-11-05', description: 'Deposit', entries };
  const { request } = (await ask('ed', POST, { input })).postTransaction;
  const approve = `mutation ($input: ApproveJournalRequestInput!) { approveJournalRequest(input: $input) { request { id } } }`;
  await ask('dev', approve, { input: { requestId: request.id } });
  const query = (from: string) =>
    `{ capitalMovements(from: "${from}", to: "2026-11-30") { opening { book } movements { on change { book tax } } } }`;
  expect((await ask('noor', query('2026-11-01'))).capitalMovements).toEqual({
    opening: { book: '0.00' },
    movements: [{ on: '2026-11-05', change: { book: '1000.00', tax: '1000.00' } }],
  });
  expect((await ask('noor', query('2026-11-06'))).capitalMovements).toEqual({
    opening: { book: '1000.00' },
    movements: [],
  });
});

test('a member without a part in the books sees none of it', async () => {
  for (const query of [
    '{ incomeByMonth(from: "2026-10-01", to: "2026-12-31") { month } }',
    '{ capitalMovements(from: "2026-10-01", to: "2026-12-31") { opening { book } } }',
    '{ accounts { code balance { book } } }',
    '{ journalRequests { id } }',
  ])
    expect(await refusalOf('alice', query)).toBe('FORBIDDEN');
});

test('a span that runs backwards is refused', async () => {
  expect(await refusalOf('ed', '{ incomeByMonth(from: "2026-12-31", to: "2026-10-01") { month } }')).toBe(
    'VALIDATION_ERROR',
  );
});
