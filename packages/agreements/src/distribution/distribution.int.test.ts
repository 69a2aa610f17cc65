// Distributions over a real PostgreSQL: two people, two guards, and the ledger's answers line by line.
import type { TestDatabase } from '@habitat/database/testing';
import {
  distributionPaidPosted,
  distributionPayablePosted,
  distributionRefused,
  distributionReturned,
  periodOpened,
} from '@habitat/events';
import { newId } from '@habitat/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listRetainedLots } from '../statement/statement.queries.ts';
import { approvedDistribution, closedQuarter } from '../testing/closed-quarter.ts';
import { faults } from '../testing/checks.ts';
import { code, must } from '../testing/ledger-answers.ts';
import type { Person, Story } from '../testing/story.ts';
import { beginStory, connect } from '../testing/story.ts';
import {
  approveDistribution,
  calculateDistribution,
  cancelDistribution,
  markDistributionFailed,
  markDistributionPaid,
  scheduleDistribution,
} from './distribution.commands.ts';
import { findDistributions, listDistributions } from './distribution.queries.ts';

let server: TestDatabase;
beforeAll(async () => {
  server = await connect();
});
afterAll(async () => {
  // Whatever the tests did, no check of the database may find a fault.
  expect(await faults(server)).toEqual([]);
  await server.end();
});

async function view(story: Story, id: string) {
  const [found] = await findDistributions(story.database, story.cooperativeId, [id]);
  if (found === undefined) throw new Error('no such distribution');
  return found;
}

type Posting = typeof distributionPayablePosted | typeof distributionPaidPosted | typeof distributionReturned;

async function answer(
  story: Story,
  id: string,
  contract: Posting,
  more: (string | null)[] = [null],
): Promise<void> {
  const { lines } = await view(story, id);
  const wanted = more[0] === null ? lines : lines.filter((line) => more.includes(line.id));
  await story.tellAll(
    contract,
    wanted.map(({ id: lineId, memberId, amountMinor }) => [
      id,
      { distributionId: id, lineId, memberId, amountMinor, transactionId: newId() },
    ]),
  );
}

const PAY_ON = '2026-11-02';

describe('from calculated to paid', () => {
  test('the cash part is approved by a second person, booked, paid, and leaves the lots', async () => {
    const story = await closedQuarter(server);
    const { database, treasurer } = story;
    const distributionId = await approvedDistribution(story);
    expect(await view(story, distributionId)).toMatchObject({
      number: 1,
      status: 'approved',
      totalMinor: 60_000n,
      cashAfterMinor: 1_095_000n,
    });
    must(await scheduleDistribution(database, story.as(treasurer), { distributionId, payOn: PAY_ON }));
    const scheduled = await story.published('agreements.distribution.scheduled');
    expect(scheduled).toMatchObject([
      { amountMinor: '30000', payOn: PAY_ON, effectiveOn: '2026-10-07', cashReserveMinor: '1000000' },
      {},
    ]);
    await answer(story, distributionId, distributionPayablePosted);
    expect((await view(story, distributionId)).status).toBe('scheduled');
    story.now = new Date('2026-11-02T18:00:00Z');
    const [first] = (await view(story, distributionId)).lines;
    const pay = (lineIds: string[] | null) =>
      markDistributionPaid(database, story.as(treasurer), {
        distributionId,
        lineIds,
        paidOn: PAY_ON,
        reference: 'ACH 17',
      });
    must(await pay([first?.id ?? '']));
    await answer(story, distributionId, distributionPaidPosted, [first?.id ?? '']);
    expect((await view(story, distributionId)).status).toBe('processing');
    expect(code(await pay([first?.id ?? '']))).toBe('WRONG_STATE');
    must(await pay(null));
    await answer(story, distributionId, distributionPaidPosted);
    await answer(story, distributionId, distributionPaidPosted);
    expect((await view(story, distributionId)).status).toBe('completed');
    const lots = await listRetainedLots(database, story.cooperativeId, null);
    expect(lots).toMatchObject([
      { allocatedMinor: 150_000n, paidOutMinor: 30_000n, leftMinor: 120_000n },
      { allocatedMinor: 150_000n, paidOutMinor: 30_000n, leftMinor: 120_000n },
    ]);
    const again = { basis: 'allocation' as const, periodId: story.period.periodId };
    expect(code(await calculateDistribution(database, story.as(treasurer), again))).toBe(
      'NOTHING_TO_DISTRIBUTE',
    );
  });

  test('a line the ledger refuses goes back with the most that would pass; a failed or cancelled one ends', async () => {
    const story = await closedQuarter(server);
    const { database, treasurer } = story;
    const distributionId = await approvedDistribution(story);
    must(await scheduleDistribution(database, story.as(treasurer), { distributionId, payOn: PAY_ON }));
    const [first, second] = (await view(story, distributionId)).lines;
    const refusal = {
      distributionId,
      lineId: first?.id ?? '',
      memberId: first?.memberId ?? '',
      step: 'schedule' as const,
    };
    await story.tell(distributionRefused, distributionId, {
      ...refusal,
      reason: 'CAPITAL_DEFICIT',
      mostMinor: 20_000n,
    });
    await answer(story, distributionId, distributionPayablePosted, [second?.id ?? '']);
    const [refused] = (await view(story, distributionId)).lines.filter(({ id }) => id === first?.id);
    expect(refused).toMatchObject({
      state: 'approved',
      problem: 'CAPITAL_DEFICIT',
      problemMostMinor: 20_000n,
      payOn: null,
    });
    must(
      await markDistributionFailed(database, story.as(treasurer), {
        distributionId,
        reason: 'Account closed',
      }),
    );
    await answer(story, distributionId, distributionReturned, [second?.id ?? '']);
    must(
      await cancelDistribution(database, story.as(treasurer), {
        distributionId,
        reason: 'Try again next month',
      }),
    );
    const states = (await view(story, distributionId)).lines.map(({ state }) => state).sort();
    expect(states).toEqual(['cancelled', 'failed']);
    expect((await view(story, distributionId)).status).toBe('failed');
    expect(
      (await listRetainedLots(database, story.cooperativeId, null)).map((lot) => lot.paidOutMinor),
    ).toEqual([0n, 0n]);
  });
});

