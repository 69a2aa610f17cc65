// Logging contributions, the busiest act of the platform: one query
// for the facts, one write, one for events, whether one contribution comes or thousands.
import type { CommandContext, Database, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { Decimal, Result } from '@habitat/kernel';
import { accept, addDecimal, may, newId, refuse } from '@habitat/kernel';
import type { AttachRefusal, WithFiles } from '../evidence/evidence.ts';
import { attachEvidence } from '../evidence/evidence.store.ts';
import { announce } from './announce.ts';
import type { Forbidden, Logged, WeekSums } from './command-facts.ts';
import { autoApprovedWeeks, isUuid, kindsOf, NONE, spanOf, submitFacts, weekKey } from './command-facts.ts';
import type { Change, Contribution } from './contribution.ts';
import { insertContributions } from './contribution.store.ts';
import type { ContentInput, ContentRefusal } from './draft.ts';
import { readContent, withFormFaults } from './draft.ts';
import type { SubmitRefusal } from './logging.ts';
import { keepDraft, mayOverrideLate, newDraft, submit } from './logging.ts';
import type { Setting } from './setting.store.ts';
import { loadSetting } from './setting.store.ts';

export interface LogInput extends ContentInput {
  /** Whose work it is; the actor's own when absent. */
  readonly memberId?: string | null | undefined;
  /** Why it is logged for another. */
  readonly reason?: string | null | undefined;
  /** After the grace: a reviewer's reason for taking another's work all the same. */
  readonly lateReason?: string | null | undefined;
  /** False keeps a draft. */
  readonly submit?: boolean;
  /** Sent by a verified source; people cannot claim it. */
  readonly sourceVerified?: boolean;
}

export type LogRefusal =
  | Forbidden
  | { readonly code: 'NO_MEMBER' }
  | { readonly code: 'MEMBER_NOT_FOUND'; readonly field: 'memberId' }
  | { readonly code: 'REASON_REQUIRED'; readonly field: 'reason' }
  | ContentRefusal
  | SubmitRefusal;

/** Who may write down whose work, and why; asked before anything else. */
function authorshipOf(
  tx: Transaction,
  input: LogInput,
): Result<{ memberId: string; forAnother: boolean; reason: string | null }, LogRefusal> {
  const { actor } = tx;
  const memberId = input.memberId ?? actor.memberId;
  if (memberId === null) return refuse({ code: 'NO_MEMBER' });
  if (memberId === actor.memberId) {
    return may(actor, 'contribution.log_own')
      ? accept({ memberId, forAnother: false, reason: null })
      : refuse({ code: 'FORBIDDEN', act: 'contribution.log_own' });
  }
  const allowed = may(actor, 'contribution.log_for_another') || may(actor, 'data.import');
  if (!allowed) return refuse({ code: 'FORBIDDEN', act: 'contribution.log_for_another' });
  if (!isUuid(memberId)) return refuse({ code: 'MEMBER_NOT_FOUND', field: 'memberId' });
  const reason = input.reason?.trim() ?? '';
  return reason === ''
    ? refuse({ code: 'REASON_REQUIRED', field: 'reason' })
    : accept({ memberId, forAnother: true, reason });
}

function logOne(
  tx: Transaction,
  input: LogInput,
  setting: Setting,
  weeks: WeekSums,
): Result<Change, LogRefusal> {
  const author = authorshipOf(tx, input);
  if (!author.ok) return author;
  const { memberId, forAnother, reason } = author.value;
  if (!setting.memberStatus.has(memberId)) return refuse({ code: 'MEMBER_NOT_FOUND', field: 'memberId' });
  const content = readContent(input, setting.cooperative.currencyDigits, setting.today);
  if (!content.ok) return withFormFaults(content.refusal, input, memberId, setting);
  const facts = submitFacts(tx, setting, content.value, memberId, weeks);
  const lateReason = input.lateReason?.trim() || null;
  const overridden = forAnother && lateReason !== null && mayOverrideLate(tx.actor, memberId);
  const draft: Contribution = {
    ...newDraft(
      {
        contributionId: newId(),
        memberId,
        loggedByMemberId: forAnother ? tx.actor.memberId : null,
        loggedByLoginId: forAnother ? tx.actor.loginId : null,
        loggedForReason: reason,
        sourceVerified: input.sourceVerified === true && tx.actor.kind !== 'person',
      },
      content.value,
      facts,
      tx.now,
    ),
    late: overridden,
    lateReason: overridden ? lateReason : null,
    lateOverrideBy: overridden ? tx.actor.memberId : null,
  };
  if (input.submit === false) return accept(keepDraft(draft, tx.now));
  const change = submit(draft, facts, [{ act: 'logged', to: 'draft' }]);
  if (change.ok && change.value.contribution.autoApproved) {
    const key = weekKey(memberId, draft.kind, draft.workedOn);
    weeks.set(key, addDecimal(weeks.get(key) ?? NONE, draft.quantity.amount));
  }
  return change;
}

export type ItemRefusals<Refusal> = {
  readonly code: 'ITEMS_REFUSED';
  readonly refusals: readonly { readonly index: number; readonly refusal: Refusal }[];
};

/** What each of these would become, by the facts of all of them read once. Nothing is stored yet. */
async function decideEach(
  tx: Transaction,
  inputs: readonly LogInput[],
): Promise<Result<Change, LogRefusal>[]> {
  const memberIds = inputs
    .map((input) => input.memberId ?? tx.actor.memberId ?? '')
    .filter((id) => isUuid(id));
  const span = spanOf(inputs.map((input) => input.workedOn));
  const setting = await loadSetting(tx, {
    kinds: kindsOf(inputs.map((input) => input.kind)),
    memberIds,
    decides: false,
    ...span,
  });
  const needsWeeks = setting.autoRules.some((rule) => rule.active);
  const weeks = needsWeeks
    ? await autoApprovedWeeks(tx, [...new Set(memberIds)], span.from, span.to)
    : new Map<string, Decimal>();
  return inputs.map((input) => logOne(tx, input, setting, weeks));
}

async function store(tx: Transaction, changes: readonly Change[]): Promise<Change[]> {
  const stored: Change[] = [];
  for (let at = 0; at < changes.length; at += 1_000)
    stored.push(...(await insertContributions(tx, changes.slice(at, at + 1_000))));
  announce(tx, stored);
  return stored;
}

/** Logs many at once: all of them, or none and every fault by its index. */
export async function logContributionsIn(
  tx: Transaction,
  inputs: readonly LogInput[],
): Promise<Result<Change[], ItemRefusals<LogRefusal>>> {
  const results = await decideEach(tx, inputs);
  const refusals = results.flatMap((result, index) =>
    result.ok ? [] : [{ index, refusal: result.refusal }],
  );
  if (refusals.length > 0) return refuse({ code: 'ITEMS_REFUSED', refusals });
  return accept(
    await store(
      tx,
      results.flatMap((result) => (result.ok ? [result.value] : [])),
    ),
  );
}

export type LoggedItem = {
  readonly contributionId: string | null;
  /** Why it was not logged; null when it was. */
  readonly refusal: LogRefusal | null;
};

const MOST_ENTRIES = 200;

/**
 * Logs several, each by itself: one that is refused stops none of the others, and the answer says what became of each in
 * the order given. Refuses only TOO_MANY (over 200).
 */
export async function logEachContribution(
  database: Database,
  context: CommandContext,
  inputs: readonly LogInput[],
) {
  type Answer = { readonly results: readonly LoggedItem[] };
  return runCommand<Answer, { readonly code: 'TOO_MANY'; readonly most: number }>(
    database,
    'people',
    context,
    { name: 'logEachContribution', input: inputs },
    async (tx) => {
      if (inputs.length > MOST_ENTRIES) return refuse({ code: 'TOO_MANY', most: MOST_ENTRIES });
      const decided = await decideEach(tx, inputs);
      const changes = decided.flatMap((result) => (result.ok ? [result.value] : []));
      if (changes.length > 0) await store(tx, changes);
      const results = decided.map((result): LoggedItem =>
        result.ok
          ? { contributionId: result.value.contribution.contributionId, refusal: null }
          : { contributionId: null, refusal: result.refusal },
      );
      return accept({ results });
    },
  );
}

/**
 * Logs a contribution, by default submitting it at once. Refusals in order: NO_MEMBER, FORBIDDEN, REASON_REQUIRED
 * (for another), MEMBER_NOT_FOUND, the content's by field, those of submitting, then those of attaching files. Answers
 * with the new id, and with the contribution as stored unless the key was answered before.
 */
export async function logContribution(
  database: Database,
  context: CommandContext,
  input: LogInput & WithFiles,
) {
  const stored: { contribution?: Contribution } = {};
  const result = await runCommand<Logged, LogRefusal | AttachRefusal>(
    database,
    'people',
    context,
    { name: 'logContribution', input },
    async (tx) => {
      const logged = await logContributionsIn(tx, [input]);
      const [change] = logged.ok ? logged.value : [];
      if (logged.ok && change !== undefined) {
        stored.contribution = change.contribution;
        const attached = await attachEvidence(tx, change.contribution, input.evidenceFiles ?? []);
        if (!attached.ok) return attached;
        return accept({ contributionId: change.contribution.contributionId });
      }
      const [first] = logged.ok ? [] : logged.refusal.refusals;
      if (first === undefined) throw new Error('logging ended neither stored nor refused');
      return refuse(first.refusal);
    },
  );
  if (!result.ok) return result;
  const { contributionId } = result.value;
  const isIts = stored.contribution?.contributionId === contributionId;
  return accept({ contributionId, contribution: isIts ? stored.contribution : undefined });
}

/** Logs many contributions in one transaction (imports): all or none, with every fault by its index. */
export async function logContributions(
  database: Database,
  context: CommandContext,
  inputs: readonly LogInput[],
) {
  type Answer = { readonly contributionIds: readonly string[] };
  return runCommand<Answer, ItemRefusals<LogRefusal>>(
    database,
    'people',
    context,
    { name: 'logContributions', input: inputs },
    async (tx) => {
      const logged = await logContributionsIn(tx, inputs);
      return logged.ok
        ? accept({ contributionIds: logged.value.map((change) => change.contribution.contributionId) })
        : logged;
    },
  );
}
