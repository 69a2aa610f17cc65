// After a value is set: its member may dispute it while the period is open, a reviewer or administrator settles
// it, and an administrator may override a value with a second person's agreement.
import type { Actor, OverRoleLimit, Result } from '@habitat/kernel';
import {
  accept,
  isOwn,
  isSamePerson,
  may,
  maySecond,
  overRoleLimit,
  parseMoney,
  refuse,
} from '@habitat/kernel';
import { isAuthor, mayResolve } from '../approval/access.ts';
import type { ReasonRequired } from '../approval/decision.ts';
import type {
  Announcement,
  Change,
  Contribution,
  StepDraft,
  WrongState,
} from '../contribution/contribution.ts';
import { advance, valuedFields, wrongState } from '../contribution/contribution.ts';
import type { WorkFacts } from '../contribution/logging.ts';
import { valueContent } from '../contribution/logging.ts';
import type { ValuationRefusal } from '../valuation/valuation.ts';

type Forbidden = { readonly code: 'FORBIDDEN'; readonly act: string };
type PeriodNotOpen = { readonly code: 'PERIOD_NOT_OPEN'; readonly period: string; readonly status: string };
type Own = { readonly code: 'OWN_CONTRIBUTION' };
type NotAnAmount = { readonly code: 'NOT_AN_AMOUNT'; readonly field: 'value'; readonly text: string };

export type DisputeRefusal = Forbidden | WrongState | PeriodNotOpen | ReasonRequired;
export type ResolveRefusal =
  | Forbidden
  | Own
  | WrongState
  | PeriodNotOpen
  | ReasonRequired
  | NotAnAmount
  | OverRoleLimit
  | ValuationRefusal;
export type OverrideRefusal =
  | ResolveRefusal
  | { readonly code: 'JUSTIFICATION_REQUIRED'; readonly field: 'justification' }
  | { readonly code: 'OVERRIDE_OPEN' };
export type ConfirmRefusal =
  | Forbidden
  | Own
  | WrongState
  | PeriodNotOpen
  | ValuationRefusal
  | { readonly code: 'SECOND_PERSON_REQUIRED' }
  | OverRoleLimit
  | { readonly code: 'NO_OVERRIDE_OPEN' };

function notOpen(facts: WorkFacts): PeriodNotOpen | null {
  const { period } = facts;
  if (period === null || period.status === 'open') return null;
  return { code: 'PERIOD_NOT_OPEN', period: period.name, status: period.status };
}

/** A dispute raised in time is settled while its period closes too: the close waits for it. */
function tooLateToSettle(facts: WorkFacts): PeriodNotOpen | null {
  return facts.period?.status === 'closing' ? null : notOpen(facts);
}

