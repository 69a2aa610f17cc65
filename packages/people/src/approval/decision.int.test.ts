// Deciding against a real database: who may, adjustments, the thread, bulk, the queue, and the database's
// own guards.
import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '@habitat/kernel';
import { commentsOf, memberYears, stepsOf } from '../contribution/contribution.queries.ts';
import { viewerSetting } from '../contribution/preview.queries.ts';
import { setApprovalPolicy } from '../policy/policy.commands.ts';
import { assignRole, revokeRole } from '../role/role.commands.ts';
import { roleAssignmentsOf } from '../role/role.queries.ts';
import type { Person, World } from '../testing/cooperative.ts';
import { ownDatabase } from '../testing/own-database.ts';
import type { Town } from '../testing/town.ts';
import { code, foundTown, truck } from '../testing/town.ts';
import { viewerRights } from './access.ts';
import type { QueueFilter } from './queue.queries.ts';
import { countApprovalQueue, listApprovalQueue } from './queue.queries.ts';
import {
  adjustContribution,
  answerQuestion,
  approveContributions,
  askAboutContribution,
  commentOnContribution,
  rejectContribution,
} from './decision.commands.ts';

const owner = ownDatabase();
let world: World;
let alice: Person;
let bob: Person;
let carol: Person;
let ed: Person;
let log: Town['log'];
let approve: Town['approve'];
let load: Town['load'];

beforeEach(async () => {
  ({ world, alice, bob, carol, ed, log, approve, load } = await foundTown(owner()));
});

describe('nobody decides what is theirs', () => {
  test('a member cannot approve their own contribution, nor what they logged for another', async () => {
    expect(code(await approve(carol, await log(carol)))).toBe('OWN_CONTRIBUTION');
    const forAlice = await log(carol, { memberId: alice.memberId, reason: 'she asked me to' });
    expect(code(await approve(carol, forAlice))).toBe('LOGGED_BY_YOU');
    expect(code(await approve(ed, forAlice))).toBe('ok');
  });

  test('the database refuses such a signature whoever writes it', async () => {
    const own = await log(carol);
    const insert = `insert into people.approval (cooperative_id, contribution_id, round, approver_member_id, approver_login_id, role, quantity,
      value_minor, policy_version, approved_at) values ($1, $2, 1, $3, $4, 'reviewer', 6, 60000, 1, now())`;
    await expect(
      owner().asOwner(insert, [world.cooperativeId, own, carol.memberId, null]),
    ).rejects.toMatchObject({ code: 'HB006' });
    await expect(
      owner().asOwner(insert, [world.cooperativeId, own, ed.memberId, carol.loginId]),
    ).rejects.toMatchObject({ code: 'HB006' });
    const forAlice = await log(carol, { memberId: alice.memberId, reason: 'asked' });
    await expect(
      owner().asOwner(insert, [world.cooperativeId, forAlice, carol.memberId, null]),
    ).rejects.toMatchObject({ code: 'HB006' });
    await expect(
      owner().asOwner('update people.contribution_step set reason = null where cooperative_id = $1', [
        world.cooperativeId,
      ]),
    ).rejects.toMatchObject({ code: 'HB001' });
  });

  test('a contributor, and a reviewer whose role was taken a moment ago, may not', async () => {
    const contributionId = await log(alice);
    expect(code(await approve(bob, contributionId))).toBe('CONTRIBUTION_NOT_FOUND');
    const roles = await roleAssignmentsOf(world.database, {
      cooperativeId: world.cooperativeId,
      memberIds: [carol.memberId],
    });
    const assignment = roles.get(carol.memberId)?.find((one) => one.role === 'reviewer');
    await revokeRole(world.database, world.as(world.admin), {
      assignmentId: assignment?.assignmentId ?? '',
      reason: 'rotates',
    });
    expect(code(await approve(carol, contributionId))).toBe('FORBIDDEN');
  });
});

