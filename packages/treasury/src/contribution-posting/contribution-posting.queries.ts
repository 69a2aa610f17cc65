// Where a contribution goes in the books, for whoever decides on it or wants to know what it did: the account its kind is
// debited to and its member's capital, in both bases. Only reads; posting itself is the reactions' business.
import type { Database } from '@habitat/database';
import type { ContributionKind, Treatment } from '@habitat/events';
import type { Account } from '../account/account.store.ts';
import { accountColumns } from '../account/account.store.ts';

/** The accounts contributions of these members touch. */
export interface ContributionAccounts {
  readonly rules: readonly {
    readonly kind: string;
    readonly category: string;
    readonly account: Account | null;
  }[];
  readonly capital: ReadonlyMap<string, Account>;
}

/** One line of a posting as people read it. Debits are positive, credits negative. */
export interface PostingLine {
  readonly accountCode: string;
  readonly accountName: string;
  readonly bookMinor: bigint;
  readonly taxMinor: bigint;
}

/** Reads the posting rules and the capital accounts of some members. */
export async function contributionAccounts(
  database: Database,
  cooperativeId: string,
  memberIds: readonly string[],
): Promise<ContributionAccounts> {
  return database.read('treasury', { cooperativeId }, async (client) => {
    const rules = await client.query<Account & { kind: string; category: string }>(
      `select r.kind, r.category, ${accountColumns} from treasury.posting_rule r
       left join treasury.account a on a.cooperative_id = r.cooperative_id and a.id = r.account_id
       where r.cooperative_id = $1`,
      [cooperativeId],
    );
    const capital = await client.query<Account & Record<string, unknown>>(
      `select ${accountColumns} from treasury.account a where a.cooperative_id = $1 and a.member_id = any ($2::uuid[])`,
      [cooperativeId, [...memberIds]],
    );
    return {
      rules: rules.map(({ kind, category, ...account }) => ({
        kind,
        category,
        account: account.id === null ? null : account,
      })),
      capital: new Map(capital.map((account) => [account.memberId ?? '', account])),
    };
  });
}

/**
 * The two lines a contribution posts, or none: what counts as patronage only, has no account (revenue, relationships) or
 * has no value posts nothing.
 */
export function postingLines(
  contribution: {
    readonly memberId: string;
    readonly kind: ContributionKind;
    readonly category: string;
    readonly treatment: Treatment;
    readonly valueMinor: bigint | null;
    readonly taxMinor: bigint | null;
  },
  { rules, capital }: ContributionAccounts,
): PostingLine[] {
  const { kind, category, valueMinor } = contribution;
  const rule =
    rules.find((one) => one.kind === kind && one.category === category) ??
    rules.find((one) => one.kind === kind && one.category === '');
  const own = capital.get(contribution.memberId);
  if (contribution.treatment === 'patronage' || !rule?.account || !own || valueMinor === null) return [];
  const taxMinor = contribution.taxMinor ?? 0n;
  if (valueMinor === 0n && taxMinor === 0n) return [];
  return [
    { accountCode: rule.account.code, accountName: rule.account.name, bookMinor: valueMinor, taxMinor },
    { accountCode: own.code, accountName: own.name, bookMinor: -valueMinor, taxMinor: -taxMinor },
  ];
}
