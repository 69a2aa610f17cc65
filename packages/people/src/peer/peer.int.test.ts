// Peers against a real database: two on the last place at once, a peer and the clock, asked again, another cooperative, and
// what the database refuses whoever writes.
import { newId, systemActor } from '@habitat/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { announceAbsence, endAbsence, listAbsences } from '../absence/absence.commands.ts';
import { approveContribution } from '../approval/decision.commands.ts';
import { countApprovalQueue } from '../approval/queue.queries.ts';
import { editContribution, withdrawContribution } from '../contribution/author.commands.ts';
import { stepsOf } from '../contribution/contribution.queries.ts';
import { changeMemberStatus } from '../member/member.commands.ts';
import type { PeerRule } from '../policy/policy.ts';
import { setApprovalPolicy } from '../policy/policy.commands.ts';
import { listPolicyRequests } from '../policy/policy.queries.ts';
import { decidePolicyRequest } from '../policy-request/policy-request.commands.ts';
import { faultsIn } from '../testing/checks.ts';
import type { Person, World } from '../testing/cooperative.ts';
import { connect } from '../testing/cooperative.ts';
import type { TestDatabase } from '../testing/database.ts';
import type { Town } from '../testing/town.ts';
import { code, foundTown, truck } from '../testing/town.ts';
import { endPeerReviews, objectToContribution, validateContribution } from './peer.commands.ts';
import { peerRoundsOf, peersAskedOf, wordsOfPeer } from './peer.queries.ts';
import { countPeerQueue, isWaitingForPeer, listPeerQueue, peerQueueKey } from './queue.queries.ts';

let owner: TestDatabase;
let town: Town;
let world: World;
let alice: Person;
let bob: Person;
let carol: Person;
let ed: Person;

beforeAll(async () => {
  owner = await connect();
});
afterAll(async () => {
  expect(await faultsIn(owner)).toEqual([]);
  await owner.end();
});
beforeEach(async () => {
  town = await foundTown(owner);
  ({ world, alice, bob, carol, ed } = town);
});

/** Has peers asked from now on. */
async function askPeers(more: Partial<PeerRule> = {}, rest: { twoApproversFromMinor?: string } = {}) {
  const rule = {
    kind: null,
    category: null,
    peers: 2,
    days: 3,
    onTimeout: 'escalate',
    role: null,
    sameClass: false,
  };
  const body = {
    twoApproversFromMinor: '250000',
    twoApproversFromMinorByKind: {},
    routes: [],
    staleDays: 3,
    peerRules: [{ ...rule, ...more } as PeerRule],
    ...rest,
  };
  const input = { body, rationale: 'we know each other’s work' };
  expect(code(await setApprovalPolicy(world.database, world.as(world.admin), input))).toBe('ok');
  // Peers where a reviewer decided are looser: a second administrator agrees, who is no member and so no peer.
  const second = await world.join('Dee', ['administrator']);
  const [request] = await listPolicyRequests(world.database, world.cooperativeId);
  const agreed = { requestId: request?.requestId ?? '', approve: true };
  expect(code(await decidePolicyRequest(world.database, world.as(second), agreed))).toBe('ok');
}
const validate = (who: Person, contributionId: string, key?: string) =>
  validateContribution(world.database, world.as(who, key), { contributionId });
const object = (who: Person, contributionId: string, reason = 'nobody was there') =>
  objectToContribution(world.database, world.as(who), { contributionId, reason });
const look = () => {
  const { cooperativeId, now } = world;
  return endPeerReviews(world.database, { cooperativeId, now, correlationId: 'clock' });
};
const later = (day: string) => {
  world.now = new Date(`${day}T15:00:00Z`);
};
const lastSteps = async (contributionId: string) =>
  (await stepsOf(world.database, world.cooperativeId, [contributionId])).slice(-3).map(({ act }) => act);