describe('a reviewer acts within the scope and limit of the role', () => {
  test('kind, category and limit', async () => {
    const narrow = await world.join('Nora', ['member']);
    const scope = {
      memberId: narrow.memberId,
      role: 'reviewer',
      reason: 'small repairs',
      kinds: ['labor'],
      categories: ['repairs'],
      limit: '500.00',
    };
    expect(code(await assignRole(world.database, world.as(world.admin), scope))).toBe('ok');
    const nora: Person = { ...narrow, roles: ['member', 'reviewer'] };
    expect(code(await approve(nora, await log(alice)))).toBe('OUTSIDE_SCOPE');
    expect(code(await approve(nora, await log(alice, { category: 'Repairs' })))).toBe('OVER_LIMIT');
    expect(code(await approve(nora, await log(alice, { category: 'Repairs', quantity: '5' })))).toBe('ok');
  });

  test('a route’s approver decides; the backup once the days have passed, or at once when it is the approver’s own', async () => {
    const policy = {
      twoApproversFromMinor: '250000',
      twoApproversFromMinorByKind: {},
      staleDays: 3,
      routes: [
        {
          kind: 'labor' as const,
          category: null,
          approverMemberId: carol.memberId,
          backupMemberId: ed.memberId,
          withinDays: 2,
        },
      ],
    };
    expect(
      code(
        await setApprovalPolicy(world.database, world.as(world.admin), {
          body: policy,
          rationale: 'one decides',
        }),
      ),
    ).toBe('ok');
    const third = await world.join('Tom', ['member', 'contributor', 'reviewer']);
    const contributionId = await log(alice);
    expect(await approve(ed, contributionId)).toMatchObject({
      refusal: { code: 'NOT_YOUR_TURN', approver: 'Carol', backup: 'Ed' },
    });
    expect(code(await approve(ed, await log(carol)))).toBe('ok');
    world.now = new Date('2026-09-23T15:00:00Z');
    expect(code(await approve(third, contributionId))).toBe('NOT_YOUR_TURN');
    expect(code(await approve(ed, contributionId))).toBe('ok');
    world.now = new Date('2026-09-21T15:00:00Z');
  });
});

describe('approving with an adjustment', () => {
  test('keeps what was logged and needs a reason and a difference', async () => {
    const contributionId = await log(alice, { quantity: '11' });
    const adjust = (more: object) =>
      adjustContribution(world.database, world.as(carol), { contributionId, reason: 'lunch', ...more });
    expect(code(await adjust({ quantity: '8', reason: ' ' }))).toBe('REASON_REQUIRED');
    expect(code(await adjust({ quantity: '11' }))).toBe('NOTHING_ADJUSTED');
    expect(code(await adjust({ quantity: 'lots' }))).toBe('NOT_A_DURATION');
    expect(code(await adjust({ value: '-5' }))).toBe('NOT_AN_AMOUNT');
    expect(code(await adjust({ quantity: '8' }))).toBe('ok');
    const found = await load(contributionId);
    expect(found).toMatchObject({
      status: 'valued',
      valueMinor: 80_000n,
      originalQuantity: { coefficient: 11n, scale: 0 },
    });
    const years = await memberYears(world.database, world.cooperativeId, [alice.memberId], found.workedOn);
    expect(years).toEqual([
      { memberId: alice.memberId, approvedAsLogged: 0, adjusted: 1, rejected: 0, inKind: 0, inKindMinor: 0n },
    ]);
  });
});

describe('the thread', () => {
  test('a question waits for the author’s answer and keeps the signature given before', async () => {
    const contributionId = await log(bob, truck);
    await approve(ed, contributionId);
    const ask = (question: string) =>
      askAboutContribution(world.database, world.as(ed), { contributionId, question });
    expect(code(await ask(' '))).toBe('TEXT_REQUIRED');
    expect(code(await ask('x'.repeat(4_001)))).toBe('TEXT_TOO_LONG');
    expect(code(await ask('Does the appraisal include the lift gate?'))).toBe('ok');
    expect(code(await approve(carol, contributionId))).toBe('WRONG_STATE');
    expect(
      code(await answerQuestion(world.database, world.as(carol), { contributionId, answer: 'yes' })),
    ).toBe('FORBIDDEN');
    expect(
      code(await answerQuestion(world.database, world.as(bob), { contributionId, answer: 'Yes, page 2.' })),
    ).toBe('ok');
    expect(
      code(
        await commentOnContribution(world.database, world.as(alice), { contributionId, body: 'let me see' }),
      ),
    ).toBe('CONTRIBUTION_NOT_FOUND');
    expect(
      code(await commentOnContribution(world.database, world.as(carol), { contributionId, body: 'Thanks' })),
    ).toBe('ok');
    expect(code(await approve(carol, contributionId))).toBe('ok');
    const thread = await commentsOf(world.database, world.cooperativeId, [contributionId]);
    expect(thread.map((one) => one.kind)).toEqual(['question', 'answer', 'comment']);
    expect((await load(contributionId)).status).toBe('valued');
    expect((await world.published('people.contribution.clarification')).map((one) => one['open'])).toEqual([
      true,
      false,
    ]);
  });

  test('rejection needs a reason and stays readable', async () => {
    const contributionId = await log(alice);
    const reject = (reason: string) =>
      rejectContribution(world.database, world.as(carol), { contributionId, reason });
    expect(code(await reject(''))).toBe('REASON_REQUIRED');
    expect(code(await reject('counted twice'))).toBe('ok');
    expect(code(await reject('again'))).toBe('WRONG_STATE');
    const steps = await stepsOf(world.database, world.cooperativeId, [contributionId]);
    expect(steps.at(-1)).toMatchObject({
      act: 'rejected',
      to: 'rejected',
      reason: 'counted twice',
      byMemberId: carol.memberId,
    });
  });
});

