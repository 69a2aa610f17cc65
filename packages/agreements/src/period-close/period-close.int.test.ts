// A period's close over a real PostgreSQL: the worked numbers through SQL, one refusal each, and a close that goes
// on from wherever it was stopped.
import type { TestDatabase } from '@habitat/database/testing';
import { allocationRefused } from '@habitat/events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approveAllocation, proposeAllocation } from '../allocation/allocation.commands.ts';
import { getAllocation, verifyAllocation } from '../allocation/allocation.queries.ts';
import { listRetainedLots, listStatements } from '../statement/statement.queries.ts';
import { faults } from '../testing/checks.ts';
import {
  closeToStepFive,
  closeWholly,
  must,
  tellCapital,
  tellClosed,
  tellClosing,
  tellCredited,
  tellIncome,
} from '../testing/ledger-answers.ts';
import { patronage } from '../testing/patronage-case.ts';
import type { Story } from '../testing/story.ts';
import { beginStory, connect } from '../testing/story.ts';
import { beginPeriodClose, confirmCloseStep, resumeClose } from './period-close.commands.ts';
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

async function linesOf(story: Story, column: 'bookMinor' | 'taxMinor' | 'cashMinor'): Promise<bigint[]> {
  const found = await getAllocation(story.database, story.cooperativeId, story.period.periodId);
  const byMember = new Map(found?.lines.map((line) => [line.memberId, line[column]]));
  return [...byMember].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, amount]) => amount);
}

describe('the worked examples through SQL', () => {
  test.each([
    [1_200_000n, [525_406n, 389_189n, 285_405n]],
    [120_000n, [52_541n, 38_919n, 28_540n]],
    [1n, [1n, 0n, 0n]],
    [0n, [0n, 0n, 0n]],
  ])('a surplus of %s minor units is divided exactly', async (surplus, expected) => {
    const story = await patronage(server);
    const closeId = await closeToStepFive(story, surplus);
    must(await proposeAllocation(story.database, story.as(story.allocator), { closeId }));
    expect(await linesOf(story, 'bookMinor')).toEqual(expected);
    expect(await linesOf(story, 'taxMinor')).toEqual(expected);
  });

  test('twenty percent of 12,000.00 is paid in cash, to the cent', async () => {
    const story = await patronage(server);
    const closeId = await closeToStepFive(story, 1_200_000n);
    must(await proposeAllocation(story.database, story.as(story.allocator), { closeId }));
    expect(await linesOf(story, 'cashMinor')).toEqual([105_081n, 77_838n, 57_081n]);
    const view = await getPeriodClose(story.database, story.cooperativeId, { closeId });
    expect(view?.proposal?.summary.weightedTotal).toBe('9250');
    expect(view?.lines.map((line) => line.detail.percent)).toEqual(['43.7838', '32.4324', '23.7838']);
  });

  test('a loss is borne by shares down to nobody below zero capital', async () => {
    const story = await beginStory(server);
    const members = [await story.join(1), await story.join(2), await story.join(3)] as const;
    for (const [index, value] of [50_000n, 30_000n, 20_000n].entries())
      await story.give(members[index] ?? '', 'labor', value);
    await story.post({
      capital: [
        [members[0], 20_000n, 0n],
        [members[1], 100_000n, 0n],
        [members[2], 100_000n, 0n],
      ],
    });
    const closeId = await closeToStepFive(story, -100_000n);
    must(await proposeAllocation(story.database, story.as(story.allocator), { closeId }));
    expect(await linesOf(story, 'bookMinor')).toEqual([-20_000n, -48_000n, -32_000n]);
  });

  test('what no member can bear of a loss goes to the reserves, in sight', async () => {
    const story = await beginStory(server);
    const member = await story.join(1, { droMinor: 500n });
    await story.give(member, 'labor', 10_000n);
    await story.post({ capital: [[member, 1_000n, 0n]] });
    const closeId = await closeToStepFive(story, -5_000n);
    const { recordHash } = must(
      await proposeAllocation(story.database, story.as(story.allocator), { closeId }),
    );
    must(await approveAllocation(story.database, story.as(story.board), { closeId, recordHash }));
    const [approved] = await story.published('agreements.allocation.approved');
    expect(approved?.['lines']).toMatchObject([{ bookMinor: '-1500' }]);
    expect(approved?.['appropriations']).toMatchObject([
      { accountCode: '3330', bookMinor: '-3500', taxMinor: '0' },
    ]);
  });
});