describe('as many different peers as the rule asks for', () => {
  test('approve it, without a reviewer and never the one who gave it', async () => {
    await askPeers();
    const work = await town.log(alice);
    expect(await town.load(work)).toMatchObject({ peerState: 'open', peersUntil: '2026-09-24' });
    expect(code(await validate(alice, work))).toBe('OWN_CONTRIBUTION');
    expect(code(await town.approve(carol, work))).toBe('WITH_PEERS');
    expect(code(await validate(bob, work))).toBe('ok');
    expect(code(await validate(bob, work))).toBe('ALREADY_SAID');
    expect(await town.load(work)).toMatchObject({ status: 'submitted' });
    expect(code(await validate(carol, work))).toBe('ok');
    expect(await town.load(work)).toMatchObject({
      status: 'valued',
      signaturesNeeded: 0,
      autoApproved: false,
    });
    expect(code(await validate(ed, work))).toBe('NOT_WITH_PEERS');
    expect(await lastSteps(work)).toEqual(['peers_ended', 'approved', 'valued']);
    const round = (await peerRoundsOf(world.database, world.cooperativeId, [work])).get(work);
    expect(round?.votes.map(({ memberId }) => memberId)).toEqual([bob.memberId, carol.memberId]);
    expect(round?.review).toMatchObject({ needed: 2, policyVersion: 2 });
    expect(await town.valuedEvents()).toBe(1);
    expect(await world.published('people.contribution.peers_ended')).toMatchObject([
      { outcome: 'validated', next: 'approved' },
    ]);
  });

  test('two at once on the last place: one fills it, the other hears that it is over', async () => {
    await askPeers();
    for (let turn = 0; turn < 4; turn += 1) {
      const work = await town.log(alice);
      await validate(bob, work);
      const answers = await Promise.all([validate(carol, work), validate(ed, work)]);
      expect(answers.map(code).sort()).toEqual(['NOT_WITH_PEERS', 'ok']);
    }
    expect(await town.valuedEvents()).toBe(4);
  });

  test('the same request again gets its first answer, and counts once', async () => {
    await askPeers();
    const work = await town.log(alice);
    const answers = [await validate(bob, work, 'key-1'), await validate(bob, work, 'key-1')];
    expect(answers.map(code)).toEqual(['ok', 'ok']);
    expect(await town.load(work)).toMatchObject({ status: 'submitted' });
    const round = (await peerRoundsOf(world.database, world.cooperativeId, [work])).get(work);
    expect(round?.votes).toHaveLength(1);
  });

  test('above the value two reviewers sign besides', async () => {
    await askPeers();
    const work = await town.log(alice, truck);
    await validate(bob, work);
    await validate(carol, work);
    expect(await town.load(work)).toMatchObject({
      status: 'submitted',
      peerState: 'validated',
      signaturesNeeded: 2,
    });
    expect(code(await town.approve(carol, work))).toBe('ok');
    expect(code(await town.approve(ed, work))).toBe('ok');
    expect(await town.load(work)).toMatchObject({ status: 'valued', signaturesNeeded: 2 });
  });
});

describe('a no', () => {
  test('needs its reason, ends it for the peers and leaves it to a reviewer', async () => {
    await askPeers();
    const work = await town.log(alice);
    await validate(bob, work);
    expect(code(await object(carol, work, '  '))).toBe('REASON_REQUIRED');
    expect(code(await object(carol, work))).toBe('ok');
    expect(await town.load(work)).toMatchObject({ status: 'submitted', peerState: 'objected' });
    expect(code(await validate(ed, work))).toBe('NOT_WITH_PEERS');
    const steps = await stepsOf(world.database, world.cooperativeId, [work]);
    expect(steps.find(({ act }) => act === 'peer_objected')).toMatchObject({ reason: 'nobody was there' });
    expect(code(await town.approve(ed, work))).toBe('ok');
    expect(await town.load(work)).toMatchObject({ status: 'valued', signaturesNeeded: 1 });
  });

  test('what its author changes is put to the peers anew', async () => {
    await askPeers();
    const work = await town.log(alice);
    await object(carol, work);
    const edited = {
      contributionId: work,
      kind: 'labor',
      category: 'Engineering',
      quantity: '4',
      workedOn: '2026-09-18',
      description: 'Pump controller, four hours',
    };
    expect(code(await editContribution(world.database, world.as(alice), edited))).toBe('ok');
    expect(await town.load(work)).toMatchObject({ peerState: 'open', round: 2, peersEndedAt: null });
    await validate(carol, work);
    await validate(ed, work);
    expect(await town.load(work)).toMatchObject({ status: 'valued' });
  });
});

