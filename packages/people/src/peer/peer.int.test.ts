// Peers against a real database: two on the last place at once, a peer and the clock, asked again, and what the database
// refuses whoever writes.
import { newId, systemActor } from '@habitat/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { approveContribution } from '../approval/decision.commands.ts';
import { countApprovalQueue } from '../approval/queue.queries.ts';
import { editContribution } from '../contribution/author.commands.ts';
import { stepsOf } from '../contribution/contribution.queries.ts';
import type { Person, World } from '../testing/cooperative.ts';
import { ownDatabase } from '../testing/own-database.ts';
import type { PeerTown } from '../testing/peer-town.ts';
import { foundPeerTown } from '../testing/peer-town.ts';
import { code, truck } from '../testing/town.ts';
import { peerRoundsOf } from './peer.queries.ts';

const owner = ownDatabase();
let town: PeerTown;
let world: World;
let alice: Person;
let bob: Person;
let carol: Person;
let ed: Person;

beforeEach(async () => {
  town = await foundPeerTown(owner());
  ({ world, alice, bob, carol, ed } = town);
});

const lastSteps = async (contributionId: string) =>
  (await stepsOf(world.database, world.cooperativeId, [contributionId])).slice(-3).map(({ act }) => act);

describe('as many different peers as the rule asks for', () => {
  test('approve it, without a reviewer and never the one who gave it', async () => {
    await town.askPeers();
    const work = await town.log(alice);
    expect(await town.load(work)).toMatchObject({ peerState: 'open', peersUntil: '2026-09-24' });
    expect(code(await town.validate(alice, work))).toBe('OWN_CONTRIBUTION');
    expect(code(await town.approve(carol, work))).toBe('WITH_PEERS');
    expect(code(await town.validate(bob, work))).toBe('ok');
    expect(code(await town.validate(bob, work))).toBe('ALREADY_SAID');
    expect(await town.load(work)).toMatchObject({ status: 'submitted' });
    expect(code(await town.validate(carol, work))).toBe('ok');
    expect(await town.load(work)).toMatchObject({
      status: 'valued',
      signaturesNeeded: 0,
      autoApproved: false,
    });
    expect(code(await town.validate(ed, work))).toBe('NOT_WITH_PEERS');
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
    await town.askPeers();
    for (let turn = 0; turn < 4; turn += 1) {
      const work = await town.log(alice);
      await town.validate(bob, work);
      const answers = await Promise.all([town.validate(carol, work), town.validate(ed, work)]);
      expect(answers.map(code).sort()).toEqual(['NOT_WITH_PEERS', 'ok']);
    }
    expect(await town.valuedEvents()).toBe(4);
  });

  test('the same request again gets its first answer, and counts once', async () => {
    await town.askPeers();
    const work = await town.log(alice);
    const answers = [await town.validate(bob, work, 'key-1'), await town.validate(bob, work, 'key-1')];
    expect(answers.map(code)).toEqual(['ok', 'ok']);
    expect(await town.load(work)).toMatchObject({ status: 'submitted' });
    const round = (await peerRoundsOf(world.database, world.cooperativeId, [work])).get(work);
    expect(round?.votes).toHaveLength(1);
  });

  test('above the value two reviewers sign besides', async () => {
    await town.askPeers();
    const work = await town.log(alice, truck);
    await town.validate(bob, work);
    await town.validate(carol, work);
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
    await town.askPeers();
    const work = await town.log(alice);
    await town.validate(bob, work);
    expect(code(await town.object(carol, work, '  '))).toBe('REASON_REQUIRED');
    expect(code(await town.object(carol, work))).toBe('ok');
    expect(await town.load(work)).toMatchObject({ status: 'submitted', peerState: 'objected' });
    expect(code(await town.validate(ed, work))).toBe('NOT_WITH_PEERS');
    const steps = await stepsOf(world.database, world.cooperativeId, [work]);
    expect(steps.find(({ act }) => act === 'peer_objected')).toMatchObject({ reason: 'nobody was there' });
    expect(code(await town.approve(ed, work))).toBe('ok');
    expect(await town.load(work)).toMatchObject({ status: 'valued', signaturesNeeded: 1 });
  });

  test('what its author changes is put to the peers anew', async () => {
    await town.askPeers();
    const work = await town.log(alice);
    await town.object(carol, work);
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
    await town.validate(carol, work);
    await town.validate(ed, work);
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
      await town.askPeers({ onTimeout });
      const work = await town.log(alice);
      town.later('2026-09-24');
      expect(await town.look()).toEqual({ ended: 0 });
      town.later('2026-09-25');
      const looks = await Promise.all([town.look(), town.look()]);
      expect(looks.map(({ ended }) => ended).sort()).toEqual([0, 1]);
      expect(await town.look()).toEqual({ ended: 0 });
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
    await town.askPeers({ onTimeout: 'reject' });
    const work = await town.log(alice);
    await town.validate(bob, work);
    town.later('2026-09-25');
    const [said, looked] = await Promise.all([town.validate(carol, work), town.look()]);
    expect(['TOO_LATE_FOR_PEERS', 'NOT_WITH_PEERS']).toContain(code(said));
    expect(looked).toEqual({ ended: 1 });
    expect(await town.load(work)).toMatchObject({ status: 'rejected' });
  });

  test('silence approves nothing that takes two reviewers', async () => {
    await town.askPeers({ onTimeout: 'approve' });
    const work = await town.log(alice, truck);
    town.later('2026-09-25');
    await town.look();
    expect(await town.load(work)).toMatchObject({
      status: 'submitted',
      peerState: 'timed_out',
      signaturesNeeded: 2,
    });
  });

  test('days with its peers do not make it stale for the reviewers', async () => {
    await town.askPeers();
    const work = await town.log(alice);
    const { cooperativeId } = world;
    town.later('2026-09-25');
    const counted = () => countApprovalQueue(world.database, { cooperativeId, now: world.now });
    expect(await counted()).toEqual({ total: 0, stale: 0 });
    await town.look();
    expect(await counted()).toEqual({ total: 1, stale: 0 });
    town.later('2026-09-29');
    expect(await counted()).toEqual({ total: 1, stale: 1 });
    expect(code(await town.approve(carol, work))).toBe('ok');
  });
});

