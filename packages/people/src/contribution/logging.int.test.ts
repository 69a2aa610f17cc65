// Logging against a real database: refusals by field, grace and override, idempotency, tenancy, many at once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { periodClosing, periodOpened } from '@habitat/events';
import { newId, systemActor } from '@habitat/kernel';
import { setAutoApprovalRule } from '../approval/auto-approval.commands.ts';
import { decidePolicyRequest } from '../policy-request/policy-request.commands.ts';
import { listPolicyRequests } from '../policy/policy.queries.ts';
import { approveContribution } from '../approval/decision.commands.ts';
import { faultsIn } from '../testing/checks.ts';
import type { Person, World } from '../testing/cooperative.ts';
import { connect, foundCooperative, QUARTERS } from '../testing/cooperative.ts';
import type { TestDatabase } from '../testing/database.ts';
import { setValuationRule } from '../valuation/valuation-rule.commands.ts';
import {
  allowLateContribution,
  editContribution,
  submitContribution,
  withdrawContribution,
} from './author.commands.ts';
import { findContributions, listContributions, stepsOf } from './contribution.queries.ts';
import { logContribution, logContributions } from './logging.commands.ts';
import { contributionOptions, previewContribution } from './preview.queries.ts';

let test_: TestDatabase;
let world: World;
let alice: Person;
let carol: Person;

beforeAll(async () => {
  test_ = await connect();
  world = await foundCooperative(test_);
  alice = await world.join('Alice', ['member', 'contributor']);
  carol = await world.join('Carol', ['member', 'contributor', 'reviewer']);
  await setValuationRule(world.database, world.as(world.admin), {
    kind: 'labor',
    method: 'rate',
    rate: '100',
    effectiveFrom: '2026-01-01',
    rationale: 'first rate',
  });
});
afterAll(async () => {
  expect(await faultsIn(test_)).toEqual([]);
  await test_.end();
});

const work = {
  kind: 'labor',
  category: 'Engineering',
  quantity: '6',
  workedOn: '2026-09-18',
  description: 'Pump controller',
};
const log = (more: Partial<Parameters<typeof logContribution>[2]> = {}, who: Person = alice, key?: string) =>
  logContribution(world.database, world.as(who, key), { ...work, ...more });

async function logged(
  more: Partial<Parameters<typeof logContribution>[2]> = {},
  who: Person = alice,
): Promise<string> {
  const answer = await log(more, who);
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value.contributionId;
}
const load = async (id: string) => {
  const [found] = await findContributions(world.database, world.cooperativeId, [id]);
  if (found === undefined) throw new Error('not found');
  return found;
};

test('six hours at one hundred are valued at 600.00 and zero tax basis when a reviewer approves', async () => {
  const contributionId = await logged();
  expect(await load(contributionId)).toMatchObject({
    status: 'submitted',
    valueMinor: 60_000n,
    periodId: QUARTERS[1].periodId,
  });
  expect(await approveContribution(world.database, world.as(carol), { contributionId })).toEqual({
    ok: true,
    value: { contributionId },
  });
  const valued = (await world.published('people.contribution.valued')).at(-1);
  expect(valued).toMatchObject({
    contributionId,
    valueMinor: '60000',
    taxMinor: '0',
    quantity: '6',
    unit: 'hour',
    treatment: 'both',
    patronageCategory: 'labor',
  });
  const steps = await stepsOf(world.database, world.cooperativeId, [contributionId]);
  expect(steps.map((step) => `${step.act} ${step.from}→${step.to}`)).toEqual([
    'logged null→draft',
    'submitted draft→submitted',
    'approved submitted→approved',
    'valued approved→valued',
  ]);
});

