// The author's further acts: editing, submitting a draft, taking it back; and the reviewer who lets a late one in.
import type { CommandContext, Database } from '@habitat/database';
import { runCommand } from '@habitat/database';
import { accept, refuse } from '@habitat/kernel';
import { isAuthor } from '../approval/access.ts';
import { withdraw } from '../approval/decision.ts';
import type { AttachRefusal, WithFiles } from '../evidence/evidence.ts';
import { attachEvidence } from '../evidence/evidence.store.ts';
import type { Forbidden, Logged, NotFound } from './command-facts.ts';
import { factsFor, lockOne, saveOne, submitFacts } from './command-facts.ts';
import type { Contribution, WrongState } from './contribution.ts';
import { advance, isUndecided, wrongState } from './contribution.ts';
import type { ContentInput, ContentRefusal } from './draft.ts';
import { readContent, withFormFaults } from './draft.ts';
import type { SubmitRefusal } from './logging.ts';
import { editStep, mayOverrideLate, newDraft, submit } from './logging.ts';

/** Files are added to those the contribution has: what was attached stays. */
export interface EditInput extends ContentInput, WithFiles {
  readonly contributionId: string;
}
export type EditRefusal = NotFound | Forbidden | WrongState | AttachRefusal | ContentRefusal | SubmitRefusal;

/**
 * Changes an undecided contribution. What was signed before counts no more, because it was given to something
 * else. Refusals in order: CONTRIBUTION_NOT_FOUND, FORBIDDEN, WRONG_STATE, attaching's, the
 * content's, submitting's.
 */
export async function editContribution(database: Database, context: CommandContext, input: EditInput) {
  return runCommand<Logged, EditRefusal>(
    database,
    'people',
    context,
    { name: 'editContribution', input },
    async (tx) => {
      const found = await lockOne(tx, input.contributionId);
      if (!found.ok) return found;
      const before = found.value;
      if (!isAuthor(tx.actor, before)) return refuse({ code: 'FORBIDDEN', act: 'contribution.edit' });
      if (!isUndecided(before.status))
        return refuse({
          code: 'WRONG_STATE',
          status: before.status,
          allowed: ['draft', 'submitted', 'clarification'],
        });
      const attached = await attachEvidence(tx, before, input.evidenceFiles ?? []);
      if (!attached.ok) return attached;
      const { setting, weeks } = await factsFor(tx, before, [input.workedOn], [input.kind]);
      const content = readContent(input, setting.cooperative.currencyDigits, setting.today);
      if (!content.ok) {
        const kept = { ...input, submit: before.status !== 'draft' };
        return withFormFaults(content.refusal, kept, before.memberId, setting);
      }
      const facts = submitFacts(tx, setting, content.value, before.memberId, weeks);
      const fresh = newDraft(before, content.value, facts, tx.now);
      const { valueMinor, taxMinor, treatment, patronageCategory, ruleId, ruleVersion, rate, periodId } =
        fresh;
      const after: Contribution = {
        ...before,
        ...content.value,
        valueMinor,
        taxMinor,
        treatment,
        patronageCategory,
        ruleId,
        ruleVersion,
        rate,
        periodId,
        originalQuantity: null,
        originalValueMinor: null,
        round: before.round + (before.status === 'draft' ? 0 : 1),
      };
      if (before.status === 'draft')
        return accept(await saveOne(tx, advance(after, tx.now, {}, [editStep(before, after)])));
      // An override was given for one day; another day needs its own.
      const sameDay = before.workedOn === after.workedOn;
      const late = sameDay ? {} : { late: false, lateReason: null, lateOverrideBy: null };
      const change = submit({ ...after, ...late }, { ...facts, autoRules: [] }, [
        { ...editStep(before, after), to: before.status },
      ]);
      if (!change.ok) return change;
      const { submittedAt } = before;
      const waiting = { ...change.value.contribution, submittedAt };
      return accept(await saveOne(tx, { ...change.value, contribution: waiting }));
    },
  );
}

export type AttachEvidenceRefusal = NotFound | Forbidden | WrongState | AttachRefusal;

/**
 * Adds files to an undecided contribution, which its history tells; what it says and its signatures stay. Refusals in
 * order: CONTRIBUTION_NOT_FOUND, FORBIDDEN, WRONG_STATE, attaching's.
 */
