// Accounts as rows, and the writes that make a chart: from a template, one by one, and one leaf per member.
import type { Queryable, Transaction } from '@habitat/database';
import { newId } from '@habitat/kernel';
import type { AccountType, ChartAccount, ChartPostingRule, NormalSide } from './template.ts';

export interface Account {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly type: AccountType;
  readonly normalSide: NormalSide;
  readonly parentId: string | null;
  readonly isLeaf: boolean;
  readonly active: boolean;
  readonly isCash: boolean;
  readonly memberId: string | null;
  readonly droMinor: bigint;
}

export const accountColumns = `a.id, a.code, a.name, a.type, a.normal_side as "normalSide", a.parent_id as "parentId",
  a.is_leaf as "isLeaf", a.active, a.is_cash as "isCash", a.member_id as "memberId", a.dro_minor as "droMinor"`;

/** How an entry names its account: by id, by code, or as a member's capital. */
export interface AccountRef {
  readonly accountId?: string | null;
  readonly accountCode?: string | null;
  readonly memberId?: string | null;
}

/** The accounts these references name, in one query. */
export async function loadAccounts(
  client: Queryable,
  cooperativeId: string,
  refs: readonly AccountRef[],
): Promise<Account[]> {
  const ids = refs.flatMap((ref) => ref.accountId ?? []);
  const codes = refs.flatMap((ref) => ref.accountCode ?? []);
  const members = refs.flatMap((ref) => ref.memberId ?? []);
  return client.query<Account & Record<string, unknown>>(
    `select ${accountColumns} from treasury.account a
     where a.cooperative_id = $1 and (a.id = any ($2::uuid[]) or a.code = any ($3::text[]) or a.member_id = any ($4::uuid[]))`,
    [cooperativeId, ids, codes, members],
  );
}

/** Finds the account a reference names among those loaded: id first, then code, then member. */
export function accountFinder(accounts: readonly Account[]): (ref: AccountRef) => Account | undefined {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const byCode = new Map(accounts.map((account) => [account.code, account]));
  const byMember = new Map(accounts.map((account) => [account.memberId, account]));
  return (ref) => {
    if (ref.accountId != null) return byId.get(ref.accountId);
    if (ref.accountCode != null) return byCode.get(ref.accountCode);
    return ref.memberId != null ? byMember.get(ref.memberId) : undefined;
  };
}

/** Writes a whole chart at once; parents come before their children. */
export async function insertChart(tx: Transaction, chart: readonly ChartAccount[]): Promise<void> {
  const ids = new Map(chart.map((account) => [account.code, newId()]));
  const rows = chart.map((account) => ({
    id: ids.get(account.code),
    code: account.code,
    name: account.name,
    type: account.type,
    normal_side: account.normalSide,
    parent_id: account.parentCode === null ? null : ids.get(account.parentCode),
    is_leaf: account.isLeaf,
    is_cash: account.isCash,
  }));
  await tx.query(
    `insert into treasury.account (cooperative_id, id, code, name, type, normal_side, parent_id, is_leaf, is_cash)
     select $1, r.id, r.code, r.name, r.type, r.normal_side, r.parent_id, r.is_leaf, r.is_cash
     from jsonb_to_recordset($2::jsonb) as r (id uuid, code text, name text, type text, normal_side text,
       parent_id uuid, is_leaf boolean, is_cash boolean)`,
    [tx.cooperativeId, JSON.stringify(rows)],
  );
}

/** Writes the rules that tell where contributions are debited. */
export async function insertPostingRules(tx: Transaction, rules: readonly ChartPostingRule[]): Promise<void> {
  await tx.query(
    `insert into treasury.posting_rule (cooperative_id, kind, category, account_id)
     select $1, r.kind, r.category, a.id
     from jsonb_to_recordset($2::jsonb) as r (kind text, category text, "accountCode" text)
     left join treasury.account a on a.cooperative_id = $1 and a.code = r."accountCode"`,
    [tx.cooperativeId, JSON.stringify(rules)],
  );
}

/** Opens (or brings up to date) the capital leaf 3100-NN of each member. */
export async function upsertCapitalAccounts(
  tx: Transaction,
  members: readonly { readonly memberId: string; readonly number: number; readonly droMinor: bigint }[],
): Promise<void> {
  const rows = members.map((member) => ({
    id: newId(),
    member_id: member.memberId,
    number: String(member.number).padStart(2, '0'),
    dro: member.droMinor.toString(),
  }));
  await tx.query(
    `insert into treasury.account (cooperative_id, id, code, name, type, normal_side, parent_id, is_leaf, member_id, dro_minor)
     select $1, r.id, g.code || '-' || r.number, 'Member capital ' || r.number, 'equity', 'credit', g.id, true, r.member_id, r.dro
     from jsonb_to_recordset($2::jsonb) as r (id uuid, member_id uuid, number text, dro bigint)
     join treasury.account g on g.cooperative_id = $1 and g.code = $3
     on conflict (cooperative_id, member_id) do update set dro_minor = excluded.dro_minor
     where account.dro_minor <> excluded.dro_minor`,
    [tx.cooperativeId, JSON.stringify(rows), '3100'],
  );
}
