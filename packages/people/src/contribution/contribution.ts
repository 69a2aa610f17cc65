// A contribution and its life: draft → submitted → approved → valued → applied, with its side roads. Every change
// is a next state plus the steps, signature, comment and announcements that explain it; nothing is ever deleted.
import type { ContributionKind, Treatment } from '@habitat/events';
import type { Decimal, LocalDate } from '@habitat/kernel';
import type { PeerReview, PeerState, PeerVote } from '../peer/peer.ts';
import type { Quantity } from '../valuation/quantity.ts';
import type { Valuation } from '../valuation/valuation.ts';

export type ContributionStatus =
  | 'draft'
  | 'submitted'
  | 'clarification'
  | 'approved'
  | 'valued'
  | 'applied'
  | 'rejected'
  | 'withdrawn'
  | 'disputed'
  | 'resolved';

export interface EvidenceLink {
  readonly label: string;
  readonly url: string;
}

/** What the author says about the work; editable until it is decided. */
export interface ContributionContent {
  readonly kind: ContributionKind;
  readonly category: string;
  readonly quantity: Quantity;
  readonly workedOn: LocalDate;
  readonly description: string;
  readonly evidence: readonly EvidenceLink[];
  /** In kind: fair market value as declared, and what it cost its giver. */
  readonly declaredValueMinor: bigint | null;
  readonly costBasisMinor: bigint | null;
  readonly revenueTransactionId: string | null;
}

