// The emergency reopen over a real PostgreSQL: two people, what it takes back, and what stops it.
import type { TestDatabase } from '@habitat/database/testing';
import { allocationReversed, periodOpened, periodReopened } from '@habitat/events';
import { newId } from '@habitat/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scheduleDistribution } from '../distribution/distribution.commands.ts';
import { findDistributions } from '../distribution/distribution.queries.ts';
import { listRetainedLots, listStatements } from '../statement/statement.queries.ts';
import { faults } from '../testing/checks.ts';
import type { ClosedQuarter } from '../testing/closed-quarter.ts';
import { approvedDistribution, closedQuarter } from '../testing/closed-quarter.ts';
import { code, must } from '../testing/ledger-answers.ts';
import type { Person } from '../testing/story.ts';
import { connect } from '../testing/story.ts';
import { declineReopen, listAgreementsWaiting } from '../waiting/waiting.ts';
import { beginPeriodClose } from './period-close.commands.ts';
import { getPeriodClose } from './period-close.queries.ts';
import { approveReopen, requestReopen } from './reopen.commands.ts';

let server: TestDatabase;
beforeAll(async () => {
  server = await connect();
});
afterAll(async () => {
  // Whatever the tests did, no check of the database may find a fault.
  expect(await faults(server)).toEqual([]);
  await server.end();
});

describe('the emergency reopen', () => {
  const reasoned = (story: ClosedQuarter, reason = 'An invoice was booked twice') => ({
    periodId: story.period.periodId,
    reason,
  });

  test('two people reopen a closed period: lots emptied, statements superseded, a new close possible', async () => {
    const story = await closedQuarter(server);
    const distributionId = await approvedDistribution(story);
    const { database, period, closeId } = story;
    const approve = (who: Person) => approveReopen(database, story.as(who), { periodId: period.periodId });
    const ask = (who: Person, why?: string) => requestReopen(database, story.as(who), reasoned(story, why));
    expect(code(await ask(story.allocator))).toBe('FORBIDDEN');
    expect(code(await ask(story.administrator, ''))).toBe('REASON_REQUIRED');
    expect(code(await approve(story.board))).toBe('NOTHING_REQUESTED');
    const both: Person = { ...story.administrator, roles: ['administrator', 'board_member'] };
    must(await ask(both));
    expect(code(await ask(both))).toBe('ALREADY_REQUESTED');
    expect(code(await approve(both))).toBe('SAME_PERSON');
    const [waits] = await listAgreementsWaiting(database, story.cooperativeId);
    expect(waits).toMatchObject({ act: 'requestReopen', byMemberId: both.memberId });
    const decline = (who: Person, reason: string) =>
      declineReopen(database, story.as(who), { requestId: waits?.id ?? '', reason });
    expect(code(await decline(story.treasurer, 'no'))).toBe('FORBIDDEN');
    expect(code(await decline(story.board, ' '))).toBe('REASON_REQUIRED');
    must(await decline(story.board, 'A correction is enough'));
    expect(code(await approve(story.board))).toBe('NOTHING_REQUESTED');
    must(await ask(both));
    const late = { ...reasoned(story), secondPersonDays: 0 };
    expect(code(await approveReopen(database, story.as(story.board), late))).toBe('NOTHING_REQUESTED');
    must(await requestReopen(database, story.as(both), late));
    expect(await listAgreementsWaiting(database, story.cooperativeId)).toHaveLength(1);
    expect(code(await approve(story.administrator))).toBe('FORBIDDEN');
    const codes = (await Promise.all([approve(story.board), approve(story.board)])).map(code).sort();
    expect(codes).toEqual(['ALREADY_APPROVED', 'accepted']);
    expect((await findDistributions(database, story.cooperativeId, [distributionId]))[0]?.status).toBe(
      'cancelled',
    );
    const [asked] = await story.published('agreements.period_close.reopen_approved');
    const allocationId = String(asked?.['allocationId']);
    const told = { allocationId, closeId, periodId: period.periodId, transactionIds: [newId()] };
    await story.tell(allocationReversed, allocationId, told);
    await story.tell(allocationReversed, allocationId, told);
    await story.tell(periodReopened, period.periodId, { ...period, status: 'open' });
    expect((await getPeriodClose(database, story.cooperativeId, { closeId }))?.close.status).toBe('reopened');
    const lots = await listRetainedLots(database, story.cooperativeId, null);
    expect(lots.map(({ leftMinor, reversedMinor }) => [leftMinor, reversedMinor])).toEqual([
      [0n, 150_000n],
      [0n, 150_000n],
    ]);
    const statements = await listStatements(database, story.cooperativeId, story.members[0] ?? '');
    expect(statements.map(({ superseded }) => superseded)).toEqual([true]);
    must(await beginPeriodClose(database, story.as(story.allocator), { periodId: period.periodId }));
  });

  test('money that is scheduled stops the reopen', async () => {
    const story = await closedQuarter(server);
    const distributionId = await approvedDistribution(story);
    must(
      await scheduleDistribution(story.database, story.as(story.treasurer), {
        distributionId,
        payOn: '2026-11-02',
      }),
    );
    const asked = await requestReopen(story.database, story.as(story.administrator), reasoned(story));
    expect(asked).toMatchObject({
      refusal: { code: 'DISTRIBUTION_UNDER_WAY', distributionNumber: 1, state: 'scheduling' },
    });
  });

  test('an open period, a locked one and one before a later closed one are not reopened', async () => {
    const story = await closedQuarter(server);
    const { database, period } = story;
    const request = (periodId: string) =>
      requestReopen(database, story.as(story.administrator), { periodId, reason: 'x' });
    const next = {
      periodId: newId(),
      name: 'Q4 2026',
      startsOn: '2026-10-01',
      endsOn: '2026-12-31',
      status: 'open' as const,
    };
    await story.tell(periodOpened, next.periodId, next);
    expect(code(await request(next.periodId))).toBe('PERIOD_NOT_CLOSED');
    expect(code(await request(newId()))).toBe('PERIOD_NOT_FOUND');
    await story.tell(periodOpened, next.periodId, { ...next, status: 'closed' });
    expect(code(await request(period.periodId))).toBe('LATER_PERIOD_CLOSED');
    await story.tell(periodOpened, period.periodId, { ...period, status: 'locked' });
    expect(code(await request(period.periodId))).toBe('PERIOD_LOCKED');
  });
});
