// The domain's worked numbers, through handlers and commands, to the cent.
import {
  allocationApproved,
  contributionsCutOff,
  incomeStatementRequested,
  periodCloseFinalised,
  periodReopenApproved,
} from '@habitat/events';
import { expectAccepted, newId } from '@habitat/kernel';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  advanceClose,
  approveRequest,
  capitalHistory,
  correctTransaction,
  creditAllocations,
  getBalanceSheet,
  getIncomeStatement,
  getTrialBalance,
  listAccountLedger,
  listJournal,
  listLayers,
  lockPeriod,
  memberCapitalStatement,
  postContributions,
  postTransaction,
  reopenPeriods,
} from './index.ts';
import { brokenChecks, startLedger, valued } from './ledger.fixture.ts';
import type { Ledger } from './ledger.fixture.ts';

let ledger: Ledger;

beforeEach(async () => {
  ledger = await startLedger();
});
afterEach(async () => {
  expect(await brokenChecks(ledger)).toEqual([]);
  await ledger.test.end();
});

const treasurer = () => ledger.as('tess', ['treasurer']);

async function post(effectiveOn: string, ...entries: [string, bigint][]): Promise<string> {
  const answer = expectAccepted(
    await postTransaction(ledger.test.database, treasurer(), {
      effectiveOn,
      description: 'entry',
      entries: entries.map(([accountCode, minor]) => ({ accountCode, bookMinor: minor, taxMinor: minor })),
    }),
  );
  if (answer.requestId === null) return answer.transactionIds[0] ?? '';
  const agreed = await approveRequest(ledger.test.database, ledger.as('ada', ['administrator']), {
    requestId: answer.requestId,
  });
  return expectAccepted(agreed).transactionIds[0] ?? '';
}

