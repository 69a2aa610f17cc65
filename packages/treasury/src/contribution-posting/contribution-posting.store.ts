// The facts a batch of contributions is decided on, read in four queries however long the batch.
import type { Transaction } from '@habitat/database';
import type { Account } from '../account/account.store.ts';
import { accountColumns, loadAccounts } from '../account/account.store.ts';
import { loadPeriods } from '../period/period.store.ts';
import type { ContributionFacts, PostedSoFar, ValuedContribution } from './contribution-posting.ts';

type RuleRow = { kind: string; category: string; account: Account | null };

async function loadRules(tx: Transaction): Promise<RuleRow[]> {
  const rows = await tx.query<Account & { kind: string; category: string }>(
    `select r.kind, r.category, ${accountColumns}
     from treasury.posting_rule r
     left join treasury.account a on a.cooperative_id = r.cooperative_id and a.id = r.account_id
     where r.cooperative_id = $1`,
    [tx.cooperativeId],
  );
  return rows.map(({ kind, category, ...account }) => ({
    kind,
    category,
    account: account.id === null ? null : account,
  }));
}

async function loadPosted(
  tx: Transaction,
  contributionIds: readonly string[],
): Promise<ReadonlyMap<string, PostedSoFar>> {
  const rows = await tx.query<PostedSoFar & { contributionId: string }>(
    `select t.provenance_id as "contributionId", (array_agg(t.id order by t.number))[1] as "transactionId",
       -sum(e.book_minor)::bigint as "bookMinor", -sum(e.tax_minor)::bigint as "taxMinor"
     from treasury.transaction t
     join treasury.entry e on e.cooperative_id = t.cooperative_id and e.transaction_id = t.id
     join treasury.account a on a.cooperative_id = e.cooperative_id and a.id = e.account_id and a.member_id is not null
     where t.cooperative_id = $1 and t.provenance_type = 'contribution' and t.provenance_id = any ($2::uuid[])
     group by t.provenance_id`,
    [tx.cooperativeId, [...contributionIds]],
  );
  return new Map(rows.map(({ contributionId, ...posted }) => [contributionId, posted]));
}

/**
 * Reads what the batch needs and answers with the facts of each contribution.
 * Throws when a member's capital account is not open yet: delivery tries again once it is.
 */
export async function loadContributionFacts(
  tx: Transaction,
  contributions: readonly ValuedContribution[],
): Promise<(contribution: ValuedContribution) => ContributionFacts> {
  const rules = await loadRules(tx);
  const periods = await loadPeriods(tx);
  const posted = await loadPosted(
    tx,
    contributions.map(({ contributionId }) => contributionId),
  );
  const members = [...new Set(contributions.map(({ memberId }) => memberId))];
  const capital = new Map(
    (
      await loadAccounts(
        tx,
        tx.cooperativeId,
        members.map((memberId) => ({ memberId })),
      )
    ).map((account) => [account.memberId, account]),
  );
  const ruleOf = (kind: string, category: string) =>
    rules.find((rule) => rule.kind === kind && rule.category === category) ??
    rules.find((rule) => rule.kind === kind && rule.category === '');
  return (contribution) => {
    const own = capital.get(contribution.memberId);
    if (own === undefined) throw new Error(`member ${contribution.memberId} has no capital account yet`);
    const day = contribution.workedOn;
    return {
      period: periods.find(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn) ?? null,
      account: ruleOf(contribution.kind, contribution.category)?.account ?? null,
      capital: own,
      posted: posted.get(contribution.contributionId) ?? null,
    };
  };
}