describe('when the days pass', () => {
  test.each([
    ['escalate', { status: 'submitted', peerState: 'timed_out' }],
    ['approve', { status: 'valued', signaturesNeeded: 0 }],
    ['reject', { status: 'rejected' }],
  ] as const)(
    'the rule says what follows: %s, once however often it is looked for',
    async (onTimeout, becomes) => {
      await askPeers({ onTimeout });
      const work = await town.log(alice);
      later('2026-09-24');
      expect(await look()).toEqual({ ended: 0 });
      later('2026-09-25');
      const looks = await Promise.all([look(), look()]);
      expect(looks.map(({ ended }) => ended).sort()).toEqual([0, 1]);
      expect(await look()).toEqual({ ended: 0 });
      expect(await town.load(work)).toMatchObject(becomes);
      const steps = await stepsOf(world.database, world.cooperativeId, [work]);
      expect(steps.filter(({ act }) => act === 'peers_ended')).toMatchObject([
        { facts: { outcome: 'timed_out', approvalPolicyVersion: 2 }, byMemberId: null },
      ]);
      const rejected = steps.find(({ act }) => act === 'rejected');
      const silentUntil = onTimeout === 'reject' ? '2026-09-24' : undefined;
      expect(rejected?.facts['silentUntil']).toBe(silentUntil);
      expect((await world.published('people.contribution.rejected'))[0]?.['silentUntil']).toBe(silentUntil);
      if (onTimeout === 'reject')
        expect(rejected?.reason).toBe('Not validated by peers by 2026-09-24 (approval rules, version 2).');
      expect(await world.published('people.contribution.peers_ended')).toHaveLength(1);
    },
  );

  test('a peer who comes with the clock comes too late or in time, and it ends once', async () => {
    await askPeers({ onTimeout: 'reject' });
    const work = await town.log(alice);
    await validate(bob, work);
    later('2026-09-25');
    const [said, looked] = await Promise.all([validate(carol, work), look()]);
    expect(['TOO_LATE_FOR_PEERS', 'NOT_WITH_PEERS']).toContain(code(said));
    expect(looked).toEqual({ ended: 1 });
    expect(await town.load(work)).toMatchObject({ status: 'rejected' });
  });

  test('silence approves nothing that takes two reviewers', async () => {
    await askPeers({ onTimeout: 'approve' });
    const work = await town.log(alice, truck);
    later('2026-09-25');
    await look();
    expect(await town.load(work)).toMatchObject({
      status: 'submitted',
      peerState: 'timed_out',
      signaturesNeeded: 2,
    });
  });

  test('days with its peers do not make it stale for the reviewers', async () => {
    await askPeers();
    const work = await town.log(alice);
    const { cooperativeId } = world;
    later('2026-09-25');
    const counted = () => countApprovalQueue(world.database, { cooperativeId, now: world.now });
    expect(await counted()).toEqual({ total: 0, stale: 0 });
    await look();
    expect(await counted()).toEqual({ total: 1, stale: 0 });
    later('2026-09-29');
    expect(await counted()).toEqual({ total: 1, stale: 1 });
    expect(code(await town.approve(carol, work))).toBe('ok');
  });
});