describe('what is refused', () => {
  test('nothing is calculated, approved, scheduled or paid above the limit of an assignment', async () => {
    const story = await closedQuarter(server);
    const { database, treasurer, allocator } = story;
    const limited = (who: Person, limit: bigint) =>
      story.as({ ...who, limits: { treasurer: limit, allocator: limit } });
    const over = { refusal: { code: 'OVER_ROLE_LIMIT', limitMinor: '59999' } };
    const input = { basis: 'allocation' as const, periodId: story.period.periodId };
    expect(await calculateDistribution(database, limited(treasurer, 59_999n), input)).toMatchObject(over);
    const { distributionId } = must(
      await calculateDistribution(database, limited(treasurer, 60_000n), input),
    );
    const approve = (limit: bigint) =>
      approveDistribution(database, limited(allocator, limit), { distributionId });
    expect(await approve(59_999n)).toMatchObject(over);
    must(await approve(60_000n));
    const schedule = (limit: bigint) =>
      scheduleDistribution(database, limited(treasurer, limit), { distributionId, payOn: PAY_ON });
    expect(await schedule(59_999n)).toMatchObject(over);
    must(await schedule(60_000n));
    await answer(story, distributionId, distributionPayablePosted);
    story.now = new Date('2026-11-02T18:00:00Z');
    const pay = (limit: bigint, lineIds: string[] | null = null) =>
      markDistributionPaid(database, limited(treasurer, limit), { distributionId, lineIds, paidOn: PAY_ON });
    expect(await pay(59_999n)).toMatchObject(over);
    const [first] = (await view(story, distributionId)).lines;
    must(await pay(59_999n, [first?.id ?? '']));
    expect((await view(story, distributionId)).lines.map(({ state }) => state).sort()).toEqual([
      'paying',
      'scheduled',
    ]);
  });

  test('who calculates does not approve, nor does anybody approve twice', async () => {
    const story = await closedQuarter(server);
    const both: Person = { ...story.treasurer, roles: ['treasurer', 'allocator'] };
    const input = { basis: 'equal' as const, poolMinor: '10000' };
    expect(code(await calculateDistribution(story.database, story.as(story.allocator), input))).toBe(
      'FORBIDDEN',
    );
    const { distributionId } = must(await calculateDistribution(story.database, story.as(both), input));
    const approve = (who: Person) => approveDistribution(story.database, story.as(who), { distributionId });
    expect(code(await approve(story.administrator))).toBe('FORBIDDEN');
    expect(code(await approve(both))).toBe('SAME_PERSON');
    const schedule = await scheduleDistribution(story.database, story.as(both), {
      distributionId,
      payOn: PAY_ON,
    });
    expect(code(schedule)).toBe('NOT_APPROVED');
    const forged = server.asOwner(
      `update agreements.distribution_line set state = 'approved' where distribution_id = $1`,
      [distributionId],
    );
    await expect(forged).rejects.toMatchObject({ code: 'HB006' });
    const codes = (await Promise.all([approve(story.allocator), approve(story.allocator)])).map(code).sort();
    expect(codes).toEqual(['ALREADY_APPROVED', 'accepted']);
    const unknown = await approveDistribution(story.database, story.as(story.allocator), {
      distributionId: newId(),
    });
    expect(code(unknown)).toBe('DISTRIBUTION_NOT_FOUND');
  });

  test('two distributions at once never promise the same cash', async () => {
    const story = await closedQuarter(server);
    const calculate = () =>
      calculateDistribution(story.database, story.as(story.treasurer), {
        basis: 'capital_account',
        poolMinor: '100000',
      });
    const codes = (await Promise.all([calculate(), calculate()])).map(code).sort();
    expect(codes).toEqual(['CASH_RESERVE', 'accepted']);
    const [made] = await listDistributions(story.database, story.cooperativeId, { limit: 10 });
    expect(made?.lines.map((line) => line.amountMinor)).toEqual([50_000n, 50_000n]);
  });

  test('amounts, dates, periods and lines that make no sense each get their own answer', async () => {
    const story = await closedQuarter(server);
    const { database, treasurer } = story;
    const calculate = (input: Parameters<typeof calculateDistribution>[2]) =>
      calculateDistribution(database, story.as(treasurer), input);
    expect(code(await calculate({ basis: 'equal', poolMinor: '12.5' }))).toBe('MALFORMED_AMOUNT');
    expect(code(await calculate({ basis: 'allocation', periodId: newId() }))).toBe('PERIOD_NOT_FOUND');
    const next = {
      periodId: newId(),
      name: 'Q4 2026',
      startsOn: '2026-10-01',
      endsOn: '2026-12-31',
      status: 'open' as const,
    };
    await story.tell(periodOpened, next.periodId, next);
    expect(code(await calculate({ basis: 'allocation', periodId: next.periodId }))).toBe('NO_ALLOCATION');
    const guard = await calculate({
      basis: 'equal',
      poolMinor: '150001',
      memberIds: [story.members[0] ?? ''],
    });
    expect(guard).toMatchObject({ refusal: { code: 'CAPITAL_DEFICIT', mostMinor: '150000' } });
    const distributionId = await approvedDistribution(story);
    const schedule = (payOn: string, lineIds: string[] | null = null) =>
      scheduleDistribution(database, story.as(treasurer), { distributionId, payOn, lineIds });
    expect(code(await schedule('2026-02-30'))).toBe('NOT_A_DATE');
    expect(code(await schedule('2026-10-06'))).toBe('DATE_PAST');
    expect(code(await schedule(PAY_ON, [newId()]))).toBe('LINE_NOT_FOUND');
    const paid = { distributionId, paidOn: '2026-10-08' };
    expect(code(await markDistributionPaid(database, story.as(treasurer), paid))).toBe('DATE_IN_FUTURE');
    const failed = await markDistributionFailed(database, story.as(treasurer), {
      distributionId,
      reason: '',
    });
    expect(code(failed)).toBe('REASON_REQUIRED');
  });

  test('another cooperative neither sees nor touches a distribution', async () => {
    const story = await closedQuarter(server);
    const distributionId = await approvedDistribution(story);
    const stranger = await beginStory(server);
    expect(await findDistributions(server.database, stranger.cooperativeId, [distributionId])).toEqual([]);
    const cancel = await cancelDistribution(server.database, stranger.as(stranger.treasurer), {
      distributionId,
      reason: 'x',
    });
    expect(code(cancel)).toBe('DISTRIBUTION_NOT_FOUND');
  });
});
