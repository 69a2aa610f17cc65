// A member's standing: which changes of status are possible, and what a member may hold in each. The last
// administrator cannot be removed, or nobody could ever appoint another.
import type { MemberStatus } from '@habitat/events';
import type { LocalDate, MoneyRefusal, Result, Role } from '@habitat/kernel';
import { accept, isLocalDate, parseMoney, refuseAll } from '@habitat/kernel';

export interface Member {
  readonly memberId: string;
  /** Running number in the cooperative, shown as 01, 02 … */
  readonly number: number;
  readonly displayName: string;
  readonly legalName: string | null;
  readonly email: string;
  /** The sign-in account linked to this member. */
  readonly loginId: string | null;
  readonly status: MemberStatus;
  readonly class: string;
  readonly joinedOn: LocalDate;
  /** Deficit restoration obligation. */
  readonly droMinor: bigint;
  readonly stepCount: number;
  /** Nothing of theirs is left but what the books keep. */
  readonly isErased: boolean;
}

/** From each status, where it may go. Withdrawn and expelled are ends: who comes back joins anew. */
export const MEMBER_TRANSITIONS: Readonly<Record<MemberStatus, readonly MemberStatus[]>> = {
  pending: ['active', 'withdrawn'],
  active: ['suspended', 'inactive', 'withdrawing', 'expelled'],
  suspended: ['active', 'withdrawing', 'expelled'],
  inactive: ['active', 'withdrawing', 'expelled'],
  withdrawing: ['active', 'withdrawn', 'expelled'],
  withdrawn: [],
  expelled: [],
};

/** Roles count in full while active or withdrawing; others, once members, still see what is their own. */
export function rolesInStanding(status: MemberStatus, roles: readonly Role[]): Role[] {
  if (status === 'active' || status === 'withdrawing') return [...roles];
  if (status === 'pending' || status === 'expelled') return [];
  return roles.filter((role) => role === 'member');
}

export interface MemberInput {
  readonly displayName: string;
  readonly legalName?: string | null | undefined;
  readonly email: string;
  readonly class?: string | null | undefined;
  readonly joinedOn?: string | null | undefined;
  /** Deficit restoration obligation in major units. */
  readonly droAmount?: string | null | undefined;
}

export interface MemberFields {
  readonly displayName: string;
  readonly legalName: string | null;
  readonly email: string;
  readonly class: string;
  readonly joinedOn: LocalDate;
  readonly droMinor: bigint;
}

export type MemberFieldRefusal =
  | { readonly code: 'NAME_REQUIRED'; readonly field: 'displayName' }
  | { readonly code: 'NAME_TOO_LONG'; readonly field: 'displayName' | 'legalName'; readonly most: number }
  | { readonly code: 'NOT_AN_EMAIL'; readonly field: 'email' }
  | { readonly code: 'UNKNOWN_CLASS'; readonly field: 'class'; readonly known: readonly string[] }
  | { readonly code: 'NOT_A_DATE'; readonly field: 'joinedOn' }
  | ((MoneyRefusal | { readonly code: 'NEGATIVE' }) & { readonly field: 'droAmount' });

export interface MemberFacts {
  readonly digits: number;
  readonly today: LocalDate;
  readonly classes: readonly string[];
}

const MAX_NAME = 200;
// One @ with something before it and a dotted name after it; the mail server has the last word.
const EMAIL = /^[^\s@<>"(),:;\\[\]]{1,64}@[^\s@<>"(),:;\\[\]]{1,180}\.[^\s@.<>"(),:;\\[\]]{2,63}$/;

/**
 * Whether the address a cooperative keeps of a member goes along when their account gets another. It does while it was the
 * account's; one that was set apart from it (an office, a partner) says something the account does not know, and stays.
 */
export function followsAccount(
  member: Pick<Member, 'email' | 'isErased'>,
  account: { readonly previousEmail: string; readonly email: string },
): boolean {
  const isSame = member.email.toLowerCase() === account.previousEmail.toLowerCase();
  return isSame && !member.isErased && EMAIL.test(account.email);
}

/** Reads a member's fields; everything wrong with them is told at once, in the order of the fields. */
export function readMemberFields(
  input: MemberInput,
  facts: MemberFacts,
): Result<MemberFields, MemberFieldRefusal> {
  const faults: MemberFieldRefusal[] = [];
  const displayName = input.displayName.trim();
  if (displayName === '') faults.push({ code: 'NAME_REQUIRED', field: 'displayName' });
  if (displayName.length > MAX_NAME)
    faults.push({ code: 'NAME_TOO_LONG', field: 'displayName', most: MAX_NAME });
  const legalName = input.legalName?.trim() || null;
  if (legalName !== null && legalName.length > MAX_NAME)
    faults.push({ code: 'NAME_TOO_LONG', field: 'legalName', most: MAX_NAME });
  const email = input.email.trim();
  if (!EMAIL.test(email)) faults.push({ code: 'NOT_AN_EMAIL', field: 'email' });
  const memberClass = input.class?.trim() || (facts.classes[0] ?? 'member');
  if (!facts.classes.includes(memberClass))
    faults.push({ code: 'UNKNOWN_CLASS', field: 'class', known: facts.classes });
  const joinedOn = input.joinedOn ?? facts.today;
  if (!isLocalDate(joinedOn)) faults.push({ code: 'NOT_A_DATE', field: 'joinedOn' });
  const dro = parseMoney(input.droAmount?.trim() || '0', facts.digits);
  if (!dro.ok) faults.push({ ...dro.refusal, field: 'droAmount' });
  else if (dro.value < 0n) faults.push({ code: 'NEGATIVE', field: 'droAmount' });
  const [first, ...others] = faults;
  if (first !== undefined) return refuseAll(first, others);
  if (!dro.ok || !isLocalDate(joinedOn)) throw new Error('a member was read neither whole nor refused');
  return accept({ displayName, legalName, email, class: memberClass, joinedOn, droMinor: dro.value });
}

export type TransitionRefusal = {
  readonly code: 'TRANSITION_NOT_ALLOWED';
  readonly from: MemberStatus;
  readonly to: MemberStatus;
  readonly allowed: readonly MemberStatus[];
};

/** Null when the status may change so, else why not. */
export function transitionRefusal(from: MemberStatus, to: MemberStatus): TransitionRefusal | null {
  const allowed = MEMBER_TRANSITIONS[from];
  return allowed.includes(to) ? null : { code: 'TRANSITION_NOT_ALLOWED', from, to, allowed };
}