describe('who can be asked', () => {
  const asked = async (work: string) => {
    const { database, cooperativeId, now } = world;
    return (await peersAskedOf(database, { cooperativeId, now }, [work])).get(work);
  };

  test('nobody away and nobody suspended; too few left send it to a reviewer', async () => {
    await askPeers({ peers: 3 });
    const work = await town.log(alice);
    const everybody = [world.admin, bob, carol, ed].map(({ memberId }) => memberId);
    expect((await asked(work))?.sort()).toEqual([...everybody].sort());
    const away = { memberId: ed.memberId, startsOn: '2026-09-21', endsOn: '2026-09-30' };
    expect(code(await announceAbsence(world.database, world.as(ed), away))).toBe('ok');
    expect(await asked(work)).not.toContain(ed.memberId);
    expect(await look()).toEqual({ ended: 0 });
    const leaves = { memberId: bob.memberId, status: 'suspended' as const, reason: 'a leave' };
    expect(code(await changeMemberStatus(world.database, world.as(world.admin), leaves))).toBe('ok');
    expect(code(await validate(bob, work))).toBe('CONTRIBUTION_NOT_FOUND');
    expect(await look()).toEqual({ ended: 1 });
    expect(await town.load(work)).toMatchObject({ status: 'submitted', peerState: 'no_eligible' });
    expect(code(await town.approve(carol, work))).toBe('ok');
  });

  test('a member whom a rule asks says that they are away, with nobody in their place, and is not counted on', async () => {
    const days = { startsOn: '2026-09-20', endsOn: '2026-09-30' };
    const away = (more: object = {}) => announceAbsence(world.database, world.as(bob), { ...days, ...more });
    expect(code(await away())).toBe('NOT_ASKED');
    await askPeers();
    expect(code(await away({ backupMemberId: carol.memberId }))).toBe('NOT_A_REVIEWER');
    expect(code(await away())).toBe('ok');
    expect(await asked(await town.log(alice))).not.toContain(bob.memberId);
    const [absence] = await listAbsences(world.database, world.cooperativeId, '2026-09-21' as never);
    const back = { absenceId: absence?.absenceId ?? '' };
    expect(code(await endAbsence(world.database, world.as(alice), back))).toBe('FORBIDDEN');
    expect(code(await endAbsence(world.database, world.as(bob), back))).toBe('ok');
  });

  test('a member without any office finds what waits for them page by page, and nothing of another cooperative', async () => {
    await askPeers();
    const first = await town.log(alice);
    world.now = new Date(world.now.getTime() + 60_000);
    const work = await town.log(alice);
    const place = { cooperativeId: world.cooperativeId, now: world.now };
    const whole = { limit: 50, after: null };
    const forBob = await listPeerQueue(world.database, place, bob.memberId, whole);
    expect(forBob.map(({ contributionId }) => contributionId)).toEqual([first, work]);
    const [before] = await listPeerQueue(world.database, place, bob.memberId, { limit: 1, after: null });
    const after = before === undefined ? null : peerQueueKey(before);
    const rest = await listPeerQueue(world.database, place, bob.memberId, { limit: 1, after });
    expect(rest.map(({ contributionId }) => contributionId)).toEqual([work]);
    expect(code(await validate(bob, first))).toBe('ok');
    expect(await countPeerQueue(world.database, place, bob.memberId)).toBe(1);
    expect(await isWaitingForPeer(world.database, place, bob.memberId, first)).toBe(false);
    expect(await countPeerQueue(world.database, place, alice.memberId)).toBe(0);
    const over = { ...place, now: new Date('2026-09-25T15:00:00Z') };
    expect(await countPeerQueue(world.database, over, bob.memberId)).toBe(0);
    const other = await foundTown(owner);
    const there = other.world.as(other.bob);
    expect(code(await validateContribution(owner.database, there, { contributionId: work }))).toBe(
      'CONTRIBUTION_NOT_FOUND',
    );
    const elsewhere = { cooperativeId: other.world.cooperativeId, now: world.now };
    expect(await countPeerQueue(owner.database, elsewhere, bob.memberId)).toBe(0);
  });

  test('what somebody said as a peer is theirs to take away, without whose work it was', async () => {
    await askPeers();
    const [yes, no] = [await town.log(alice), await town.log(alice)];
    expect(code(await validate(bob, yes))).toBe('ok');
    world.now = new Date(world.now.getTime() + 60_000);
    expect(code(await object(bob, no, 'it was the small pump'))).toBe('ok');
    const said = await wordsOfPeer(world.database, world.cooperativeId, bob.memberId);
    expect(said).toMatchObject([
      { number: 1, category: 'Engineering', quantity: '6', verdict: 'validated', reason: null },
      { number: 2, verdict: 'objected', reason: 'it was the small pump' },
    ]);
    expect(JSON.stringify(said)).not.toMatch(/Pump controller|Alice/);
    expect(await wordsOfPeer(world.database, world.cooperativeId, carol.memberId)).toEqual([]);
  });

  test('what its author takes back is asked of nobody any more', async () => {
    await askPeers();
    const work = await town.log(alice);
    expect(code(await withdrawContribution(world.database, world.as(alice), { contributionId: work }))).toBe(
      'ok',
    );
    expect(await town.load(work)).toMatchObject({ status: 'withdrawn', peerState: null });
    expect(code(await validate(bob, work))).toBe('NOT_WITH_PEERS');
  });
});

