// Whose word a contribution waits for, against a real database: nobody who is away or suspended, nobody of another
// cooperative, and what each said is theirs to take away.
import { beforeEach, describe, expect, test } from 'vitest';
import { announceAbsence, endAbsence, listAbsences } from '../absence/absence.commands.ts';
import { withdrawContribution } from '../contribution/author.commands.ts';
import { changeMemberStatus } from '../member/member.commands.ts';
import type { Person, World } from '../testing/cooperative.ts';
import { ownDatabase } from '../testing/own-database.ts';
import type { PeerTown } from '../testing/peer-town.ts';
import { foundPeerTown } from '../testing/peer-town.ts';
import { code } from '../testing/town.ts';
import { validateContribution } from './peer.commands.ts';
import { peersAskedOf, wordsOfPeer } from './peer.queries.ts';
import { countPeerQueue, isWaitingForPeer, listPeerQueue, peerQueueKey } from './queue.queries.ts';

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

describe('who can be asked', () => {
  const asked = async (work: string) => {
    const { database, cooperativeId, now } = world;
    return (await peersAskedOf(database, { cooperativeId, now }, [work])).get(work);
  };

  test('nobody away and nobody suspended; too few left send it to a reviewer', async () => {
    await town.askPeers({ peers: 3 });
    const work = await town.log(alice);
    const everybody = [world.admin, bob, carol, ed].map(({ memberId }) => memberId);
    expect((await asked(work))?.sort()).toEqual([...everybody].sort());
    const away = { memberId: ed.memberId, startsOn: '2026-09-21', endsOn: '2026-09-30' };
    expect(code(await announceAbsence(world.database, world.as(ed), away))).toBe('ok');
    expect(await asked(work)).not.toContain(ed.memberId);
    expect(await town.look()).toEqual({ ended: 0 });
    const leaves = { memberId: bob.memberId, status: 'suspended' as const, reason: 'a leave' };
    expect(code(await changeMemberStatus(world.database, world.as(world.admin), leaves))).toBe('ok');
    expect(code(await town.validate(bob, work))).toBe('CONTRIBUTION_NOT_FOUND');
    expect(await town.look()).toEqual({ ended: 1 });
    expect(await town.load(work)).toMatchObject({ status: 'submitted', peerState: 'no_eligible' });
    expect(code(await town.approve(carol, work))).toBe('ok');
  });

  test('a member whom a rule asks says that they are away, with nobody in their place, and is not counted on', async () => {
    const days = { startsOn: '2026-09-20', endsOn: '2026-09-30' };
    const away = (more: object = {}) => announceAbsence(world.database, world.as(bob), { ...days, ...more });
    expect(code(await away())).toBe('NOT_ASKED');
    await town.askPeers();
    expect(code(await away({ backupMemberId: carol.memberId }))).toBe('NOT_A_REVIEWER');
    expect(code(await away())).toBe('ok');
    expect(await asked(await town.log(alice))).not.toContain(bob.memberId);
    const [absence] = await listAbsences(world.database, world.cooperativeId, '2026-09-21' as never);
    const back = { absenceId: absence?.absenceId ?? '' };
    expect(code(await endAbsence(world.database, world.as(alice), back))).toBe('FORBIDDEN');
    expect(code(await endAbsence(world.database, world.as(bob), back))).toBe('ok');
  });

  test('a member without any office finds what waits for them page by page, and nothing of another cooperative', async () => {
    await town.askPeers();
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
    expect(code(await town.validate(bob, first))).toBe('ok');
    expect(await countPeerQueue(world.database, place, bob.memberId)).toBe(1);
    expect(await isWaitingForPeer(world.database, place, bob.memberId, first)).toBe(false);
    expect(await countPeerQueue(world.database, place, alice.memberId)).toBe(0);
    const over = { ...place, now: new Date('2026-09-25T15:00:00Z') };
    expect(await countPeerQueue(world.database, over, bob.memberId)).toBe(0);
    const other = await foundPeerTown(owner());
    const there = other.world.as(other.bob);
    expect(code(await validateContribution(owner().database, there, { contributionId: work }))).toBe(
      'CONTRIBUTION_NOT_FOUND',
    );
    const elsewhere = { cooperativeId: other.world.cooperativeId, now: world.now };
    expect(await countPeerQueue(owner().database, elsewhere, bob.memberId)).toBe(0);
  });

  test('what somebody said as a peer is theirs to take away, without whose work it was', async () => {
    await town.askPeers();
    const [yes, no] = [await town.log(alice), await town.log(alice)];
    expect(code(await town.validate(bob, yes))).toBe('ok');
    world.now = new Date(world.now.getTime() + 60_000);
    expect(code(await town.object(bob, no, 'it was the small pump'))).toBe('ok');
    const said = await wordsOfPeer(world.database, world.cooperativeId, bob.memberId);
    expect(said).toMatchObject([
      { number: 1, category: 'Engineering', quantity: '6', verdict: 'validated', reason: null },
      { number: 2, verdict: 'objected', reason: 'it was the small pump' },
    ]);
    expect(JSON.stringify(said)).not.toMatch(/Pump controller|Alice/);
    expect(await wordsOfPeer(world.database, world.cooperativeId, carol.memberId)).toEqual([]);
  });

  test('what its author takes back is asked of nobody any more', async () => {
    await town.askPeers();
    const work = await town.log(alice);
    expect(code(await withdrawContribution(world.database, world.as(alice), { contributionId: work }))).toBe(
      'ok',
    );
    expect(await town.load(work)).toMatchObject({ status: 'withdrawn', peerState: null });
    expect(code(await town.validate(bob, work))).toBe('NOT_WITH_PEERS');
  });
});
