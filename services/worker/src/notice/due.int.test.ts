// What no event tells of: stale work, a turn that moved on, a period about to end, dead letters and misused sessions, each told once to whom it
// concerns, however often it is looked for.
import type { CommandContext } from '@habitat/database';
import type { TestDatabase } from '@habitat/database/testing';
import { createTestDatabase } from '@habitat/database/testing';
import type { Actor, Role } from '@habitat/kernel';
import { expectAccepted, newId, systemActor, todayIn } from '@habitat/kernel';
import { drainEvents } from '@habitat/messaging';
import type { Notification } from '@habitat/notifications';
import { listNotifications } from '@habitat/notifications';
import {
  addMember,
  announceAbsence,
  changeMemberStatus,
  decidePolicyRequest,
  linkLogin,
  listPolicyRequests,
  logContribution,
  setApprovalPolicy,
  setValuationRule,
} from '@habitat/people';
import { createCooperative, grantAccess } from '@habitat/platform';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { listTreasuryWaiting, setJournalThreshold } from '@habitat/treasury';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allHandlers } from '../subscriptions/index.ts';
import { endSilentPeers } from '../schedules.ts';
import { dueNotices } from './due.ts';
import { noticeHandlers } from './noticing.ts';
import { endWaitingRequests } from './waiting.ts';

let server: TestDatabase;
let cooperativeId = '';
let now = new Date('2026-12-01T15:00:00Z');
const people = new Map<string, Actor & { memberId: string }>();

const as = (actor: Actor): CommandContext => ({ cooperativeId, actor, now, correlationId: 'due' });
const person = (name: string) => people.get(name) ?? expect.fail(`nobody is called ${name}`);

async function settle(): Promise<void> {
  const handlers = [...allHandlers, ...noticeHandlers(server.database)];
  await drainEvents({ database: server.database, handlers, clock: () => now });
}
async function look(): Promise<void> {
  for (const schedule of dueNotices) await schedule.run(server.database, now);
}
async function told(name: string, kind: string): Promise<Notification[]> {
  const owner = { cooperativeId, memberId: person(name).memberId };
  const all = await listNotifications(server.database, owner, { unreadOnly: false, limit: 100, after: null });
  return all.filter((one) => one.kind === kind);
}

async function join(name: string, roles: readonly Role[]): Promise<void> {
  const context = as(systemActor(cooperativeId));
  const email = `${name}@riverbend.example`;
  const member = { displayName: name, email, joinedOn: '2026-10-01', roles };
  const { memberId } = expectAccepted(await addMember(server.database, context, member));
  const access = { memberId, email, displayName: name, password: 'four words do it' };
  const { loginId } = expectAccepted(await grantAccess(server.database, context, access));
  people.set(name, { kind: 'person', cooperativeId, loginId, memberId, roles });
}

beforeAll(async () => {
  server = await createTestDatabase(await sharedPostgresUrl());
  const founding = {
    name: 'Riverbend',
    slug: 'riverbend',
    currency: 'USD',
    timeZone: 'America/New_York',
    taxRegime: 'subchapter_k' as const,
    template: 'limited-cooperative-association' as const,
    firstPeriodStartsOn: '2026-10-01',
    periodLength: 'quarter' as const,
    administrator: { email: 'ada@riverbend.example', displayName: 'ada', password: 'four words do it' },
  };
  const founded = expectAccepted(
    await createCooperative(server.database, { now, correlationId: 'due' }, founding),
  );
  cooperativeId = founded.cooperativeId;
  const { memberId, loginId } = founded;
  people.set('ada', { kind: 'person', cooperativeId, loginId, memberId, roles: ['administrator'] });
  await settle();
  await join('alice', ['member', 'contributor']);
  await join('rea', ['member', 'reviewer']);
  await settle();
  const rule = {
    kind: 'labor',
    method: 'rate',
    rate: '100',
    effectiveFrom: '2026-10-01',
    rationale: 'Agreed',
  };
  expectAccepted(await setValuationRule(server.database, as(systemActor(cooperativeId)), rule));
  await settle();
});
afterAll(() => server.end());

const work = {
  kind: 'labor',
  category: 'field',
  quantity: '2',
  workedOn: '2026-11-30',
  description: 'Fences',
};

test('work that has waited longer than the policy’s days is told to its reviewer, once', async () => {
  expectAccepted(await logContribution(server.database, as(person('alice')), work));
  await settle();
  await look();
  expect(await told('rea', 'contribution_stale')).toEqual([]);
  now = new Date('2026-12-06T15:00:00Z');
  await look();
  await look();
  expect(await told('rea', 'contribution_stale')).toMatchObject([
    { facts: { number: '1', day: '2026-12-01', ownerId: person('alice').memberId } },
  ]);
  expect(await told('alice', 'contribution_stale')).toEqual([]);
});

