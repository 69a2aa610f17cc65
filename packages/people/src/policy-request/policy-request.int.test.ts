// Looser approval rules against a real database: one administrator asks, another agrees, and until then nothing counts.
import { beforeEach, describe, expect, test } from 'vitest';
import { setAutoApprovalRule } from '../approval/auto-approval.commands.ts';
import { setApprovalPolicy } from '../policy/policy.commands.ts';
import {
  listAutoApprovalRules,
  listPolicies,
  listPolicyRequests,
  policyInForce,
} from '../policy/policy.queries.ts';
import type { Person, World } from '../testing/cooperative.ts';
import { foundCooperative } from '../testing/cooperative.ts';
import { ownDatabase } from '../testing/own-database.ts';
import { code } from '../testing/town.ts';
import { expirePeopleWaiting, listPeopleWaiting } from '../waiting/waiting.ts';
import { decidePolicyRequest } from './policy-request.commands.ts';

const owner = ownDatabase();
let world: World;
let bo: Person;

beforeEach(async () => {
  world = await foundCooperative(owner());
  bo = await world.join('Bo', ['member', 'administrator']);
});

const today = '2026-09-21' as never;
const usual = { twoApproversFromMinor: '250000', twoApproversFromMinorByKind: {}, routes: [], staleDays: 3 };
const rule = {
  kind: 'labor',
  category: 'Till',
  maxQuantityPerWeek: '10',
  verifiedSourceOnly: true,
  active: true,
  rationale: 'the time clock is trusted',
};
const setPolicy = (from: string, who = world.admin, more: { effectiveFrom?: string } = {}) =>
  setApprovalPolicy(world.database, world.as(who), {
    body: { ...usual, twoApproversFromMinor: from },
    rationale: 'larger tools',
    ...more,
  });
const decide = (who: Person, requestId: string, approve = true, reason?: string) =>
  decidePolicyRequest(world.database, world.as(who), { requestId, approve, reason: reason ?? null });
const lines = async () =>
  (await policyInForce(world.database, world.cooperativeId, 'approval', today)).twoApproversFromMinor;
const waiting = () => listPeopleWaiting(world.database, world.cooperativeId);
const asked = async (from = '900000'): Promise<string> => {
  expect(await setPolicy(from)).toMatchObject({ ok: true, value: { needsSecond: true } });
  const [request] = await waiting();
  return request?.id ?? expect.fail('nothing waits');
};

