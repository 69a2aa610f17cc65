import { describe, expect, it } from 'vitest';
import { expandRoles, isSamePerson, ROLES, systemActor } from './actor.ts';
import type { Actor, Role } from './actor.ts';
import { ACTS, grantOf } from './permission-matrix.ts';
import type { Act } from './permission-matrix.ts';
import { limitBelow, may, maySecond, needsSecondPerson } from './permission.ts';

const person = (name: string, ...roles: Role[]): Actor => ({
  kind: 'person',
  cooperativeId: 'coop',
  loginId: `login-${name}`,
  memberId: `member-${name}`,
  roles,
});

describe('the permission matrix', () => {
  const rows: readonly [Act, readonly Role[]][] = [
    ['capital.view_own', ['member']],
    ['journal.view', ['treasurer', 'allocator', 'administrator', 'auditor']],
    ['transaction.post', ['treasurer']],
    ['transaction.reverse', ['treasurer']],
    ['data.export', ['treasurer', 'auditor']],
    ['account.manage', ['administrator']],
    ['contribution.log_own', ['contributor']],
    ['contribution.log_for_another', ['reviewer']],
    ['contribution.approve', ['reviewer']],
    ['rate.set', ['administrator']],
    ['valuation.override', ['administrator']],
    ['allocation.draft', ['allocator']],
    ['close.run', ['allocator']],
    ['allocation.propose', ['allocator']],
    ['allocation.approve', ['administrator', 'board_member']],
    ['distribution.calculate', ['treasurer']],
    ['distribution.approve', ['allocator']],
    ['period.lock', ['administrator']],
    ['period.reopen', ['administrator']],
    ['tax_package.view', ['allocator', 'auditor']],
    ['audit.view', ['auditor', 'administrator']],
  ];
  it.each(rows)('%s belongs to %j and nobody else', (act, roles) => {
    expect([...grantOf(act).who].sort()).toEqual([...roles].sort());
  });

  it('lets nobody without a role do anything, and the system everything', () => {
    const nobody = person('nobody');
    expect(ACTS.filter((act) => may(nobody, act))).toEqual([]);
    expect(ACTS.every((act) => may(systemActor('coop'), act))).toBe(true);
  });

  it('gives an auditor sight of everything and no act that changes anything', () => {
    const auditor = person('auditor', 'auditor');
    const allowed = ACTS.filter((act) => may(auditor, act));
    expect(allowed.every((act) => act.includes('.view') || act === 'data.export')).toBe(true);
    expect(allowed).toContain('journal.view');
  });

  it('keeps from agents what a human being must decide, whatever their roles', () => {
    const agent: Actor = {
      ...person('bot', 'administrator', 'allocator', 'agent'),
      kind: 'agent',
      scopes: ACTS,
    };
    expect(may(agent, 'allocation.approve')).toBe(false);
    expect(may(agent, 'period.lock')).toBe(false);
    expect(may({ ...agent, roles: ['reviewer'] }, 'contribution.approve')).toBe(false);
    expect(may(agent, 'rate.set')).toBe(true);
  });

  it('gives an agent what its key was given, while the person it acts for may do it, and nothing else', () => {
    const scopes = ['journal.view', 'rate.set'];
    const agent: Actor = { ...person('bot', 'treasurer', 'agent'), kind: 'agent', scopes };
    expect(ACTS.filter((act) => may(agent, act))).toEqual(['journal.view']);
    expect(ACTS.filter((act) => may({ ...person('bot', 'treasurer', 'agent'), kind: 'agent' }, act))).toEqual(
      [],
    );
  });

  it('never lets an agent be the second person, whoever began', () => {
    const agent: Actor = { ...person('bot', ...ROLES), kind: 'agent', scopes: ACTS };
    for (const act of ACTS) expect(maySecond(agent, act, person('somebody', ...ROLES))).toBe(false);
  });

  it('never lets the person an agent acts for second what it began', () => {
    const ada = person('ada', ...ROLES);
    for (const act of ACTS) expect(maySecond(ada, act, { ...ada, kind: 'agent', scopes: ACTS })).toBe(false);
  });
});

