// Logging, editing and submitting work: which member, which period, still in time, worth what. The rules of the
// author's side; deciding is approval's business.
import type { Actor, Decimal, Result } from '@habitat/kernel';
import { accept, formatDecimal, may, refuse, refuseAll, todayIn } from '@habitat/kernel';
import type { ContributionKind } from '@habitat/events';
import type { AutoApprovalRule } from '../approval/auto-approval.ts';
import { autoApprovingRule } from '../approval/auto-approval.ts';
import type { PeerSetting } from '../peer/peer.ts';
import { canBeReached, reviewUnder } from '../peer/peer.ts';
import type { Period } from '../period/period.ts';
import { graceEndsOn, isLate } from '../period/period.ts';
import type { ApprovalPolicy, ContributionPolicy, ServicesTaxPolicy } from '../policy/policy.ts';
import { isRetired, peerRuleFor, twoApproversFrom } from '../policy/policy.ts';
import { formatQuantity, isSameQuantity } from '../valuation/quantity.ts';
import type { ValuationRule } from '../valuation/valuation-rule.ts';
import { ruleInForce } from '../valuation/valuation-rule.ts';
import type { Valuation, ValuationRefusal } from '../valuation/valuation.ts';
import { valueContribution } from '../valuation/valuation.ts';
import type { Change, Contribution, ContributionContent, StepDraft } from './contribution.ts';
import { advance, valuedFields } from './contribution.ts';

/** What is known about the day of the work and the cooperative's settings on it. */
export interface WorkFacts {
  readonly digits: number;
  readonly timeZone: string;
  /** The period the day falls in. */
  readonly period: Period | null;
  readonly rules: readonly ValuationRule[];
  /** In force on the day of the work. */
  readonly policy: ContributionPolicy;
  readonly servicesTax: ServicesTaxPolicy;
  /** In force today. */
  readonly approval: ApprovalPolicy;
}

export interface SubmitFacts extends WorkFacts {
  readonly actor: Actor;
  readonly now: Date;
  readonly memberStatus: string;
  readonly autoRules: readonly AutoApprovalRule[];
  /** Auto-approved in the same week already. */
  readonly weekSoFar: Decimal;
  /** Who could be asked as a peer today; nobody where no rule asks any. */
  readonly peers: PeerSetting;
}

export type SubmitRefusal =
  | { readonly code: 'MEMBER_NOT_ACTIVE'; readonly status: string }
  | { readonly code: 'DESCRIPTION_REQUIRED'; readonly field: 'description' }
  | { readonly code: 'PERIOD_NOT_FOUND'; readonly field: 'workedOn'; readonly workedOn: string }
  | {
      readonly code: 'PERIOD_NOT_OPEN';
      readonly field: 'workedOn';
      readonly period: string;
      readonly status: string;
    }
  | { readonly code: 'CATEGORY_RETIRED'; readonly field: 'category'; readonly category: string }
  | {
      readonly code: 'LATE_NEEDS_OVERRIDE';
      readonly field: 'workedOn';
      readonly graceEndedOn: string;
      readonly period: string;
    }
  | ValuationRefusal;

/** Members in these standings may give work. */
function mayContribute(status: string): boolean {
  return status === 'active' || status === 'withdrawing';
}

/** Values a contribution's content by the rule and policies of its day. */
export function valueContent(
  content: ContributionContent & { readonly memberId: string },
  facts: WorkFacts,
  fixedValueMinor: bigint | null = null,
): Result<Valuation, ValuationRefusal> {
  const { kind, category, memberId, workedOn } = content;
  return valueContribution({
    kind,
    category,
    workedOn,
    quantity: content.quantity,
    declaredValueMinor: content.declaredValueMinor,
    costBasisMinor: content.costBasisMinor,
    rule: ruleInForce(facts.rules, { kind, category, memberId, on: workedOn }),
    digits: facts.digits,
    policy: facts.policy,
    servicesTax: facts.servicesTax,
    fixedValueMinor,
  });
}

/** Who a new contribution belongs to and who writes it down. */
export interface Authorship {
  readonly contributionId: string;
  readonly memberId: string;
  readonly loggedByMemberId: string | null;
  readonly loggedByLoginId: string | null;
  readonly loggedForReason: string | null;
  readonly sourceVerified: boolean;
}

function treatmentOf(
  kind: ContributionKind,
  policy: ContributionPolicy,
): Pick<Contribution, 'treatment' | 'patronageCategory'> {
  const { treatment, patronageCategory } = policy.kinds[kind];
  return { treatment, patronageCategory };
}

