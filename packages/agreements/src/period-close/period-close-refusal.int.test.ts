// What a close refuses, each once, over a real PostgreSQL; and of two acts at once, only one.
import type { TestDatabase } from '@habitat/database/testing';
import {
  contributionApplied,
  contributionDisputed,
  contributionRefused,
  contributionResolved,
  contributionSubmitted,
  contributionValued,
  periodOpened,
} from '@habitat/events';
import { newId } from '@habitat/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approveAllocation, proposeAllocation, returnAllocation } from '../allocation/allocation.commands.ts';
import { faults } from '../testing/checks.ts';
import { closeToStepFive, code, must, tellClosing, tellIncome } from '../testing/ledger-answers.ts';
import { patronage } from '../testing/patronage-case.ts';
import type { Person } from '../testing/story.ts';
import { beginStory, connect, contributionFacts } from '../testing/story.ts';
import { abandonPeriodClose, beginPeriodClose, confirmCloseStep } from './period-close.commands.ts';
import { getPeriodClose } from './period-close.queries.ts';

let server: TestDatabase;
beforeAll(async () => {
  server = await connect();
});
afterAll(async () => {
  // Whatever the tests did, no check of the database may find a fault.
  expect(await faults(server)).toEqual([]);
  await server.end();
});

describe('what is refused', () => {
  test('two closes at once: one begins, the other is told of it', async () => {
    const story = await beginStory(server);
    const begin = () =>
      beginPeriodClose(story.database, story.as(story.allocator), { periodId: story.period.periodId });
    const codes = (await Promise.all([begin(), begin(), begin()])).map(code).sort();
    expect(codes).toEqual(['CLOSE_EXISTS', 'CLOSE_EXISTS', 'accepted']);
  });

  test('only an allocator begins, a known period, open, over, with nothing before it open', async () => {
    const story = await beginStory(server);
    const { periodId } = story.period;
    const begin = (who = story.allocator, id = periodId) =>
      beginPeriodClose(story.database, story.as(who), { periodId: id });
    expect(code(await begin(story.treasurer))).toBe('FORBIDDEN');
    expect(code(await begin(story.allocator, newId()))).toBe('PERIOD_NOT_FOUND');
    story.now = new Date('2026-10-01T03:59:59Z'); // still September 30 in New York
    expect(code(await begin())).toBe('PERIOD_NOT_OVER');
    story.now = new Date('2026-10-01T04:00:00Z');
    const earlier = {
      periodId: newId(),
      name: 'Q2 2026',
      startsOn: '2026-04-01',
      endsOn: '2026-06-30',
      status: 'open' as const,
    };
    await story.tell(periodOpened, earlier.periodId, earlier);
    expect(code(await begin())).toBe('EARLIER_PERIOD_OPEN');
    await tellClosing(story);
    expect(code(await begin())).toBe('PERIOD_NOT_OPEN');
  });

  test('what waits, is not posted or is disputed stops its step and says how many', async () => {
    const story = await beginStory(server);
    const { database } = story;
    const member = await story.join(1);
    const id = newId();
    const facts = contributionFacts(id, 1187, member, 'labor', 40_000n, '2026-08-01');
    await story.tell(contributionSubmitted, id, facts);
    const { closeId } = must(
      await beginPeriodClose(database, story.as(story.allocator), { periodId: story.period.periodId }),
    );
    const confirm = (step: number) =>
      confirmCloseStep(database, story.as(story.allocator), { closeId, step });
    expect(await confirm(2)).toMatchObject({ refusal: { code: 'STEP_NOT_CURRENT', current: 1 } });
    must(await confirm(1));
    expect(await confirm(2)).toMatchObject({
      refusal: { code: 'BLOCKED', blocker: 'CONTRIBUTION_WAITING', count: 1 },
    });
    await story.tell(contributionValued, id, facts);
    must(await confirm(2));
    expect(await confirm(2)).toMatchObject({ refusal: { code: 'STEP_NOT_CURRENT' } });
    await tellClosing(story);
    await story.tell(contributionRefused, id, {
      contributionId: id,
      memberId: member,
      reason: 'NO_ACCOUNT',
      detail: '',
    });
    expect(await confirm(3)).toMatchObject({ refusal: { code: 'BLOCKED', blocker: 'POSTING_PROBLEM' } });
    await story.tell(contributionApplied, id, facts);
    must(await confirm(3));
    await tellIncome(story, closeId, 10_000n);
    await story.tell(contributionDisputed, id, { ...facts, reason: 'too little' });
    const propose = () => proposeAllocation(database, story.as(story.allocator), { closeId });
    expect(await propose()).toMatchObject({
      refusal: { code: 'BLOCKED', blocker: 'CONTRIBUTION_DISPUTED', count: 1 },
    });
    const before = { previousValueMinor: 40_000n, previousTaxMinor: 0n, reason: 'agreed' };
    await story.tell(contributionResolved, id, { ...facts, valueMinor: 50_000n, ...before });
    const view = await getPeriodClose(database, story.cooperativeId, { closeId });
    expect(view?.steps.map(({ state }) => state)).toEqual([
      'done',
      'done',
      'done',
      'done',
      'current',
      'waiting',
      'waiting',
    ]);
    must(await propose());
  });

  test('a proposer cannot approve their own proposal, neither here nor past us in the database', async () => {
    const story = await patronage(server);
    const closeId = await closeToStepFive(story, 120_000n);
    const both = { ...story.allocator, roles: ['member', 'allocator', 'administrator'] as const };
    const { allocationId, recordHash } = must(
      await proposeAllocation(story.database, story.as(both), { closeId }),
    );
    expect(code(await approveAllocation(story.database, story.as(both), { closeId, recordHash }))).toBe(
      'SAME_PERSON',
    );
    const sameMember = { ...story.administrator, memberId: both.memberId };
    expect(code(await approveAllocation(story.database, story.as(sameMember), { closeId, recordHash }))).toBe(
      'SAME_PERSON',
    );
    const forged = server.asOwner(
      `insert into agreements.allocation_decision values ($1, $2, 'approved', null, $3, $4, now())`,
      [story.cooperativeId, allocationId, newId(), both.memberId],
    );
    await expect(forged).rejects.toMatchObject({ code: 'HB006' });
  });

  test('of two approvals at once one counts, and only of the record that was seen', async () => {
    const story = await patronage(server);
    const closeId = await closeToStepFive(story, 120_000n);
    const propose = async () =>
      must(await proposeAllocation(story.database, story.as(story.allocator), { closeId }));
    const approve = (recordHash: string, who = story.board) =>
      approveAllocation(story.database, story.as(who), { closeId, recordHash });
    const limited = (who: Person) => ({ ...who, limits: { allocator: 119_999n, board_member: 119_999n } });
    expect(code(await approve('0'.repeat(64)))).toBe('NOTHING_PROPOSED');
    const tooMuch = await proposeAllocation(story.database, story.as(limited(story.allocator)), { closeId });
    expect(tooMuch).toMatchObject({ refusal: { code: 'OVER_ROLE_LIMIT', limitMinor: '119999' } });
    const { recordHash } = await propose();
    expect(code(await approve(recordHash, limited(story.board)))).toBe('OVER_ROLE_LIMIT');
    expect(code(await approve(recordHash, story.treasurer))).toBe('FORBIDDEN');
    expect(code(await approve('0'.repeat(64)))).toBe('PROPOSAL_CHANGED');
    const codes = (await Promise.all([approve(recordHash), approve(recordHash, story.administrator)]))
      .map(code)
      .sort();
    expect(codes).toEqual(['ALREADY_DECIDED', 'accepted']);
    expect(await story.published('agreements.allocation.approved')).toHaveLength(1);
    const abandon = await abandonPeriodClose(story.database, story.as(story.allocator), {
      closeId,
      reason: 'late',
    });
    expect(code(abandon)).toBe('ALREADY_APPROVED');
  });

  test('a proposal that no longer counts everything cannot be approved; a returned one is made anew', async () => {
    const story = await patronage(server);
    const closeId = await closeToStepFive(story, 120_000n);
    const allocator = story.as(story.allocator);
    const first = must(await proposeAllocation(story.database, allocator, { closeId }));
    await story.give(story.ids.carol, 'labor', 10_000n);
    const approval = { closeId, recordHash: first.recordHash };
    expect(code(await approveAllocation(story.database, story.as(story.board), approval))).toBe(
      'PROPOSAL_STALE',
    );
    const back = (reason: string) =>
      returnAllocation(story.database, story.as(story.board), { closeId, reason });
    expect(code(await back(' '))).toBe('REASON_REQUIRED');
    must(await back('Carol’s hours came late'));
    expect(code(await back('again'))).toBe('ALREADY_DECIDED');
    const second = must(await proposeAllocation(story.database, allocator, { closeId }));
    expect(second.recordHash).not.toBe(first.recordHash);
    must(
      await approveAllocation(story.database, story.as(story.board), {
        closeId,
        recordHash: second.recordHash,
      }),
    );
  });

  test('with nobody taking part a surplus is divided by nobody, and kept only when that is asked for', async () => {
    const story = await beginStory(server);
    const closeId = await closeToStepFive(story, 70_000n, 60_000n);
    const propose = (keepUnallocated: boolean) =>
      proposeAllocation(story.database, story.as(story.allocator), { closeId, keepUnallocated });
    expect(code(await propose(false))).toBe('NO_PATRONAGE');
    const { recordHash } = must(await propose(true));
    must(await approveAllocation(story.database, story.as(story.board), { closeId, recordHash }));
    const [approved] = await story.published('agreements.allocation.approved');
    expect(approved).toMatchObject({
      lines: [],
      appropriations: [{ accountCode: '3330', bookMinor: '70000', taxMinor: '60000' }],
    });
  });

  test('an abandoned close opens the way for another; another cooperative sees neither', async () => {
    const story = await patronage(server);
    const closeId = await closeToStepFive(story, 120_000n);
    must(
      await abandonPeriodClose(story.database, story.as(story.allocator), { closeId, reason: 'Wrong books' }),
    );
    expect(await story.published('agreements.period_close.abandoned')).toHaveLength(1);
    const late = await confirmCloseStep(story.database, story.as(story.allocator), { closeId, step: 3 });
    expect(code(late)).toBe('CLOSE_NOT_RUNNING');
    await story.tell(periodOpened, story.period.periodId, { ...story.period, status: 'open' });
    await closeToStepFive(story, 120_000n);
    const stranger = await beginStory(server);
    expect(await getPeriodClose(server.database, stranger.cooperativeId, { closeId })).toBeNull();
    const theirs = await proposeAllocation(server.database, stranger.as(stranger.allocator), { closeId });
    expect(code(theirs)).toBe('CLOSE_NOT_FOUND');
  });
});
