// Disputes and overrides as commands.
import type { CommandContext, Database, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, newId, refuse } from '@habitat/kernel';
import type { ChangeRule, Logged, NotFound } from '../contribution/command-facts.ts';
import { decideOne, factsFor } from '../contribution/command-facts.ts';
import type { Contribution } from '../contribution/contribution.ts';
import type { WorkFacts } from '../contribution/logging.ts';
import { workFactsOn } from '../contribution/setting.store.ts';
import { endedAsOverdue } from '../waiting/overdue.ts';
import { expireOverrides } from '../waiting/waiting.ts';
import type { ConfirmRefusal, DisputeRefusal, OverrideRefusal, ResolveRefusal } from './dispute.ts';
import { confirmOverride, dispute, requestOverride, resolve } from './dispute.ts';
import type { OpenOverride } from './override.queries.ts';
import { selectOpenOverrides, whoAsked } from './override.queries.ts';

async function factsOf(tx: Transaction, contribution: Contribution): Promise<WorkFacts> {
  const { setting } = await factsFor(tx, contribution, [], []);
  return workFactsOn(setting, contribution.workedOn);
}

/** One contribution, whose value is in question, decided by a rule. */
function settleOne<Refusal>(
  tx: Transaction,
  contributionId: string,
  rule: ChangeRule<WorkFacts, Refusal>,
): Promise<Result<Logged, Refusal | NotFound>> {
  return decideOne(tx, contributionId, (contribution) => factsOf(tx, contribution), rule);
}

/** Its member disputes a value; refusals as `dispute` says. */
export async function disputeContribution(
  database: Database,
  context: CommandContext,
  input: { readonly contributionId: string; readonly reason: string },
) {
  return runCommand<Logged, NotFound | DisputeRefusal>(
    database,
    'people',
    context,
    { name: 'disputeContribution', input },
    (tx) =>
      settleOne(tx, input.contributionId, (contribution, facts) =>
        dispute(contribution, input.reason, tx.actor, tx.now, facts),
      ),
  );
}

/** Settles a dispute, with the same value when none is given; refusals as `resolve` says. */
export async function resolveDispute(
  database: Database,
  context: CommandContext,
  input: {
    readonly contributionId: string;
    readonly value?: string | null | undefined;
    readonly reason: string;
  },
) {
  return runCommand<Logged, NotFound | ResolveRefusal>(
    database,
    'people',
    context,
    { name: 'resolveDispute', input },
    (tx) =>
      settleOne(tx, input.contributionId, (contribution, facts) =>
        resolve(contribution, input, tx.actor, tx.now, facts),
      ),
  );
}

/** The one that waits; what is past its time is ended here, before the clock comes round. */
async function openOverride(tx: Transaction, contributionId: string): Promise<OpenOverride | null> {
  const [open] = await selectOpenOverrides(tx, tx.cooperativeId, [contributionId]);
  if (open === undefined) return null;
  const { overrideId: id, byMemberId, requestedAt } = open;
  const asked = { id, act: 'overrideValuation', byMemberId, requestedAt } as const;
  return (await endedAsOverdue(tx, asked, () => expireOverrides(tx, [id]))) ? null : open;
}

/** An administrator asks to override a value; a second person has to confirm. Refusals as `requestOverride` says. */
export async function overrideValuation(
  database: Database,
  context: CommandContext,
  input: { readonly contributionId: string; readonly value: string; readonly justification: string },
) {
  return runCommand<Logged, NotFound | OverrideRefusal>(
    database,
    'people',
    context,
    { name: 'overrideValuation', input },
    (tx) =>
      settleOne(tx, input.contributionId, async (contribution, facts) => {
        const open = await openOverride(tx, contribution.contributionId);
        const asked = requestOverride(contribution, input, tx.actor, tx.now, facts, open !== null);
        if (!asked.ok) return asked;
        await tx.query(
          `insert into people.valuation_override (cooperative_id, override_id, contribution_id, value_minor, justification,
         requested_by_member_id, requested_by_login_id, requested_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [
            tx.cooperativeId,
            newId(),
            contribution.contributionId,
            asked.value.valueMinor,
            input.justification.trim(),
            tx.actor.memberId,
            tx.actor.loginId,
            tx.now,
          ],
        );
        return accept(asked.value.change);
      }),
  );
}

/** The second person confirms an override; refusals as `confirmOverride` says, and NO_OVERRIDE_OPEN. */
export async function confirmValuationOverride(
  database: Database,
  context: CommandContext,
  input: { readonly contributionId: string },
) {
  return runCommand<Logged, NotFound | ConfirmRefusal>(
    database,
    'people',
    context,
    { name: 'confirmValuationOverride', input },
    (tx) =>
      settleOne(tx, input.contributionId, async (contribution, facts) => {
        const open = await openOverride(tx, contribution.contributionId);
        if (open === null) return refuse({ code: 'NO_OVERRIDE_OPEN' });
        const request = { ...open, requestedBy: whoAsked(open, tx.cooperativeId) };
        const change = confirmOverride(contribution, request, tx.actor, tx.now, facts);
        if (!change.ok) return change;
        await tx.query(
          `update people.valuation_override set confirmed_by_member_id = $3, confirmed_by_login_id = $4, confirmed_at = $5
       where cooperative_id = $1 and override_id = $2`,
          [tx.cooperativeId, open.overrideId, tx.actor.memberId, tx.actor.loginId, tx.now],
        );
        return change;
      }),
  );
}