/** A draft that is not stored yet: no steps, no number. */
export function newDraft(
  authorship: Authorship,
  content: ContributionContent,
  facts: WorkFacts,
  now: Date,
): Contribution {
  const valuation = valueContent({ ...content, memberId: authorship.memberId }, facts);
  return {
    ...authorship,
    ...content,
    number: 0,
    originalQuantity: null,
    originalValueMinor: null,
    periodId: facts.period?.periodId ?? null,
    late: false,
    lateReason: null,
    lateOverrideBy: null,
    status: 'draft',
    valueMinor: null,
    taxMinor: null,
    ruleId: null,
    ruleVersion: null,
    rate: null,
    ...treatmentOf(content.kind, facts.policy),
    ...(valuation.ok ? valuedFields(valuation.value) : {}),
    signaturesNeeded: 1,
    round: 1,
    autoApproved: false,
    peerState: null,
    peersUntil: null,
    peersEndedAt: null,
    submittedAt: null,
    valuedAt: null,
    postedAt: null,
    transactionId: null,
    postingProblem: null,
    stepCount: 0,
    createdAt: now,
    changedAt: now,
  };
}

function periodRefusal(draft: Contribution, facts: SubmitFacts): SubmitRefusal | null {
  const { period, policy } = facts;
  if (period === null) return { code: 'PERIOD_NOT_FOUND', field: 'workedOn', workedOn: draft.workedOn };
  if (period.status !== 'open')
    return { code: 'PERIOD_NOT_OPEN', field: 'workedOn', period: period.name, status: period.status };
  const today = todayIn(facts.timeZone, facts.now);
  if (isLate(period, policy.graceDays, today) && draft.lateOverrideBy === null && !draft.late) {
    return {
      code: 'LATE_NEEDS_OVERRIDE',
      field: 'workedOn',
      graceEndedOn: graceEndsOn(period, policy.graceDays),
      period: period.name,
    };
  }
  return null;
}

const FIELD_OF_VALUATION: Readonly<Partial<Record<ValuationRefusal['code'], string>>> = {
  NO_VALUATION_RULE: 'category',
  VALUE_REQUIRED: 'declaredValue',
  COST_BASIS_REQUIRED: 'costBasis',
};

/** A refusal of the valuation with the field it concerns. */
export function locatedValuation(refusal: ValuationRefusal): ValuationRefusal {
  const field = FIELD_OF_VALUATION[refusal.code];
  return field === undefined ? refusal : { ...refusal, ...{ field } };
}

/** Rules a draft breaks that do not depend on each other: its words, its day, its category, its value. */
function submitFaults(
  draft: Contribution,
  facts: SubmitFacts,
  valuation: Result<Valuation, ValuationRefusal>,
) {
  const faults: SubmitRefusal[] = [];
  if (draft.description === '') faults.push({ code: 'DESCRIPTION_REQUIRED', field: 'description' });
  const misdated = periodRefusal(draft, facts);
  if (misdated !== null) faults.push(misdated);
  const { kind, category } = draft;
  if (isRetired(facts.policy, kind, category))
    faults.push({ code: 'CATEGORY_RETIRED', field: 'category', category });
  if (!valuation.ok) faults.push(...valuationFaults(draft, facts, valuation.refusal));
  return faults;
}

/** Why it has no value; a thing of which neither its worth nor its cost was said is told of both. */
function valuationFaults(draft: Contribution, facts: SubmitFacts, refusal: ValuationRefusal) {
  const withCost =
    refusal.code === 'COST_BASIS_REQUIRED' ? valueContent({ ...draft, costBasisMinor: 0n }, facts) : null;
  const refusals = withCost === null || withCost.ok ? [refusal] : [withCost.refusal, refusal];
  return refusals.map(locatedValuation);
}

/**
 * Submits a draft: it waits for its peers or its reviewers, or is approved at once where an auto-approval rule covers it.
 * `first` are the steps before the submission (logged, edited). Refusals in order: MEMBER_NOT_ACTIVE,
 * DESCRIPTION_REQUIRED, PERIOD_NOT_FOUND, PERIOD_NOT_OPEN, LATE_NEEDS_OVERRIDE, CATEGORY_RETIRED, then the valuation's.
 */
export function submit(
  draft: Contribution,
  facts: SubmitFacts,
  first: readonly StepDraft[] = [],
): Result<Change, SubmitRefusal> {
  if (!mayContribute(facts.memberStatus))
    return refuse({ code: 'MEMBER_NOT_ACTIVE', status: facts.memberStatus });
  const valuation = valueContent(draft, facts);
  const [fault, ...others] = submitFaults(draft, facts, valuation);
  if (fault !== undefined) return refuseAll(fault, others);
  if (!valuation.ok) return valuation;
  const valued: Contribution = {
    ...draft,
    ...valuedFields(valuation.value),
    periodId: facts.period?.periodId ?? null,
  };
  const submitted: StepDraft = {
    act: 'submitted',
    to: 'submitted',
    reason: draft.lateReason ?? draft.loggedForReason,
    facts: {
      quantity: formatQuantity(draft.quantity),
      valueMinor: String(valuation.value.valueMinor),
      ruleVersion: valuation.value.ruleVersion,
    },
  };
  const rule = autoApprovingRule(facts.autoRules, valued, facts.weekSoFar, facts.approval);
  if (rule !== null) return accept(approveByRule(valued, facts, rule, [...first, submitted]));
  return accept(sendToDeciders(valued, facts, [...first, submitted]));
}