describe('the seven steps', () => {
  test('a close ends with lots, statements and a record that runs again to the same bytes', async () => {
    const story = await patronage(server);
    const { closeId, allocationId } = await closeWholly(story, 1_200_000n);
    const view = await getPeriodClose(story.database, story.cooperativeId, { closeId });
    expect(view?.close.status).toBe('completed');
    expect(view?.steps.map(({ state }) => state)).toEqual(Array(7).fill('done'));
    const lots = await listRetainedLots(story.database, story.cooperativeId, story.ids.alice);
    expect(lots).toMatchObject([
      { year: 2026, allocatedMinor: 525_406n, cashMinor: 105_081n, leftMinor: 525_406n },
    ]);
    const [statement, ...others] = await listStatements(story.database, story.cooperativeId, story.ids.alice);
    expect(others).toEqual([]);
    expect(statement?.document).toMatchObject({
      headline: { gaveMinor: '1250000', shareMinor: '525406' },
      share: { yourTotal: '4050', everyoneTotal: '9250', percent: '43.7838', surplusMinor: '1200000' },
      get: { cashMinor: '105081', retainedMinor: '420325' },
      taxes: { form: 'schedule_k1', year: 2026, formDueOn: '2027-03-15' },
    });
    for (const stranger of [story.ids.bob, story.ids.carol, '389189', '285405', '3000', '2200']) {
      expect(JSON.stringify(statement?.document)).not.toContain(`"${stranger}"`);
    }
    expect(await verifyAllocation(story.database, story.cooperativeId, allocationId)).toMatchObject({
      sameBytes: true,
      linesMatch: true,
    });
  });

  test('an answer that comes twice changes nothing', async () => {
    const story = await patronage(server);
    const { closeId, allocationId } = await closeWholly(story, 1_200_000n);
    await tellClosing({ ...story, tell: story.tell });
    await tellIncome(story, closeId, 99n);
    await tellCredited(story, closeId, allocationId);
    await tellCapital(story, closeId, new Map([[story.ids.alice, 525_406n]]));
    await tellClosed(story);
    const view = await getPeriodClose(story.database, story.cooperativeId, { closeId });
    expect(view?.close.income?.netIncome.bookMinor).toBe('1200000');
    expect(await listRetainedLots(story.database, story.cooperativeId, null)).toHaveLength(3);
    expect(await listStatements(story.database, story.cooperativeId, story.ids.alice)).toHaveLength(1);
    expect(await story.published('agreements.period_close.finalised')).toHaveLength(1);
  });

  test('a close stopped after any step asks the ledger again and goes on', async () => {
    const story = await patronage(server);
    const { database, allocator } = story;
    const as = story.as(allocator);
    const { closeId } = must(await beginPeriodClose(database, as, { periodId: story.period.periodId }));
    const resumed = async (type: string, times: number) => {
      must(await resumeClose(database, as, { closeId }));
      expect(await story.published(type)).toHaveLength(times);
    };
    await resumed('agreements.period_close.cut_off', 0);
    must(await confirmCloseStep(database, as, { closeId, step: 1 }));
    must(await confirmCloseStep(database, as, { closeId, step: 2 }));
    await resumed('agreements.period_close.cut_off', 2);
    await tellClosing(story);
    must(await confirmCloseStep(database, as, { closeId, step: 3 }));
    await resumed('agreements.period_close.income_statement_requested', 2);
    await tellIncome(story, closeId, 120_000n);
    const { allocationId, recordHash } = must(await proposeAllocation(database, as, { closeId }));
    await resumed('agreements.allocation.approved', 0);
    must(await approveAllocation(database, story.as(story.administrator), { closeId, recordHash }));
    await resumed('agreements.allocation.approved', 2);
    await tellCredited(story, closeId, allocationId);
    await resumed('agreements.period_close.finalised', 2);
    const { alice, bob, carol } = story.ids;
    await tellCapital(
      story,
      closeId,
      new Map([
        [alice, 52_541n],
        [bob, 38_919n],
        [carol, 28_540n],
      ]),
    );
    await tellClosed(story);
    expect((await getPeriodClose(database, story.cooperativeId, { closeId }))?.close.status).toBe(
      'completed',
    );
    expect(await listRetainedLots(database, story.cooperativeId, null)).toHaveLength(3);
  });

  test('an allocation the ledger refuses is proposed anew', async () => {
    const story = await patronage(server);
    const closeId = await closeToStepFive(story, 120_000n);
    const first = must(await proposeAllocation(story.database, story.as(story.allocator), { closeId }));
    must(
      await approveAllocation(story.database, story.as(story.board), {
        closeId,
        recordHash: first.recordHash,
      }),
    );
    const { periodId } = story.period;
    const refusal = {
      allocationId: first.allocationId,
      closeId,
      periodId,
      reason: 'NET_INCOME_CHANGED',
      detail: '',
    };
    await story.tell(allocationRefused, first.allocationId, refusal);
    const view = await getPeriodClose(story.database, story.cooperativeId, { closeId });
    expect(view).toMatchObject({ current: 5, close: { allocationId: null } });
    const second = must(await proposeAllocation(story.database, story.as(story.allocator), { closeId }));
    must(
      await approveAllocation(story.database, story.as(story.board), {
        closeId,
        recordHash: second.recordHash,
      }),
    );
    await tellCredited(story, closeId, first.allocationId);
    expect((await getPeriodClose(story.database, story.cooperativeId, { closeId }))?.current).toBe(6);
    await tellCredited(story, closeId, second.allocationId);
    expect((await getPeriodClose(story.database, story.cooperativeId, { closeId }))?.current).toBe(7);
  });
});
