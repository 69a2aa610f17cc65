// What the ledger answered about valued contributions: posted makes them applied, refused leaves them waiting with
// the reason until they are offered again.
import type { CommandContext, Database, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { Envelope } from '@habitat/events';
import { accept, may, refuse } from '@habitat/kernel';
import { announce } from '../contribution/announce.ts';
import type { Forbidden, Logged, NotFound } from '../contribution/command-facts.ts';
import { lockOne } from '../contribution/command-facts.ts';
import type { Announcement, Change, Contribution } from '../contribution/contribution.ts';
import { advance } from '../contribution/contribution.ts';
import { lockContributions, updateContributions } from '../contribution/contribution.store.ts';

export interface PostingAnswer {
  readonly contributionId: string;
  /** The event that brought it; what is announced names it as its cause. */
  readonly event?: Envelope;
  readonly outcome:
    | { readonly posted: true; readonly transactionId: string | null }
    | { readonly posted: false; readonly problem: string };
}

/** The next state after one answer; null when it changes nothing (delivered again, or too late). */
function afterPosting(
  contribution: Contribution,
  answer: PostingAnswer['outcome'],
  now: Date,
): Change | null {
  const awaited = contribution.status === 'valued' || contribution.status === 'resolved';
  if (!answer.posted) {
    if (!awaited) return null;
    return advance(contribution, now, { postingProblem: answer.problem }, [
      { act: 'posting_refused', reason: answer.problem },
    ]);
  }
  const patch = {
    postedAt: now,
    transactionId: answer.transactionId ?? contribution.transactionId,
    postingProblem: null,
  };
  // A dispute raised meanwhile keeps its state: the posting is noted, and settling the dispute goes on from it.
  if (contribution.status === 'disputed') return advance(contribution, now, patch, []);
  if (!awaited) return null;
  const facts = { transactionId: patch.transactionId };
  return advance(contribution, now, patch, [{ act: 'applied', to: 'applied', facts }], {
    announcements: [{ type: 'applied' }],
  });
}

/** Takes up the ledger's answers, set-based; several answers about one contribution are taken in their order. */
export async function recordPostings(tx: Transaction, answers: readonly PostingAnswer[]): Promise<void> {
  const locked = await lockContributions(
    tx,
    answers.map((answer) => answer.contributionId),
  );
  // An update changes a row once: a second answer about the same contribution goes into another statement.
  for (let rest = [...answers]; rest.length > 0;) {
    const now = new Map<string, PostingAnswer>();
    const later: PostingAnswer[] = [];
    for (const answer of rest) {
      if (now.has(answer.contributionId)) later.push(answer);
      else now.set(answer.contributionId, answer);
    }
    const changes = [...now.values()].flatMap(({ contributionId, outcome, event }) => {
      const contribution = locked.get(contributionId);
      const change = contribution === undefined ? null : afterPosting(contribution, outcome, tx.now);
      return change === null ? [] : [{ change, view: event === undefined ? tx : tx.causedBy(event) }];
    });
    await updateContributions(
      tx,
      changes.map(({ change }) => change),
    );
    for (const { change, view } of changes) {
      announce(view, [change]);
      locked.set(change.contribution.contributionId, change.contribution);
    }
    rest = later;
  }
}

/** What to tell the ledger again: a first posting, or the difference a settled dispute left. */
async function offersOf(tx: Transaction, contributions: readonly Contribution[]): Promise<Change[]> {
  const rows = await tx.query<{ contribution_id: string; reason: string; facts: Record<string, string> }>(
    `select distinct on (s.contribution_id) s.contribution_id, people.unseal(c.member_id, s.reason) as reason, s.facts
     from people.contribution_step s
     join people.contribution c on c.cooperative_id = s.cooperative_id and c.contribution_id = s.contribution_id
     where s.cooperative_id = $1 and s.contribution_id = any($2::uuid[]) and s.act in ('resolved', 'overridden')
     order by s.contribution_id, s.sequence desc`,
    [tx.cooperativeId, contributions.map((contribution) => contribution.contributionId)],
  );
  const settled = new Map(rows.map((row) => [row.contribution_id, row]));
  return contributions.map((contribution) => {
    const step = contribution.status === 'resolved' ? settled.get(contribution.contributionId) : undefined;
    const announcement: Announcement =
      step === undefined
        ? { type: 'valued' }
        : {
            type: 'resolved',
            reason: step.reason,
            previousValueMinor: BigInt(step.facts['valueBeforeMinor'] ?? '0'),
            previousTaxMinor: BigInt(step.facts['taxBeforeMinor'] ?? '0'),
          };
    return advance(
      contribution,
      tx.now,
      { postingProblem: null },
      [{ act: 'valued', reason: 'offered to the ledger again' }],
      {
        announcements: [announcement],
      },
    );
  });
}

/** Offers every refused contribution of a period to the ledger again (the period was reopened). */
export async function offerRefusedAgain(tx: Transaction, periodIds: readonly string[]): Promise<void> {
  const rows = await tx.query<{ contribution_id: string }>(
    `select contribution_id from people.contribution
     where cooperative_id = $1 and period_id = any($2::uuid[]) and posting_problem is not null`,
    [tx.cooperativeId, periodIds],
  );
  if (rows.length === 0) return;
  const locked = await lockContributions(
    tx,
    rows.map((row) => row.contribution_id),
  );
  const changes = await offersOf(
    tx,
    [...locked.values()].filter((contribution) => contribution.postingProblem !== null),
  );
  await updateContributions(tx, changes);
  announce(tx, changes);
}

export type RetryRefusal = NotFound | Forbidden | { readonly code: 'NO_POSTING_PROBLEM' };

/** Offers one contribution to the ledger again. Refusals in order: CONTRIBUTION_NOT_FOUND, FORBIDDEN, NO_POSTING_PROBLEM. */
export async function retryPosting(
  database: Database,
  context: CommandContext,
  input: { readonly contributionId: string },
) {
  return runCommand<Logged, RetryRefusal>(
    database,
    'people',
    context,
    { name: 'retryPosting', input },
    async (tx) => {
      const found = await lockOne(tx, input.contributionId);
      if (!found.ok) return found;
      const { actor } = tx;
      if (
        !may(actor, 'contribution.approve') &&
        !may(actor, 'transaction.post') &&
        !may(actor, 'system.operate')
      ) {
        return refuse({ code: 'FORBIDDEN', act: 'contribution.retry_posting' });
      }
      if (found.value.postingProblem === null) return refuse({ code: 'NO_POSTING_PROBLEM' });
      const changes = await offersOf(tx, [found.value]);
      await updateContributions(tx, changes);
      announce(tx, changes);
      return accept({ contributionId: found.value.contributionId });
    },
  );
}
