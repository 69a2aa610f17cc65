// What a peer's word does, and what the passing of days does. Enough yeses approve what one signature would; above the
// policy's line it still takes two reviewers. One no, or too few peers, sends it to a reviewer and decides nothing.
import type { Actor, Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import type { ApproveRefusal } from '../approval/decision.ts';
import { firmValue, periodRefusal } from '../approval/decision.ts';
import type { Announcement, Change, Contribution, StepDraft } from '../contribution/contribution.ts';
import { advance } from '../contribution/contribution.ts';
import type { WorkFacts } from '../contribution/logging.ts';
import { twoApproversFrom } from '../policy/policy.ts';
import type { PeerRefusal, PeerReview, PeerSetting, PeerState, PeerVote } from './peer.ts';
import { canBeReached, peerRefusal } from './peer.ts';

export interface PeerFacts extends WorkFacts, PeerSetting {
  readonly now: Date;
  readonly review: PeerReview | null;
  readonly votes: readonly PeerVote[];
}

type Outcome = Exclude<PeerState, 'open'>;
export type ValidateRefusal = PeerRefusal | ApproveRefusal;
export type ObjectRefusal = PeerRefusal | { readonly code: 'REASON_REQUIRED'; readonly field: 'reason' };

function voteOf(
  actor: Actor,
  contribution: Contribution,
  review: PeerReview,
  verdict: PeerVote['verdict'],
): PeerVote {
  return {
    round: review.round,
    memberId: actor.memberId ?? '',
    loginId: actor.loginId ?? '',
    verdict,
    quantity: contribution.quantity.amount,
    valueMinor: contribution.valueMinor ?? 0n,
  };
}

/** The step by which peers are over, with the version of the rule it was judged by. */
function endStep(outcome: Outcome, review: PeerReview): StepDraft {
  const { needed, untilOn, onTimeout, policyVersion } = review;
  return {
    act: 'peers_ended',
    to: 'submitted',
    facts: { outcome, peersNeeded: needed, until: untilOn, onTimeout, approvalPolicyVersion: policyVersion },
  };
}

interface Ending {
  readonly outcome: Outcome;
  readonly review: PeerReview;
  readonly before: readonly StepDraft[];
  readonly vote: PeerVote | null;
  readonly told: readonly Announcement[];
}

/** With the reviewers from now on. */
function toReviewers(contribution: Contribution, now: Date, ending: Ending): Change {
  const { outcome, review, before, vote, told } = ending;
  return advance(
    contribution,
    now,
    { peerState: outcome, peersEndedAt: now },
    [...before, endStep(outcome, review)],
    { peerVote: vote, announcements: [...told, { type: 'peers_ended', outcome, next: 'reviewers' }] },
  );
}

/** Approved without a reviewer, unless its value takes two of them: then it is theirs. */
function approveOrPassOn(
  contribution: Contribution,
  facts: PeerFacts,
  ending: Ending,
): Result<Change, ApproveRefusal> {
  const { now } = facts;
  const closed = periodRefusal(contribution, facts);
  if (closed !== null) return refuse(closed);
  const firm = firmValue(contribution, facts);
  if (!firm.ok) return firm;
  const { valued, steps } = firm.value;
  if ((valued.valueMinor ?? 0n) >= twoApproversFrom(facts.approval, contribution.kind))
    return accept(toReviewers({ ...valued, signaturesNeeded: 2 }, now, ending));
  const { outcome, review, before, vote, told } = ending;
  const under = { approvalPolicyVersion: review.policyVersion };
  return accept(
    advance(
      valued,
      now,
      { peerState: outcome, peersEndedAt: now, signaturesNeeded: 0, valuedAt: now, postingProblem: null },
      [...before, endStep(outcome, review), { act: 'approved', to: 'approved', facts: under }, ...steps],
      {
        peerVote: vote,
        announcements: [...told, { type: 'peers_ended', outcome, next: 'approved' }, { type: 'valued' }],
      },
    ),
  );
}

/**
 * A peer says that it was given as logged; the last yes that is needed approves it. Refusals in order: those of
 * `peerRefusal`, and of the last one PERIOD_NOT_FOUND, PERIOD_NOT_OPEN, the valuation's.
 */
export function validate(
  contribution: Contribution,
  actor: Actor,
  facts: PeerFacts,
): Result<Change, ValidateRefusal> {
  const { review, votes, now } = facts;
  const refusal = peerRefusal(actor, contribution, review, votes, facts);
  if (refusal !== null) return refuse(refusal);
  if (review === null) return refuse({ code: 'NOT_WITH_PEERS' });
  const vote = voteOf(actor, contribution, review, 'validated');
  const validated = votes.filter(({ verdict }) => verdict === 'validated').length + 1;
  const { needed, policyVersion } = review;
  const step: StepDraft = {
    act: 'peer_validated',
    facts: { validated, peersNeeded: needed, approvalPolicyVersion: policyVersion },
  };
  const told: Announcement = { type: 'peer_voted', verdict: 'validated', validated, needed };
  if (validated < needed)
    return accept(advance(contribution, now, {}, [step], { peerVote: vote, announcements: [told] }));
  return approveOrPassOn(contribution, facts, {
    outcome: 'validated',
    review,
    before: [step],
    vote,
    told: [told],
  });
}

/** A peer says no, with a reason: a reviewer looks at it. Refusals in order: those of `peerRefusal`, REASON_REQUIRED. */
export function objectTo(
  contribution: Contribution,
  actor: Actor,
  why: string,
  facts: PeerFacts,
): Result<Change, ObjectRefusal> {
  const { review, votes, now } = facts;
  const refusal = peerRefusal(actor, contribution, review, votes, facts);
  if (refusal !== null) return refuse(refusal);
  if (review === null) return refuse({ code: 'NOT_WITH_PEERS' });
  const reason = why.trim();
  if (reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
  const { needed, policyVersion } = review;
  const validated = votes.filter(({ verdict }) => verdict === 'validated').length;
  return accept(
    toReviewers(contribution, now, {
      outcome: 'objected',
      review,
      before: [{ act: 'peer_objected', reason, facts: { approvalPolicyVersion: policyVersion } }],
      vote: voteOf(actor, contribution, review, 'objected'),
      told: [{ type: 'peer_voted', verdict: 'objected', validated, needed }],
    }),
  );
}

/**
 * What a day changes about an item with its peers: nothing (null), its end by the rule once the last day is over, or a
 * reviewer as soon as too few are left to be asked. Silence never makes more of it than the rule says: what cannot be
 * valued, or takes two reviewers, is theirs.
 */
export function endOfPeers(contribution: Contribution, facts: PeerFacts): Change | null {
  const { review, votes, now, today } = facts;
  if (review === null || contribution.peerState !== 'open' || contribution.status !== 'submitted')
    return null;
  const ending = { review, before: [], vote: null, told: [] };
  if (today <= review.untilOn) {
    const reachable = canBeReached(contribution, review, votes, facts);
    return reachable ? null : toReviewers(contribution, now, { ...ending, outcome: 'no_eligible' });
  }
  const outcome = 'timed_out';
  if (review.onTimeout === 'reject') return rejectForSilence(contribution, now, review);
  const change =
    review.onTimeout === 'approve' ? approveOrPassOn(contribution, facts, { ...ending, outcome }) : null;
  return change?.ok ? change.value : toReviewers(contribution, now, { ...ending, outcome });
}

function rejectForSilence(contribution: Contribution, now: Date, review: PeerReview): Change {
  const { untilOn, policyVersion } = review;
  const reason = `Not validated by peers by ${untilOn} (approval rules, version ${policyVersion}).`;
  return advance(
    contribution,
    now,
    { peerState: 'timed_out', peersEndedAt: now },
    [
      endStep('timed_out', review),
      // The pages say it in the reader's language; the text is for who reads it elsewhere.
      {
        act: 'rejected',
        to: 'rejected',
        reason,
        facts: { silentUntil: untilOn, approvalPolicyVersion: policyVersion },
      },
    ],
    {
      announcements: [
        { type: 'peers_ended', outcome: 'timed_out', next: 'rejected' },
        { type: 'rejected', reason, silentUntil: untilOn },
      ],
    },
  );
}