export async function attachEvidenceFiles(
  database: Database,
  context: CommandContext,
  input: { readonly contributionId: string; readonly evidenceFiles: readonly string[] },
) {
  return runCommand<Logged, AttachEvidenceRefusal>(
    database,
    'people',
    context,
    { name: 'attachEvidence', input },
    async (tx) => {
      const found = await lockOne(tx, input.contributionId);
      if (!found.ok) return found;
      if (!isAuthor(tx.actor, found.value)) return refuse({ code: 'FORBIDDEN', act: 'contribution.edit' });
      const state = wrongState(found.value, 'draft', 'submitted', 'clarification');
      if (state !== null) return refuse(state);
      const attached = await attachEvidence(tx, found.value, input.evidenceFiles);
      if (!attached.ok) return attached;
      const step = { act: 'edited', facts: { filesAdded: input.evidenceFiles.length } } as const;
      return accept(await saveOne(tx, advance(found.value, tx.now, {}, [step])));
    },
  );
}

export type SubmitCommandRefusal = NotFound | Forbidden | WrongState | SubmitRefusal;

/** Submits a draft. Refusals in order: CONTRIBUTION_NOT_FOUND, FORBIDDEN, WRONG_STATE, submitting's. */
export async function submitContribution(
  database: Database,
  context: CommandContext,
  input: { readonly contributionId: string },
) {
  return runCommand<Logged, SubmitCommandRefusal>(
    database,
    'people',
    context,
    { name: 'submitContribution', input },
    async (tx) => {
      const found = await lockOne(tx, input.contributionId);
      if (!found.ok) return found;
      if (!isAuthor(tx.actor, found.value)) return refuse({ code: 'FORBIDDEN', act: 'contribution.submit' });
      const state = wrongState(found.value, 'draft');
      if (state !== null) return refuse(state);
      const { setting, weeks } = await factsFor(tx, found.value, [], []);
      const change = submit(found.value, submitFacts(tx, setting, found.value, found.value.memberId, weeks));
      return change.ok ? accept(await saveOne(tx, change.value)) : change;
    },
  );
}

export type AllowLateRefusal =
  | NotFound
  | Forbidden
  | { readonly code: 'REASON_REQUIRED'; readonly field: 'reason' }
  | WrongState
  | SubmitRefusal;

/**
 * A reviewer takes another's late draft all the same, which submits it. Refusals in order: CONTRIBUTION_NOT_FOUND,
 * FORBIDDEN (own work included), REASON_REQUIRED, WRONG_STATE, submitting's.
 */
export async function allowLateContribution(
  database: Database,
  context: CommandContext,
  input: { readonly contributionId: string; readonly reason: string },
) {
  return runCommand<Logged, AllowLateRefusal>(
    database,
    'people',
    context,
    { name: 'allowLateContribution', input },
    async (tx) => {
      const found = await lockOne(tx, input.contributionId);
      if (!found.ok) return found;
      if (!mayOverrideLate(tx.actor, found.value.memberId))
        return refuse({ code: 'FORBIDDEN', act: 'contribution.override_late' });
      const reason = input.reason.trim();
      if (reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
      const state = wrongState(found.value, 'draft');
      if (state !== null) return refuse(state);
      const { setting, weeks } = await factsFor(tx, found.value, [], []);
      const late: Contribution = {
        ...found.value,
        late: true,
        lateReason: reason,
        lateOverrideBy: tx.actor.memberId,
      };
      const facts = submitFacts(tx, setting, late, late.memberId, weeks);
      const change = submit(late, facts, [{ act: 'late_allowed', reason, to: 'draft' }]);
      return change.ok ? accept(await saveOne(tx, change.value)) : change;
    },
  );
}

/** Takes a contribution back before it is approved. Refusals in order: CONTRIBUTION_NOT_FOUND, FORBIDDEN, WRONG_STATE. */
export async function withdrawContribution(
  database: Database,
  context: CommandContext,
  input: { readonly contributionId: string },
) {
  return runCommand<Logged, NotFound | Forbidden | WrongState>(
    database,
    'people',
    context,
    { name: 'withdrawContribution', input },
    async (tx) => {
      const found = await lockOne(tx, input.contributionId);
      if (!found.ok) return found;
      const change = withdraw(found.value, tx.actor, tx.now);
      return change.ok ? accept(await saveOne(tx, change.value)) : change;
    },
  );
}
