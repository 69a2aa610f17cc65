// Whose turn it is: routes, stand-ins for reviewers who are away, the fallback, and why it came to them.
import { newId, systemActor } from '@habitat/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { announceAbsence, endAbsence, listAbsences } from '../absence/absence.commands.ts';
import type { AbsenceInput } from '../absence/absence.commands.ts';
import { viewerSetting } from '../contribution/preview.queries.ts';
import { signaturesOf } from '../contribution/contribution.queries.ts';
import type { ApprovalPolicyBody } from '../policy/policy.ts';
import { setApprovalPolicy } from '../policy/policy.commands.ts';
import { assignRole, revokeRole } from '../role/role.commands.ts';
import { roleAssignmentsOf } from '../role/role.queries.ts';
import type { Person, World } from '../testing/cooperative.ts';
import { connect } from '../testing/cooperative.ts';
import type { TestDatabase } from '../testing/database.ts';
import type { Town } from '../testing/town.ts';
import { code, foundTown, truck } from '../testing/town.ts';
import { turnOf, waitedFor } from './turn.ts';

let owner: TestDatabase;
let town: Town;
let world: World;
let alice: Person;
let carol: Person;
let ed: Person;

beforeAll(async () => {
  owner = await connect();
});
afterAll(() => owner.end());
beforeEach(async () => {
  town = await foundTown(owner);
  ({ world, alice, carol, ed } = town);
});

async function setPolicy(body: Partial<ApprovalPolicyBody>): Promise<void> {
  const usual = {
    twoApproversFromMinor: '250000',
    twoApproversFromMinorByKind: {},
    routes: [],
    staleDays: 3,
  };
  const input = { body: { ...usual, ...body }, rationale: 'agreed at the meeting' };
  expect(code(await setApprovalPolicy(world.database, world.as(world.admin), input))).toBe('ok');
}
const routeTo = (approver: Person, backup: Person | null = null, withinDays = 2) => ({
  kind: null,
  category: null,
  approverMemberId: approver.memberId,
  backupMemberId: backup?.memberId ?? null,
  withinDays,
});
const away = (who: Person, more: Partial<AbsenceInput> = {}, by = who) =>
  announceAbsence(world.database, world.as(by), {
    memberId: who.memberId,
    startsOn: '2026-09-20',
    endsOn: '2026-09-30',
    ...more,
  });

/** Names of those whose turn it is with their standing, and why. */
async function turn(contributionId: string): Promise<string> {
  const { database, cooperativeId, now } = world;
  const [contribution, given, setting] = await Promise.all([
    town.load(contributionId),
    signaturesOf(database, cooperativeId, [contributionId]),
    viewerSetting(database, { cooperativeId, actor: systemActor(cooperativeId), now }),
  ]);
  const { seats, because } = waitedFor(turnOf(contribution, given, setting), contribution, given);
  const names = seats.map(({ reviewer, standing }) => `${reviewer.displayName} (${standing})`);
  return `${names.join(', ')}${because === null ? '' : `: ${because}`}`;
}

/** Limits the amount somebody may decide. */
async function limit(who: Person, amount: string): Promise<void> {
  const query = { cooperativeId: world.cooperativeId, memberIds: [who.memberId] };
  const held = (await roleAssignmentsOf(world.database, query)).get(who.memberId) ?? [];
  const reviewer = held.find(({ role }) => role === 'reviewer')?.assignmentId ?? '';
  const by = world.as(world.admin);
  await revokeRole(world.database, by, { assignmentId: reviewer, reason: 'limited from now on' });
  const grant = { memberId: who.memberId, role: 'reviewer', reason: 'small work', limit: amount };
  expect(code(await assignRole(world.database, by, grant))).toBe('ok');
}