/** Peers are asked first where a rule says so and enough of them are there; else it is with the reviewers at once. */
function sendToDeciders(valued: Contribution, facts: SubmitFacts, steps: readonly StepDraft[]): Change {
  const { now, approval, peers } = facts;
  const two = (valued.valueMinor ?? 0n) >= twoApproversFrom(approval, valued.kind);
  const sent = { submittedAt: now, signaturesNeeded: two ? 2 : 1 } as const;
  const rule = peerRuleFor(approval, valued.kind, valued.category);
  const submitted = { type: 'submitted' } as const;
  if (rule === null) {
    const none = { peerState: null, peersUntil: null, peersEndedAt: null };
    return advance(valued, now, { ...sent, ...none }, steps, { announcements: [submitted] });
  }
  const peerReview = reviewUnder(rule, valued, approval, peers);
  const peersUntil = peerReview.untilOn;
  if (canBeReached(valued, peerReview, [], peers)) {
    const open = { peerState: 'open', peersUntil, peersEndedAt: null } as const;
    return advance(valued, now, { ...sent, ...open }, steps, { peerReview, announcements: [submitted] });
  }
  const nobody = { peerState: 'no_eligible', peersUntil, peersEndedAt: now } as const;
  const ended: StepDraft = {
    act: 'peers_ended',
    to: 'submitted',
    facts: { outcome: 'no_eligible', peersNeeded: rule.peers, approvalPolicyVersion: approval.version },
  };
  return advance(valued, now, { ...sent, ...nobody }, [...steps, ended], {
    peerReview,
    announcements: [submitted, { type: 'peers_ended', outcome: 'no_eligible', next: 'reviewers' }],
  });
}

function approveByRule(
  valued: Contribution,
  facts: SubmitFacts,
  rule: AutoApprovalRule,
  before: readonly StepDraft[],
): Change {
  const { now } = facts;
  const because = {
    autoRuleId: rule.ruleId,
    autoRuleVersion: rule.version,
    approvalPolicyVersion: facts.approval.version,
  };
  return advance(
    valued,
    now,
    { submittedAt: now, valuedAt: now, signaturesNeeded: 0, autoApproved: true },
    [
      ...before,
      { act: 'approved', to: 'approved', reason: 'auto-approval rule', facts: because },
      { act: 'valued', to: 'valued', facts: valuedStepFacts(valued, facts) },
    ],
    { announcements: [{ type: 'submitted' }, { type: 'valued' }] },
  );
}

/** What the valued step keeps: the figures and the versions they were computed under. */
export function valuedStepFacts(
  contribution: Contribution,
  facts: WorkFacts,
): Record<string, string | number | null> {
  return {
    valueMinor: String(contribution.valueMinor),
    taxMinor: String(contribution.taxMinor),
    rate: contribution.rate === null ? null : formatDecimal(contribution.rate),
    ruleId: contribution.ruleId,
    ruleVersion: contribution.ruleVersion,
    contributionPolicyVersion: facts.policy.version,
    servicesTaxVersion: facts.servicesTax.version,
  };
}

/** Stores a draft without submitting it; nothing but its own fields is checked. */
export function keepDraft(draft: Contribution, now: Date, act: 'logged' | 'edited' = 'logged'): Change {
  return advance(draft, now, {}, [{ act, to: draft.status }]);
}

/** The step of an edit, with what it changed. */
export function editStep(before: Contribution, after: Contribution): StepDraft {
  const moved = !isSameQuantity(before.quantity, after.quantity);
  return {
    act: 'edited',
    facts: {
      ...(moved
        ? { quantityBefore: formatQuantity(before.quantity), quantity: formatQuantity(after.quantity) }
        : {}),
      ...(before.workedOn === after.workedOn
        ? {}
        : { workedOnBefore: before.workedOn, workedOn: after.workedOn }),
      ...(before.category === after.category
        ? {}
        : { categoryBefore: before.category, category: after.category }),
      ...(before.declaredValueMinor === after.declaredValueMinor
        ? {}
        : { declaredBefore: String(before.declaredValueMinor), declared: String(after.declaredValueMinor) }),
    },
  };
}

/** Days a late draft may be logged by: the reviewer's override, kept with the contribution. */
export function mayOverrideLate(actor: Actor, memberId: string): boolean {
  return may(actor, 'contribution.override_late') && actor.memberId !== memberId;
}