describe('each fault has its own refusal and nothing is stored', () => {
  test.each([
    [{ kind: 'magic' }, 'UNKNOWN_KIND'],
    [{ category: 'x'.repeat(81) }, 'CATEGORY_TOO_LONG'],
    [{ quantity: '-1' }, 'NEGATIVE_DURATION'],
    [{ quantity: '25' }, 'OVER_24_HOURS'],
    [{ kind: 'cash', quantity: '12.345' }, 'TOO_MANY_DECIMALS'],
    [{ kind: 'cash', quantity: '1000000000000000' }, 'OUT_OF_RANGE'],
    [{ workedOn: '2026-02-30' }, 'NOT_A_DATE'],
    [{ workedOn: '2026-09-22' }, 'FUTURE_DATE'],
    [{ description: 'x'.repeat(2_001) }, 'DESCRIPTION_TOO_LONG'],
    [{ description: '  ' }, 'DESCRIPTION_REQUIRED'],
    [{ evidence: [{ label: 'bad', url: 'javascript:alert(1)' }] }, 'EVIDENCE_INVALID'],
    [{ evidence: [{ label: 'bad', url: 'https://a:b@x.example' }] }, 'EVIDENCE_INVALID'],
    [{ kind: 'revenue', quantity: '5', revenueTransactionId: 'seven' }, 'NOT_AN_ID'],
    [{ workedOn: '2025-09-18' }, 'PERIOD_NOT_FOUND'],
    [{ kind: 'in_kind', quantity: '1', value: '10000' }, 'COST_BASIS_REQUIRED'],
    [{ kind: 'in_kind', quantity: '1', costBasis: '1' }, 'VALUE_REQUIRED'],
    [{ kind: 'in_kind', quantity: '1', value: '0', costBasis: '1' }, 'NOT_POSITIVE'],
    [{ kind: 'in_kind', quantity: '1', value: '5', costBasis: '-1' }, 'NEGATIVE'],
    [{ kind: 'expertise' }, 'NO_VALUATION_RULE'],
    [{ quantity: '' }, 'QUANTITY_REQUIRED'],
    [{ memberId: newId() }, 'FORBIDDEN'],
  ])('%j is %s', async (more, code) => {
    const [before] = await test_.asOwner<{ n: number }>('select count(*)::int as n from people.contribution');
    expect(await log(more)).toMatchObject({ ok: false, refusal: { code } });
    expect(
      (await test_.asOwner<{ n: number }>('select count(*)::int as n from people.contribution'))[0],
    ).toEqual(before);
  });

  test('a thing of which neither worth nor cost was said is told of both, each at its field', async () => {
    expect(await log({ kind: 'in_kind', quantity: '1' })).toMatchObject({
      refusal: {
        code: 'VALUE_REQUIRED',
        field: 'declaredValue',
        more: [{ code: 'COST_BASIS_REQUIRED', field: 'costBasis' }],
      },
    });
  });

  test('a reviewer logging for another needs a member of this cooperative and a reason', async () => {
    const other = await foundCooperative(test_, 'hillside');
    expect(await log({ memberId: alice.memberId }, carol)).toMatchObject({
      refusal: { code: 'REASON_REQUIRED' },
    });
    expect(await log({ memberId: other.admin.memberId, reason: 'asked' }, carol)).toMatchObject({
      refusal: { code: 'MEMBER_NOT_FOUND' },
    });
    const nobody = { ...systemActor(world.cooperativeId) };
    expect(await logContribution(world.database, world.as(nobody), work)).toMatchObject({
      refusal: { code: 'NO_MEMBER' },
    });
  });
});

test('the cooperative’s own midnight decides what today is', async () => {
  world.now = new Date('2026-09-22T03:30:00Z');
  expect(await log({ workedOn: '2026-09-22' })).toMatchObject({
    refusal: { code: 'FUTURE_DATE', today: '2026-09-21' },
  });
  world.now = new Date('2026-09-22T04:30:00Z');
  expect(await log({ workedOn: '2026-09-22' })).toMatchObject({ ok: true });
  world.now = new Date('2026-09-21T15:00:00Z');
});

