// Members, roles, rules and policies against a real database: every refusal once, and what must never be possible.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localDate, newId, systemActor } from '@habitat/kernel';
import { listPolicies, listValuationRules, policyInForce } from '../policy/policy.queries.ts';
import {
  setApprovalPolicy,
  setContributionPolicy,
  setMemberClasses,
  setServicesTaxPolicy,
} from '../policy/policy.commands.ts';
import { assignRole, revokeRole } from '../role/role.commands.ts';
import { findActor, roleAssignmentsOf, rolesOf } from '../role/role.queries.ts';
import { faultsIn } from '../testing/checks.ts';
import type { Person, World } from '../testing/cooperative.ts';
import { connect, foundCooperative } from '../testing/cooperative.ts';
import type { TestDatabase } from '../testing/database.ts';
import { confirmValuationRule, setValuationRule } from '../valuation/valuation-rule.commands.ts';
import { addMember, addMembers, changeMember, changeMemberStatus, linkLogin } from './member.commands.ts';
import { MEMBER_TRANSITIONS, transitionRefusal } from './member.ts';
import { findMemberByEmail, findMembers, listMembers } from './member.queries.ts';

let owner: TestDatabase;
let world: World;
let alice: Person;
let ines: Person;

beforeAll(async () => {
  owner = await connect();
  world = await foundCooperative(owner);
  alice = await world.join('Alice', ['member', 'contributor']);
  ines = await world.join('Ines', ['member', 'administrator']);
});
afterAll(async () => {
  expect(await faultsIn(owner)).toEqual([]);
  await owner.end();
});

const code = (answer: { ok: boolean; refusal?: { code: string } }) =>
  answer.ok ? 'ok' : answer.refusal?.code;
const admin = () => world.as(world.admin);
const rolesToday = (memberId: string) =>
  rolesOf(world.database, { cooperativeId: world.cooperativeId, memberId, on: localDate(2026, 9, 21) });
const person = { displayName: 'Bea Ortiz', email: 'bea@example.org' };

describe('joining', () => {
  test('the first administrator is member 1, with every role of a founder', async () => {
    const [first] = await listMembers(world.database, world.cooperativeId, { limit: 1 });
    expect(first).toMatchObject({
      number: 1,
      memberId: world.admin.memberId,
      status: 'active',
      class: 'cooperative',
    });
    const actor = await findActor(world.database, {
      cooperativeId: world.cooperativeId,
      loginId: world.admin.loginId ?? '',
      now: world.now,
    });
    expect(actor?.roles).toEqual(['member', 'contributor', 'administrator']);
    expect(
      await findActor(world.database, {
        cooperativeId: world.cooperativeId,
        loginId: newId(),
        now: world.now,
      }),
    ).toBeNull();
  });

  test.each([
    [{ displayName: ' ' }, 'NAME_REQUIRED'],
    [{ displayName: 'x'.repeat(201) }, 'NAME_TOO_LONG'],
    [{ email: 'bea' }, 'NOT_AN_EMAIL'],
    [{ class: 'king' }, 'UNKNOWN_CLASS'],
    [{ joinedOn: '2026-02-30' }, 'NOT_A_DATE'],
    [{ droAmount: '-1' }, 'NEGATIVE'],
    [{ droAmount: '1.234' }, 'TOO_MANY_DECIMALS'],
    [{ email: 'ALICE@riverbend.example' }, 'EMAIL_TAKEN'],
    [{ roles: ['pirate'] }, 'UNKNOWN_ROLE'],
  ])('%j is %s', async (more, expected) => {
    expect(code(await addMember(world.database, admin(), { ...person, ...more }))).toBe(expected);
  });

  test('members alone do not add members, and an import may not hand out administrators', async () => {
    expect(code(await addMember(world.database, world.as(alice), person))).toBe('FORBIDDEN');
    const treasurer = { ...alice, roles: ['treasurer'] as const };
    expect(
      code(await addMembers(world.database, world.as(treasurer), [{ ...person, roles: ['administrator'] }])),
    ).toBe('ITEMS_REFUSED');
  });

  test('twenty joining at once get twenty numbers in a row, and one email one member', async () => {
    const join = (index: number) =>
      addMember(world.database, admin(), { displayName: `N${index}`, email: `n${index}@example.org` });
    const joined = await Promise.all(Array.from({ length: 20 }, (_, index) => join(index)));
    const members = await findMembers(
      world.database,
      world.cooperativeId,
      joined.map((one) => (one.ok ? one.value.memberId : newId())),
    );
    const numbers = members.map((one) => one.number).sort((left, right) => left - right);
    expect(numbers).toHaveLength(20);
    expect((numbers[19] ?? 0) - (numbers[0] ?? 0)).toBe(19);
    const same = await Promise.all(
      Array.from({ length: 5 }, () =>
        addMember(world.database, admin(), { displayName: 'Same', email: 'Same@example.org' }),
      ),
    );
    expect(same.map(code).sort()).toEqual(['EMAIL_TAKEN', 'EMAIL_TAKEN', 'EMAIL_TAKEN', 'EMAIL_TAKEN', 'ok']);
    expect(await findMemberByEmail(world.database, world.cooperativeId, 'SAME@EXAMPLE.ORG')).toMatchObject({
      displayName: 'Same',
    });
  });
});