describe('approval rules', () => {
  test('tighter ones count at once, looser ones wait for another administrator and count once', async () => {
    expect(await setPolicy('100000')).toMatchObject({ ok: true, value: { version: 2, needsSecond: false } });
    const requestId = await asked('200000');
    expect(await lines()).toBe('100000');
    expect(await waiting()).toMatchObject([
      { act: 'setApprovalPolicy', reason: 'larger tools', byMemberId: world.admin.memberId },
    ]);
    expect(code(await setPolicy('300000', bo))).toBe('CHANGE_WAITING');
    const decisions = await Promise.all([decide(bo, requestId), decide(bo, requestId)]);
    expect(decisions.map(code).sort()).toEqual(['NOTHING_TO_DECIDE', 'ok']);
    expect(await lines()).toBe('200000');
    expect(await waiting()).toEqual([]);
    const [newest] = await listPolicies(world.database, world.cooperativeId, 'approval');
    expect(newest).toMatchObject({
      version: 3,
      setByMemberId: world.admin.memberId,
      rationale: 'larger tools',
    });
  });

  test('whoever asked cannot agree, nor who is no administrator; the audit names the version it was judged by', async () => {
    const requestId = await asked();
    const rea = await world.join('Rea', ['member', 'reviewer']);
    const clerk = { ...bo, kind: 'agent' as const, scopes: ['policy.manage'] as const };
    expect(code(await decide(world.admin, requestId))).toBe('SAME_PERSON');
    expect(code(await decide({ ...world.admin, loginId: bo.loginId }, requestId))).toBe('SAME_PERSON');
    expect(code(await decide(rea, requestId))).toBe('FORBIDDEN');
    expect(code(await decide(clerk, requestId))).toBe('FORBIDDEN');
    expect(await lines()).toBe('250000');
    expect(code(await decide(bo, requestId))).toBe('ok');
    const rules = await world.test.asOwner<{ rules: string[] }>(
      `select rules from platform.event where cooperative_id = $1 and command = 'decidePolicyRequest'`,
      [world.cooperativeId],
    );
    expect(rules).toEqual([{ rules: ['approval:1'] }]);
  });

  test('it is declined with a reason, or taken back by whoever asked', async () => {
    const first = await asked();
    expect(code(await decide(bo, first, false))).toBe('REASON_REQUIRED');
    expect(code(await decide(bo, first, false, 'not this year'))).toBe('ok');
    expect(code(await decide(bo, first))).toBe('NOTHING_TO_DECIDE');
    expect(code(await decide(world.admin, await asked(), false, 'a slip'))).toBe('ok');
    expect(await lines()).toBe('250000');
  });

  test('nobody agrees to what has expired, before or after the clock has ended it', async () => {
    const requestId = await asked();
    world.now = new Date(world.now.getTime() + 14 * 86_400_000);
    expect(code(await decide(bo, requestId))).toBe('NOTHING_TO_DECIDE');
    const late = `insert into people.policy_request_ending
        (cooperative_id, request_id, outcome, version, by_login_id, by_member_id, recorded_at)
      values ($1, $2, 'approved', 2, $3, $4, $5)`;
    const byBo = [world.cooperativeId, requestId, bo.loginId, bo.memberId, world.now];
    await expect(owner().asOwner(late, byBo)).rejects.toMatchObject({ constraint: 'signed_in_time' });
    await expirePeopleWaiting(world.database, world.as(world.admin), 14);
    expect(await waiting()).toEqual([]);
    expect(code(await decide(bo, requestId))).toBe('NOTHING_TO_DECIDE');
    expect(await lines()).toBe('250000');
  });

  test('what has expired keeps nobody from asking anew, and is told to have ended', async () => {
    const requestId = await asked();
    world.now = new Date(world.now.getTime() + 14 * 86_400_000);
    expect(code(await setPolicy('900000', bo))).toBe('ok');
    const told = await owner().asOwner(
      `select payload from platform.event where cooperative_id = $1 and type = 'platform.request.expired'`,
      [world.cooperativeId],
    );
    const memberId = world.admin.memberId;
    expect(told).toMatchObject([{ payload: { requestId, asked: 'setApprovalPolicy', memberId } }]);
    const [again, ...others] = await waiting();
    expect(others).toEqual([]);
    expect(await decide(world.admin, again?.id ?? '')).toMatchObject({ ok: true, value: { version: 2 } });
  });

  test('it is refused when the rules were changed meanwhile: they are compared anew', async () => {
    const requestId = await asked();
    expect(code(await setPolicy('50000', bo))).toBe('ok');
    expect(await decide(bo, requestId)).toMatchObject({ refusal: { code: 'RULES_CHANGED', version: 2 } });
    expect(await lines()).toBe('50000');
    expect(code(await decide(world.admin, requestId, false, 'asked for anew'))).toBe('ok');
    expect(code(await decide(bo, await asked()))).toBe('ok');
    expect(await lines()).toBe('900000');
  });

  test('a first day to come is no way round: it is compared with what would count on that day', async () => {
    expect(await setPolicy('100000', world.admin, { effectiveFrom: '2026-12-01' })).toMatchObject({
      ok: true,
    });
    expect(await setPolicy('200000', world.admin, { effectiveFrom: '2026-12-01' })).toMatchObject({
      value: { needsSecond: true },
    });
    const [request] = await listPolicyRequests(world.database, world.cooperativeId);
    world.now = new Date('2026-10-01T12:00:00Z');
    expect(code(await decide(bo, request?.requestId ?? ''))).toBe('ok');
    const later = await policyInForce(world.database, world.cooperativeId, 'approval', '2026-12-01' as never);
    expect([await lines(), later.twoApproversFromMinor]).toEqual(['250000', '200000']);
  });

  test('another cooperative neither sees nor decides it', async () => {
    const requestId = await asked();
    const [there, here] = [await foundCooperative(owner(), 'hilltop'), world];
    world = there;
    expect(await waiting()).toEqual([]);
    expect(await listPolicyRequests(there.database, there.cooperativeId)).toEqual([]);
    expect(code(await decide(there.admin, requestId))).toBe('REQUEST_NOT_FOUND');
    world = here;
    expect(await waiting()).toHaveLength(1);
  });
});

describe('rules that need no reviewer', () => {
  const setRule = (change: Partial<typeof rule> & { ruleId?: string } = {}) =>
    setAutoApprovalRule(world.database, world.as(world.admin), { ...rule, ...change });
  const rules = () => listAutoApprovalRules(world.database, world.cooperativeId);

  test('a new one waits, a narrower one counts at once, and switching it off needs nobody', async () => {
    expect(await setRule()).toMatchObject({ ok: true, value: { version: 0, needsSecond: true } });
    expect(await rules()).toEqual([]);
    const [request] = await waiting();
    expect(request).toMatchObject({ act: 'setAutoApprovalRule' });
    expect(code(await decide(bo, request?.id ?? ''))).toBe('ok');
    const ruleId = (await rules())[0]?.ruleId ?? expect.fail('no rule is set');
    expect(await setRule({ ruleId, maxQuantityPerWeek: '8' })).toMatchObject({
      value: { version: 2, needsSecond: false },
    });
    expect(await setRule({ ruleId, maxQuantityPerWeek: '9' })).toMatchObject({
      value: { version: 2, needsSecond: true },
    });
    expect(code(await setRule({ ruleId, maxQuantityPerWeek: '11' }))).toBe('CHANGE_WAITING');
    expect(code(await setRule({ ruleId, active: false }))).toBe('ok');
    const [wider] = await waiting();
    expect(code(await decide(bo, wider?.id ?? ''))).toBe('RULES_CHANGED');
    expect(await rules()).toMatchObject([{ version: 3, active: false }]);
  });
});
