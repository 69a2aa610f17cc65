import { describe, expect, it } from 'vitest';
import type { Role } from './actor.ts';
import { conflictingDuties, conflictsOf } from './duty.ts';
import type { Deed } from './duty.ts';

const at = new Date('2026-09-21T15:00:00Z');
const deed = (memberId: string, command: string, ...subjectIds: string[]): Deed => ({
  memberId,
  command,
  subjectIds,
  lastAt: at,
});
const holder = (memberId: string, ...roles: Role[]) => ({ memberId, roles });
const keys = (facts: Parameters<typeof conflictsOf>[0]) => conflictsOf(facts).map(({ key }) => key);

describe('separation of duties', () => {
  it('never calls one role alone a conflict', () => {
    for (const { first, second } of conflictingDuties())
      expect(first.roles.filter((role) => second.roles.includes(role))).toEqual([]);
  });

  it('finds whoever holds both parts, though they never did either', () => {
    const holders = [holder('tess', 'treasurer', 'allocator'), holder('rea', 'reviewer')];
    expect(conflictsOf({ holders, deeds: [] })).toMatchObject([
      {
        key: 'pays_and_approves_payment',
        memberId: 'tess',
        firstRoles: ['treasurer'],
        secondRoles: ['allocator'],
        firstDone: 0,
        lastAt: null,
      },
    ]);
  });

  it('finds an auditor who keeps the books, a board member who proposes, an administrator who is on the board', () => {
    expect(keys({ holders: [holder('a', 'auditor', 'treasurer')], deeds: [] })).toEqual(['audits_own_work']);
    expect(keys({ holders: [holder('b', 'allocator', 'board_member')], deeds: [] })).toEqual([
      'proposes_and_approves_allocation',
    ]);
    expect(keys({ holders: [holder('c', 'administrator', 'board_member')], deeds: [] })).toEqual([
      'asks_and_approves_reopening',
    ]);
  });

  it('finds whoever did both, though the roles were taken away since, and counts what was one and the same', () => {
    const deeds = [
      deed('tess', 'calculateDistribution', 'd1', 'd2'),
      deed('tess', 'markDistributionPaid', 'd2'),
      deed('tess', 'approveDistribution', 'd2', 'd3'),
      deed('rea', 'approveContribution', 'c1'),
    ];
    expect(conflictsOf({ holders: [], deeds })).toEqual([
      {
        key: 'pays_and_approves_payment',
        memberId: 'tess',
        firstRoles: [],
        secondRoles: [],
        firstDone: 2,
        secondDone: 2,
        bothDone: 1,
        lastAt: at,
      },
    ]);
  });

  it('does not mix one person’s deeds with another’s', () => {
    const deeds = [deed('tess', 'calculateDistribution', 'd1'), deed('al', 'approveDistribution', 'd1')];
    expect(conflictsOf({ holders: [], deeds })).toEqual([]);
  });
});
