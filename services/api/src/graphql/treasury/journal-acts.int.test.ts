// The journal over HTTP: one entry and many, the second person behind large ones, reversal and correction, and the
// wall between cooperatives.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../../guard/allowance.ts';
import { Party } from '../../testing/party.ts';
import { Served } from '../../testing/served-cooperative.ts';
import { encodeGlobalId } from '../global-id.ts';

let served: Served;
let riverbend: Party;
let elsewhere: Party;

beforeAll(async () => {
  served = await Served.start({ allowances: NO_ALLOWANCES });
  riverbend = await Party.join(served, await served.found('riverbend'), {
    tess: ['member', 'treasurer'],
    theo: ['member', 'treasurer'],
    ada: ['member', 'administrator', 'allocator'],
    bea: ['member', 'administrator', 'board_member'],
    mia: ['member', 'contributor'],
    rita: ['member', 'reviewer'],
    otto: ['member', 'auditor'],
  });
  elsewhere = await Party.join(served, await served.found('elsewhere'), { zoe: ['member', 'treasurer'] });
});
afterAll(() => served.stop());

const entry = (accountCode: string, book: string, tax = book) => ({ accountCode, book, tax });
const sale = (amount: string, changes: object = {}) => ({
  effectiveOn: '2026-11-12',
  description: 'Event rental',
  entries: [entry('1110', amount), entry('4130', `-${amount}`)],
  ...changes,
});

const POSTED = `transaction { id number effectiveOn description source amount
  entries { account { code } book tax memo } reverses { number } corrects { number } }
  request { id act status mine amount }`;

/** Everything in the books of all cooperatives, told by its number. */
async function entriesWritten(): Promise<unknown> {
  const [row] = await served.test.asOwner(
    'select (select count(*)::int from treasury.entry) as entries, (select count(*)::int from treasury.transaction) as transactions',
  );
  return row;
}

describe('posting', () => {
  test('a journal entry stands in the books with both bases, signed by its treasurer', async () => {
    const input = sale('1200.50', {
      entries: [
        { ...entry('1420', '1200.50', '800.00'), memo: 'Saw' },
        entry('1110', '-800.00'),
        entry('4130', '-400.50', '0.00'),
      ],
    });
    const { transaction, request } = await riverbend.act('tess', 'postTransaction', input, POSTED);
    expect(request).toBeNull();
    expect(transaction).toMatchObject({
      effectiveOn: '2026-11-12',
      description: 'Event rental',
      source: 'manual',
      amount: '1200.50',
      entries: [
        { account: { code: '1420' }, book: '1200.50', tax: '800.00', memo: 'Saw' },
        { account: { code: '1110' }, book: '-800.00', tax: '-800.00', memo: null },
        { account: { code: '4130' }, book: '-400.50', tax: '0.00', memo: null },
      ],
    });
  });

  test('tax is as book where it is left out', async () => {
    const entries = [
      { accountCode: '1110', book: '10.00' },
      { accountCode: '4130', book: '-10.00' },
    ];
    const { transaction } = await riverbend.act(
      'tess',
      'postTransaction',
      sale('10.00', { entries }),
      POSTED,
    );
    expect(transaction.entries).toMatchObject([{ tax: '10.00' }, { tax: '-10.00' }]);
  });

  test('many at once are posted all, or none when one of them is wrong', async () => {
    const transactions = [sale('1.00'), sale('2.00'), sale('3.00')];
    const posted = await riverbend.act(
      'tess',
      'postTransactions',
      { transactions },
      'transactions { amount }',
    );
    expect(posted.transactions).toEqual([{ amount: '1.00' }, { amount: '2.00' }, { amount: '3.00' }]);
    const before = await entriesWritten();
    const wrong = [sale('4.00'), sale('5.00', { entries: [entry('1110', '5.00'), entry('4130', '-4.99')] })];
    expect(await riverbend.refusedAct('tess', 'postTransactions', { transactions: wrong })).toMatchObject({
      code: 'VALIDATION_ERROR',
      reason: 'UNBALANCED',
      basis: 'book',
      difference: '0.01',
      path: ['input', 'transactions', 1, 'entries'],
    });
    expect(await entriesWritten()).toEqual(before);
  });
});

