// How a valued contribution becomes a posting: its account is debited, its member's capital credited, in both bases;
// what has no account (revenue, relationships, patronage-only work) needs no entry.
import type { ContributionKind, Treatment } from '@habitat/events';
import type { Account } from '../account/account.store.ts';
import type { Period } from '../period/period.ts';
import { takesPostings } from '../period/period.ts';
import type { CapitalCause, ProposedTransaction } from '../transaction/posting.ts';

export interface ValuedContribution {
  readonly contributionId: string;
  readonly number: number;
  readonly memberId: string;
  readonly kind: ContributionKind;
  readonly category: string;
  readonly workedOn: string;
  readonly valueMinor: bigint;
  readonly taxMinor: bigint;
  readonly treatment: Treatment;
}

/** What of it stands in members' capital already (an earlier value, or the same event before). */
export interface PostedSoFar {
  readonly bookMinor: bigint;
  readonly taxMinor: bigint;
  readonly transactionId: string;
}

export interface ContributionFacts {
  readonly period: Period | null;
  /** The account its kind and category are debited to; null when the template posts none. */
  readonly account: Account | null;
  readonly capital: Account;
  readonly posted: PostedSoFar | null;
}

export type ContributionRefusal =
  | { readonly code: 'NO_PERIOD'; readonly detail: string }
  | { readonly code: 'PERIOD_NOT_OPEN'; readonly detail: string }
  | { readonly code: 'ACCOUNT_INACTIVE'; readonly detail: string };

export type ContributionDecision =
  | {
      readonly outcome: 'post';
      readonly transaction: Omit<ProposedTransaction, 'id'>;
      readonly periodId: string;
    }
  | { readonly outcome: 'no_entry'; readonly periodId: string; readonly transactionId: string | null }
  | { readonly outcome: 'refused'; readonly refusal: ContributionRefusal };

const CAUSE: Readonly<Record<ContributionKind, CapitalCause>> = {
  labor: 'work',
  expertise: 'work',
  community: 'work',
  cash: 'cash',
  in_kind: 'in_kind',
  revenue: 'other',
  relationship: 'other',
};

function spoken(kind: string): string {
  return kind.replaceAll('_', ' ');
}

/**
 * Decides the posting of one contribution. A changed value posts only the difference to what is in the ledger, so
 * deciding twice posts nothing the second time. `part` tells postings of the same contribution apart.
 * Refuses NO_PERIOD, PERIOD_NOT_OPEN, ACCOUNT_INACTIVE.
 */
export function decideContributionPosting(
  contribution: ValuedContribution,
  facts: ContributionFacts,
  part = '',
): ContributionDecision {
  const { period, account, capital, posted } = facts;
  const { workedOn } = contribution;
  const refused = (code: ContributionRefusal['code'], detail: string) =>
    ({ outcome: 'refused', refusal: { code, detail } }) as const;
  if (period === null) return refused('NO_PERIOD', `no period is open for ${workedOn}`);
  const posts = contribution.treatment !== 'patronage' && account !== null;
  const bookMinor = (posts ? contribution.valueMinor : 0n) - (posted?.bookMinor ?? 0n);
  const taxMinor = (posts ? contribution.taxMinor : 0n) - (posted?.taxMinor ?? 0n);
  if (posted !== null && bookMinor === 0n && taxMinor === 0n) {
    return { outcome: 'no_entry', periodId: period.id, transactionId: posted.transactionId };
  }
  if (!takesPostings(period, 'contribution'))
    return refused('PERIOD_NOT_OPEN', `${period.name} is ${period.status}`);
  if (bookMinor === 0n && taxMinor === 0n)
    return { outcome: 'no_entry', periodId: period.id, transactionId: null };
  if (account === null)
    return refused('ACCOUNT_INACTIVE', `no account takes ${contribution.kind} contributions`);
  if (!account.active)
    return refused('ACCOUNT_INACTIVE', `${account.code} ${account.name} takes no entries any more`);
  const what =
    contribution.category === ''
      ? spoken(contribution.kind)
      : `${spoken(contribution.kind)}, ${spoken(contribution.category)}`;
  return {
    outcome: 'post',
    periodId: period.id,
    transaction: {
      effectiveOn: workedOn,
      description: `Contribution ${contribution.number} (${what})${posted === null ? '' : ': value changed'}`,
      source: 'contribution',
      cause: CAUSE[contribution.kind],
      provenance: { type: 'contribution', id: contribution.contributionId, part },
      entries: [
        { accountId: account.id, bookMinor, taxMinor },
        { accountId: capital.id, bookMinor: -bookMinor, taxMinor: -taxMinor },
      ],
    },
  };
}