describe('postings', () => {
  test('a cash contribution of 5,000 goes to checking and to capital, alike in both bases', async () => {
    const told = await ledger.deliver(postContributions, valued(ledger));
    expect(await ledger.balance('1110')).toBe('500000/500000');
    expect(await ledger.balance('capital:alice')).toBe('-500000/-500000');
    expect(told.map(({ type }) => type)).toEqual([
      'treasury.transaction.posted',
      'treasury.contribution.posted',
    ]);
    expect(told[0]?.payload).toMatchObject({
      source: 'contribution',
      cashChangeMinor: '500000',
      incomeChange: { bookMinor: '0', taxMinor: '0' },
      capitalChanges: [{ memberId: ledger.members.alice, bookMinor: '500000', taxMinor: '500000' }],
    });
  });

  test('equipment worth 10,000 that cost its owner 7,000 leaves a layer of 3,000 with that member', async () => {
    await ledger.deliver(
      postContributions,
      valued(ledger, { kind: 'in_kind', valueMinor: 1_000_000n, taxMinor: 700_000n }),
    );
    expect(await ledger.balance('1420')).toBe('1000000/700000');
    expect(await ledger.balance('capital:alice')).toBe('-1000000/-700000');
    const layers = await listLayers(ledger.test.database, ledger.cooperativeId);
    expect(layers).toMatchObject([
      {
        memberId: ledger.members.alice,
        bookMinor: 1_000_000n,
        taxMinor: 700_000n,
        builtInGainMinor: 300_000n,
      },
    ]);
  });

  test('6 hours of engineering at 100 stand in contributed services with no tax basis', async () => {
    await ledger.deliver(
      postContributions,
      valued(ledger, { kind: 'labor', category: 'engineering', valueMinor: 60_000n, taxMinor: 0n }),
    );
    expect(await ledger.balance('1910')).toBe('60000/0');
    expect(await ledger.balance('capital:alice')).toBe('-60000/0');
  });

  test('furniture, leasehold and digital gifts each go to their own account', async () => {
    await ledger.deliver(
      postContributions,
      ...['furniture', 'leasehold', 'digital'].map((category) =>
        valued(ledger, { kind: 'in_kind', category, valueMinor: 100n, taxMinor: 100n }),
      ),
    );
    expect([
      await ledger.balance('1410'),
      await ledger.balance('1430'),
      await ledger.balance('1510'),
    ]).toEqual(['100/100', '100/100', '100/100']);
  });

  test('revenue, relationships and patronage-only work need no entry and are told as posted', async () => {
    const told = await ledger.deliver(
      postContributions,
      valued(ledger, { kind: 'revenue' }),
      valued(ledger, { kind: 'relationship' }),
      valued(ledger, { kind: 'labor', treatment: 'patronage' }),
    );
    expect(told.map(({ type, payload }) => [type, payload['transactionId']])).toEqual(
      Array.from({ length: 3 }, () => ['treasury.contribution.posted', null]),
    );
  });

  test('event rental 500 and a guaranteed payment of 2,000', async () => {
    await post('2026-05-02', ['1110', 50_000n], ['4130', -50_000n]);
    await post('2026-05-03', ['5210', 200_000n], ['1110', -200_000n]);
    expect([
      await ledger.balance('1110'),
      await ledger.balance('4130'),
      await ledger.balance('5210'),
    ]).toEqual(['-150000/-150000', '-50000/-50000', '200000/200000']);
  });

  test('a wrong 500 corrected to 300 nets to 300, with the original reversed and linked', async () => {
    const wrong = await post('2026-05-02', ['1110', 50_000n], ['4130', -50_000n]);
    const { requestId } = expectAccepted(
      await correctTransaction(ledger.test.database, treasurer(), {
        transactionId: wrong,
        reason: 'typed 500 for 300',
        effectiveOn: '2026-05-04',
        replacement: {
          effectiveOn: '2026-05-04',
          description: 'rental',
          entries: [
            { accountCode: '1110', bookMinor: 30_000n, taxMinor: 30_000n },
            { accountCode: '4130', bookMinor: -30_000n, taxMinor: -30_000n },
          ],
        },
      }),
    );
    const done = expectAccepted(
      await approveRequest(ledger.test.database, ledger.as('ada', ['administrator']), { requestId }),
    );
    expect(done.transactionIds).toHaveLength(2);
    expect([await ledger.balance('1110'), await ledger.balance('4130')]).toEqual([
      '30000/30000',
      '-30000/-30000',
    ]);
    const journal = await listJournal(
      ledger.test.database,
      ledger.cooperativeId,
      {},
      { limit: 10, after: null },
    );
    expect(journal.find(({ id }) => id === wrong)?.reversedById).toBe(done.transactionIds[0]);
    expect(journal.find(({ source }) => source === 'correction')?.correctsId).toBe(wrong);
  });
});

const closing = {
  revenue: { 4110: 8400n, 4210: 4200n, 4310: 1800n, 4420: 600n, 4510: 450n, 4910: 150n },
  expense: { 5110: 5100n, 5220: 4200n, 5310: 1800n, 5410: 900n, 5510: 400n, 5610: 200n },
};

/** Books the quarter of the worked example into Q1 and runs the close up to approval. */
async function closeFirstQuarter(): Promise<{ closeId: string; periodId: string; allocationId: string }> {
  for (const [code, amount] of Object.entries(closing.revenue))
    await post('2026-03-10', ['1110', amount * 100n], [code, -amount * 100n]);
  for (const [code, amount] of Object.entries(closing.expense))
    await post('2026-03-11', [code, amount * 100n], ['1110', -amount * 100n]);
  const ids = { closeId: newId(), periodId: await ledger.periodId('Q1 2026') };
  await ledger.deliver(advanceClose, ledger.envelope(contributionsCutOff, ids.closeId, ids));
  const [statement] = await ledger.deliver(
    advanceClose,
    ledger.envelope(incomeStatementRequested, ids.closeId, ids),
  );
  expect(statement?.payload).toMatchObject({ netIncome: { bookMinor: '300000', taxMinor: '300000' } });
  const allocationId = newId();
  const share = (memberId: string, minor: bigint) => ({
    memberId,
    bookMinor: minor,
    taxMinor: minor,
    cashMinor: 0n,
    retainedMinor: minor,
  });
  const approved = ledger.envelope(allocationApproved, allocationId, {
    allocationId,
    ...ids,
    recordHash: 'h',
    netIncomeBookMinor: 300_000n,
    netIncomeTaxMinor: 300_000n,
    appropriations: [],
    lines: [share(ledger.members.alice, 200_000n), share(ledger.members.bob, 100_000n)],
  });
  const told = await ledger.deliver(creditAllocations, approved);
  expect(told.at(-1)?.type).toBe('treasury.allocation.credited');
  const again = await ledger.deliver(creditAllocations, approved);
  expect(again).toEqual([expect.objectContaining({ payload: told.at(-1)?.payload })]);
  const done = await ledger.deliver(advanceClose, ledger.envelope(periodCloseFinalised, ids.closeId, ids));
  expect(done.map(({ type }) => type)).toEqual([
    'treasury.capital_statement.prepared',
    'treasury.period.closed',
  ]);
  return { ...ids, allocationId };
}

