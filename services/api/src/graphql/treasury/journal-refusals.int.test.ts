// What the journal refuses over HTTP: every bad input with its own error and place, the wrong role, a closed period;
// after each the books are as they were.
import { newId } from '@habitat/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../../guard/allowance.ts';
import { Party } from '../../testing/party.ts';
import { Served } from '../../testing/served-cooperative.ts';
import { encodeGlobalId } from '../global-id.ts';

let served: Served;
let riverbend: Party;

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
});
afterAll(() => served.stop());

const entry = (accountCode: string, book: string, tax = book) => ({ accountCode, book, tax });
const sale = (amount: string, changes: object = {}) => ({
  effectiveOn: '2026-11-12',
  description: 'Event rental',
  entries: [entry('1110', amount), entry('4130', `-${amount}`)],
  ...changes,
});

/** Everything in the books of all cooperatives, told by its number. */
async function entriesWritten(): Promise<unknown> {
  const [row] = await served.test.asOwner(
    'select (select count(*)::int from treasury.entry) as entries, (select count(*)::int from treasury.transaction) as transactions',
  );
  return row;
}

describe('bad input gets its own error, and nothing changes', () => {
  const unknown = encodeGlobalId('Account', newId());
  const cases: readonly (readonly [string, object, object])[] = [
    [
      'entries out of balance in book',
      { entries: [entry('1110', '5.00'), entry('4130', '-4.00')] },
      { code: 'VALIDATION_ERROR', reason: 'UNBALANCED', basis: 'book', difference: '1.00' },
    ],
    [
      'entries out of balance in tax',
      { entries: [entry('1110', '5.00'), entry('4130', '-5.00', '-4.00')] },
      { code: 'VALIDATION_ERROR', reason: 'UNBALANCED', basis: 'tax', difference: '1.00' },
    ],
    [
      'no entries',
      { entries: [] },
      { code: 'VALIDATION_ERROR', reason: 'TOO_FEW_ENTRIES', path: ['input', 'entries'] },
    ],
    [
      'an entry of nothing',
      { entries: [entry('1110', '0.00'), entry('4130', '0.00')] },
      { reason: 'EMPTY_ENTRY', path: ['input', 'entries', 0] },
    ],
    [
      'three decimals',
      { entries: [entry('1110', '5.001'), entry('4130', '-5.001')] },
      { code: 'VALIDATION_ERROR', faults: [{ path: ['input', 'entries', 0, 'book'] }, {}, {}, {}] },
    ],
    [
      '10^15',
      { entries: [entry('1110', '1000000000000000'), entry('4130', '-1000000000000000')] },
      { code: 'VALIDATION_ERROR' },
    ],
    [
      'an amount that is none',
      { entries: [entry('1110', '1e3'), entry('4130', '-1e3')] },
      { code: 'VALIDATION_ERROR' },
    ],
    [
      'a day before the first period',
      { effectiveOn: '2026-09-30' },
      { code: 'CONFLICT', reason: 'PERIOD_NOT_OPEN', path: ['input', 'effectiveOn'] },
    ],
    [
      'a day in the future',
      { effectiveOn: '2026-11-21' },
      { code: 'VALIDATION_ERROR', reason: 'FUTURE_DATE', today: '2026-11-20' },
    ],
    ['a day that is none', { effectiveOn: '2026-02-30' }, { code: 'VALIDATION_ERROR' }],
    ['no description', { description: ' ' }, { code: 'VALIDATION_ERROR', path: ['input', 'description'] }],
    [
      'an account that is not there',
      { entries: [{ accountId: unknown, book: '5.00' }, entry('4130', '-5.00')] },
      { code: 'NOT_FOUND', reason: 'UNKNOWN_ACCOUNT', path: ['input', 'entries', 0, 'accountId'] },
    ],
    [
      'a group of accounts',
      { entries: [entry('1100', '5.00'), entry('4130', '-5.00')] },
      { reason: 'ACCOUNT_NOT_A_LEAF', accountCode: '1100' },
    ],
    [
      'an id of something else',
      { entries: [{ accountId: encodeGlobalId('Member', newId()), book: '5.00' }, entry('4130', '-5.00')] },
      { code: 'NOT_FOUND', reason: 'UNKNOWN_ACCOUNT' },
    ],
    [
      'a damaged id',
      { entries: [{ accountId: 'nonsense', book: '5.00' }, entry('4130', '-5.00')] },
      { code: 'VALIDATION_ERROR', path: ['input', 'entries', 0, 'accountId'] },
    ],
  ];
  test.each(cases)('%s', async (_name, changes, told) => {
    const before = await entriesWritten();
    expect(await riverbend.refusedAct('tess', 'postTransaction', sale('5.00', changes))).toMatchObject(told);
    expect(await entriesWritten()).toEqual(before);
  });

  test('an unknown transaction or request', async () => {
    const reason = 'Who knows';
    const transactionId = encodeGlobalId('Transaction', newId());
    expect(await riverbend.refusedAct('tess', 'reverseTransaction', { transactionId, reason })).toMatchObject(
      {
        code: 'NOT_FOUND',
      },
    );
    const requestId = encodeGlobalId('JournalRequest', newId());
    expect(await riverbend.refusedAct('theo', 'approveJournalRequest', { requestId })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test.each(['mia', 'rita', 'otto', 'ada'])('a journal entry by %s, who is no treasurer', async (who) => {
    const before = await entriesWritten();
    expect(await riverbend.refusedAct(who, 'postTransaction', sale('5.00'))).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(
      await riverbend.refusedAct(who, 'postTransactions', { transactions: [sale('5.00')] }),
    ).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await entriesWritten()).toEqual(before);
  });
});

test('a treasurer whose assignment has a limit posts up to it, and is told what it is', async () => {
  const memberId = encodeGlobalId('Member', riverbend.memberIds.get('mia') ?? '');
  const role = { memberId, role: 'treasurer', limit: '1000.00', reason: 'the till only' };
  await riverbend.act('ada', 'assignRole', role);
  await riverbend.signInAgainFor('mia');
  await riverbend.act('mia', 'postTransaction', sale('1000.00'));
  expect(await riverbend.refusedAct('mia', 'postTransaction', sale('1000.01'))).toMatchObject({
    code: 'FORBIDDEN',
    reason: 'OVER_ROLE_LIMIT',
    limit: '1000.00',
  });
});

test('once the period is closed nothing is posted into it, also not what was asked for before', async () => {
  const { request } = await riverbend.act('tess', 'postTransaction', sale('8000.00'), 'request { id }');
  const { periods } = await riverbend.ask('ada', '{ periods { id } }');
  const [{ id: periodId }] = periods;
  const equal = { effectiveOn: '2026-10-01', formula: 'equal', rationale: 'We all worked alike' };
  const { termsId } = await riverbend.act('ada', 'setAgreementPolicies', equal, 'termsId');
  await riverbend.act('bea', 'decideTerms', { termsId, approve: true });
  await riverbend.act('ada', 'beginPeriodClose', { periodId, earlyBecause: 'The season is over' });
  const { periodClose } = await riverbend.ask('ada', '{ periodClose { id } }');
  for (const step of [1, 2, 3])
    await riverbend.act('ada', 'confirmCloseStep', { closeId: periodClose.id, step });
  await riverbend.act('ada', 'proposeAllocation', { closeId: periodClose.id });
  const proposed = await riverbend.ask('bea', '{ periodClose { id proposal { recordHash } } }');
  const { recordHash } = proposed.periodClose.proposal;
  await riverbend.act('bea', 'approveAllocation', { closeId: periodClose.id, recordHash });
  const after = await riverbend.ask('ada', '{ periodClose { status } periods { status } }');
  expect(after).toMatchObject({ periodClose: { status: 'completed' }, periods: [{ status: 'closed' }, {}] });

  const before = await entriesWritten();
  const told = { code: 'CONFLICT', reason: 'PERIOD_NOT_OPEN', status: 'closed', period: 'Q4 2026' };
  expect(await riverbend.refusedAct('tess', 'postTransaction', sale('5.00'))).toMatchObject(told);
  const requestId = request.id;
  expect(await riverbend.refusedAct('theo', 'approveJournalRequest', { requestId })).toMatchObject(told);
  expect(await entriesWritten()).toEqual(before);
});