export interface Contribution extends ContributionContent {
  readonly contributionId: string;
  /** Running number in the cooperative; 0 until it is stored. */
  readonly number: number;
  readonly memberId: string;
  /** Who logged it when it was not the member; may not approve it. */
  readonly loggedByMemberId: string | null;
  readonly loggedByLoginId: string | null;
  readonly loggedForReason: string | null;
  /** As first submitted, when a reviewer adjusted it. */
  readonly originalQuantity: Decimal | null;
  readonly originalValueMinor: bigint | null;
  readonly periodId: string | null;
  readonly sourceVerified: boolean;
  readonly late: boolean;
  readonly lateReason: string | null;
  readonly lateOverrideBy: string | null;
  readonly status: ContributionStatus;
  /** Estimate until approved, firm from then on; null only while a draft cannot be valued. */
  readonly valueMinor: bigint | null;
  readonly taxMinor: bigint | null;
  readonly treatment: Treatment;
  readonly patronageCategory: string | null;
  readonly ruleId: string | null;
  readonly ruleVersion: number | null;
  readonly rate: Decimal | null;
  readonly signaturesNeeded: 0 | 1 | 2;
  /** Signatures of earlier rounds were given to another quantity or value and count no more. */
  readonly round: number;
  readonly autoApproved: boolean;
  /** Open while peers decide, then what became of it; null where none were asked. */
  readonly peerState: PeerState | null;
  /** The last day on which a peer may say something. */
  readonly peersUntil: LocalDate | null;
  /** From when on it is with whoever decides after the peers. */
  readonly peersEndedAt: Date | null;
  readonly submittedAt: Date | null;
  readonly valuedAt: Date | null;
  readonly postedAt: Date | null;
  /** The ledger's transaction; null when it needed none. */
  readonly transactionId: string | null;
  readonly postingProblem: string | null;
  readonly stepCount: number;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

export type StepAct =
  | 'logged'
  | 'edited'
  | 'submitted'
  | 'signed'
  | 'adjusted'
  | 'asked'
  | 'answered'
  | 'approved'
  | 'valued'
  | 'applied'
  | 'rejected'
  | 'withdrawn'
  | 'disputed'
  | 'resolved'
  | 'override_requested'
  | 'overridden'
  | 'late_allowed'
  | 'posting_refused'
  | 'peer_validated'
  | 'peer_objected'
  | 'peers_ended';

export interface Step {
  readonly act: StepAct;
  readonly from: ContributionStatus | null;
  readonly to: ContributionStatus;
  readonly reason: string | null;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
}

export interface Signature {
  readonly round: number;
  readonly approverMemberId: string;
  readonly approverLoginId: string | null;
  readonly role: string;
  readonly quantity: Decimal;
  readonly valueMinor: bigint;
  readonly policyVersion: number;
}

export interface CommentDraft {
  readonly kind: 'question' | 'answer' | 'comment';
  readonly body: string;
}

/** What other contexts and the screens are told. */
export type Announcement =
  | { readonly type: 'submitted' | 'valued' | 'applied' | 'withdrawn' }
  | { readonly type: 'clarification'; readonly open: boolean }
  | { readonly type: 'signed'; readonly signatures: number; readonly signaturesNeeded: number }
  | {
      readonly type: 'peer_voted';
      readonly verdict: PeerVote['verdict'];
      readonly validated: number;
      readonly needed: number;
    }
  | {
      readonly type: 'peers_ended';
      readonly outcome: Exclude<PeerState, 'open'>;
      readonly next: 'reviewers' | 'approved' | 'rejected';
    }
  | { readonly type: 'disputed'; readonly reason: string }
  /** Until which day its peers were silent, where the rule about their silence rejects. */
  | { readonly type: 'rejected'; readonly reason: string; readonly silentUntil?: LocalDate }
  | {
      readonly type: 'resolved';
      readonly reason: string;
      readonly previousValueMinor: bigint;
      readonly previousTaxMinor: bigint;
    };

/** The outcome of a decision: the next state and everything that must be kept with it. */
export interface Change {
  readonly contribution: Contribution;
  readonly steps: readonly Step[];
  readonly signature: Signature | null;
  readonly comment: CommentDraft | null;
  /** The terms under which peers are asked from now on. */
  readonly peerReview: PeerReview | null;
  readonly peerVote: PeerVote | null;
  readonly announcements: readonly Announcement[];
}

/** One act on the way to the next state. */
export interface StepDraft {
  readonly act: StepAct;
  readonly to?: ContributionStatus;
  readonly reason?: string | null;
  readonly facts?: Step['facts'];
}

/** Applies a patch and its steps; statuses of the steps chain from the present one to the last. */
export function advance(
  contribution: Contribution,
  now: Date,
  patch: Partial<Contribution>,
  drafts: readonly StepDraft[],
  rest: Partial<Omit<Change, 'contribution' | 'steps'>> = {},
): Change {
  let from: ContributionStatus | null = contribution.stepCount === 0 ? null : contribution.status;
  let status = contribution.status;
  const steps = drafts.map((draft): Step => {
    const to = draft.to ?? status;
    const step = { act: draft.act, from, to, reason: draft.reason ?? null, facts: draft.facts ?? {} };
    from = to;
    status = to;
    return step;
  });
  return {
    contribution: {
      ...contribution,
      ...patch,
      status,
      stepCount: contribution.stepCount + steps.length,
      changedAt: now,
    },
    steps,
    signature: rest.signature ?? null,
    comment: rest.comment ?? null,
    peerReview: rest.peerReview ?? null,
    peerVote: rest.peerVote ?? null,
    announcements: rest.announcements ?? [],
  };
}

/** The fields a valuation fills in. */
export function valuedFields(valuation: Valuation): Partial<Contribution> {
  return {
    valueMinor: valuation.valueMinor,
    taxMinor: valuation.taxMinor,
    treatment: valuation.treatment,
    patronageCategory: valuation.patronageCategory,
    ruleId: valuation.ruleId,
    ruleVersion: valuation.ruleVersion,
    rate: valuation.rate,
  };
}

/** True while the author may still change or withdraw it. */
export function isUndecided(status: ContributionStatus): boolean {
  return status === 'draft' || status === 'submitted' || status === 'clarification';
}

export type WrongState = {
  readonly code: 'WRONG_STATE';
  readonly status: ContributionStatus;
  readonly allowed: readonly ContributionStatus[];
};

/** Null when the contribution is in one of the states, else the refusal. */
export function wrongState(
  contribution: Contribution,
  ...allowed: readonly ContributionStatus[]
): WrongState | null {
  return allowed.includes(contribution.status)
    ? null
    : { code: 'WRONG_STATE', status: contribution.status, allowed };
}
