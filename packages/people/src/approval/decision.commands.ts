// Reviewers' acts on contributions. Each locks first and only then reads signatures, rules and roles, so that two
// reviewers at once never both count as the first.
import type { CommandContext, Database, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import { announce } from '../contribution/announce.ts';
import type { Logged, NotFound } from '../contribution/command-facts.ts';
import { decideOne, isUuid, spanOf } from '../contribution/command-facts.ts';
import type { Change, Contribution } from '../contribution/contribution.ts';
import { lockContributions, updateContributions } from '../contribution/contribution.store.ts';
import type { Setting } from '../contribution/setting.store.ts';
import { loadSetting, policyOn, workFactsOn } from '../contribution/setting.store.ts';
import type { DecisionSetting } from './access.ts';
import { maySee } from './access.ts';
import type { Adjustment, AdjustRefusal, ApproveRefusal, DecisionFacts } from './decision.ts';
import { adjust, answer, approve, ask, comment, reject } from './decision.ts';

/** The setting of deciding, as the pure rules take it. */
export function decisionSetting(tx: Pick<Transaction, 'actor' | 'now'>, setting: Setting): DecisionSetting {
  return {
    actor: tx.actor,
    now: tx.now,
    timeZone: setting.cooperative.timeZone,
    policy: policyOn(setting, 'approval', setting.today),
    reviewers: setting.reviewers,
    absences: setting.absences,
  };
}

/** The setting for contributions locked before. */
async function settingFor(tx: Transaction, contributions: readonly Contribution[]): Promise<Setting> {
  return loadSetting(tx, {
    kinds: contributions.map((contribution) => contribution.kind),
    memberIds: contributions.map((contribution) => contribution.memberId),
    contributionIds: contributions.map((contribution) => contribution.contributionId),
    ...spanOf(contributions.map((contribution) => contribution.workedOn)),
  });
}

function factsOf(tx: Transaction, setting: Setting, contribution: Contribution): DecisionFacts {
  const decided = decisionSetting(tx, setting);
  tx.judgedBy('approval', decided.policy.version);
  return {
    ...workFactsOn(setting, contribution.workedOn),
    setting: decided,
    signatures: setting.signatures.get(contribution.contributionId) ?? [],
  };
}

/** One contribution decided by a rule that needs the facts of reviewers. */
function reviewOne<Refusal>(
  tx: Transaction,
  contributionId: string,
  rule: (contribution: Contribution, facts: DecisionFacts) => Result<Change, Refusal>,
): Promise<Result<Logged, Refusal | NotFound>> {
  const read = async (found: Contribution) => factsOf(tx, await settingFor(tx, [found]), found);
  return decideOne(tx, contributionId, read, rule);
}

/** Approves one contribution (inner form, for handlers and bulk scripts). */
function approveContributionIn(
  tx: Transaction,
  contributionId: string,
): Promise<Result<Logged, ApproveRefusal | NotFound>> {
  return reviewOne(tx, contributionId, approve);
}

/**
 * Approves a contribution; the last signature needed values it in the same command. Refusals in order:
 * CONTRIBUTION_NOT_FOUND, FORBIDDEN, OWN_CONTRIBUTION, LOGGED_BY_YOU, OUTSIDE_SCOPE, OVER_LIMIT, WRONG_STATE,
 * ALREADY_SIGNED, NOT_YOUR_TURN, PERIOD_NOT_FOUND, PERIOD_NOT_OPEN, the valuation's.
 */
export async function approveContribution(
  database: Database,
  context: CommandContext,
  input: { readonly contributionId: string },
) {
  return runCommand<Logged, ApproveRefusal | NotFound>(
    database,
    'people',
    context,
    { name: 'approveContribution', input },
    (tx) => approveContributionIn(tx, input.contributionId),
  );
}

export type BulkResult = {
  readonly contributionId: string;
  readonly ok: boolean;
  /** Refusal code when not ok. */
  readonly reason: string | null;
};
export type BulkRefusal = { readonly code: 'TOO_MANY'; readonly most: number };

const MOST_AT_ONCE = 5_000;

/** Approves many, each by itself: what may be approved is, the rest is reported with its reason. */
async function approveContributionsIn(
  tx: Transaction,
  contributionIds: readonly string[],
): Promise<BulkResult[]> {
  const ids = [...new Set(contributionIds.map((id) => id.toLowerCase()))];
  const locked = await lockContributions(tx, ids.filter(isUuid));
  const setting = await settingFor(tx, [...locked.values()]);
  const changes: Change[] = [];
  const results = ids.map((contributionId): BulkResult => {
    const contribution = locked.get(contributionId);
    if (contribution === undefined || !maySee(tx.actor, contribution)) {
      return { contributionId, ok: false, reason: 'CONTRIBUTION_NOT_FOUND' };
    }
    const change = approve(contribution, factsOf(tx, setting, contribution));
    if (!change.ok) return { contributionId, ok: false, reason: change.refusal.code };
    changes.push(change.value);
    return { contributionId, ok: true, reason: null };
  });
  for (let at = 0; at < changes.length; at += 1_000)
    await updateContributions(tx, changes.slice(at, at + 1_000));
  announce(tx, changes);
  return results;
}

/** Bulk approval with a result per item; refuses only TOO_MANY (over 5,000). */
export async function approveContributions(
  database: Database,
  context: CommandContext,
  input: { readonly contributionIds: readonly string[] },
) {
  type Answer = { readonly results: readonly BulkResult[] };
  return runCommand<Answer, BulkRefusal>(
    database,
    'people',
    context,
    { name: 'approveContributions', input },
    async (tx) => {
      if (input.contributionIds.length > MOST_AT_ONCE)
        return refuse({ code: 'TOO_MANY', most: MOST_AT_ONCE });
      return accept({ results: await approveContributionsIn(tx, input.contributionIds) });
    },
  );
}

/** Approves with another quantity or value and a reason; refusals as `adjust` says. */
export async function adjustContribution(
  database: Database,
  context: CommandContext,
  input: Adjustment & { readonly contributionId: string },
) {
  return runCommand<Logged, AdjustRefusal | NotFound>(
    database,
    'people',
    context,
    { name: 'adjustContribution', input },
    (tx) => reviewOne(tx, input.contributionId, (contribution, facts) => adjust(contribution, input, facts)),
  );
}

/** Asks the author a question; refusals as `ask` says. */
export async function askAboutContribution(
  database: Database,
  context: CommandContext,
  input: { readonly contributionId: string; readonly question: string },
) {
  return runCommand(database, 'people', context, { name: 'askAboutContribution', input }, (tx) =>
    reviewOne(tx, input.contributionId, (contribution, facts) => ask(contribution, input.question, facts)),
  );
}

/** Rejects with a reason; refusals as `reject` says. */
export async function rejectContribution(
  database: Database,
  context: CommandContext,
  input: { readonly contributionId: string; readonly reason: string },
) {
  return runCommand(database, 'people', context, { name: 'rejectContribution', input }, (tx) =>
    reviewOne(tx, input.contributionId, (contribution, facts) => reject(contribution, input.reason, facts)),
  );
}

/** One contribution changed by a rule that needs no facts besides it. */
function changeOne<Refusal>(
  tx: Transaction,
  contributionId: string,
  rule: (contribution: Contribution) => Result<Change, Refusal>,
): Promise<Result<Logged, Refusal | NotFound>> {
  return decideOne(tx, contributionId, async () => null, rule);
}

/** The author's answer to a question; refusals as `answer` says. */
export async function answerQuestion(
  database: Database,
  context: CommandContext,
  input: { readonly contributionId: string; readonly answer: string },
) {
  return runCommand(database, 'people', context, { name: 'answerQuestion', input }, (tx) =>
    changeOne(tx, input.contributionId, (contribution) =>
      answer(contribution, input.answer, tx.actor, tx.now),
    ),
  );
}

/** A remark in the thread; refusals as `comment` says. */
export async function commentOnContribution(
  database: Database,
  context: CommandContext,
  input: { readonly contributionId: string; readonly body: string },
) {
  return runCommand(database, 'people', context, { name: 'commentOnContribution', input }, (tx) =>
    changeOne(tx, input.contributionId, (contribution) =>
      comment(contribution, input.body, tx.actor, tx.now),
    ),
  );
}
