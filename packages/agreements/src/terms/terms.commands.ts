// Setting terms. Weights and policies are fixed before the period they count for begins; a version that reaches
// into a period already begun needs a second person, and none reaches into a closed one.
import type { CommandContext, Database, IdempotencyConflict, Transaction } from '@habitat/database';
import { appendDeclined, runCommand } from '@habitat/database';
import type { Result, SecondPersonDays } from '@habitat/kernel';
import { accept, hasRole, isLocalDate, isPastItsTime, may, refuse, refuseAll } from '@habitat/kernel';
import { findCooperative, todayOf } from '../copies/cooperative-copy.ts';
import { isAnotherPerson, signatureOf } from '../signature.ts';
import type { Policies, TermsKind, TermsRefusal, Weights } from './terms.ts';
import { checkPolicies, checkWeights, versionFaults, withFaults } from './terms.ts';
import { findTerms, insertTerms, nextTermsVersion, termsOn } from './terms.store.ts';

/** A type alias, because an interface is no plain answer to the compiler. */
export type TermsSet = {
  readonly termsId: string;
  readonly version: number;
  /** Not in force until a second person has approved it. */
  readonly needsSecond: boolean;
};

export interface SetWeightsInput {
  /** First day it counts; the weights of a period are those in force on its first day. */
  readonly effectiveFrom: string;
  /** Positive decimals by patronage category; they need not add up to one. */
  readonly weights: Readonly<Record<string, string>>;
  readonly rationale: string;
}

/**
 * Records new weights. Refuses, in order: FORBIDDEN, REASON_REQUIRED, NOT_A_DATE, MALFORMED, NO_WEIGHTS,
 * WEIGHT_NOT_POSITIVE, NOT_READY, PERIOD_CLOSED.
 */
export async function setWeights(
  database: Database,
  context: CommandContext,
  input: SetWeightsInput,
): Promise<Result<TermsSet, TermsRefusal | IdempotencyConflict>> {
  return runCommand(
    database,
    'agreements',
    context,
    { name: 'setWeights', input },
    async (tx): Promise<Result<TermsSet, TermsRefusal>> => {
      if (!may(tx.actor, 'weight.set')) return refuse({ code: 'FORBIDDEN', act: 'weight.set' });
      const faults = versionFaults(input.effectiveFrom, input.rationale);
      const checked = withFaults(faults, checkWeights({ weights: input.weights }));
      return checked.ok ? appendTerms(tx, 'weights', checked.value, input) : checked;
    },
  );
}

export interface SetPoliciesInput {
  readonly effectiveFrom: string;
  /** What changes; the rest stays as the version in force on that day has it. */
  readonly changes: Readonly<Record<string, unknown>>;
  readonly rationale: string;
}

/**
 * Records new policies. Refuses, in order: FORBIDDEN, REASON_REQUIRED, NOT_A_DATE, NOT_READY, MALFORMED, the
 * formula's own refusals, RESERVE_NEGATIVE, PERIOD_CLOSED.
 */
export async function setPolicies(
  database: Database,
  context: CommandContext,
  input: SetPoliciesInput,
): Promise<Result<TermsSet, TermsRefusal | IdempotencyConflict>> {
  return runCommand(
    database,
    'agreements',
    context,
    { name: 'setPolicies', input },
    async (tx): Promise<Result<TermsSet, TermsRefusal>> => {
      if (!may(tx.actor, 'policy.manage')) return refuse({ code: 'FORBIDDEN', act: 'policy.manage' });
      const faults = versionFaults(input.effectiveFrom, input.rationale);
      const [first, ...others] = faults;
      if (first !== undefined && !isLocalDate(input.effectiveFrom)) return refuseAll(first, others);
      const checked = withFaults(faults, await changedPolicies(tx, input.effectiveFrom, input.changes));
      return checked.ok ? appendTerms(tx, 'policies', checked.value, input) : checked;
    },
  );
}

/** Terms saved together: weights, policies or both from the same day, for the same reason. */
export interface ProposeTermsInput {
  readonly effectiveFrom: string;
  readonly weights?: Readonly<Record<string, string>> | null;
  readonly changes?: Readonly<Record<string, unknown>> | null;
  readonly rationale: string;
}

export type TermsProposed = { readonly weights: TermsSet | null; readonly policies: TermsSet | null };

/**
 * Saves weights and changed policies in one act: both or neither. Refuses, in order: FORBIDDEN, REASON_REQUIRED,
 * NOT_A_DATE, NOTHING_PROPOSED, then what `setWeights` and `setPolicies` refuse.
 */