test('when the only reviewer is away, whoever stands in hears of what waited; without one administrators do', async () => {
  await join('sam', ['member', 'reviewer']);
  await settle();
  const stands = { startsOn: '2026-12-06', endsOn: '2026-12-07', backupMemberId: person('sam').memberId };
  const route = {
    kind: null,
    category: null,
    approverMemberId: person('rea').memberId,
    backupMemberId: null,
    withinDays: 30,
  };
  const body = {
    twoApproversFromMinor: '250000',
    twoApproversFromMinorByKind: {},
    routes: [route],
    staleDays: 9,
  };
  const policy = { body, rationale: 'one decides' };
  expectAccepted(await setApprovalPolicy(server.database, as(person('ada')), policy));
  expectAccepted(await announceAbsence(server.database, as(person('rea')), stands));
  await settle();
  await look();
  await look();
  expect(await told('sam', 'contribution_escalated')).toMatchObject([
    { facts: { number: '1', what: 'absent' } },
  ]);
  expect(await told('rea', 'contribution_escalated')).toEqual([]);
  for (const name of ['rea', 'sam']) {
    const changed = { memberId: person(name).memberId, status: 'suspended' as const, reason: 'a leave' };
    expectAccepted(await changeMemberStatus(server.database, as(person('ada')), changed));
  }
  await look();
  expect(await told('ada', 'contribution_escalated')).toMatchObject([{ facts: { what: 'nobody' } }]);
  for (const name of ['rea', 'sam']) {
    const changed = { memberId: person(name).memberId, status: 'active' as const, reason: 'back' };
    expectAccepted(await changeMemberStatus(server.database, as(person('ada')), changed));
  }
});

test('peers are told what waits for their word, and reviewers when the days have passed', async () => {
  const rule = {
    kind: 'labor',
    category: 'fences',
    peers: 1,
    days: 2,
    onTimeout: 'escalate',
    role: null,
  } as const;
  const body = {
    twoApproversFromMinor: '250000',
    twoApproversFromMinorByKind: {},
    routes: [],
    staleDays: 9,
    peerRules: [
      { ...rule, sameClass: false },
      { ...rule, category: 'barn', peers: 20, sameClass: false },
    ],
  };
  const policy = { body, rationale: 'whoever stood beside it knows' };
  expectAccepted(await setApprovalPolicy(server.database, as(person('ada')), policy));
  await join('cleo', ['administrator']);
  const [request] = await listPolicyRequests(server.database, cooperativeId);
  const agreed = { requestId: request?.requestId ?? '', approve: true };
  expectAccepted(await decidePolicyRequest(server.database, as(person('cleo')), agreed));
  await join('bea', ['member', 'contributor']);
  const { memberId, loginId } = person('bea');
  expectAccepted(await linkLogin(server.database, as(person('ada')), { memberId, loginId: loginId ?? '' }));
  await settle();
  const asked = { ...work, category: 'fences', workedOn: todayIn('UTC', now) };
  expectAccepted(await logContribution(server.database, as(person('alice')), asked));
  await settle();
  expect(await told('bea', 'peer_asked')).toHaveLength(1);
  const before = (await told('rea', 'contribution_escalated')).length;
  now = new Date(now.getTime() + 4 * 86_400_000);
  await endSilentPeers.run(server.database, now);
  await endSilentPeers.run(server.database, now);
  await settle();
  const [latest, ...others] = await told('rea', 'contribution_escalated');
  expect(others).toHaveLength(before);
  expect(latest).toMatchObject({ facts: { what: 'timed_out' } });
  expect(await told('bea', 'contribution_escalated')).toEqual([]);

  // Too few to be asked at all: one notice, which says so.
  const submitted = (await told('rea', 'contribution_submitted')).length;
  const barn = { ...work, category: 'barn', workedOn: todayIn('UTC', now) };
  expectAccepted(await logContribution(server.database, as(person('alice')), barn));
  await settle();
  expect(await told('rea', 'contribution_submitted')).toHaveLength(submitted);
  const [nobody, ...escalated] = await told('rea', 'contribution_escalated');
  expect(escalated).toHaveLength(before + 1);
  expect(nobody).toMatchObject({ facts: { what: 'no_eligible' } });
});

