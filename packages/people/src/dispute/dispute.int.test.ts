// After the decision: the ledger's answers, refusals and new offers, disputes and overrides by two people.
import { beforeEach, describe, expect, test } from 'vitest';
import { periodClosed, periodClosing, periodReopened } from '@habitat/events';
import { newId } from '@habitat/kernel';
import { approveContribution } from '../approval/decision.commands.ts';
import { findContributions } from '../contribution/contribution.queries.ts';
import { logContribution } from '../contribution/logging.commands.ts';
import { retryPosting } from '../posting/posting.ts';
import type { Person, World } from '../testing/cooperative.ts';
import { foundCooperative, QUARTERS } from '../testing/cooperative.ts';
import { ownDatabase } from '../testing/own-database.ts';
import { setValuationRule } from '../valuation/valuation-rule.commands.ts';
import {
  confirmValuationOverride,
  disputeContribution,
  overrideValuation,
  resolveDispute,
} from './dispute.commands.ts';
import { declineValuationOverride } from '../waiting/waiting.ts';
import { findOpenOverrides } from './override.queries.ts';

const owner = ownDatabase();
let world: World;
let alice: Person;
let carol: Person;
let boss: Person;
let contributionId: string;
let town = 0;

beforeEach(async () => {
  world = await foundCooperative(owner(), `village${(town += 1)}`);
  alice = await world.join('Alice', ['member', 'contributor']);
  carol = await world.join('Carol', ['member', 'contributor', 'reviewer']);
  boss = await world.join('Ines', ['member', 'administrator']);
  await setValuationRule(world.database, world.as(world.admin), {
    kind: 'labor',
    method: 'rate',
    rate: '100',
    effectiveFrom: '2026-01-01',
    rationale: 'first',
  });
  const work = { kind: 'labor', quantity: '6', workedOn: '2026-09-18', description: 'Pump controller' };
  const logged = await logContribution(world.database, world.as(alice), work);
  if (!logged.ok) throw new Error(logged.refusal.code);
  contributionId = logged.value.contributionId;
  await approveContribution(world.database, world.as(carol), { contributionId });
});

const code = (answer: { ok: boolean; refusal?: { code: string } }) =>
  answer.ok ? 'ok' : answer.refusal?.code;
const load = async () => (await findContributions(world.database, world.cooperativeId, [contributionId]))[0];
const posted = (transactionId: string | null = newId()) =>
  world.receive(
    'treasury.contribution.posted',
    {
      contributionId,
      memberId: alice.memberId,
      transactionId,
      periodId: QUARTERS[1].periodId,
      effectiveOn: '2026-09-18',
      bookMinor: 60_000n,
      taxMinor: 0n,
    },
    contributionId,
  );
const refused = () =>
  world.receive(
    'treasury.contribution.refused',
    { contributionId, memberId: alice.memberId, reason: 'PERIOD_NOT_OPEN', detail: 'Q3 2026 is closing' },
    contributionId,
  );
const dispute = (who: Person, reason: string) =>
  disputeContribution(world.database, world.as(who), { contributionId, reason });
const resolve = (who: Person, more: object) =>
  resolveDispute(world.database, world.as(who), { contributionId, reason: 'looked into', ...more });
const applied = () => world.published('people.contribution.applied');

describe('the ledger’s answer', () => {
  test('posted makes it applied, once, however often it is delivered', async () => {
    await posted();
    await posted();
    expect(await load()).toMatchObject({ status: 'applied', postingProblem: null });
    expect(await applied()).toHaveLength(1);
  });

  test('refused leaves it valued with the reason; offered again it is told anew, by hand or when the period reopens', async () => {
    await refused();
    expect(await load()).toMatchObject({
      status: 'valued',
      postingProblem: 'PERIOD_NOT_OPEN: Q3 2026 is closing',
    });
    expect(code(await retryPosting(world.database, world.as(alice), { contributionId }))).toBe('FORBIDDEN');
    expect(code(await retryPosting(world.database, world.as(carol), { contributionId }))).toBe('ok');
    expect(code(await retryPosting(world.database, world.as(carol), { contributionId }))).toBe(
      'NO_POSTING_PROBLEM',
    );
    await refused();
    await world.receive(periodReopened.type, { ...QUARTERS[1], status: 'open' }, QUARTERS[1].periodId);
    expect(await load()).toMatchObject({ status: 'valued', postingProblem: null });
    expect(await world.published('people.contribution.valued')).toHaveLength(3);
    await posted(null);
    expect(await load()).toMatchObject({ status: 'applied', transactionId: null });
  });
});