export async function proposeTerms(
  database: Database,
  context: CommandContext,
  input: ProposeTermsInput,
): Promise<Result<TermsProposed, TermsRefusal | IdempotencyConflict>> {
  return runCommand(
    database,
    'agreements',
    context,
    { name: 'proposeTerms', input },
    async (tx): Promise<Result<TermsProposed, TermsRefusal>> => {
      if (!may(tx.actor, 'weight.set')) return refuse({ code: 'FORBIDDEN', act: 'weight.set' });
      if (!may(tx.actor, 'policy.manage')) return refuse({ code: 'FORBIDDEN', act: 'policy.manage' });
      const [fault, ...others] = versionFaults(input.effectiveFrom, input.rationale);
      if (fault !== undefined) return refuseAll(fault, others);
      const changes = Object.keys(input.changes ?? {}).length === 0 ? null : input.changes;
      if (input.weights == null && changes == null) return refuse({ code: 'NOTHING_PROPOSED' });
      const weights = input.weights == null ? null : checkWeights({ weights: input.weights });
      if (weights?.ok === false) return weights;
      const policies = changes == null ? null : await changedPolicies(tx, input.effectiveFrom, changes);
      if (policies?.ok === false) return policies;
      const setWeightsTo = weights === null ? null : await appendTerms(tx, 'weights', weights.value, input);
      if (setWeightsTo?.ok === false) return setWeightsTo;
      const setPoliciesTo =
        policies === null ? null : await appendTerms(tx, 'policies', policies.value, input);
      if (setPoliciesTo?.ok === false) return setPoliciesTo;
      return accept({ weights: setWeightsTo?.value ?? null, policies: setPoliciesTo?.value ?? null });
    },
  );
}

async function changedPolicies(
  tx: Transaction,
  effectiveFrom: string,
  changes: Readonly<Record<string, unknown>>,
): Promise<Result<Policies, TermsRefusal>> {
  const before = await termsOn(tx, tx.cooperativeId, 'policies', effectiveFrom);
  return before === null ? refuse({ code: 'NOT_READY' }) : checkPolicies({ ...before.document, ...changes });
}

async function appendTerms(
  tx: Transaction,
  kind: TermsKind,
  document: Weights | Policies,
  input: { readonly effectiveFrom: string; readonly rationale: string },
): Promise<Result<TermsSet, TermsRefusal>> {
  const cooperative = await findCooperative(tx, tx.cooperativeId);
  if (cooperative === null) return refuse({ code: 'NOT_READY' });
  const version = await nextTermsVersion(tx, kind);
  const [closed] = await tx.query<{ name: string }>(
    `select name from agreements.period where cooperative_id = $1 and status in ('closed', 'locked') and starts_on >= $2
     order by starts_on desc limit 1`,
    [tx.cooperativeId, input.effectiveFrom],
  );
  if (closed !== undefined) return refuse({ code: 'PERIOD_CLOSED', periodName: closed.name });
  const needsSecond = input.effectiveFrom <= todayOf(cooperative, tx.now);
  const termsId = await insertTerms(tx, {
    kind,
    version,
    effectiveFrom: input.effectiveFrom,
    document,
    rationale: input.rationale.trim(),
    needsSecond,
  });
  return accept({ termsId, version, needsSecond });
}

export type TermsDecided = { readonly termsId: string };

export interface DecideTermsInput extends SecondPersonDays {
  readonly termsId: string;
  readonly outcome: 'approved' | 'declined';
  /** Needed to decline. */
  readonly reason?: string | null;
}

/**
 * A second person's word on terms that reach into a running period: another administrator or a board member. Whoever set
 * them takes them back by declining; a no is taken also once the period has closed. Refuses, in order: FORBIDDEN,
 * TERMS_NOT_FOUND, NOTHING_TO_DECIDE, SAME_PERSON, REASON_REQUIRED, PERIOD_CLOSED.
 */
export async function decideTerms(
  database: Database,
  context: CommandContext,
  input: DecideTermsInput,
): Promise<Result<TermsDecided, TermsRefusal | IdempotencyConflict>> {
  const { secondPersonDays, ...asked } = input;
  return runCommand(
    database,
    'agreements',
    context,
    { name: 'decideTerms', input: asked },
    async (tx): Promise<Result<TermsDecided, TermsRefusal>> => {
      const mayDecide = hasRole(tx.actor, 'administrator', 'board_member');
      const forbidden = refuse({ code: 'FORBIDDEN', act: 'weight.set' } as const);
      if (!mayDecide && input.outcome === 'approved') return forbidden;
      await nextTermsVersion(tx, 'weights');
      const terms = await findTerms(tx, tx.cooperativeId, input.termsId);
      if (terms === null) return mayDecide ? refuse({ code: 'TERMS_NOT_FOUND' }) : forbidden;
      const own = !isAnotherPerson(tx.actor, { loginId: terms.byLoginId, memberId: terms.byMemberId });
      if (!mayDecide && !own) return forbidden;
      const approved = input.outcome === 'approved';
      const late = approved && isPastItsTime(terms.recordedAt, secondPersonDays, tx.now);
      if (!terms.needsSecond || terms.outcome !== null || late) return refuse({ code: 'NOTHING_TO_DECIDE' });
      if (own && approved) return refuse({ code: 'SAME_PERSON' });
      const reason = input.reason?.trim() ?? '';
      if (!approved && reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
      if (approved && terms.closedPeriod !== null)
        return refuse({ code: 'PERIOD_CLOSED', periodName: terms.closedPeriod });
      const { loginId, memberId } = signatureOf(tx.actor);
      await tx.query(
        `insert into agreements.terms_decision (cooperative_id, terms_id, outcome, reason, by_login_id, by_member_id, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
        [tx.cooperativeId, terms.id, input.outcome, reason === '' ? null : reason, loginId, memberId, tx.now],
      );
      const asked = terms.kind === 'weights' ? 'setWeights' : 'setPolicies';
      if (!approved && !own)
        appendDeclined(tx, { requestId: terms.id, asked, askedBy: terms.byMemberId, reason });
      return accept({ termsId: terms.id });
    },
  );
}