describe('standing', () => {
  test('changes only along the table, and the ends are ends', () => {
    expect(transitionRefusal('pending', 'expelled')).toMatchObject({
      code: 'TRANSITION_NOT_ALLOWED',
      allowed: ['active', 'withdrawn'],
    });
    expect(transitionRefusal('active', 'withdrawn')?.code).toBe('TRANSITION_NOT_ALLOWED');
    expect([MEMBER_TRANSITIONS.withdrawn, MEMBER_TRANSITIONS.expelled]).toEqual([[], []]);
  });

  test('a suspended member keeps only the sight of what is theirs', async () => {
    const added = await addMember(world.database, admin(), { displayName: 'Sue', email: 'sue@example.org' });
    const memberId = added.ok ? added.value.memberId : '';
    const to = (status: 'suspended' | 'active', reason = 'decided') =>
      changeMemberStatus(world.database, admin(), { memberId, status, reason });
    expect(
      code(
        await changeMemberStatus(world.database, world.as(alice), {
          memberId,
          status: 'suspended',
          reason: 'x',
        }),
      ),
    ).toBe('FORBIDDEN');
    expect(code(await to('suspended', ''))).toBe('REASON_REQUIRED');
    expect(code(await to('suspended'))).toBe('ok');
    expect(await rolesToday(memberId)).toEqual(['member']);
    expect(code(await to('suspended'))).toBe('TRANSITION_NOT_ALLOWED');
    expect(code(await to('active'))).toBe('ok');
    expect(await rolesToday(memberId)).toEqual(['member', 'contributor']);
    expect(
      code(
        await changeMemberStatus(world.database, admin(), {
          memberId: newId(),
          status: 'active',
          reason: 'x',
        }),
      ),
    ).toBe('MEMBER_NOT_FOUND');
  });

  test('fields change one by one; a login is linked once', async () => {
    expect(
      code(await changeMember(world.database, admin(), { memberId: alice.memberId, droAmount: '250.00' })),
    ).toBe('ok');
    expect((await findMembers(world.database, world.cooperativeId, [alice.memberId]))[0]).toMatchObject({
      displayName: 'Alice',
      droMinor: 25_000n,
    });
    expect(
      code(
        await changeMember(world.database, admin(), {
          memberId: alice.memberId,
          email: 'ines@riverbend.example',
        }),
      ),
    ).toBe('EMAIL_TAKEN');
    expect(
      code(await linkLogin(world.database, admin(), { memberId: alice.memberId, loginId: newId() })),
    ).toBe('LOGIN_LINKED_ALREADY');
    expect(
      code(
        await linkLogin(world.database, admin(), { memberId: alice.memberId, loginId: alice.loginId ?? '' }),
      ),
    ).toBe('ok');
  });
});