/** Refusals in order: FORBIDDEN (only its member disputes), WRONG_STATE, PERIOD_NOT_OPEN, REASON_REQUIRED. */
export function dispute(
  contribution: Contribution,
  why: string,
  actor: Actor,
  now: Date,
  facts: WorkFacts,
): Result<Change, DisputeRefusal> {
  if (!isOwn(actor, contribution.memberId) || !may(actor, 'contribution.dispute')) {
    return refuse({ code: 'FORBIDDEN', act: 'contribution.dispute' });
  }
  const state = wrongState(contribution, 'valued', 'applied');
  if (state !== null) return refuse(state);
  const closed = notOpen(facts);
  if (closed !== null) return refuse(closed);
  const reason = why.trim();
  if (reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
  return accept(
    advance(contribution, now, {}, [{ act: 'disputed', to: 'disputed', reason }], {
      announcements: [{ type: 'disputed', reason }],
    }),
  );
}

/** The next state once a value is settled: the ledger posts the difference, then the contribution is applied again. */
function settle(
  contribution: Contribution,
  valueMinor: bigint,
  reason: string,
  step: 'resolved' | 'overridden',
  now: Date,
  facts: WorkFacts,
): Result<Change, ValuationRefusal> {
  const valuation = valueContent(contribution, facts, valueMinor);
  if (!valuation.ok) return valuation;
  const previous = {
    previousValueMinor: contribution.valueMinor ?? 0n,
    previousTaxMinor: contribution.taxMinor ?? 0n,
  };
  const fields = {
    ...valuedFields(valuation.value),
    treatment: contribution.treatment,
    patronageCategory: contribution.patronageCategory,
  };
  const changed =
    valuation.value.valueMinor !== contribution.valueMinor ||
    valuation.value.taxMinor !== contribution.taxMinor;
  const steps: StepDraft[] = [
    {
      act: step,
      to: 'resolved',
      reason,
      facts: {
        valueBeforeMinor: String(previous.previousValueMinor),
        taxBeforeMinor: String(previous.previousTaxMinor),
        valueMinor: String(valuation.value.valueMinor),
      },
    },
  ];
  const announcements: Announcement[] = [{ type: 'resolved', reason, ...previous }];
  // Nothing is left to post: what is in the ledger already stays as it is.
  if (!changed && contribution.postedAt !== null) {
    steps.push({ act: 'applied', to: 'applied' });
    announcements.push({ type: 'applied' });
  }
  const original = changed
    ? { originalValueMinor: contribution.originalValueMinor ?? contribution.valueMinor }
    : {};
  const kept = changed ? fields : {};
  return accept(
    advance(contribution, now, { ...kept, ...original, postingProblem: null }, steps, { announcements }),
  );
}

/**
 * Settles a dispute with the same value (none given) or another. Refusals in order: FORBIDDEN, OWN_CONTRIBUTION,
 * WRONG_STATE, PERIOD_NOT_OPEN, REASON_REQUIRED, NOT_AN_AMOUNT, OVER_ROLE_LIMIT, the valuation's.
 */
export function resolve(
  contribution: Contribution,
  input: { readonly value?: string | null | undefined; readonly reason: string },
  actor: Actor,
  now: Date,
  facts: WorkFacts,
): Result<Change, ResolveRefusal> {
  if (!mayResolve(actor)) return refuse({ code: 'FORBIDDEN', act: 'contribution.resolve_dispute' });
  if (isAuthor(actor, contribution)) return refuse({ code: 'OWN_CONTRIBUTION' });
  const state = wrongState(contribution, 'disputed');
  if (state !== null) return refuse(state);
  const closed = tooLateToSettle(facts);
  if (closed !== null) return refuse(closed);
  const reason = input.reason.trim();
  if (reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
  const value = readValue(input.value ?? null, contribution, facts);
  if (!value.ok) return value;
  const over = overRoleLimit(actor, 'contribution.resolve_dispute', value.value, ['administrator']);
  if (over !== null) return refuse(over);
  return settle(contribution, value.value, reason, 'resolved', now, facts);
}

function readValue(
  text: string | null,
  contribution: Contribution,
  facts: WorkFacts,
): Result<bigint, NotAnAmount> {
  if (text === null) return accept(contribution.valueMinor ?? 0n);
  const value = parseMoney(text, facts.digits);
  return value.ok && value.value >= 0n
    ? value
    : refuse({ code: 'NOT_AN_AMOUNT', field: 'value', text: text.slice(0, 64) });
}

const OVERRIDABLE = ['valued', 'applied', 'disputed', 'resolved'] as const;

/**
 * An administrator asks for another value; nothing changes until a second person confirms. Refusals in order:
 * FORBIDDEN, OWN_CONTRIBUTION, WRONG_STATE, PERIOD_NOT_OPEN, JUSTIFICATION_REQUIRED, NOT_AN_AMOUNT, OVER_ROLE_LIMIT,
 * OVERRIDE_OPEN.
 */
export function requestOverride(
  contribution: Contribution,
  input: { readonly value: string; readonly justification: string },
  actor: Actor,
  now: Date,
  facts: WorkFacts,
  isOneOpen: boolean,
): Result<{ change: Change; valueMinor: bigint }, OverrideRefusal> {
  if (actor.kind !== 'person' || actor.memberId === null || !may(actor, 'valuation.override')) {
    return refuse({ code: 'FORBIDDEN', act: 'valuation.override' });
  }
  if (isAuthor(actor, contribution)) return refuse({ code: 'OWN_CONTRIBUTION' });
  const state = wrongState(contribution, ...OVERRIDABLE);
  if (state !== null) return refuse(state);
  const closed = notOpen(facts);
  if (closed !== null) return refuse(closed);
  const justification = input.justification.trim();
  if (justification === '') return refuse({ code: 'JUSTIFICATION_REQUIRED', field: 'justification' });
  const value = readValue(input.value, contribution, facts);
  if (!value.ok) return value;
  const over = overRoleLimit(actor, 'valuation.override', value.value);
  if (over !== null) return refuse(over);
  if (isOneOpen) return refuse({ code: 'OVERRIDE_OPEN' });
  const step: StepDraft = {
    act: 'override_requested',
    reason: justification,
    facts: { valueMinor: String(value.value) },
  };
  return accept({ change: advance(contribution, now, {}, [step]), valueMinor: value.value });
}

interface AskedOverride {
  readonly valueMinor: bigint;
  readonly requestedBy: Actor;
}

type Barred = Own | OverRoleLimit | { readonly code: 'SECOND_PERSON_REQUIRED' };

function barredFromConfirming(
  contribution: Contribution,
  { valueMinor, requestedBy }: AskedOverride,
  actor: Actor,
): Barred | null {
  if (isAuthor(actor, contribution)) return { code: 'OWN_CONTRIBUTION' };
  if (actor.memberId === null || !maySecond(actor, 'valuation.override', requestedBy))
    return { code: 'SECOND_PERSON_REQUIRED' };
  return overRoleLimit(actor, 'valuation.override', valueMinor);
}

/** What the actor may do with an override that waits; a no from who asked is taking it back. */
export function overrideRights(contribution: Contribution, asked: AskedOverride, actor: Actor) {
  const own = actor.kind === 'person' && isSamePerson(actor, asked.requestedBy);
  return {
    own,
    mayConfirm: barredFromConfirming(contribution, asked, actor) === null,
    mayDecline: own || mayDeclineOverride(actor, asked.requestedBy, contribution.memberId),
  };
}

/** Whoever might agree may say no as well, but for the member whose value it is. */
export function mayDeclineOverride(actor: Actor, requestedBy: Actor, memberId: string): boolean {
  return !isOwn(actor, memberId) && maySecond(actor, 'valuation.override', requestedBy);
}

/**
 * The second person agrees: another administrator or a reviewer, neither its author nor who asked. Refusals in
 * order: NO_OVERRIDE_OPEN (before), OWN_CONTRIBUTION, SECOND_PERSON_REQUIRED, OVER_ROLE_LIMIT, WRONG_STATE,
 * PERIOD_NOT_OPEN.
 */
export function confirmOverride(
  contribution: Contribution,
  request: AskedOverride & { readonly justification: string },
  actor: Actor,
  now: Date,
  facts: WorkFacts,
): Result<Change, ConfirmRefusal> {
  const barred = barredFromConfirming(contribution, request, actor);
  if (barred !== null) return refuse(barred);
  const state = wrongState(contribution, ...OVERRIDABLE);
  if (state !== null) return refuse(state);
  const closed = notOpen(facts);
  if (closed !== null) return refuse(closed);
  return settle(contribution, request.valueMinor, request.justification, 'overridden', now, facts);
}