describe('a dispute', () => {
  test('is its member’s, while the period is open, with a reason', async () => {
    expect(code(await dispute(carol, 'too much'))).toBe('FORBIDDEN');
    expect(code(await dispute(alice, ' '))).toBe('REASON_REQUIRED');
    await world.receive(periodClosed.type, { ...QUARTERS[1], status: 'closed' }, QUARTERS[1].periodId);
    expect(code(await dispute(alice, 'it was seven hours'))).toBe('PERIOD_NOT_OPEN');
    await world.receive(periodReopened.type, { ...QUARTERS[1], status: 'open' }, QUARTERS[1].periodId);
    expect(code(await dispute(alice, 'it was seven hours'))).toBe('ok');
    expect(code(await dispute(alice, 'again'))).toBe('WRONG_STATE');
  });

  test('raised in time is settled while the period closes too, but not once it is closed', async () => {
    await posted();
    await dispute(alice, 'it was seven hours');
    await world.receive(periodClosed.type, { ...QUARTERS[1], status: 'closed' }, QUARTERS[1].periodId);
    expect(code(await resolve(carol, { value: '700.00' }))).toBe('PERIOD_NOT_OPEN');
    await world.receive(periodClosing.type, { ...QUARTERS[1], status: 'closing' }, QUARTERS[1].periodId);
    expect(code(await resolve(carol, { value: '700.00' }))).toBe('ok');
    expect(await load()).toMatchObject({ status: 'resolved' });
    await posted();
    expect(code(await dispute(alice, 'eight after all'))).toBe('PERIOD_NOT_OPEN');
    await world.receive(periodReopened.type, { ...QUARTERS[1], status: 'open' }, QUARTERS[1].periodId);
  });

  test('settled with another value is resolved, and applied again once the ledger posted the difference', async () => {
    await posted();
    await dispute(alice, 'it was seven hours');
    expect(code(await resolve(alice, {}))).toBe('FORBIDDEN');
    expect(code(await resolve(carol, { value: 'x' }))).toBe('NOT_AN_AMOUNT');
    expect(code(await resolve(carol, { reason: '' }))).toBe('REASON_REQUIRED');
    expect(code(await resolve(carol, { value: '700.00' }))).toBe('ok');
    expect(await load()).toMatchObject({
      status: 'resolved',
      valueMinor: 70_000n,
      originalValueMinor: 60_000n,
    });
    expect((await world.published('people.contribution.resolved'))[0]).toMatchObject({
      valueMinor: '70000',
      previousValueMinor: '60000',
      previousTaxMinor: '0',
    });
    await refused();
    expect(code(await retryPosting(world.database, world.as(carol), { contributionId }))).toBe('ok');
    expect((await world.published('people.contribution.resolved')).at(-1)).toMatchObject({
      valueMinor: '70000',
      previousValueMinor: '60000',
    });
    await posted();
    expect(await load()).toMatchObject({ status: 'applied' });
    expect((await applied()).map((event) => event['valueMinor'])).toEqual(['60000', '70000']);
  });

  test('settled with the same value leaves the ledger alone', async () => {
    await posted();
    await dispute(alice, 'it was seven hours');
    expect(code(await resolve(boss, {}))).toBe('ok');
    expect(await load()).toMatchObject({ status: 'applied', valueMinor: 60_000n, originalValueMinor: null });
  });

  test('a reviewer settles no further than their role reaches', async () => {
    const limited = { ...carol, limits: { reviewer: 60_000n } };
    await dispute(alice, 'it was seven hours');
    expect(await resolve(limited, { value: '600.01' })).toMatchObject({
      refusal: { code: 'OVER_ROLE_LIMIT', limitMinor: '60000' },
    });
    expect(code(await resolve(limited, { value: '600.00' }))).toBe('ok');
  });

  test('raised before the ledger answered keeps the posting and goes on from it', async () => {
    await dispute(alice, 'it was seven hours');
    await posted();
    expect(await load()).toMatchObject({ status: 'disputed' });
    expect(await applied()).toHaveLength(0);
    await resolve(carol, {});
    expect(await load()).toMatchObject({ status: 'applied' });
    expect(await applied()).toHaveLength(1);
  });
});

