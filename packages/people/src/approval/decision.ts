// The reviewer's side: sign, adjust, ask, reject, and the thread between reviewer and author. Two different people
// sign above the policy's line, and a signature counts only for the quantity and value it was given to.
import type { Actor, Result } from '@habitat/kernel';
import { accept, parseMoney, refuse } from '@habitat/kernel';
import type { Change, Contribution, Signature, StepDraft, WrongState } from '../contribution/contribution.ts';
import { advance, isUndecided, valuedFields, wrongState } from '../contribution/contribution.ts';
import type { WorkFacts } from '../contribution/logging.ts';
import { valueContent, valuedStepFacts } from '../contribution/logging.ts';
import { twoApproversFrom } from '../policy/policy.ts';
import type { QuantityRefusal } from '../valuation/quantity.ts';
import { formatQuantity, isSameQuantity, parseQuantity } from '../valuation/quantity.ts';
import type { ValuationRefusal } from '../valuation/valuation.ts';
import type { DecisionRefusal, DecisionSetting } from './access.ts';
import { decisionRefusal, isAuthor, maySee } from './access.ts';
import type { GivenSignature } from './turn.ts';

export interface DecisionFacts extends WorkFacts {
  readonly setting: DecisionSetting;
  readonly signatures: readonly GivenSignature[];
}

export type ReasonRequired = { readonly code: 'REASON_REQUIRED'; readonly field: 'reason' };
export type TextRequired = { readonly code: 'TEXT_REQUIRED'; readonly field: 'question' | 'answer' | 'body' };
export type TooLong = { readonly code: 'TEXT_TOO_LONG'; readonly most: number };

export type ApproveRefusal =
  | DecisionRefusal
  | { readonly code: 'PERIOD_NOT_OPEN'; readonly period: string; readonly status: string }
  | { readonly code: 'PERIOD_NOT_FOUND'; readonly workedOn: string }
  | ValuationRefusal;

export type AdjustRefusal =
  | ApproveRefusal
  | ReasonRequired
  | { readonly code: 'NOTHING_ADJUSTED' }
  | (QuantityRefusal & { readonly field: 'quantity' })
  | { readonly code: 'NOT_AN_AMOUNT'; readonly field: 'value'; readonly text: string };

/** Null while the period of the work takes approvals. */
export function periodRefusal(contribution: Contribution, facts: WorkFacts): ApproveRefusal | null {
  if (facts.period === null) return { code: 'PERIOD_NOT_FOUND', workedOn: contribution.workedOn };
  if (facts.period.status === 'open') return null;
  return { code: 'PERIOD_NOT_OPEN', period: facts.period.name, status: facts.period.status };
}

/** A value a reviewer set stays; everything else is valued anew by the rule of its day. */
function keptValue(contribution: Contribution): bigint | null {
  return contribution.originalValueMinor === null ? null : contribution.valueMinor;
}

/** A contribution at the value that becomes firm, and the step by which it does. */
export function firmValue(
  contribution: Contribution,
  facts: WorkFacts,
): Result<{ readonly valued: Contribution; readonly steps: readonly StepDraft[] }, ValuationRefusal> {
  const valuation = valueContent(contribution, facts, keptValue(contribution));
  if (!valuation.ok) return valuation;
  const valued: Contribution = { ...contribution, ...valuedFields(valuation.value) };
  return accept({ valued, steps: [{ act: 'valued', to: 'valued', facts: valuedStepFacts(valued, facts) }] });
}

/** Signs a contribution as it now stands, `before` being the steps that brought it there. */
function sign(
  contribution: Contribution,
  facts: DecisionFacts,
  before: readonly StepDraft[],
): Result<Change, ValuationRefusal> {
  const { actor, now, policy } = facts.setting;
  const firm = firmValue(contribution, facts);
  if (!firm.ok) return firm;
  const { valueMinor } = firm.value.valued;
  const revalued = before.length > 0 || valueMinor !== contribution.valueMinor;
  const round = revalued ? contribution.round + 1 : contribution.round;
  const valued: Contribution = { ...firm.value.valued, round };
  const needed = (valueMinor ?? 0n) >= twoApproversFrom(policy, contribution.kind) ? 2 : 1;
  const given = facts.signatures.filter((one) => one.round === round).length + 1;
  const signature: Signature = {
    round,
    approverMemberId: actor.memberId ?? '',
    approverLoginId: actor.loginId,
    role: 'reviewer',
    quantity: contribution.quantity.amount,
    valueMinor: valueMinor ?? 0n,
    policyVersion: policy.version,
  };
  const under = {
    signatures: given,
    signaturesNeeded: needed,
    approvalPolicyVersion: policy.version,
  } as const;
  if (given < needed) {
    return accept(
      advance(valued, now, { signaturesNeeded: needed }, [...before, { act: 'signed', facts: under }], {
        signature,
        announcements: [{ type: 'signed', signatures: given, signaturesNeeded: needed }],
      }),
    );
  }
  const steps: StepDraft[] = [
    ...before,
    { act: 'approved', to: 'approved', facts: under },
    ...firm.value.steps,
  ];
  return accept(
    advance(valued, now, { signaturesNeeded: needed, valuedAt: now, postingProblem: null }, steps, {
      signature,
      announcements: [{ type: 'valued' }],
    }),
  );
}