describe('dual control', () => {
  test('an entry of 5,000 waits for another treasurer or an administrator, one below does not', async () => {
    const small = await riverbend.act('tess', 'postTransaction', sale('4999.99'), POSTED);
    expect(small.request).toBeNull();
    const { transaction, request } = await riverbend.act('tess', 'postTransaction', sale('5000.00'), POSTED);
    expect(transaction).toBeNull();
    expect(request).toMatchObject({ act: 'post', status: 'pending', mine: true, amount: '5000.00' });

    const requestId = request.id;
    expect(await riverbend.refusedAct('tess', 'approveJournalRequest', { requestId })).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'SAME_PERSON',
    });
    for (const who of ['mia', 'rita', 'otto'])
      expect(await riverbend.refusedAct(who, 'approveJournalRequest', { requestId })).toMatchObject({
        code: 'FORBIDDEN',
      });
    const listed = await riverbend.ask('theo', '{ journalRequests { id mine } }');
    expect(listed.journalRequests).toEqual([{ id: requestId, mine: false }]);
    const approved = await riverbend.act(
      'theo',
      'approveJournalRequest',
      { requestId, note: 'Seen the invoice' },
      'request { status transactions { amount } } transactions { amount source }',
    );
    expect(approved).toEqual({
      request: { status: 'approved', transactions: [{ amount: '5000.00' }] },
      transactions: [{ amount: '5000.00', source: 'manual' }],
    });
    expect(await riverbend.refusedAct('ada', 'approveJournalRequest', { requestId })).toMatchObject({
      code: 'CONFLICT',
      reason: 'ALREADY_DECIDED',
      status: 'approved',
    });
    expect((await riverbend.ask('theo', '{ journalRequests { id } }')).journalRequests).toEqual([]);
  });

  test('an entry that touches a member’s capital waits whatever its size', async () => {
    const memberId = encodeGlobalId('Member', riverbend.memberIds.get('mia') ?? '');
    const entries = [entry('1110', '1.00'), { memberId, book: '-1.00' }];
    const { request } = await riverbend.act('tess', 'postTransaction', sale('1.00', { entries }), POSTED);
    expect(request).toMatchObject({ status: 'pending' });
    await riverbend.act('tess', 'declineJournalRequest', { requestId: request.id, reason: 'Not like this' });
  });

  test('of two who agree at once one does, and the books hold it once', async () => {
    const description = 'Agreed to by two at once';
    const input = sale('6000.00', { description });
    const { request } = await riverbend.act('tess', 'postTransaction', input, POSTED);
    const agree = (who: string) =>
      riverbend.answer(
        who,
        'mutation ($input: ApproveJournalRequestInput!) { approveJournalRequest(input: $input) { __typename } }',
        { input: { requestId: request.id } },
      );
    const answers = await Promise.all([agree('theo'), agree('ada'), agree('bea')]);
    const reasons = answers.map(({ errors }) => errors[0]?.extensions['reason'] ?? 'done').sort();
    expect(reasons).toEqual(['ALREADY_DECIDED', 'ALREADY_DECIDED', 'done']);
    const found = await riverbend.ask('otto', 'query ($s: String!) { journal(search: $s) { totalCount } }', {
      s: description,
    });
    expect(found.journal.totalCount).toBe(1);
  });

  test('a declined request posts nothing and says why; a stranger to it may not decline it', async () => {
    const before = await entriesWritten();
    const { request } = await riverbend.act('tess', 'postTransaction', sale('7000.00'), POSTED);
    const requestId = request.id;
    const decline = { requestId, reason: 'It was a loan' };
    expect(await riverbend.refusedAct('mia', 'declineJournalRequest', decline)).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(
      await riverbend.refusedAct('theo', 'declineJournalRequest', { requestId, reason: ' ' }),
    ).toMatchObject({
      code: 'VALIDATION_ERROR',
      reason: 'REASON_REQUIRED',
      path: ['input', 'reason'],
    });
    const declined = await riverbend.act('theo', 'declineJournalRequest', decline, 'request { status }');
    expect(declined.request.status).toBe('declined');
    expect(await entriesWritten()).toEqual(before);
  });
});