describe('late work', () => {
  test('is free until the grace ends and needs another person’s reason from then on', async () => {
    world.now = new Date('2026-07-07T15:00:00Z');
    expect(await log({ workedOn: '2026-06-30' })).toMatchObject({ ok: true });
    world.now = new Date('2026-07-08T15:00:00Z');
    expect(await log({ workedOn: '2026-06-30' })).toMatchObject({
      refusal: { code: 'LATE_NEEDS_OVERRIDE', graceEndedOn: '2026-07-07' },
    });
    expect(await log({ workedOn: '2026-06-30', lateReason: 'I forgot' })).toMatchObject({
      refusal: { code: 'LATE_NEEDS_OVERRIDE' },
    });
    expect(await log({ workedOn: '2026-06-30', lateReason: 'mine' }, carol)).toMatchObject({
      refusal: { code: 'LATE_NEEDS_OVERRIDE' },
    });
    const taken = await logged(
      { workedOn: '2026-06-30', memberId: alice.memberId, reason: 'she was ill', lateReason: 'she was ill' },
      carol,
    );
    expect(await load(taken)).toMatchObject({
      late: true,
      lateReason: 'she was ill',
      lateOverrideBy: carol.memberId,
      status: 'submitted',
    });
  });

  test('a reviewer lets a late draft in, but not their own', async () => {
    const contributionId = await logged({ workedOn: '2026-06-30', submit: false });
    const allow = (who: Person, reason: string) =>
      allowLateContribution(world.database, world.as(who), { contributionId, reason });
    expect(await submitContribution(world.database, world.as(alice), { contributionId })).toMatchObject({
      refusal: { code: 'LATE_NEEDS_OVERRIDE' },
    });
    expect(await allow(alice, 'please')).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
    expect(await allow(carol, ' ')).toMatchObject({ refusal: { code: 'REASON_REQUIRED' } });
    expect(await allow(carol, 'harvest')).toMatchObject({ ok: true });
    expect(await load(contributionId)).toMatchObject({ status: 'submitted', late: true });
    const own = await logged({ workedOn: '2026-06-30', submit: false }, carol);
    expect(
      await allowLateContribution(world.database, world.as(carol), { contributionId: own, reason: 'mine' }),
    ).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
    world.now = new Date('2026-09-21T15:00:00Z');
  });

  test('a period that is closing takes no more work', async () => {
    const period = { periodId: newId(), name: 'Q1 2026', startsOn: '2026-01-01', endsOn: '2026-03-31' };
    await world.receive(periodOpened.type, { ...period, status: 'open' }, period.periodId);
    await world.receive(periodClosing.type, { ...period, status: 'closing' }, period.periodId);
    expect(await log({ workedOn: '2026-03-01' })).toMatchObject({
      refusal: { code: 'PERIOD_NOT_OPEN', period: 'Q1 2026', status: 'closing' },
    });
  });
});

describe('an author', () => {
  test('keeps a draft, edits it, sends it and takes it back', async () => {
    const contributionId = await logged({ submit: false, description: '', quantity: '2' });
    expect(await submitContribution(world.database, world.as(alice), { contributionId })).toMatchObject({
      refusal: { code: 'DESCRIPTION_REQUIRED' },
    });
    expect(
      await editContribution(world.database, world.as(carol), { ...work, contributionId }),
    ).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
    expect(
      await editContribution(world.database, world.as(alice), { ...work, contributionId, quantity: '1:41' }),
    ).toMatchObject({ ok: true });
    expect(await submitContribution(world.database, world.as(alice), { contributionId })).toMatchObject({
      ok: true,
    });
    expect(await load(contributionId)).toMatchObject({ status: 'submitted', valueMinor: 16_833n });
    expect(
      await editContribution(world.database, world.as(alice), { ...work, contributionId, quantity: '3' }),
    ).toMatchObject({ ok: true });
    expect(await load(contributionId)).toMatchObject({ valueMinor: 30_000n, round: 2 });
    expect(await withdrawContribution(world.database, world.as(alice), { contributionId })).toMatchObject({
      ok: true,
    });
    expect(await withdrawContribution(world.database, world.as(alice), { contributionId })).toMatchObject({
      refusal: { code: 'WRONG_STATE', status: 'withdrawn' },
    });
    expect(
      await submitContribution(world.database, world.as(alice), { contributionId: newId() }),
    ).toMatchObject({ refusal: { code: 'CONTRIBUTION_NOT_FOUND' } });
    expect(await submitContribution(world.database, world.as(alice), { contributionId: 'x' })).toMatchObject({
      refusal: { code: 'CONTRIBUTION_NOT_FOUND' },
    });
  });

  test('sees what it would be worth and who decides before sending it', async () => {
    const facts = { cooperativeId: world.cooperativeId, actor: alice, now: world.now };
    expect(await previewContribution(world.database, facts, work)).toMatchObject({
      ok: true,
      value: {
        valueMinor: 60_000n,
        bookMinor: 60_000n,
        taxMinor: 0n,
        signaturesNeeded: 1,
        decidedByMemberIds: [carol.memberId],
        problem: null,
      },
    });
    expect(await previewContribution(world.database, facts, { ...work, kind: 'expertise' })).toMatchObject({
      value: { valueMinor: null, problem: 'NO_VALUATION_RULE' },
    });
    const { kinds, last } = await contributionOptions(world.database, facts);
    expect(kinds.find((one) => one.kind === 'labor')?.categories).toMatchObject([
      { category: 'General', rate: '100', method: 'rate' },
    ]);
    expect(last?.memberId).toBe(alice.memberId);
  });
});

test('who logs gets the contribution as it is read afterwards, under a repeated key its id alone', async () => {
  const key = newId();
  const first = await log({ quantity: '1:30' }, alice, key);
  const again = await log({ quantity: '1:30' }, alice, key);
  if (!first.ok || !again.ok) throw new Error('logging was refused');
  const [read] = await findContributions(world.database, world.cooperativeId, [first.value.contributionId]);
  expect(first.value.contribution).toEqual(read);
  expect(again.value).toEqual({ contributionId: first.value.contributionId });
});

