// Posts valued contributions as they come from people, a whole batch in one call. What the ledger refuses is told
// back as treasury.contribution.refused, so that people can show it as waiting.
import type { Transaction } from '@habitat/database';
import type { Envelope } from '@habitat/events';
import {
  contributionPosted,
  contributionRefused,
  contributionResolved,
  contributionValued,
  newEvent,
  readPayload,
} from '@habitat/events';
import { newId } from '@habitat/kernel';
import { needCooperative } from '../cooperative/cooperative.store.ts';
import { insertLayers } from '../layer-704c/layer.store.ts';
import type { PostedTransaction, ProposedTransaction } from '../transaction/posting.ts';
import { tryPost } from '../transaction/posting.ts';
import type { ContributionFacts, ValuedContribution } from './contribution-posting.ts';
import { decideContributionPosting } from './contribution-posting.ts';
import { loadContributionFacts } from './contribution-posting.store.ts';

interface Work {
  readonly tx: Transaction;
  readonly contribution: ValuedContribution;
  /** Tells the postings of one contribution apart: its first, and one per change of value. */
  readonly part: string;
}

interface Proposal extends Work {
  readonly facts: ContributionFacts;
  readonly transaction: ProposedTransaction;
  readonly periodId: string;
}

function tellPosted({ tx, contribution }: Work, periodId: string, transactionId: string | null): void {
  const { contributionId, memberId, workedOn, valueMinor, taxMinor } = contribution;
  tx.append(
    newEvent(contributionPosted, contributionId, {
      contributionId,
      memberId,
      transactionId,
      periodId,
      effectiveOn: workedOn,
      bookMinor: valueMinor,
      taxMinor,
    }),
  );
}

function tellRefused({ tx, contribution }: Work, reason: string, detail: string): void {
  const { contributionId, memberId } = contribution;
  tx.append(newEvent(contributionRefused, contributionId, { contributionId, memberId, reason, detail }));
}

async function finish(proposal: Proposal, posted: PostedTransaction): Promise<void> {
  tellPosted(proposal, proposal.periodId, posted.id);
  const [debit] = proposal.transaction.entries;
  const isLayer =
    proposal.contribution.kind === 'in_kind' && debit !== undefined && debit.bookMinor !== debit.taxMinor;
  if (!posted.posted || !isLayer || debit.accountId == null) return;
  await insertLayers(proposal.tx, [
    {
      accountId: debit.accountId,
      memberId: proposal.contribution.memberId,
      transactionId: posted.id,
      effectiveOn: proposal.transaction.effectiveOn,
      bookMinor: debit.bookMinor,
      taxMinor: debit.taxMinor,
    },
  ]);
}

async function post(tx: Transaction, proposals: readonly Proposal[]): Promise<void> {
  if (proposals.length === 0) return;
  const result = await tryPost(
    tx,
    proposals.map(({ transaction }) => transaction),
  );
  if (result.ok) {
    const byId = new Map(result.value.map((posted) => [posted.id, posted]));
    const before = result.value.filter((posted) => !posted.posted);
    for (const proposal of proposals) {
      const posted = byId.get(proposal.transaction.id) ?? before.shift();
      if (posted === undefined) throw new Error('the ledger lost a posting of its batch');
      await finish(proposal, posted);
    }
    return;
  }
  const [only] = proposals;
  if (proposals.length === 1 && only !== undefined) {
    tellRefused(only, result.refusal.code, JSON.stringify(result.refusal));
    return;
  }
  for (const proposal of proposals) await post(tx, [proposal]);
}

/** One wave: contributions that each occur once. */
async function postWave(tx: Transaction, wave: readonly Work[]): Promise<void> {
  const factsOf = await loadContributionFacts(
    tx,
    wave.map(({ contribution }) => contribution),
  );
  const { postingRuleVersion } = await needCooperative(tx, tx.cooperativeId);
  for (const view of [tx, ...wave.map((work) => work.tx)]) view.judgedBy('posting_rule', postingRuleVersion);
  const proposals: Proposal[] = [];
  for (const work of wave) {
    const facts = factsOf(work.contribution);
    const decision = decideContributionPosting(work.contribution, facts, work.part);
    if (decision.outcome === 'refused') tellRefused(work, decision.refusal.code, decision.refusal.detail);
    else if (decision.outcome === 'no_entry') tellPosted(work, decision.periodId, decision.transactionId);
    else
      proposals.push({
        ...work,
        facts,
        transaction: { id: newId(), ...decision.transaction },
        periodId: decision.periodId,
      });
  }
  await post(tx, proposals);
}

/**
 * Handles people.contribution.valued and .resolved: posts, or tells that no entry was needed or why it was refused.
 * A contribution that occurs twice in a batch is decided twice, in order.
 */
export async function postContributions(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  let wave: Work[] = [];
  const seen = new Set<string>();
  for (const event of events) {
    const resolved = event.type === contributionResolved.type;
    const contribution = readPayload(
      resolved ? contributionResolved : contributionValued,
      event,
    ) as ValuedContribution;
    if (seen.has(contribution.contributionId)) {
      await postWave(tx, wave);
      wave = [];
      seen.clear();
    }
    seen.add(contribution.contributionId);
    wave.push({ tx: tx.causedBy(event), contribution, part: resolved ? event.id : '' });
  }
  if (wave.length > 0) await postWave(tx, wave);
}
