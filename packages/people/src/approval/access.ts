// Who may do what with a contribution, and why not. The commands and the API ask the same functions, so that a
// button is never offered for an act that would be refused.
import type { Actor } from '@habitat/kernel';
import { hasRole, isOwn, may } from '@habitat/kernel';
import { routeFor } from '../policy/policy.ts';
import type { Contribution, WrongState } from '../contribution/contribution.ts';
import { isUndecided, wrongState } from '../contribution/contribution.ts';
import { covers, isWithinLimit } from './reviewer.ts';
import type { GivenSignature, TurnSetting } from './turn.ts';
import { deciders } from './turn.ts';

/** What deciding depends on besides the contribution itself; the same for every item of a list. */
export interface DecisionSetting extends TurnSetting {
  readonly actor: Actor;
}

export type DecisionRefusal =
  | { readonly code: 'FORBIDDEN'; readonly act: string }
  | { readonly code: 'OWN_CONTRIBUTION' }
  | { readonly code: 'LOGGED_BY_YOU' }
  | { readonly code: 'OUTSIDE_SCOPE'; readonly kind: string; readonly category: string }
  | { readonly code: 'OVER_LIMIT'; readonly limitMinor: string }
  | { readonly code: 'NOT_YOUR_TURN'; readonly approver: string; readonly backup: string | null }
  | WrongState
  | { readonly code: 'WITH_PEERS'; readonly until: string }
  | { readonly code: 'ALREADY_SIGNED' };

type DecisionAct =
  'contribution.approve' | 'contribution.adjust' | 'contribution.ask' | 'contribution.reject';

function isSelf(actor: Actor, memberId: string | null, loginId: string | null): boolean {
  return (
    (memberId !== null && actor.memberId === memberId) || (loginId !== null && actor.loginId === loginId)
  );
}

/**
 * Null when the actor may decide this contribution now, else why not. In order: FORBIDDEN, OWN_CONTRIBUTION,
 * LOGGED_BY_YOU, OUTSIDE_SCOPE, OVER_LIMIT, WRONG_STATE, WITH_PEERS, ALREADY_SIGNED (approve and adjust), NOT_YOUR_TURN.
 */
export function decisionRefusal(
  act: DecisionAct,
  contribution: Contribution,
  signatures: readonly GivenSignature[],
  setting: DecisionSetting,
): DecisionRefusal | null {
  const { actor } = setting;
  const reviewer = setting.reviewers.find((one) => one.memberId === actor.memberId);
  // The assignment is read anew: a role revoked a moment ago no longer signs.
  if (actor.kind !== 'person' || !may(actor, act) || reviewer === undefined)
    return { code: 'FORBIDDEN', act };
  if (isOwn(actor, contribution.memberId)) return { code: 'OWN_CONTRIBUTION' };
  if (isSelf(actor, contribution.loggedByMemberId, contribution.loggedByLoginId))
    return { code: 'LOGGED_BY_YOU' };
  if (!covers(reviewer, contribution))
    return { code: 'OUTSIDE_SCOPE', kind: contribution.kind, category: contribution.category };
  if (!isWithinLimit(reviewer, contribution))
    return { code: 'OVER_LIMIT', limitMinor: String(reviewer.limitMinor) };
  const decides = act === 'contribution.approve' || act === 'contribution.adjust';
  const state =
    act === 'contribution.reject'
      ? wrongState(contribution, 'submitted', 'clarification')
      : wrongState(contribution, 'submitted');
  if (state !== null) return state;
  const { peerState, peersUntil } = contribution;
  if (peerState === 'open') return { code: 'WITH_PEERS', until: peersUntil ?? '' };
  const signed = signatures.some(
    (given) =>
      given.round === contribution.round && isSelf(actor, given.approverMemberId, given.approverLoginId),
  );
  if (decides && signed) return { code: 'ALREADY_SIGNED' };
  // Whoever acts is here, whatever they had announced.
  const absences = setting.absences.filter((one) => one.memberId !== actor.memberId);
  const turn = deciders(contribution, signatures, { ...setting, absences });
  return turn.includes(reviewer) ? null : notYourTurn(contribution, setting);
}

function notYourTurn(contribution: Contribution, setting: DecisionSetting): DecisionRefusal {
  const nameOf = (memberId: string | null | undefined) =>
    setting.reviewers.find((reviewer) => reviewer.memberId === memberId)?.displayName ?? null;
  const route = routeFor(setting.policy, contribution.kind, contribution.category);
  return {
    code: 'NOT_YOUR_TURN',
    approver: nameOf(route?.approverMemberId) ?? '',
    backup: nameOf(route?.backupMemberId),
  };
}

/** True for the member it belongs to and for whoever logged it for them. */
export function isAuthor(actor: Actor, contribution: Contribution): boolean {
  return (
    isOwn(actor, contribution.memberId) ||
    isSelf(actor, contribution.loggedByMemberId, contribution.loggedByLoginId)
  );
}

/** True when the actor may see it: its author, and those who see everybody's. */
export function maySee(actor: Actor, contribution: Contribution): boolean {
  return isAuthor(actor, contribution) || may(actor, 'contribution.view_all');
}

export type ViewerAct =
  | 'approve'
  | 'adjust'
  | 'ask'
  | 'reject'
  | 'comment'
  | 'edit'
  | 'submit'
  | 'withdraw'
  | 'answer'
  | 'dispute'
  | 'resolve'
  | 'override'
  | 'allow_late';

/** Everything the actor may do with this contribution now, and why approving is not among it. */
export function viewerRights(
  contribution: Contribution,
  signatures: readonly GivenSignature[],
  setting: DecisionSetting,
): { viewerMay: ViewerAct[]; cannotBecause: string | null } {
  const { actor } = setting;
  const author = isAuthor(actor, contribution);
  const acts: ViewerAct[] = [];
  const refusal = decisionRefusal('contribution.approve', contribution, signatures, setting);
  if (refusal === null) acts.push('approve');
  if (decisionRefusal('contribution.adjust', contribution, signatures, setting) === null) acts.push('adjust');
  if (decisionRefusal('contribution.ask', contribution, signatures, setting) === null) acts.push('ask');
  if (decisionRefusal('contribution.reject', contribution, signatures, setting) === null) acts.push('reject');
  if (author || may(actor, 'contribution.ask')) acts.push('comment');
  if (author && isUndecided(contribution.status)) acts.push('edit', 'withdraw');
  if (author && contribution.status === 'draft') acts.push('submit');
  if (author && contribution.status === 'clarification') acts.push('answer');
  const posted = contribution.status === 'valued' || contribution.status === 'applied';
  if (isOwn(actor, contribution.memberId) && posted && may(actor, 'contribution.dispute'))
    acts.push('dispute');
  if (!author && contribution.status === 'disputed' && mayResolve(actor)) acts.push('resolve');
  if (!author && (posted || contribution.status === 'resolved') && may(actor, 'valuation.override'))
    acts.push('override');
  if (!author && contribution.status === 'draft' && may(actor, 'contribution.override_late'))
    acts.push('allow_late');
  const waiting = contribution.status === 'submitted' || contribution.status === 'clarification';
  return { viewerMay: acts, cannotBecause: waiting && refusal !== null ? refusal.code : null };
}

/** Disputes are settled by reviewers and administrators. */
export function mayResolve(actor: Actor): boolean {
  return may(actor, 'contribution.resolve_dispute') || hasRole(actor, 'administrator');
}