/**
 * Approves: the first of two signatures leaves it waiting, the last one values it in the same step. Refusals in
 * order: those of `decisionRefusal`, PERIOD_NOT_FOUND, PERIOD_NOT_OPEN, the valuation's.
 */
export function approve(contribution: Contribution, facts: DecisionFacts): Result<Change, ApproveRefusal> {
  const refusal = decisionRefusal('contribution.approve', contribution, facts.signatures, facts.setting);
  if (refusal !== null) return refuse(refusal);
  const closed = periodRefusal(contribution, facts);
  if (closed !== null) return refuse(closed);
  return sign(contribution, facts, []);
}

export interface Adjustment {
  /** Hours text, units or money, as the author would write it. */
  readonly quantity?: string | null | undefined;
  /** Major units; stands instead of the rule's value. */
  readonly value?: string | null | undefined;
  readonly reason: string;
}

function adjusted(
  contribution: Contribution,
  input: Adjustment,
  facts: DecisionFacts,
): Result<Contribution, AdjustRefusal> {
  let next = contribution;
  if (input.quantity !== null && input.quantity !== undefined) {
    const quantity = parseQuantity(input.quantity, contribution.kind, facts.digits);
    if (!quantity.ok) return refuse({ ...quantity.refusal, field: 'quantity' });
    next = {
      ...next,
      quantity: quantity.value,
      originalQuantity: contribution.originalQuantity ?? contribution.quantity.amount,
    };
  }
  if (input.value !== null && input.value !== undefined) {
    const value = parseMoney(input.value, facts.digits);
    if (!value.ok || value.value < 0n)
      return refuse({ code: 'NOT_AN_AMOUNT', field: 'value', text: input.value.slice(0, 64) });
    next = {
      ...next,
      valueMinor: value.value,
      originalValueMinor: contribution.originalValueMinor ?? contribution.valueMinor,
    };
  }
  const same =
    isSameQuantity(next.quantity, contribution.quantity) && next.valueMinor === contribution.valueMinor;
  return same ? refuse({ code: 'NOTHING_ADJUSTED' }) : accept(next);
}

/**
 * Approves with another quantity or value; the original stays beside it and earlier signatures no longer count.
 * Refusals in order: those of `decisionRefusal`, REASON_REQUIRED, the quantity's, NOT_AN_AMOUNT,
 * NOTHING_ADJUSTED, the period's, the valuation's.
 */