describe('a mistake', () => {
  async function postOne(description: string) {
    const { transaction } = await riverbend.act(
      'tess',
      'postTransaction',
      sale('80.00', { description }),
      POSTED,
    );
    return transaction as { id: string; number: number };
  }

  test('is reversed as a whole by two people, with a reason, and once only', async () => {
    const { id: transactionId, number } = await postOne('Booked by mistake');
    expect(
      await riverbend.refusedAct('tess', 'reverseTransaction', { transactionId, reason: '' }),
    ).toMatchObject({
      reason: 'REASON_REQUIRED',
      path: ['input', 'reason'],
    });
    const input = { transactionId, reason: 'Booked twice' };
    const { request } = await riverbend.act(
      'tess',
      'reverseTransaction',
      input,
      'request { id act status reason }',
    );
    expect(request).toMatchObject({ act: 'reverse', status: 'pending', reason: 'Booked twice' });
    const done = await riverbend.act(
      'ada',
      'approveJournalRequest',
      { requestId: request.id },
      `transactions { source reverses { number } entries { account { code } book } }`,
    );
    expect(done.transactions).toEqual([
      {
        source: 'reversal',
        reverses: { number },
        entries: [
          { account: { code: '1110' }, book: '-80.00' },
          { account: { code: '4130' }, book: '80.00' },
        ],
      },
    ]);
    expect(await riverbend.refusedAct('tess', 'reverseTransaction', input)).toMatchObject({
      code: 'CONFLICT',
      reason: 'ALREADY_REVERSED',
    });
    const seen = await riverbend.ask(
      'otto',
      'query ($id: ID!) { transaction(id: $id) { reversedBy { source } viewerMay } }',
      { id: transactionId },
    );
    expect(seen.transaction).toEqual({ reversedBy: { source: 'reversal' }, viewerMay: [] });
  });

  test('is corrected by a reversal and a new entry that points back, both or neither', async () => {
    const { id: transactionId, number } = await postOne('Eighty instead of eight');
    const replacement = sale('8.00', { description: 'Eight it was' });
    const input = { transactionId, reason: 'A slip of the pen', replacement };
    const before = await entriesWritten();
    const unbalanced = { ...replacement, entries: [entry('1110', '8.00'), entry('4130', '-7.00')] };
    expect(
      await riverbend.refusedAct('tess', 'correctTransaction', { ...input, replacement: unbalanced }),
    ).toMatchObject({ reason: 'UNBALANCED' });
    expect(await entriesWritten()).toEqual(before);
    const { request } = await riverbend.act('tess', 'correctTransaction', input, 'request { id act }');
    expect(request.act).toBe('correct');
    const done = await riverbend.act(
      'theo',
      'approveJournalRequest',
      { requestId: request.id },
      `transactions { source amount reverses { number } corrects { number } }`,
    );
    expect(done.transactions).toEqual([
      { source: 'reversal', amount: '80.00', reverses: { number }, corrects: null },
      { source: 'correction', amount: '8.00', reverses: null, corrects: { number } },
    ]);
  });
});

test('a treasurer of another cooperative finds neither its transactions nor its requests nor its accounts', async () => {
  const { transaction } = await riverbend.act('tess', 'postTransaction', sale('9.00'), POSTED);
  const { request } = await riverbend.act('tess', 'postTransaction', sale('9000.00'), POSTED);
  const theirs = { transactionId: transaction.id, reason: 'Not ours' };
  expect(await elsewhere.refusedAct('zoe', 'reverseTransaction', theirs)).toMatchObject({
    code: 'NOT_FOUND',
  });
  for (const act of ['approveJournalRequest', 'declineJournalRequest'])
    expect(
      await elsewhere.refusedAct('zoe', act, {
        requestId: request.id,
        ...(act.startsWith('decline') ? { reason: 'No' } : {}),
      }),
    ).toMatchObject({ code: 'NOT_FOUND' });
  const { accounts } = await riverbend.ask('tess', '{ accounts { id code } }');
  const accountId = accounts.find(({ code }: { code: string }) => code === '1110').id;
  const entries = [{ accountId, book: '5.00' }, entry('4130', '-5.00')];
  expect(await elsewhere.refusedAct('zoe', 'postTransaction', sale('5.00', { entries }))).toMatchObject({
    code: 'NOT_FOUND',
    reason: 'UNKNOWN_ACCOUNT',
  });
  expect(await elsewhere.ask('zoe', '{ journalRequests { id } journal { totalCount } }')).toEqual({
    journalRequests: [],
    journal: { totalCount: 0 },
  });
  await riverbend.act('theo', 'declineJournalRequest', { requestId: request.id, reason: 'Enough' });
});
