// Who may do what with a contribution, and why not. The commands and the API ask the same functions, so that a
// button is never offered for an act that would be refused.
import type { Actor, LocalDate } from '@habitat/kernel';
import { daysBetween, hasRole, isOwn, may, todayIn } from '@habitat/kernel';
import type { ApprovalPolicy } from '../policy/policy.ts';
import { routeFor } from '../policy/policy.ts';
import { isSameCategory } from '../valuation/valuation-rule.ts';
import type { Contribution, WrongState } from '../contribution/contribution.ts';
import { isUndecided, wrongState } from '../contribution/contribution.ts';

/** A member who holds the role reviewer now, with the limits of that assignment. */
export interface Reviewer {
  readonly memberId: string;
  readonly displayName: string;
  readonly kinds: readonly string[] | null;
  readonly categories: readonly string[] | null;
  readonly limitMinor: bigint | null;
}

/** What deciding depends on besides the contribution itself; the same for every item of a list. */
export interface DecisionSetting {
  readonly actor: Actor;
  readonly now: Date;
  readonly timeZone: string;
  readonly policy: ApprovalPolicy;
  readonly reviewers: readonly Reviewer[];
}

export interface GivenSignature {
  readonly round: number;
  readonly approverMemberId: string;
  readonly approverLoginId: string | null;
}

export type DecisionRefusal =
  | { readonly code: 'FORBIDDEN'; readonly act: string }
  | { readonly code: 'OWN_CONTRIBUTION' }
  | { readonly code: 'LOGGED_BY_YOU' }
  | { readonly code: 'OUTSIDE_SCOPE'; readonly kind: string; readonly category: string }
  | { readonly code: 'OVER_LIMIT'; readonly limitMinor: string }
  | { readonly code: 'NOT_YOUR_TURN'; readonly approver: string; readonly backup: string | null }
  | WrongState
  | { readonly code: 'ALREADY_SIGNED' };

type DecisionAct =
  'contribution.approve' | 'contribution.adjust' | 'contribution.ask' | 'contribution.reject';

function isSelf(actor: Actor, memberId: string | null, loginId: string | null): boolean {
  return (
    (memberId !== null && actor.memberId === memberId) || (loginId !== null && actor.loginId === loginId)
  );
}

function covers(reviewer: Reviewer, contribution: Contribution): boolean {
  const { kinds, categories } = reviewer;
  return (
    (kinds === null || kinds.includes(contribution.kind)) &&
    (categories === null || categories.some((category) => isSameCategory(category, contribution.category)))
  );
}

function isWithinLimit(reviewer: Reviewer, contribution: Contribution): boolean {
  return (
    reviewer.limitMinor === null ||
    contribution.valueMinor === null ||
    contribution.valueMinor <= reviewer.limitMinor
  );
}

function couldDecide(reviewer: Reviewer, contribution: Contribution): boolean {
  return (
    reviewer.memberId !== contribution.memberId &&
    reviewer.memberId !== contribution.loggedByMemberId &&
    covers(reviewer, contribution) &&
    isWithinLimit(reviewer, contribution)
  );
}

/** Whole days a submission has waited, by the cooperative's calendar. */
export function ageInDays(contribution: Contribution, timeZone: string, today: LocalDate): number {
  return contribution.submittedAt === null
    ? 0
    : Math.max(0, daysBetween(todayIn(timeZone, contribution.submittedAt), today));
}

/** True when a submission has waited longer than the policy's days. */
export function isStale(
  contribution: Contribution,
  setting: Pick<DecisionSetting, 'now' | 'timeZone' | 'policy'>,
): boolean {
  if (contribution.status !== 'submitted' && contribution.status !== 'clarification') return false;
  return (
    ageInDays(contribution, setting.timeZone, todayIn(setting.timeZone, setting.now)) >
    setting.policy.staleDays
  );
}

/**
 * Those who may sign now, in the order they are asked. With a route: its approver, and its backup once the
 * approver may not decide, has signed already, or has let the days pass. Without: every reviewer in scope.
 */
export function deciders(
  contribution: Contribution,
  signatures: readonly GivenSignature[],
  setting: Pick<DecisionSetting, 'now' | 'timeZone' | 'policy' | 'reviewers'>,
): Reviewer[] {
  const able = setting.reviewers.filter((reviewer) => couldDecide(reviewer, contribution));
  const route = routeFor(setting.policy, contribution.kind, contribution.category);
  if (route === null) return able;
  const approver = able.find((reviewer) => reviewer.memberId === route.approverMemberId);
  const backup = able.find((reviewer) => reviewer.memberId === route.backupMemberId);
  const signed = signatures.some(
    (given) => given.round === contribution.round && given.approverMemberId === approver?.memberId,
  );
  const waited =
    ageInDays(contribution, setting.timeZone, todayIn(setting.timeZone, setting.now)) >= route.withinDays;
  const standsIn = approver === undefined || signed || (waited && contribution.submittedAt !== null);
  const named = [...(approver ? [approver] : []), ...(backup && standsIn ? [backup] : [])];
  // A route whose people cannot decide must not make the work undecidable.
  const needed = contribution.signaturesNeeded === 2 && backup === undefined ? able : [];
  return named.length === 0 ? able : [...new Set([...named, ...needed])];
}

/** The reviewer and the stand-in a member is told of. */
export function whoDecides(
  contribution: Contribution,
  setting: Pick<DecisionSetting, 'policy' | 'reviewers'>,
): { first: Reviewer | null; standIn: Reviewer | null } {
  const able = setting.reviewers.filter((reviewer) => couldDecide(reviewer, contribution));
  const route = routeFor(setting.policy, contribution.kind, contribution.category);
  const first = able.find((reviewer) => reviewer.memberId === route?.approverMemberId);
  const second = able.find((reviewer) => reviewer.memberId === route?.backupMemberId);
  const ordered = [
    ...(first ? [first] : []),
    ...(second ? [second] : []),
    ...able.filter((one) => one !== first && one !== second),
  ];
  return { first: ordered[0] ?? null, standIn: ordered[1] ?? null };
}

/**
 * Null when the actor may decide this contribution now, else why not. In order: FORBIDDEN, OWN_CONTRIBUTION,
 * LOGGED_BY_YOU, OUTSIDE_SCOPE, OVER_LIMIT, WRONG_STATE, ALREADY_SIGNED (approve and adjust), NOT_YOUR_TURN.
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
  const signed = signatures.some(
    (given) =>
      given.round === contribution.round && isSelf(actor, given.approverMemberId, given.approverLoginId),
  );
  if (decides && signed) return { code: 'ALREADY_SIGNED' };
  if (!deciders(contribution, signatures, setting).some((one) => one.memberId === reviewer.memberId)) {
    return notYourTurn(contribution, setting);
  }
  return null;
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