describe('the database itself refuses', () => {
  const vote = (work: string, who: Person, round = 1) =>
    owner().asOwner(
      `insert into people.peer_vote (cooperative_id, contribution_id, round, member_id, login_id, verdict, quantity, value_minor, voted_at)
       values ($1, $2, $3, $4, $5, 'validated', 6, 60000, now())`,
      [world.cooperativeId, work, round, who.memberId, who.loginId],
    );
  const valued = (work: string) =>
    owner().asOwner(
      `update people.contribution set status = 'valued', signatures_needed = 0, valued_at = now() where contribution_id = $1`,
      [work],
    );

  test('one’s own word, a second one, one after the end, and one that is changed', async () => {
    await town.askPeers();
    const work = await town.log(alice);
    await expect(vote(work, alice)).rejects.toMatchObject({ code: 'HB006' });
    await town.validate(bob, work);
    await expect(vote(work, bob)).rejects.toMatchObject({ code: '23505' });
    await expect(vote(work, { ...ed, memberId: ed.memberId, loginId: bob.loginId })).rejects.toMatchObject({
      code: '23505',
    });
    await expect(
      owner().asOwner('update people.peer_vote set verdict = $2 where contribution_id = $1', [
        work,
        'objected',
      ]),
    ).rejects.toThrow();
    await town.validate(carol, work);
    await expect(vote(work, ed)).rejects.toMatchObject({ code: '23514' });
  });

  test('approval by fewer peers than the rule asks for, or by nobody', async () => {
    await town.askPeers();
    const work = await town.log(alice);
    await town.validate(bob, work);
    await expect(valued(work)).rejects.toMatchObject({ code: '23514' });
    await expect(
      owner().asOwner(
        `update people.contribution set peer_state = 'validated', peers_ended_at = now() where contribution_id = $1`,
        [work],
      ),
    ).rejects.toMatchObject({ code: '23514' });
    await expect(
      owner().asOwner(
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
