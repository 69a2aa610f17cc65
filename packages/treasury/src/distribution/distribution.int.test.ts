// Paying members by the worked numbers: owed when scheduled, out of cash when paid, never below the reserve or zero.
import { distributionPaid, distributionScheduled, distributionVoided } from '@habitat/events';
import { newId } from '@habitat/kernel';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bookDistributions, listMemberCapital, postContributions } from '../index.ts';
import { brokenChecks, startLedger, valued } from '../ledger.fixture.ts';
import type { Ledger } from '../ledger.fixture.ts';

let ledger: Ledger;

beforeEach(async () => {
  ledger = await startLedger();
});
afterEach(async () => {
  expect(await brokenChecks(ledger)).toEqual([]);
  await ledger.test.end();
});

describe('distributions', () => {
  const line = (amountMinor: bigint, lineId = newId()) => ({
    distributionId: newId(),
    lineId,
    memberId: ledger.members.alice,
    amountMinor,
    effectiveOn: '2026-05-05',
  });
  const schedule = (facts: ReturnType<typeof line>, cashReserveMinor = 0n) =>
    ledger.deliver(
      bookDistributions,
      ledger.envelope(distributionScheduled, facts.distributionId, {
        ...facts,
        payOn: '2026-05-20',
        cashReserveMinor,
      }),
    );
  const pay = (facts: ReturnType<typeof line>, cashReserveMinor = 0n) =>
    ledger.deliver(
      bookDistributions,
      ledger.envelope(distributionPaid, facts.distributionId, { ...facts, cashReserveMinor }),
    );

  test('525.41 is owed when scheduled and leaves cash when paid, each booked once', async () => {
    await ledger.deliver(postContributions, valued(ledger));
    const facts = line(52_541n);
    await schedule(facts);
    await schedule(facts);
    expect([await ledger.balance('capital:alice'), await ledger.balance('2320')]).toEqual([
      '-447459/-447459',
      '-52541/-52541',
    ]);
    await pay(facts);
    const told = await pay(facts);
    expect(told.map(({ type }) => type)).toEqual(['treasury.distribution.paid_posted']);
    expect([await ledger.balance('2320'), await ledger.balance('1110')]).toEqual(['0/0', '447459/447459']);
  });

  test('300.00 asked of a capital of 200.00 is refused and 200.00 is the most', async () => {
    await ledger.deliver(postContributions, valued(ledger, { valueMinor: 20_000n, taxMinor: 20_000n }));
    const told = await schedule(line(30_000n));
    expect(told).toMatchObject([
      {
        type: 'treasury.distribution.refused',
        payload: { reason: 'CAPITAL_DEFICIT', mostMinor: '20000', step: 'schedule' },
      },
    ]);
  });

  test('of 11,550.00 in cash and a reserve of 10,000.00, 1,550.00 is the most, counting what is owed already', async () => {
    await ledger.deliver(postContributions, valued(ledger, { valueMinor: 1_155_000n, taxMinor: 1_155_000n }));
    expect(await schedule(line(155_001n), 1_000_000n)).toMatchObject([
      { payload: { reason: 'CASH_RESERVE', mostMinor: '155000' } },
    ]);
    expect(await schedule(line(100_000n), 1_000_000n)).toMatchObject([
      {},
      { type: 'treasury.distribution.payable_posted' },
    ]);
    expect(await schedule(line(55_001n), 1_000_000n)).toMatchObject([
      { payload: { reason: 'CASH_RESERVE', mostMinor: '55000' } },
    ]);
  });

  test('paying 2,000 of 10,000 allocated leaves 8,000 of capital: it is taken once, when scheduled', async () => {
    await ledger.deliver(postContributions, valued(ledger, { valueMinor: 1_000_000n, taxMinor: 1_000_000n }));
    const facts = line(200_000n);
    await schedule(facts);
    await pay(facts);
    const [alice] = await listMemberCapital(ledger.test.database, ledger.cooperativeId, {
      asOf: '2026-12-31',
      memberIds: [ledger.members.alice],
    });
    expect(alice).toMatchObject({
      bookMinor: 800_000n,
      byCause: [{ cause: 'cash' }, { cause: 'paid_out', bookMinor: -200_000n }],
    });
  });

  test('a failed payment returns to capital, and what was never scheduled is not paid', async () => {
    await ledger.deliver(postContributions, valued(ledger));
    const facts = line(10_000n);
    expect(await pay(facts)).toMatchObject([{ payload: { reason: 'NOT_SCHEDULED' } }]);
    await schedule(facts);
    const voided = ledger.envelope(distributionVoided, facts.distributionId, {
      ...facts,
      outcome: 'failed',
      reason: 'account closed',
    });
    expect((await ledger.deliver(bookDistributions, voided)).at(-1)?.type).toBe(
      'treasury.distribution.returned',
    );
    expect([await ledger.balance('2320'), await ledger.balance('capital:alice')]).toEqual([
      '0/0',
      '-500000/-500000',
    ]);
  });
});