describe('close of a period', () => {
  test('every revenue and expense leaf and 3310 end at zero, members rise by 3,000.00, the next period is open', async () => {
    await closeFirstQuarter();
    for (const code of [...Object.keys(closing.revenue), ...Object.keys(closing.expense), '3310'])
      expect(await ledger.balance(code)).toBe('0/0');
    expect([await ledger.balance('capital:alice'), await ledger.balance('capital:bob')]).toEqual([
      '-200000/-200000',
      '-100000/-100000',
    ]);
    const statement = await getIncomeStatement(ledger.test.database, ledger.cooperativeId, {
      from: '2026-01-01',
      to: '2026-03-31',
    });
    expect(statement.netIncome.bookMinor).toBe(300_000n);
    expect(statement.revenue.total.bookMinor).toBe(1_560_000n);
    const q2 = await ledger.test.asOwner(
      'select status from treasury.period where cooperative_id = $1 and name = $2',
      [ledger.cooperativeId, 'Q2 2026'],
    );
    expect(q2).toEqual([{ status: 'open' }]);
  });

  test('capital statements open where the last closed and tell each cause', async () => {
    await ledger.deliver(
      postContributions,
      valued(ledger, { workedOn: '2026-02-01', valueMinor: 1_000n, taxMinor: 1_000n }),
    );
    await closeFirstQuarter();
    const [alice] = await memberCapitalStatement(ledger.test.database, ledger.cooperativeId, {
      from: '2026-01-01',
      to: '2026-03-31',
      memberIds: [ledger.members.alice],
    });
    expect(alice).toMatchObject({
      opening: { bookMinor: 0n },
      changes: [
        { cause: 'cash', bookMinor: 1_000n },
        { cause: 'surplus', bookMinor: 200_000n },
      ],
      closing: { bookMinor: 201_000n, taxMinor: 201_000n },
    });
    const history = await capitalHistory(
      ledger.test.database,
      ledger.cooperativeId,
      [ledger.members.alice],
      '2026-12-31',
    );
    expect(history.map(({ on, bookMinor }) => [on, bookMinor])).toEqual([
      ['2026-02-01', 1_000n],
      ['2026-03-31', 201_000n],
    ]);
  });

  test('an approved reopening reverses the allocation and the period takes postings again', async () => {
    const ids = await closeFirstQuarter();
    const reopened = ledger.envelope(periodReopenApproved, ids.closeId, {
      ...ids,
      reason: 'missed an invoice',
    });
    const told = await ledger.deliver(reopenPeriods, reopened);
    expect(told.map(({ type }) => type)).toEqual([
      'treasury.transaction.posted',
      'treasury.transaction.posted',
      'treasury.period.reopened',
      'treasury.allocation.reversed',
    ]);
    expect([
      await ledger.balance('4110'),
      await ledger.balance('capital:alice'),
      await ledger.balance('3310'),
    ]).toEqual(['-840000/-840000', '0/0', '0/0']);
    await post('2026-03-12', ['5110', 100n], ['1110', -100n]);
    const statement = await getIncomeStatement(ledger.test.database, ledger.cooperativeId, {
      from: '2026-01-01',
      to: '2026-03-31',
    });
    expect(statement.netIncome.bookMinor).toBe(299_900n);
  });

  test('an allocation whose net income the ledger no longer shows is refused and told', async () => {
    await post('2026-03-10', ['1110', 1_000n], ['4110', -1_000n]);
    const ids = { closeId: newId(), periodId: await ledger.periodId('Q1 2026') };
    await ledger.deliver(
      advanceClose,
      ledger.envelope(contributionsCutOff, ids.closeId, ids),
      ledger.envelope(incomeStatementRequested, ids.closeId, ids),
    );
    const allocationId = newId();
    const told = await ledger.deliver(
      creditAllocations,
      ledger.envelope(allocationApproved, allocationId, {
        allocationId,
        ...ids,
        recordHash: 'h',
        netIncomeBookMinor: 999n,
        netIncomeTaxMinor: 1_000n,
        appropriations: [],
        lines: [],
      }),
    );
    expect(told).toMatchObject([
      { type: 'treasury.allocation.refused', payload: { reason: 'NET_INCOME_CHANGED' } },
    ]);
  });

  test('once the income statement was taken, only the close itself posts into the period', async () => {
    const ids = { closeId: newId(), periodId: await ledger.periodId('Q1 2026') };
    await ledger.deliver(advanceClose, ledger.envelope(contributionsCutOff, ids.closeId, ids));
    await post('2026-03-10', ['1110', 1_000n], ['4110', -1_000n]);
    await ledger.deliver(advanceClose, ledger.envelope(incomeStatementRequested, ids.closeId, ids));
    const late = await postTransaction(ledger.test.database, treasurer(), {
      effectiveOn: '2026-03-10',
      description: 'late',
      entries: [
        { accountCode: '1110', bookMinor: 1n, taxMinor: 1n },
        { accountCode: '4110', bookMinor: -1n, taxMinor: -1n },
      ],
    });
    expect(late).toMatchObject({
      ok: false,
      refusal: { code: 'PERIOD_NOT_OPEN', status: 'closing', path: 'effectiveOn' },
    });
  });

  test('a period is locked by two administrators, never by one', async () => {
    const { periodId } = await closeFirstQuarter();
    const lock = (who: string) =>
      lockPeriod(ledger.test.database, ledger.as(who, ['administrator']), { periodId });
    expect(expectAccepted(await lock('ada')).locked).toBe(false);
    expect(await lock('ada')).toMatchObject({ refusal: { code: 'SAME_PERSON' } });
    expect(expectAccepted(await lock('bea')).locked).toBe(true);
    expect(await lock('ada')).toMatchObject({ refusal: { code: 'PERIOD_ALREADY_LOCKED' } });
  });

  test('a balance from the snapshot and the entries since equals the sum of all entries', async () => {
    await closeFirstQuarter();
    await post('2026-04-05', ['1110', 70_000n], ['4130', -70_000n]);
    const trial = expectAccepted(
      await getTrialBalance(ledger.test.database, ledger.cooperativeId, { asOf: '2026-12-31' }),
    );
    expect(trial.lines.find(({ code }) => code === '1110')?.bookMinor).toBe(370_000n);
    const sheet = expectAccepted(
      await getBalanceSheet(ledger.test.database, ledger.cooperativeId, { asOf: '2026-12-31' }),
    );
    expect([sheet.assets.total.bookMinor, sheet.netIncome.bookMinor, sheet.equity.total.bookMinor]).toEqual([
      370_000n,
      70_000n,
      300_000n,
    ]);
    const cash = trial.lines.find(({ code }) => code === '1110')?.accountId ?? '';
    const lines = await listAccountLedger(
      ledger.test.database,
      ledger.cooperativeId,
      { accountId: cash, from: '2026-04-01' },
      { limit: 5, after: null },
    );
    expect(lines).toMatchObject([{ bookMinor: 70_000n, balanceBookMinor: 370_000n }]);
  });
});