describe('the database itself refuses', () => {
  const vote = (work: string, who: Person, round = 1) =>
    owner.asOwner(
      `insert into people.peer_vote (cooperative_id, contribution_id, round, member_id, login_id, verdict, quantity, value_minor, voted_at)
       values ($1, $2, $3, $4, $5, 'validated', 6, 60000, now())`,
      [world.cooperativeId, work, round, who.memberId, who.loginId],
    );
  const valued = (work: string) =>
    owner.asOwner(
      `update people.contribution set status = 'valued', signatures_needed = 0, valued_at = now() where contribution_id = $1`,
      [work],
    );

  test('one’s own word, a second one, one after the end, and one that is changed', async () => {
    await askPeers();
    const work = await town.log(alice);
    await expect(vote(work, alice)).rejects.toMatchObject({ code: 'HB006' });
    await validate(bob, work);
    await expect(vote(work, bob)).rejects.toMatchObject({ code: '23505' });
    await expect(vote(work, { ...ed, memberId: ed.memberId, loginId: bob.loginId })).rejects.toMatchObject({
      code: '23505',
    });
    await expect(
      owner.asOwner('update people.peer_vote set verdict = $2 where contribution_id = $1', [
        work,
        'objected',
      ]),
    ).rejects.toThrow();
    await validate(carol, work);
    await expect(vote(work, ed)).rejects.toMatchObject({ code: '23514' });
  });

  test('approval by fewer peers than the rule asks for, or by nobody', async () => {
    await askPeers();
    const work = await town.log(alice);
    await validate(bob, work);
    await expect(valued(work)).rejects.toMatchObject({ code: '23514' });
    await expect(
      owner.asOwner(
        `update people.contribution set peer_state = 'validated', peers_ended_at = now() where contribution_id = $1`,
        [work],
      ),
    ).rejects.toMatchObject({ code: '23514' });
    await expect(
      owner.asOwner(
        `update people.contribution set peer_state = 'timed_out', peers_ended_at = submitted_at where contribution_id = $1`,
        [work],
      ),
    ).rejects.toMatchObject({ code: '23514' });
    const { cooperativeId } = world;
    const system = { ...world.as(systemActor(cooperativeId)), idempotencyKey: newId() };
    expect(code(await approveContribution(world.database, system, { contributionId: work }))).toBe(
      'FORBIDDEN',
    );
  });
});
