/**
 * Separation of duties: pairs of acts that one person should not do both of, whatever each of them allows alone. Dual
 * control keeps one person from both halves of the same thing; this finds who could play both parts at all, and who did.
 */
import type { Role } from './actor.ts';
import { ROLES } from './actor.ts';
import { grantOf } from './permission-matrix.ts';
import type { Act } from './permission-matrix.ts';

/** One part: the roles that may play it, and the commands by which it is played. */
export interface DutyPart {
  readonly roles: readonly Role[];
  readonly commands: readonly string[];
}

export interface DutyPair {
  readonly key: string;
  readonly first: DutyPart;
  readonly second: DutyPart;
}

const part = (acts: readonly Act[], ...commands: readonly string[]): DutyPart => ({
  roles: ROLES.filter((role) => acts.some((act) => grantOf(act).who.includes(role))),
  commands,
});
const held = (...roles: readonly Role[]): DutyPart => ({ roles, commands: [] });

/** The pairs, the gravest first. No role alone plays both parts of one. Made when asked for: browsers never do. */
export function conflictingDuties(): readonly DutyPair[] {
  const pays = part(
    ['distribution.pay'],
    'calculateDistribution',
    'scheduleDistribution',
    'markDistributionPaid',
    'markDistributionFailed',
  );
  const decidesWork = part(
    ['contribution.approve'],
    'approveContribution',
    'approveContributions',
    'adjustContribution',
  );
  const decidesRates = part(['rate.set'], 'setValuationRule', 'confirmValuationRule', 'overrideValuation');

  return [
    {
      key: 'pays_and_approves_payment',
      first: pays,
      second: part(['distribution.approve'], 'approveDistribution'),
    },
    {
      key: 'proposes_and_approves_allocation',
      first: part(['allocation.propose'], 'proposeAllocation'),
      second: part(['allocation.approve'], 'approveAllocation'),
    },
    { key: 'decides_work_and_pays', first: decidesWork, second: pays },
    {
      key: 'logs_work_and_pays',
      first: part(['contribution.log_own'], 'logContribution', 'logContributions'),
      second: pays,
    },
    { key: 'sets_rates_and_decides_work', first: decidesRates, second: decidesWork },
    {
      key: 'grants_roles_and_posts',
      first: part(['role.assign'], 'assignRole', 'revokeRole'),
      second: part(['transaction.post'], 'postTransaction', 'postTransactions', 'reverseTransaction'),
    },
    {
      key: 'asks_and_approves_reopening',
      first: part(['period.reopen'], 'requestReopen'),
      second: { roles: grantOf('period.reopen').second ?? [], commands: ['approveReopen'] },
    },
    {
      key: 'audits_own_work',
      first: held('auditor'),
      second: held('reviewer', 'treasurer', 'allocator', 'administrator'),
    },
  ];
}

/** What somebody did by one command, and to how many things. */
export interface Deed {
  readonly command: string;
  readonly memberId: string;
  readonly subjectIds: readonly string[];
  readonly lastAt: Date;
}

/** One person who holds both parts of a pair, or played both. */
export interface DutyConflict {
  readonly key: string;
  readonly memberId: string;
  /** Roles by which each part is held now; empty when it is not. */
  readonly firstRoles: readonly Role[];
  readonly secondRoles: readonly Role[];
  /** To how many things each part was done. */
  readonly firstDone: number;
  readonly secondDone: number;
  /** To how many one and the same; anything but 0 got past dual control. */
  readonly bothDone: number;
  readonly lastAt: Date | null;
}

export interface DutyFacts {
  readonly holders: readonly { readonly memberId: string; readonly roles: readonly Role[] }[];
  readonly deeds: readonly Deed[];
}

function conflictOf(pair: DutyPair, memberId: string, facts: DutyFacts): DutyConflict | null {
  const roles = facts.holders.find((one) => one.memberId === memberId)?.roles ?? [];
  const own = facts.deeds.filter((deed) => deed.memberId === memberId);
  const sides = [pair.first, pair.second].map((side) => {
    const deeds = own.filter(({ command }) => side.commands.includes(command));
    return {
      roles: roles.filter((role) => side.roles.includes(role)),
      deeds,
      subjects: new Set(deeds.flatMap(({ subjectIds }) => subjectIds)),
    };
  });
  const [first, second] = sides;
  if (first === undefined || second === undefined) return null;
  const holds = first.roles.length > 0 && second.roles.length > 0;
  const did = first.subjects.size > 0 && second.subjects.size > 0;
  if (!holds && !did) return null;
  const times = [...first.deeds, ...second.deeds].map(({ lastAt }) => lastAt.getTime());
  return {
    key: pair.key,
    memberId,
    firstRoles: first.roles,
    secondRoles: second.roles,
    firstDone: first.subjects.size,
    secondDone: second.subjects.size,
    bothDone: [...first.subjects].filter((subject) => second.subjects.has(subject)).length,
    lastAt: times.length === 0 ? null : new Date(Math.max(...times)),
  };
}

/** Everybody who holds or did both parts of a pair, by pair in the order of the table. */
export function conflictsOf(facts: DutyFacts): DutyConflict[] {
  const everybody = [...facts.holders, ...facts.deeds].map(({ memberId }) => memberId);
  const people = [...new Set(everybody)];
  return conflictingDuties().flatMap((pair) =>
    people.flatMap((memberId) => conflictOf(pair, memberId, facts) ?? []),
  );
}

/** The commands that play a part in any pair. */
export function dutyCommands(): readonly string[] {
  return [
    ...new Set(conflictingDuties().flatMap(({ first, second }) => [...first.commands, ...second.commands])),
  ];
}
