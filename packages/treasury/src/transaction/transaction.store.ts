// Transactions as rows, for the commands that undo them and the screens that show them.
import type { Queryable } from '@habitat/database';
import type { CapitalCause, TransactionSource } from './posting.ts';

export interface EntryView {
  readonly transactionId: string;
  readonly line: number;
  readonly accountId: string;
  readonly accountCode: string;
  readonly accountName: string;
  readonly memberId: string | null;
  /** Debit positive, credit negative. */
  readonly bookMinor: bigint;
  readonly taxMinor: bigint;
  readonly memo: string | null;
}

export interface TransactionView {
  readonly id: string;
  readonly number: bigint;
  readonly periodId: string;
  readonly effectiveOn: string;
  readonly recordedAt: Date;
  readonly description: string;
  readonly source: TransactionSource;
  readonly cause: CapitalCause;
  readonly isClosing: boolean;
  readonly reversesId: string | null;
  readonly reversedById: string | null;
  readonly correctsId: string | null;
  readonly provenanceType: string | null;
  readonly provenanceId: string | null;
  readonly actorLoginId: string | null;
  readonly actorMemberId: string | null;
}

export const transactionColumns = `t.id, t.number, t.period_id as "periodId", t.effective_on as "effectiveOn",
  t.recorded_at as "recordedAt", t.description, t.source, t.cause, t.is_closing as "isClosing", t.reverses_id as "reversesId",
  (select r.id from treasury.transaction r where r.cooperative_id = t.cooperative_id and r.reverses_id = t.id) as "reversedById",
  t.corrects_id as "correctsId", t.provenance_type as "provenanceType", t.provenance_id as "provenanceId",
  t.actor_login_id as "actorLoginId", t.actor_member_id as "actorMemberId"`;

/** Transactions by id, in any order; unknown ids are left out. */
export async function selectTransactions(
  client: Queryable,
  cooperativeId: string,
  ids: readonly string[],
): Promise<TransactionView[]> {
  return client.query<TransactionView & Record<string, unknown>>(
    `select ${transactionColumns} from treasury.transaction t where t.cooperative_id = $1 and t.id = any ($2::uuid[])`,
    [cooperativeId, [...ids]],
  );
}

/** The entries of these transactions, by transaction and line. */
export async function selectEntries(
  client: Queryable,
  cooperativeId: string,
  transactionIds: readonly string[],
): Promise<EntryView[]> {
  return client.query<EntryView & Record<string, unknown>>(
    `select e.transaction_id as "transactionId", e.line, e.account_id as "accountId", a.code as "accountCode",
       a.name as "accountName", a.member_id as "memberId", e.book_minor as "bookMinor", e.tax_minor as "taxMinor", e.memo
     from treasury.entry e join treasury.account a on a.cooperative_id = e.cooperative_id and a.id = e.account_id
     where e.cooperative_id = $1 and e.transaction_id = any ($2::uuid[])
     order by e.transaction_id, e.line`,
    [cooperativeId, [...transactionIds]],
  );
}