describe('roles', () => {
  const grant = (more: object = {}, who: Person = world.admin) =>
    assignRole(world.database, world.as(who), {
      memberId: alice.memberId,
      role: 'operations_steward',
      reason: 'elected',
      ...more,
    });

  test('are granted by administrators, to others, with a reason and within a scope', async () => {
    expect(code(await grant({}, alice))).toBe('FORBIDDEN');
    expect(code(await grant({ role: 'king' }))).toBe('UNKNOWN_ROLE');
    expect(code(await grant({ reason: '' }))).toBe('REASON_REQUIRED');
    expect(code(await grant({ memberId: newId() }))).toBe('MEMBER_NOT_FOUND');
    expect(code(await grant({ memberId: world.admin.memberId }))).toBe('SELF_GRANT');
    expect(code(await grant({ expiresOn: '2026-09-20' }))).toBe('EXPIRED_ALREADY');
    expect(code(await grant({ expiresOn: 'soon' }))).toBe('NOT_A_DATE');
    expect(code(await grant({ kinds: ['magic'] }))).toBe('UNKNOWN_KIND');
    expect(code(await grant({ limit: '-2' }))).toBe('NOT_AN_AMOUNT');
    expect(code(await grant({ expiresOn: '2026-10-31' }))).toBe('ok');
    expect(code(await grant())).toBe('ROLE_HELD');
    const on = (day: string) =>
      rolesOf(world.database, {
        cooperativeId: world.cooperativeId,
        memberId: alice.memberId,
        on: day as never,
      });
    expect(await on('2026-10-31')).toEqual(['member', 'contributor', 'reviewer']);
    expect(await on('2026-11-01')).toEqual(['member', 'contributor']);
  });

  test('the last administrator stays, even when two take each other’s role at once', async () => {
    const administratorOf = async (memberId: string) => {
      const held = await roleAssignmentsOf(world.database, {
        cooperativeId: world.cooperativeId,
        memberIds: [memberId],
      });
      return held.get(memberId)?.find((one) => one.role === 'administrator')?.assignmentId ?? '';
    };
    const revoke = async (who: Person, memberId: string, reason = 'rotation') =>
      revokeRole(world.database, world.as(who), { assignmentId: await administratorOf(memberId), reason });
    expect(code(await revoke(alice, ines.memberId))).toBe('FORBIDDEN');
    expect(code(await revoke(world.admin, ines.memberId, ''))).toBe('REASON_REQUIRED');
    expect(code(await revokeRole(world.database, admin(), { assignmentId: newId(), reason: 'x' }))).toBe(
      'ASSIGNMENT_NOT_FOUND',
    );
    const answers = await Promise.all([
      revoke(world.admin, ines.memberId),
      revoke(ines, world.admin.memberId),
    ]);
    expect(answers.map(code).sort()).toEqual(['LAST_ADMINISTRATOR', 'ok']);
    const [left, gone] = answers[0]?.ok ? [world.admin, ines] : [ines, world.admin];
    expect(
      code(
        await changeMemberStatus(world.database, world.as(left), {
          memberId: left.memberId,
          status: 'inactive',
          reason: 'rest',
        }),
      ),
    ).toBe('LAST_ADMINISTRATOR');
    expect(
      code(
        await assignRole(world.database, world.as(left), {
          memberId: gone.memberId,
          role: 'administrator',
          reason: 'back',
        }),
      ),
    ).toBe('ok');
  });
});

describe('rates', () => {
  const set = (more: object = {}, who: Person = world.admin) =>
    setValuationRule(world.database, world.as(who), {
      kind: 'expertise',
      method: 'rate',
      rate: '150',
      effectiveFrom: '2026-01-01',
      rationale: 'market',
      ...more,
    });

  test('each fault is told', async () => {
    expect(code(await set({}, alice))).toBe('FORBIDDEN');
    expect(code(await set({ kind: 'x' }))).toBe('UNKNOWN_KIND');
    expect(code(await set({ memberId: newId() }))).toBe('MEMBER_NOT_FOUND');
    expect(code(await set({ rationale: '' }))).toBe('RATIONALE_REQUIRED');
    expect(code(await set({ effectiveFrom: 'x' }))).toBe('NOT_A_DATE');
    expect(code(await set({ method: 'guess' }))).toBe('UNKNOWN_METHOD');
    expect(code(await set({ rate: '-1' }))).toBe('NOT_A_RATE');
    expect(code(await set({ method: 'fixed', fixedValue: '1.234' }))).toBe('NOT_AN_AMOUNT');
    expect(code(await set({ method: 'formula', expression: 'quantity +' }))).toBe('FORMULA_INVALID');
  });

  test('the first may begin in the past; a change needs thirty days’ notice, or two administrators', async () => {
    expect(await set()).toMatchObject({ ok: true, value: { version: 1, inForce: true } });
    expect(await set({ rate: '175', effectiveFrom: '2026-10-20' })).toMatchObject({
      refusal: { code: 'NOTICE_TOO_SHORT', earliest: '2026-10-21', noticeDays: 30 },
    });
    expect(code(await set({ category: 'Legal', effectiveFrom: '2026-09-01' }))).toBe('NOTICE_TOO_SHORT');
    expect(await set({ rate: '175', effectiveFrom: '2026-10-21' })).toMatchObject({
      ok: true,
      value: { version: 2, inForce: true },
    });
    const waived = await set({ rate: '160', effectiveFrom: '2026-09-21', waiveNotice: true });
    expect(waived).toMatchObject({ ok: true, value: { version: 3, inForce: false } });
    const ruleId = waived.ok ? waived.value.ruleId : '';
    const confirm = (who: Person) => confirmValuationRule(world.database, world.as(who), { ruleId });
    expect(code(await confirm(alice))).toBe('FORBIDDEN');
    expect(code(await confirm(world.admin))).toBe('SECOND_PERSON_REQUIRED');
    const asked = world.now;
    world.now = new Date(asked.getTime() + 14 * 86_400_000);
    expect(code(await confirm(ines))).toBe('NOT_WAITING');
    world.now = asked;
    expect(code(await confirm(ines))).toBe('ok');
    expect(code(await confirm(ines))).toBe('NOT_WAITING');
    expect(code(await confirmValuationRule(world.database, admin(), { ruleId: newId() }))).toBe(
      'RULE_NOT_FOUND',
    );
    expect(
      (await listValuationRules(world.database, world.cooperativeId, 'expertise')).map(
        (rule) => rule.version,
      ),
    ).toEqual([2, 3, 1]);
  });
});