test('a bulk approval decides each item by itself and reports it', async () => {
  const [fine, big, own, done] = [
    await log(alice),
    await log(bob, truck),
    await log(carol),
    await log(alice),
  ];
  await approve(ed, done);
  const missing = newId();
  const bulk = await approveContributions(world.database, world.as(carol), {
    contributionIds: [fine, big, own, done, missing, 'junk'],
  });
  expect(bulk.ok && bulk.value.results.map((one) => one.reason ?? 'ok')).toEqual([
    'ok',
    'ok',
    'OWN_CONTRIBUTION',
    'WRONG_STATE',
    'CONTRIBUTION_NOT_FOUND',
    'CONTRIBUTION_NOT_FOUND',
  ]);
  expect([(await load(fine)).status, (await load(big)).status, (await load(own)).status]).toEqual([
    'valued',
    'submitted',
    'submitted',
  ]);
  const many = Array.from({ length: 5_001 }, () => missing);
  expect(
    await approveContributions(world.database, world.as(carol), { contributionIds: many }),
  ).toMatchObject({ refusal: { code: 'TOO_MANY', most: 5_000 } });
});

test('the queue is oldest first, is narrowed as asked, counts what has gone stale, and offers only acts that would pass', async () => {
  const old = await log(alice);
  world.now = new Date('2026-09-25T15:00:00Z');
  const fresh = await log(carol);
  const page = await listApprovalQueue(world.database, world, { limit: 10, after: null });
  expect(page.map((one) => one.contributionId)).toEqual([old, fresh]);
  expect(await countApprovalQueue(world.database, world)).toEqual({
    total: 2,
    stale: 1,
  });
  const setting = await viewerSetting(world.database, {
    cooperativeId: world.cooperativeId,
    actor: carol,
    now: world.now,
  });
  const [first, second] = page;
  if (first === undefined || second === undefined) throw new Error('two were expected');
  expect(viewerRights(first, [], setting)).toEqual({
    viewerMay: ['approve', 'adjust', 'ask', 'reject', 'comment'],
    cannotBecause: null,
  });
  expect(viewerRights(second, [], setting)).toEqual({
    viewerMay: ['comment', 'edit', 'withdraw'],
    cannotBecause: 'OWN_CONTRIBUTION',
  });
  expect(
    await listApprovalQueue(world.database, world, {
      limit: 10,
      after: [first.submittedAt?.toISOString() ?? '', old],
    }),
  ).toHaveLength(1);
  const narrowed: [QueueFilter, string[]][] = [
    [{ staleOnly: true }, [old]],
    [{ search: 'carol' }, [fresh]],
    [{ search: `#${first.number}` }, [old]],
    [{ search: '100%' }, []],
    [{ kind: 'cash' }, []],
    [{ kind: 'labor', category: first.category.toUpperCase() }, [old, fresh]],
    [{ atLeastMinor: first.valueMinor }, [old, fresh]],
    [{ atLeastMinor: (first.valueMinor ?? 0n) + 1n }, []],
  ];
  for (const [filter, ids] of narrowed) {
    const rows = await listApprovalQueue(world.database, world, { limit: 10, after: null }, filter);
    expect(rows.map((one) => one.contributionId)).toEqual(ids);
    const counts = await countApprovalQueue(world.database, world, filter);
    expect(counts).toEqual({ total: ids.length, stale: ids.includes(old) ? 1 : 0 });
  }
  world.now = new Date('2026-09-21T15:00:00Z');
});