describe('while a reviewer is away', () => {
  test('what waits for them is decided by whoever they named, and nobody else', async () => {
    const gus = await world.join('Gus', ['member', 'reviewer']);
    await setPolicy({ routes: [routeTo(carol)] });
    const work = await town.log(alice);
    expect(await turn(work)).toBe('Carol (approver)');
    expect(code(await town.approve(ed, work))).toBe('NOT_YOUR_TURN');
    expect(code(await away(carol, { backupMemberId: ed.memberId }))).toBe('ok');
    expect(await turn(work)).toBe('Ed (stand_in): absent');
    expect(code(await town.approve(gus, work))).toBe('NOT_YOUR_TURN');
    expect(code(await town.approve(ed, work))).toBe('ok');
  });

  test('the route’s backup does not wait its days, and an absence without a backup leaves it to the others', async () => {
    await setPolicy({ routes: [routeTo(carol, ed)] });
    const work = await town.log(alice);
    expect(code(await away(carol))).toBe('ok');
    expect(await turn(work)).toBe('Ed (backup): absent');
    expect(code(await away(ed))).toBe('ok');
    expect(await turn(work)).toBe('Carol (reviewer), Ed (reviewer): absent');
  });

  test('one who is back early decides again, also without having ended the absence', async () => {
    await setPolicy({ routes: [routeTo(carol)] });
    const work = await town.log(alice);
    const answer = await away(carol, { backupMemberId: ed.memberId });
    if (!answer.ok) throw new Error(answer.refusal.code);
    expect(code(await town.approve(carol, await town.log(alice)))).toBe('ok');
    expect(code(await endAbsence(world.database, world.as(ed), answer.value))).toBe('FORBIDDEN');
    expect(code(await endAbsence(world.database, world.as(carol), answer.value))).toBe('ok');
    expect(code(await endAbsence(world.database, world.as(carol), answer.value))).toBe('ABSENCE_NOT_FOUND');
    expect(await turn(work)).toBe('Carol (approver)');
  });

  test('days count by the cooperative’s calendar, the first and the last included', async () => {
    await setPolicy({ routes: [routeTo(carol)] });
    const work = await town.log(alice);
    await away(carol, { startsOn: '2026-09-22', endsOn: '2026-09-22', backupMemberId: ed.memberId });
    expect(await turn(work)).toBe('Carol (approver)');
    world.now = new Date('2026-09-23T03:59:00Z');
    expect(await turn(work)).toBe('Ed (stand_in): absent');
    world.now = new Date('2026-09-23T04:01:00Z');
    expect(await turn(work)).toBe('Carol (approver)');
    expect(await listAbsences(world.database, world.cooperativeId, '2026-09-23' as never)).toEqual([]);
  });

  test('nobody speaks for another but an administrator, and only reviewers stand in', async () => {
    expect(code(await away(carol, {}, ed))).toBe('FORBIDDEN');
    expect(code(await away(alice))).toBe('NOT_ASKED');
    expect(code(await away(alice, {}, world.admin))).toBe('NOT_ASKED');
    expect(code(await away(carol, { backupMemberId: alice.memberId }))).toBe('NOT_A_REVIEWER');
    expect(code(await away(carol, { backupMemberId: carol.memberId }))).toBe('NOT_A_REVIEWER');
    expect(code(await away(carol, { memberId: newId() }, world.admin))).toBe('NOT_ASKED');
    expect(code(await away(carol, { endsOn: 'soon' }))).toBe('NOT_A_DATE');
    expect(code(await away(carol, { endsOn: '2026-09-19' }))).toBe('ENDS_BEFORE_IT_STARTS');
    expect(code(await away(carol, { startsOn: '2026-09-01', endsOn: '2026-09-20' }))).toBe('PAST_DATE');
    expect(code(await away(ed, {}, world.admin))).toBe('ok');
    expect(code(await away(carol, { backupMemberId: ed.memberId }))).toBe('BACKUP_IS_AWAY');
    expect(code(await away(ed))).toBe('AWAY_ALREADY');
  });
});

describe('what whoever is named cannot decide', () => {
  test('goes to the fallback when it is theirs or above their limit', async () => {
    const gus = await world.join('Gus', ['member', 'contributor', 'reviewer']);
    await setPolicy({ routes: [routeTo(carol)], fallbackMemberId: gus.memberId });
    expect(await turn(await town.log(carol))).toBe('Gus (fallback): self');
    await limit(carol, '500');
    const work = await town.log(alice);
    expect(await turn(work)).toBe('Gus (fallback): value');
    expect(code(await town.approve(ed, work))).toBe('NOT_YOUR_TURN');
    expect(code(await town.approve(gus, work))).toBe('ok');
  });

  test('goes to the backup after its days, and to the fallback besides once it is stale', async () => {
    const gus = await world.join('Gus', ['member', 'contributor', 'reviewer']);
    await setPolicy({ routes: [routeTo(carol, ed, 2)], fallbackMemberId: gus.memberId });
    const work = await town.log(alice);
    world.now = new Date('2026-09-23T15:00:00Z');
    expect(await turn(work)).toBe('Carol (approver), Ed (backup): late');
    world.now = new Date('2026-09-25T15:00:00Z');
    expect(await turn(work)).toBe('Carol (approver), Ed (backup), Gus (fallback): late');
  });

  test('waits for nobody who has signed already', async () => {
    const work = await town.log(alice, truck);
    expect(await turn(work)).toBe('Carol (reviewer), Ed (reviewer)');
    expect(code(await town.approve(ed, work))).toBe('ok');
    expect(await turn(work)).toBe('Carol (reviewer)');
  });

  test('is open to every reviewer in scope when there is no fallback', async () => {
    await setPolicy({ routes: [routeTo(carol)] });
    expect(await turn(await town.log(carol))).toBe('Ed (reviewer): self');
  });

  test('is nobody’s, and said to be, when no reviewer may decide it', async () => {
    await limit(carol, '500');
    await limit(ed, '500');
    expect(await turn(await town.log(alice))).toBe(': value');
    expect(await turn(await town.log(alice, { quantity: '2' }))).toBe('Carol (reviewer), Ed (reviewer)');
  });

  test('a fallback has to be a member', async () => {
    const body = { twoApproversFromMinor: '1', twoApproversFromMinorByKind: {}, routes: [], staleDays: 3 };
    const input = { body: { ...body, fallbackMemberId: newId() }, rationale: 'why not' };
    expect(code(await setApprovalPolicy(world.database, world.as(world.admin), input))).toBe(
      'MEMBER_NOT_FOUND',
    );
  });
});