describe('dual control', () => {
  const treasurer = person('tess', 'treasurer');

  it('begins at 5,000 for journal entries, the line itself included', () => {
    const at = (amountMinor: bigint) => needsSecondPerson('transaction.post', { amountMinor, digits: 2 });
    expect([at(499999n), at(500000n), at(-500000n)]).toEqual([false, true, true]);
  });

  it('begins at 2,500 for contributions and at 5,000 in kind', () => {
    const at = (amountMinor: bigint, kind: string) =>
      needsSecondPerson('contribution.approve', { amountMinor, digits: 2, kind });
    expect([at(249999n, 'labor'), at(250000n, 'labor')]).toEqual([false, true]);
    expect([at(499999n, 'in_kind'), at(500000n, 'in_kind')]).toEqual([false, true]);
  });

  it('follows the currency and the cooperative’s own line', () => {
    expect(needsSecondPerson('transaction.post', { amountMinor: 5000n, digits: 0 })).toBe(true);
    expect(
      needsSecondPerson('transaction.post', { amountMinor: 100n, digits: 2, thresholdMinor: 100n }),
    ).toBe(true);
  });

  it('is needed always for reversal, lock, reopen and override, and when the amount was not told', () => {
    for (const act of [
      'transaction.reverse',
      'period.lock',
      'period.reopen',
      'valuation.override',
    ] as const) {
      expect(needsSecondPerson(act)).toBe(true);
    }
    expect(needsSecondPerson('transaction.post')).toBe(true);
    expect(needsSecondPerson('contribution.reject')).toBe(false);
  });

  it('takes a second, different person with a seconding role', () => {
    expect(maySecond(person('ada', 'administrator'), 'transaction.post', treasurer)).toBe(true);
    expect(maySecond(treasurer, 'transaction.post', treasurer)).toBe(false);
    expect(maySecond(person('rea', 'reviewer'), 'transaction.post', treasurer)).toBe(false);
    expect(maySecond(person('ada', 'administrator'), 'period.reopen', person('al', 'administrator'))).toBe(
      false,
    );
    expect(maySecond(person('bo', 'board_member'), 'period.reopen', person('al', 'administrator'))).toBe(
      true,
    );
  });

  it('takes a steward’s word for another value, which only an administrator asks for', () => {
    const asker = person('al', 'administrator');
    expect(maySecond(person('rea', 'reviewer'), 'valuation.override', asker)).toBe(true);
    expect(maySecond(treasurer, 'valuation.override', asker)).toBe(false);
    expect(may(person('rea', 'reviewer'), 'valuation.override')).toBe(false);
  });

  it('never takes an agent, the system, another cooperative, or the same member under another login', () => {
    const admin = person('ada', 'administrator');
    expect(maySecond({ ...admin, kind: 'agent' }, 'transaction.post', treasurer)).toBe(false);
    expect(maySecond(systemActor('coop'), 'transaction.post', treasurer)).toBe(false);
    expect(maySecond({ ...admin, cooperativeId: 'other' }, 'transaction.post', treasurer)).toBe(false);
    expect(maySecond({ ...admin, memberId: treasurer.memberId }, 'transaction.post', treasurer)).toBe(false);
  });
});

describe('actors', () => {
  it('get every base role of a bundle once', () => {
    expect(expandRoles(['operations_steward', 'full_member'])).toEqual(['member', 'contributor', 'reviewer']);
    expect(expandRoles(['board_member', 'auditor'])).toEqual(['member', 'auditor', 'board_member']);
  });

  it('are the same person by login or by member', () => {
    const ann = person('ann');
    expect(isSamePerson(ann, { ...person('bea'), loginId: ann.loginId })).toBe(true);
    expect(isSamePerson(ann, { ...person('bea'), memberId: ann.memberId })).toBe(true);
    expect(isSamePerson(ann, person('bea'))).toBe(false);
    expect(
      isSamePerson(
        { ...ann, loginId: null, memberId: null },
        { ...person('x'), loginId: null, memberId: null },
      ),
    ).toBe(false);
  });
});

describe('the limit of an assignment', () => {
  const holder = (limits: Actor['limits']): Actor => ({
    kind: 'person',
    cooperativeId: 'coop',
    loginId: 'tess',
    memberId: 'tess',
    roles: ['member', 'treasurer', 'administrator'],
    ...(limits === undefined ? {} : { limits }),
  });

  it('reaches as far as the widest role that allows the act, whatever the sign', () => {
    const both = holder({ treasurer: 100n, administrator: 300n });
    expect(limitBelow(both, 'transaction.post', -301n)).toBe(300n);
    expect(limitBelow(both, 'transaction.post', 300n)).toBeNull();
    expect(limitBelow(both, 'distribution.pay', 101n)).toBe(100n);
  });

  it('is none where one such role has none, or none was given', () => {
    expect(limitBelow(holder({ treasurer: 100n }), 'transaction.post', 10_000n)).toBeNull();
    expect(limitBelow(holder(undefined), 'distribution.pay', 10_000n)).toBeNull();
    expect(limitBelow(holder({ member: 1n }), 'distribution.pay', 10_000n)).toBeNull();
  });

  it('counts a role that allows the act beside the table', () => {
    const settler = { ...holder({ reviewer: 100n }), roles: ['reviewer', 'administrator'] as const };
    expect(limitBelow(settler, 'contribution.resolve_dispute', 101n)).toBe(100n);
    expect(limitBelow(settler, 'contribution.resolve_dispute', 101n, ['administrator'])).toBeNull();
  });
});
