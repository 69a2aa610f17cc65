// Peers: members without any office who validate each other's work. Who may is decided here, from one rule: an active
// member who can sign in, never for what they gave or logged themselves. Why a no goes to a reviewer: docs/decisions/0021.
import type { Actor, Decimal, LocalDate, Role } from '@habitat/kernel';
import { addDays, isOwn } from '@habitat/kernel';
import type { Absence } from '../absence/absence.ts';
import { isAway } from '../absence/absence.ts';
import type { Contribution } from '../contribution/contribution.ts';
import type { ApprovalPolicy, ApprovalPolicyBody, PeerRule } from '../policy/policy.ts';

/** With its peers, or what became of it: enough said yes, one said no, the days passed, too few could be asked. */
export type PeerState = 'open' | 'validated' | 'objected' | 'timed_out' | 'no_eligible';

/** The terms a round waits under: those in force when it was submitted. */
export interface PeerReview {
  readonly round: number;
  /** How many different peers have to validate it. */
  readonly needed: number;
  readonly untilOn: LocalDate;
  readonly onTimeout: PeerRule['onTimeout'];
  /** Only holders of this role, only members of this class; null for every active member. */
  readonly role: Role | null;
  readonly class: string | null;
  readonly policyVersion: number;
}

export interface PeerVote {
  readonly round: number;
  readonly memberId: string;
  readonly loginId: string;
  readonly verdict: 'validated' | 'objected';
  readonly quantity: Decimal;
  readonly valueMinor: bigint;
}

/** A member as peers see each other: active, able to sign in, with the roles they hold now. */
export interface Peer {
  readonly memberId: string;
  readonly loginId: string;
  readonly class: string;
  readonly roles: readonly Role[];
}

/** Who there is on a day. */
export interface PeerSetting {
  readonly peers: readonly Peer[];
  readonly absences: readonly Absence[];
  readonly today: LocalDate;
}

/** True when the terms of a review take this member for a peer of the contribution, away or not. */
export function isPeer(
  peer: Peer,
  contribution: Contribution,
  terms: Pick<PeerReview, 'role' | 'class'>,
): boolean {
  const own = peer.memberId === contribution.memberId || peer.memberId === contribution.loggedByMemberId;
  return (
    !own &&
    peer.loginId !== contribution.loggedByLoginId &&
    peer.roles.includes(terms.role ?? 'member') &&
    (terms.class === null || peer.class === terms.class)
  );
}

/** True when a rule of the approval policy asks holders of these roles as peers of somebody. */
export function isAskedAsPeer(
  roles: readonly Role[],
  { peerRules = [] }: Pick<ApprovalPolicyBody, 'peerRules'>,
): boolean {
  return peerRules.some(({ role }) => roles.includes(role ?? 'member'));
}

/** Those who can be asked on this day: the peers who are not away. */
function eligiblePeers(
  contribution: Contribution,
  terms: Pick<PeerReview, 'role' | 'class'>,
  { peers, absences, today }: PeerSetting,
): Peer[] {
  return peers.filter((peer) => isPeer(peer, contribution, terms) && !isAway(absences, peer.memberId, today));
}

/** Those who are still asked: eligible, and silent so far in this round. */
export function peersAsked(
  contribution: Contribution,
  terms: Pick<PeerReview, 'role' | 'class'>,
  votes: readonly PeerVote[],
  setting: PeerSetting,
): Peer[] {
  return eligiblePeers(contribution, terms, setting).filter(
    (peer) => !votes.some((vote) => vote.memberId === peer.memberId),
  );
}

/** True while enough peers have said yes or still can. */
export function canBeReached(
  contribution: Contribution,
  review: PeerReview,
  votes: readonly PeerVote[],
  setting: PeerSetting,
): boolean {
  const validated = votes.filter(({ verdict }) => verdict === 'validated').length;
  return validated + peersAsked(contribution, review, votes, setting).length >= review.needed;
}

/** The terms a contribution submitted today would wait under. */
export function reviewUnder(
  rule: PeerRule,
  contribution: Contribution,
  policy: ApprovalPolicy,
  setting: PeerSetting,
): PeerReview {
  const author = setting.peers.find(({ memberId }) => memberId === contribution.memberId);
  return {
    round: contribution.round,
    needed: rule.peers,
    untilOn: addDays(setting.today, rule.days),
    onTimeout: rule.onTimeout,
    role: rule.role,
    // Somebody whose class nobody active shares has no peers: a class that is not there is nobody's.
    class: rule.sameClass ? (author?.class ?? '') : null,
    policyVersion: policy.version,
  };
}

export type PeerRefusal =
  | { readonly code: 'FORBIDDEN'; readonly act: 'contribution.validate' }
  | { readonly code: 'OWN_CONTRIBUTION' | 'LOGGED_BY_YOU' | 'NOT_WITH_PEERS' | 'NOT_A_PEER' | 'ALREADY_SAID' }
  | { readonly code: 'TOO_LATE_FOR_PEERS'; readonly until: string };

/**
 * Null when the actor may say yes or no as a peer now. In order: FORBIDDEN, OWN_CONTRIBUTION, LOGGED_BY_YOU,
 * NOT_WITH_PEERS, NOT_A_PEER (not active, without the role or of another class), ALREADY_SAID, TOO_LATE_FOR_PEERS.
 * Whoever acts is here, whatever absence they had announced.
 */
export function peerRefusal(
  actor: Actor,
  contribution: Contribution,
  review: PeerReview | null,
  votes: readonly PeerVote[],
  { peers, today }: Pick<PeerSetting, 'peers' | 'today'>,
): PeerRefusal | null {
  const peer = peers.find(({ memberId }) => memberId === actor.memberId);
  if (actor.kind !== 'person' || actor.memberId === null)
    return { code: 'FORBIDDEN', act: 'contribution.validate' };
  if (isOwn(actor, contribution.memberId)) return { code: 'OWN_CONTRIBUTION' };
  const logged =
    actor.memberId === contribution.loggedByMemberId ||
    (actor.loginId !== null && actor.loginId === contribution.loggedByLoginId);
  if (logged) return { code: 'LOGGED_BY_YOU' };
  if (review === null || contribution.peerState !== 'open' || contribution.status !== 'submitted')
    return { code: 'NOT_WITH_PEERS' };
  if (peer === undefined || peer.loginId !== actor.loginId || !isPeer(peer, contribution, review))
    return { code: 'NOT_A_PEER' };
  if (votes.some((vote) => vote.memberId === peer.memberId || vote.loginId === peer.loginId))
    return { code: 'ALREADY_SAID' };
  return today > review.untilOn ? { code: 'TOO_LATE_FOR_PEERS', until: review.untilOn } : null;
}
