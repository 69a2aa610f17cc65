// Erasing a member, as rules: what stands against it, and who may ask and who may agree. What the law makes a cooperative
// keep is kept (GDPR art. 17(3)(b)); what is not over yet is needed by both sides (art. 17(1)(a)), so it is refused with
// what to settle first.
import type { MemberStatus } from '@habitat/events';
import type { Actor } from '@habitat/kernel';
import { may } from '@habitat/kernel';
import type { Member } from '../member/member.ts';

export type ErasureStatus =
  'checking' | 'waiting' | 'approved' | 'erased' | 'refused' | 'withdrawn' | 'declined' | 'expired';

export interface Erasure {
  readonly erasureId: string;
  readonly memberId: string;
  readonly status: ErasureStatus;
  readonly requestedByMemberId: string;
  readonly requestedByLoginId: string | null;
  readonly requestedAt: Date;
  readonly approvedByMemberId: string | null;
  readonly approvedAt: Date | null;
  readonly settledAt: Date | null;
  /** What stood against it, when it was refused. */
  readonly obstacle: string | null;
  readonly obstacleMinor: bigint | null;
  /** Who said no to it, as the second person. */
  readonly declinedByMemberId: string | null;
  /** Why it was declined, or taken back; null once the member was erased. */
  readonly endedReason: string | null;
}

/** What of a member's is not over, as people knows it. */
export interface OpenBusiness {
  /** Contributions sent and not decided, or decided and not in the ledger. */
  readonly openContributions: number;
  /** A period with counted work of theirs that is not closed: its surplus is still to be divided. */
  readonly openPeriod: string | null;
}

/** In the order checked. */
export type ErasureObstacle =
  | { readonly code: 'STILL_A_MEMBER'; readonly status: MemberStatus }
  | { readonly code: 'WORK_OPEN'; readonly count: number }
  | { readonly code: 'PERIOD_NOT_CLOSED'; readonly period: string };

/** Standings after which nothing more comes of a membership. */
const OVER: readonly MemberStatus[] = ['pending', 'withdrawn', 'expelled'];

/** Null when people knows of nothing against erasing this member. */
export function obstacleOf(member: Member, business: OpenBusiness): ErasureObstacle | null {
  if (!OVER.includes(member.status)) return { code: 'STILL_A_MEMBER', status: member.status };
  if (business.openContributions > 0) return { code: 'WORK_OPEN', count: business.openContributions };
  if (business.openPeriod !== null) return { code: 'PERIOD_NOT_CLOSED', period: business.openPeriod };
  return null;
}

/** Whether somebody may ask for it: for themselves always, for another as an administrator. */
export function mayRequestErasure(actor: Actor, memberId: string): boolean {
  return (actor.kind === 'person' && actor.memberId === memberId) || may(actor, 'member.erase');
}

/** Whoever asked, and whose data it is about: they may take it back, and never agree to it. */
export function isConcerned(actor: Actor, erasure: Erasure): boolean {
  const asked = actor.loginId !== null && actor.loginId === erasure.requestedByLoginId;
  return asked || actor.memberId === erasure.requestedByMemberId || actor.memberId === erasure.memberId;
}

export type AgreementRefusal =
  | { readonly code: 'FORBIDDEN'; readonly act: string }
  | { readonly code: 'NOT_WAITING'; readonly status: ErasureStatus }
  | { readonly code: 'SECOND_PERSON_REQUIRED' };

/** Why this person may not agree to an erasure: it takes somebody who neither asked for it nor is erased by it. */
export function agreementRefusal(actor: Actor, erasure: Erasure): AgreementRefusal | null {
  if (!may(actor, 'member.erase')) return { code: 'FORBIDDEN', act: 'member.erase' };
  if (erasure.status !== 'waiting') return { code: 'NOT_WAITING', status: erasure.status };
  return isConcerned(actor, erasure) ? { code: 'SECOND_PERSON_REQUIRED' } : null;
}