test('the same key twenty times at once makes one contribution', async () => {
  const [before] = await test_.asOwner<{ n: number }>('select count(*)::int as n from people.contribution');
  const answers = await Promise.all(Array.from({ length: 20 }, () => log({}, alice, 'twenty')));
  expect(
    new Set(answers.map((answer) => (answer.ok ? answer.value.contributionId : answer.refusal.code))).size,
  ).toBe(1);
  const [after] = await test_.asOwner<{ n: number }>('select count(*)::int as n from people.contribution');
  expect((after?.n ?? 0) - (before?.n ?? 0)).toBe(1);
  expect(await log({ quantity: '7' }, alice, 'twenty')).toMatchObject({
    refusal: { code: 'IDEMPOTENCY_CONFLICT' },
  });
});

test('many are logged all together or not at all, with every fault by its index', async () => {
  const importer = systemActor(world.cooperativeId);
  const item = (quantity: string) => ({ ...work, quantity, memberId: alice.memberId, reason: 'import' });
  const refused = await logContributions(world.database, world.as(importer), [
    item('1'),
    item('30'),
    item('2'),
    item('x'),
  ]);
  expect(refused).toMatchObject({
    refusal: { code: 'ITEMS_REFUSED', refusals: [{ index: 1 }, { index: 3 }] },
  });
  const taken = await logContributions(
    world.database,
    world.as(importer),
    Array.from({ length: 2_500 }, (_, index) => item(String((index % 8) + 1))),
  );
  expect(taken.ok && taken.value.contributionIds.length).toBe(2_500);
  const page = await listContributions(
    world.database,
    world.cooperativeId,
    { search: 'pump' },
    { limit: 10, after: null },
  );
  expect(page).toHaveLength(10);
});

test('another cooperative sees and changes nothing', async () => {
  const contributionId = await logged();
  const other = await foundCooperative(test_, 'valley');
  const reviewer = await other.join('Rita', ['member', 'contributor', 'reviewer']);
  expect(await findContributions(other.database, other.cooperativeId, [contributionId])).toEqual([]);
  expect(await approveContribution(other.database, other.as(reviewer), { contributionId })).toMatchObject({
    refusal: { code: 'CONTRIBUTION_NOT_FOUND' },
  });
});

test('small verified work is approved by a rule, flagged, up to its weekly quantity even when logged at once', async () => {
  const rule = {
    kind: 'labor',
    category: 'Till',
    maxQuantityPerWeek: '10',
    verifiedSourceOnly: true,
    active: true,
    rationale: 'the time clock is trusted',
  };
  expect(await setAutoApprovalRule(world.database, world.as(alice), rule)).toMatchObject({
    refusal: { code: 'FORBIDDEN' },
  });
  expect(
    await setAutoApprovalRule(world.database, world.as(world.admin), { ...rule, maxQuantityPerWeek: '0' }),
  ).toMatchObject({ refusal: { code: 'NOT_A_QUANTITY' } });
  expect(await setAutoApprovalRule(world.database, world.as(world.admin), rule)).toMatchObject({ ok: true });
  const [request] = await listPolicyRequests(world.database, world.cooperativeId);
  const second = await world.join('Bo', ['member', 'administrator']);
  const agreed = { requestId: request?.requestId ?? '', approve: true };
  expect(await decidePolicyRequest(world.database, world.as(second), agreed)).toMatchObject({
    ok: true,
    value: { version: 1 },
  });
  // A time clock logs with a key of hers that holds this one act.
  const clock = { ...alice, kind: 'agent' as const, scopes: ['contribution.log_own'] as const };
  const send = (who: Person | typeof clock) =>
    logContribution(world.database, world.as(who), {
      ...work,
      category: 'Till',
      quantity: '4',
      sourceVerified: true,
    });
  const answers = await Promise.all([send(clock), send(clock), send(clock)]);
  const found = await findContributions(
    world.database,
    world.cooperativeId,
    answers.map((answer) => (answer.ok ? answer.value.contributionId : '')),
  );
  expect(found.map((one) => `${one.status} ${one.autoApproved}`).sort()).toEqual([
    'submitted false',
    'valued true',
    'valued true',
  ]);
  const typed = await send(alice);
  expect(typed.ok && (await load(typed.value.contributionId)).status).toBe('submitted');
});