test('a member with a draft hears three days before the period ends, not earlier, and nobody else', async () => {
  const draft = { ...work, submit: false };
  expectAccepted(await logContribution(server.database, as(person('alice')), draft));
  now = new Date('2026-12-27T15:00:00Z');
  await look();
  expect(await told('alice', 'period_closing')).toEqual([]);
  now = new Date('2026-12-28T15:00:00Z');
  await look();
  await look();
  expect(await told('alice', 'period_closing')).toMatchObject([{ facts: { day: '2026-12-31' } }]);
  expect(await told('rea', 'period_closing')).toEqual([]);
});

test('a dead letter, a job that failed and a misused session are told to administrators alone, once', async () => {
  await server.asOwner(
    `insert into platform.dead_letter (cooperative_id, id, event_id, handler, attempts, error, dead_at)
     select cooperative_id, gen_random_uuid(), id, 'people.keep-periods', 4, 'secret words', now() from platform.event limit 1`,
  );
  await server.asOwner(
    `insert into platform.schedule_run (name, started_at, finished_at, outcome, fault)
     values ('seal-audit-trail', now(), now(), 'fault', 'secret words')`,
  );
  await server.asOwner(
    `insert into platform.session (cooperative_id, id, login_id, started_at, ended_at, end_reason)
     values ($1, $2, $3, $4, $4, 'token_reused')`,
    [cooperativeId, newId(), person('alice').loginId, now],
  );
  await look();
  await look();
  for (const kind of ['dead_letter', 'job_failed', 'security']) {
    const notices = await told('ada', kind);
    expect(notices).toHaveLength(1);
    expect(JSON.stringify(notices)).not.toContain('secret words');
    expect(await told('alice', kind)).toEqual([]);
  }
});

test('a request nobody decides is told of two days before it expires and when it has, to asker and second person', async () => {
  await join('bo', ['member', 'administrator']);
  await settle();
  const raised = { amountMinor: 900_000n, rationale: 'larger deals' };
  expectAccepted(await setJournalThreshold(server.database, as(person('ada')), raised));
  const asked = now.getTime();
  const days = (count: number) => new Date(asked + count * 86_400_000);
  const saidTo = async (name: string) =>
    (await told(name, 'second_person'))
      .map(({ facts }) => facts['what'])
      .filter((what) => what !== 'setJournalThreshold');
  for (now of [days(11), days(13), days(13), days(15), days(15)])
    await endWaitingRequests.run(server.database, now);
  await settle();
  for (const name of ['ada', 'bo']) expect((await saidTo(name)).sort()).toEqual(['expired', 'expiring']);
  expect(await saidTo('alice')).toEqual([]);
  expect(await listTreasuryWaiting(server.database, cooperativeId)).toEqual([]);
});

test('whoever asked hears that it expired also when another asks anew before the clock comes round, and once', async () => {
  const expired = async (name: string) =>
    (await told(name, 'second_person')).filter(({ facts }) => facts['what'] === 'expired').length;
  const before = { ada: await expired('ada'), bo: await expired('bo') };
  const raised = { amountMinor: 900_000n, rationale: 'larger deals' };
  expectAccepted(await setJournalThreshold(server.database, as(person('bo')), raised));
  now = new Date(now.getTime() + 14 * 86_400_000);
  expectAccepted(await setJournalThreshold(server.database, as(person('ada')), raised));
  await settle();
  await endWaitingRequests.run(server.database, now);
  await settle();
  for (const name of ['ada', 'bo'] as const) expect(await expired(name)).toBe(before[name] + 1);
  const asked = (await told('bo', 'second_person')).filter(
    ({ facts }) => facts['what'] === 'setJournalThreshold',
  );
  expect(asked).toMatchObject([{ byMemberId: person('ada').memberId }, {}]);
  now = new Date(now.getTime() + 14 * 86_400_000);
  await endWaitingRequests.run(server.database, now);
});

test('looser approval rules are told to the administrator who did not ask for them, tighter ones to nobody', async () => {
  const rules = { twoApproversFromMinorByKind: {}, routes: [], staleDays: 3 };
  const set = async (twoApproversFromMinor: string) => {
    const input = { body: { ...rules, twoApproversFromMinor }, rationale: 'larger tools' };
    expectAccepted(await setApprovalPolicy(server.database, as(person('ada')), input));
    await settle();
  };
  const asked = async (name: string) =>
    (await told(name, 'second_person')).filter(({ facts }) => facts['what'] === 'setApprovalPolicy');
  await set('200000');
  expect(await asked('bo')).toEqual([]);
  await set('900000');
  expect(await asked('bo')).toMatchObject([{ byMemberId: person('ada').memberId }]);
  for (const name of ['ada', 'alice', 'rea']) expect(await asked(name)).toEqual([]);
});