export function adjust(
  contribution: Contribution,
  input: Adjustment,
  facts: DecisionFacts,
): Result<Change, AdjustRefusal> {
  const refusal = decisionRefusal('contribution.adjust', contribution, facts.signatures, facts.setting);
  if (refusal !== null) return refuse(refusal);
  const reason = input.reason.trim();
  if (reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
  const next = adjusted(contribution, input, facts);
  if (!next.ok) return next;
  const closed = periodRefusal(contribution, facts);
  if (closed !== null) return refuse(closed);
  const step: StepDraft = {
    act: 'adjusted',
    reason,
    facts: {
      quantityBefore: formatQuantity(contribution.quantity),
      quantity: formatQuantity(next.value.quantity),
      valueBeforeMinor: contribution.valueMinor === null ? null : String(contribution.valueMinor),
    },
  };
  return sign(next.value, facts, [step]);
}

const MAX_TEXT = 4_000;

function readText<Field extends TextRequired['field']>(
  text: string,
  field: Field,
): Result<string, { code: 'TEXT_REQUIRED'; field: Field } | TooLong> {
  const body = text.trim();
  if (body === '') return refuse({ code: 'TEXT_REQUIRED', field });
  return body.length > MAX_TEXT ? refuse({ code: 'TEXT_TOO_LONG', most: MAX_TEXT }) : accept(body);
}

/** Asks the author; the contribution waits for the answer. Refuses as `decisionRefusal`, then TEXT_REQUIRED, TEXT_TOO_LONG. */
export function ask(
  contribution: Contribution,
  question: string,
  facts: Pick<DecisionFacts, 'setting' | 'signatures'>,
): Result<Change, DecisionRefusal | TextRequired | TooLong> {
  const refusal = decisionRefusal('contribution.ask', contribution, facts.signatures, facts.setting);
  if (refusal !== null) return refuse(refusal);
  const body = readText(question, 'question');
  if (!body.ok) return body;
  return accept(
    advance(
      contribution,
      facts.setting.now,
      {},
      [{ act: 'asked', to: 'clarification', reason: body.value.slice(0, 500) }],
      {
        comment: { kind: 'question', body: body.value },
        announcements: [{ type: 'clarification', open: true }],
      },
    ),
  );
}

type Forbidden = { readonly code: 'FORBIDDEN'; readonly act: string };

/** The author answers; the contribution waits for its reviewers again. Refuses FORBIDDEN, WRONG_STATE, TEXT_REQUIRED. */
export function answer(
  contribution: Contribution,
  text: string,
  actor: Actor,
  now: Date,
): Result<Change, Forbidden | WrongState | TextRequired | TooLong> {
  if (!isAuthor(actor, contribution)) return refuse({ code: 'FORBIDDEN', act: 'contribution.answer' });
  const state = wrongState(contribution, 'clarification');
  if (state !== null) return refuse(state);
  const body = readText(text, 'answer');
  if (!body.ok) return body;
  return accept(
    advance(contribution, now, {}, [{ act: 'answered', to: 'submitted' }], {
      comment: { kind: 'answer', body: body.value },
      announcements: [{ type: 'clarification', open: false }],
    }),
  );
}

/** A remark in the thread, by anybody who may see it; changes nothing else. Refuses FORBIDDEN, TEXT_REQUIRED. */
export function comment(
  contribution: Contribution,
  text: string,
  actor: Actor,
  now: Date,
): Result<Change, Forbidden | TextRequired | TooLong> {
  if (!maySee(actor, contribution)) return refuse({ code: 'FORBIDDEN', act: 'contribution.comment' });
  const body = readText(text, 'body');
  if (!body.ok) return body;
  return accept(advance(contribution, now, {}, [], { comment: { kind: 'comment', body: body.value } }));
}

/** Rejects with a reason; the contribution stays, readable, for ever. Refuses as `decisionRefusal`, then REASON_REQUIRED. */
export function reject(
  contribution: Contribution,
  why: string,
  facts: Pick<DecisionFacts, 'setting' | 'signatures'>,
): Result<Change, DecisionRefusal | ReasonRequired> {
  const refusal = decisionRefusal('contribution.reject', contribution, facts.signatures, facts.setting);
  if (refusal !== null) return refuse(refusal);
  const reason = why.trim();
  if (reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
  return accept(
    advance(contribution, facts.setting.now, {}, [{ act: 'rejected', to: 'rejected', reason }], {
      announcements: [{ type: 'rejected', reason }],
    }),
  );
}

/** Nobody is asked any more; what was ended before stays as it ended. */
function peersDismissed({ peerState }: Contribution): Partial<Contribution> {
  return peerState === 'open' ? { peerState: null, peersUntil: null } : {};
}

/** The author takes it back before it is approved. Refuses FORBIDDEN, WRONG_STATE. */
export function withdraw(
  contribution: Contribution,
  actor: Actor,
  now: Date,
): Result<Change, Forbidden | WrongState> {
  if (!isAuthor(actor, contribution)) return refuse({ code: 'FORBIDDEN', act: 'contribution.withdraw' });
  if (!isUndecided(contribution.status)) {
    return refuse({
      code: 'WRONG_STATE',
      status: contribution.status,
      allowed: ['draft', 'submitted', 'clarification'],
    });
  }
  const wasSubmitted = contribution.status !== 'draft';
  return accept(
    advance(contribution, now, peersDismissed(contribution), [{ act: 'withdrawn', to: 'withdrawn' }], {
      announcements: wasSubmitted ? [{ type: 'withdrawn' }] : [],
    }),
  );
}