describe('an override takes two people', () => {
  const ask = (who: Person, more: object = {}) =>
    overrideValuation(world.database, world.as(who), {
      contributionId,
      value: '500.00',
      justification: 'half was travel',
      ...more,
    });
  const confirm = (who: Person) =>
    confirmValuationOverride(world.database, world.as(who), { contributionId });

  test('neither who asks nor who confirms goes further than their role reaches', async () => {
    const limited = (who: Person) => ({ ...who, limits: { administrator: 50_000n, reviewer: 40_000n } });
    await posted();
    expect(code(await ask(limited(boss), { value: '500.01' }))).toBe('OVER_ROLE_LIMIT');
    expect(code(await ask(limited(boss)))).toBe('ok');
    expect(code(await confirm(limited(carol)))).toBe('OVER_ROLE_LIMIT');
    expect(code(await confirm(limited(world.admin)))).toBe('ok');
  });

  test('asked by an administrator, confirmed by another person, and only then a value', async () => {
    await posted();
    expect(code(await ask(carol))).toBe('FORBIDDEN');
    expect(code(await ask(boss, { justification: '' }))).toBe('JUSTIFICATION_REQUIRED');
    expect(code(await confirm(carol))).toBe('NO_OVERRIDE_OPEN');
    expect(code(await ask(boss))).toBe('ok');
    expect(await load()).toMatchObject({ status: 'applied', valueMinor: 60_000n });
    expect(code(await ask(world.admin))).toBe('OVERRIDE_OPEN');
    expect(code(await confirm(boss))).toBe('SECOND_PERSON_REQUIRED');
    expect(code(await confirm(alice))).toBe('OWN_CONTRIBUTION');
    const answers = await Promise.all([confirm(carol), confirm(world.admin)]);
    expect(answers.map(code).sort()).toEqual(['NO_OVERRIDE_OPEN', 'ok']);
    expect(await load()).toMatchObject({
      status: 'resolved',
      valueMinor: 50_000n,
      originalValueMinor: 60_000n,
    });
  });

  test('a no is said by whoever might agree, never by the member whose value it is, and taken back by who asked', async () => {
    await posted();
    const decline = async (who: Person) => {
      const [open] = await findOpenOverrides(world.database, world.cooperativeId, [contributionId]);
      const requestId = open?.overrideId ?? expect.fail('none is open');
      const input = { requestId, reason: 'the travel was agreed' };
      return code(await declineValuationOverride(world.database, world.as(who), input));
    };
    expect(code(await ask(boss))).toBe('ok');
    const promoted = { ...alice, roles: ['member', 'contributor', 'administrator', 'reviewer'] } as Person;
    expect(await decline(promoted)).toBe('FORBIDDEN');
    expect(code(await confirm(promoted))).toBe('OWN_CONTRIBUTION');
    expect(await decline(carol)).toBe('ok');
    expect(code(await confirm(carol))).toBe('NO_OVERRIDE_OPEN');
    expect(code(await ask(boss))).toBe('ok');
    expect(await decline(boss)).toBe('ok');
    expect(await load()).toMatchObject({ status: 'applied', valueMinor: 60_000n });
  });

  test('past its time it is over at once: nobody confirms it, and another value may be asked for', async () => {
    await posted();
    expect(code(await ask(boss))).toBe('ok');
    world.now = new Date(world.now.getTime() + 14 * 86_400_000);
    expect(code(await confirm(carol))).toBe('NO_OVERRIDE_OPEN');
    const late = `update people.valuation_override set confirmed_by_member_id = $2, confirmed_at = $3
      where contribution_id = $1`;
    await expect(world.test.asOwner(late, [contributionId, carol.memberId, world.now])).rejects.toMatchObject(
      { constraint: 'signed_in_time' },
    );
    expect(code(await ask(boss, { value: '400.00' }))).toBe('ok');
    expect(code(await confirm(carol))).toBe('ok');
    expect(await load()).toMatchObject({ status: 'resolved', valueMinor: 40_000n });
  });
});
