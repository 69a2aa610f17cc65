// Two signatures above the policy's line, and races over one contribution, against a real database.
import { beforeEach, describe, expect, test } from 'vitest';
import { signaturesOf } from '../contribution/contribution.queries.ts';
import { editContribution, withdrawContribution } from '../contribution/author.commands.ts';
import type { Person, World } from '../testing/cooperative.ts';
import { ownDatabase } from '../testing/own-database.ts';
import type { Town } from '../testing/town.ts';
import { code, foundTown, truck } from '../testing/town.ts';
import { adjustContribution } from './decision.commands.ts';

const owner = ownDatabase();
let world: World;
let alice: Person;
let bob: Person;
let carol: Person;
let ed: Person;
let log: Town['log'];
let approve: Town['approve'];
let load: Town['load'];
let valuedEvents: Town['valuedEvents'];

beforeEach(async () => {
  ({ world, alice, bob, carol, ed, log, approve, load, valuedEvents } = await foundTown(owner()));
});

describe('above the line two different people sign', () => {
  test('the first signature leaves it waiting, the second values it, in kind from 5,000 on', async () => {
    const contributionId = await log(bob, truck);
    expect(await load(contributionId)).toMatchObject({
      signaturesNeeded: 2,
      valueMinor: 1_000_000n,
      taxMinor: 700_000n,
      treatment: 'capital',
    });
    expect(code(await approve(ed, contributionId))).toBe('ok');
    expect(await load(contributionId)).toMatchObject({ status: 'submitted' });
    expect(code(await approve(ed, contributionId))).toBe('ALREADY_SIGNED');
    expect(await valuedEvents()).toBe(0);
    world.now = new Date('2026-09-21T16:00:00Z');
    expect(code(await approve(carol, contributionId))).toBe('ok');
    expect(await load(contributionId)).toMatchObject({ status: 'valued' });
    expect(
      (await signaturesOf(world.database, world.cooperativeId, [contributionId])).map(
        (one) => one.approverMemberId,
      ),
    ).toEqual([ed.memberId, carol.memberId]);
    expect(await valuedEvents()).toBe(1);
  });

  test('two reviewers at once are a first and a second, never two firsts', async () => {
    for (let round = 0; round < 5; round += 1) {
      const contributionId = await log(bob, truck);
      expect(
        (await Promise.all([approve(ed, contributionId), approve(carol, contributionId)])).map(code),
      ).toEqual(['ok', 'ok']);
      expect(await load(contributionId)).toMatchObject({ status: 'valued' });
    }
    expect(await valuedEvents()).toBe(5);
  });

  test('one reviewer twice at once signs once', async () => {
    const contributionId = await log(bob, truck);
    const answers = await Promise.all([approve(ed, contributionId), approve(ed, contributionId)]);
    expect(answers.map(code).sort()).toEqual(['ALREADY_SIGNED', 'ok']);
    expect(await load(contributionId)).toMatchObject({ status: 'submitted' });
  });

  test('a signature given to one quantity does not count for another', async () => {
    const contributionId = await log(bob, truck);
    await approve(ed, contributionId);
    expect(
      code(
        await adjustContribution(world.database, world.as(carol), {
          contributionId,
          value: '9000.00',
          reason: 'the appraisal says so',
        }),
      ),
    ).toBe('ok');
    expect(await load(contributionId)).toMatchObject({
      status: 'submitted',
      valueMinor: 900_000n,
      originalValueMinor: 1_000_000n,
    });
    expect(code(await approve(carol, contributionId))).toBe('ALREADY_SIGNED');
    expect(code(await approve(ed, contributionId))).toBe('ok');
    expect(await load(contributionId)).toMatchObject({
      status: 'valued',
      valueMinor: 900_000n,
      taxMinor: 700_000n,
    });
    const edited = await log(bob, truck);
    await approve(ed, edited);
    await editContribution(world.database, world.as(bob), {
      ...truck,
      contributionId: edited,
      value: '8000.00',
    });
    await approve(carol, edited);
    expect(await load(edited)).toMatchObject({ status: 'submitted' });
  });
});

describe('races over one contribution have one outcome', () => {
  test('two approvers of a small one: one decides, the other is told its state', async () => {
    const contributionId = await log(alice);
    const answers = await Promise.all([approve(ed, contributionId), approve(carol, contributionId)]);
    expect(answers.map(code).sort()).toEqual(['WRONG_STATE', 'ok']);
    expect(await valuedEvents()).toBe(1);
  });

  test('approval against withdrawal', async () => {
    for (let round = 0; round < 6; round += 1) {
      const contributionId = await log(alice);
      const [approved, withdrawn] = await Promise.all([
        approve(ed, contributionId),
        withdrawContribution(world.database, world.as(alice), { contributionId }),
      ]);
      expect([code(approved), code(withdrawn)].sort()).toEqual(['WRONG_STATE', 'ok']);
      expect((await load(contributionId)).status).toBe(approved.ok ? 'valued' : 'withdrawn');
    }
  });
});