describe('policies', () => {
  const today = '2026-09-21' as never;
  test('are versions with a rationale; the past keeps the one it was decided under', async () => {
    const set = (body: object, more: object = {}, who: Person = world.admin) =>
      setServicesTaxPolicy(world.database, world.as(who), {
        body: body as never,
        rationale: 'accountant',
        ...more,
      });
    expect(code(await set({ method: 'B' }, {}, alice))).toBe('FORBIDDEN');
    expect(code(await set({ method: 'B' }, { rationale: '' }))).toBe('RATIONALE_REQUIRED');
    expect(code(await set({ method: 'B' }, { effectiveFrom: '2026-09-20' }))).toBe('PAST_DATE');
    expect(code(await set({ method: 'B' }, { effectiveFrom: 'x' }))).toBe('NOT_A_DATE');
    expect(code(await set({ method: 'C', percent: '101' }))).toBe('POLICY_INVALID');
    expect(await set({ method: 'C', percent: '40' }, { effectiveFrom: '2026-10-01' })).toMatchObject({
      value: { version: 2 },
    });
    expect(await policyInForce(world.database, world.cooperativeId, 'services_tax', today)).toEqual({
      method: 'A',
      version: 1,
    });
    expect(
      await policyInForce(world.database, world.cooperativeId, 'services_tax', '2026-10-01' as never),
    ).toEqual({ method: 'C', percent: '40', version: 2 });
    expect(await listPolicies(world.database, world.cooperativeId, 'services_tax')).toHaveLength(2);
  });

  test('an approval route names members of this cooperative, a kind its category or none', async () => {
    const body = {
      twoApproversFromMinor: '100000',
      twoApproversFromMinorByKind: {},
      staleDays: 2,
      routes: [
        { kind: null, category: null, approverMemberId: newId(), backupMemberId: null, withinDays: 1 },
      ],
    };
    expect(code(await setApprovalPolicy(world.database, admin(), { body, rationale: 'x' }))).toBe(
      'MEMBER_NOT_FOUND',
    );
    const contribution = await policyInForce(world.database, world.cooperativeId, 'contribution', today);
    const { version: _, ...rest } = contribution;
    const torn = {
      ...rest,
      kinds: { ...rest.kinds, labor: { treatment: 'capital' as const, patronageCategory: 'labor' } },
    };
    expect(
      await setContributionPolicy(world.database, admin(), { body: torn, rationale: 'x' }),
    ).toMatchObject({ refusal: { code: 'POLICY_INVALID', field: 'kinds.labor' } });
    expect(
      code(
        await setMemberClasses(world.database, admin(), {
          body: { classes: ['worker'] },
          rationale: 'one class',
        }),
      ),
    ).toBe('ok');
    expect(
      code(
        await addMember(world.database, world.as(systemActor(world.cooperativeId)), {
          ...person,
          class: 'worker',
        }),
      ),
    ).toBe('ok');
  });
});
