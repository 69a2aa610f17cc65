// Reads of the journal and of one account's ledger, newest first, a page at a time behind a key.
import type { Condition, Database } from '@habitat/database';
import { holding, narrow } from '@habitat/database';
import type { EntryView, TransactionView } from './transaction.store.ts';
import { selectEntries, selectTransactions, transactionColumns } from './transaction.store.ts';

/** Transactions by id; unknown ones are left out. */
export async function findTransactions(
  database: Database,
  cooperativeId: string,
  ids: readonly string[],
): Promise<TransactionView[]> {
  return database.read('treasury', { cooperativeId }, (client) =>
    selectTransactions(client, cooperativeId, ids),
  );
}

/** The entries of these transactions, by transaction and line. */
export async function listEntries(
  database: Database,
  cooperativeId: string,
  transactionIds: readonly string[],
): Promise<EntryView[]> {
  return database.read('treasury', { cooperativeId }, (client) =>
    selectEntries(client, cooperativeId, transactionIds),
  );
}

export interface JournalFilter {
  /** Words of the description, or a transaction's number. */
  readonly search?: string | null;
  readonly accountId?: string | null;
  readonly memberId?: string | null;
  readonly source?: string | null;
  readonly from?: string | null;
  readonly to?: string | null;
  /** What one of its entries moves, in either basis and on either side. */
  readonly amountMinor?: bigint | null;
}

/** `after` is [effectiveOn, number] of the last row seen. */
export interface JournalPage {
  readonly limit: number;
  readonly after: readonly string[] | null;
}

const withAccount = `exists (select from treasury.entry e
  where e.cooperative_id = t.cooperative_id and e.transaction_id = t.id and e.account_id = $1)`;
const withMember = `exists (select from treasury.entry e
  join treasury.account a on a.cooperative_id = e.cooperative_id and a.id = e.account_id
  where e.cooperative_id = t.cooperative_id and e.transaction_id = t.id and a.member_id = $1)`;
const withAmount = `t.id in (select e.transaction_id from treasury.entry e
  where e.cooperative_id = $2 and (e.book_minor in ($1::bigint, -$1::bigint) or e.tax_minor in ($1::bigint, -$1::bigint)))`;

function filtered(cooperativeId: string, filter: JournalFilter): Condition[] {
  const number = /^#?(\d{1,15})$/.exec(filter.search?.trim() ?? '')?.[1] ?? null;
  return [
    ['t.cooperative_id = $1', cooperativeId],
    ['(t.description ilike $1 or t.number = $2::bigint)', holding(filter.search), number],
    [withAccount, filter.accountId],
    [withMember, filter.memberId],
    ['t.source::text = $1', filter.source],
    ['t.effective_on >= $1', filter.from],
    ['t.effective_on <= $1', filter.to],
    [withAmount, filter.amountMinor?.toString(), cooperativeId],
  ];
}

/** The journal, newest first, with filters that all must hold. */
export async function listJournal(
  database: Database,
  cooperativeId: string,
  filter: JournalFilter,
  page: JournalPage,
): Promise<TransactionView[]> {
  const [day, number] = page.after ?? [];
  const query = narrow({
    name: 'list-journal',
    where: [
      ...filtered(cooperativeId, filter),
      ['(t.effective_on, t.number) < ($1::date, $2::bigint)', day, number],
    ],
    values: [page.limit],
    text: (where, limit) =>
      `select ${transactionColumns} from treasury.transaction t where ${where}
       order by t.effective_on desc, t.number desc limit ${limit}`,
  });
  return database.read('treasury', { cooperativeId }, (client) =>
    client.query<TransactionView & Record<string, unknown>>(query),
  );
}

/** How many transactions match the filters. */
export async function countJournal(
  database: Database,
  cooperativeId: string,
  filter: JournalFilter,
): Promise<number> {
  const query = narrow({
    name: 'count-journal',
    where: filtered(cooperativeId, filter),
    text: (where) => `select count(*) as count from treasury.transaction t where ${where}`,
  });
  const [row] = await database.read('treasury', { cooperativeId }, (client) =>
    client.query<{ count: bigint }>(query),
  );
  return Number(row?.count ?? 0n);
}

export interface LedgerLine extends EntryView {
  readonly number: bigint;
  readonly effectiveOn: string;
  readonly description: string;
  readonly source: string;
  /** The account's balance after this entry, debit positive. */
  readonly balanceBookMinor: bigint;
  readonly balanceTaxMinor: bigint;
}

/** The ledger of one account, oldest first, with the running balance; `after` is [effectiveOn, number, line]. */
export async function listAccountLedger(
  database: Database,
  cooperativeId: string,
  filter: { readonly accountId: string; readonly from?: string | null; readonly to?: string | null },
  page: JournalPage,
): Promise<LedgerLine[]> {
  return database.read('treasury', { cooperativeId }, (client) =>
    client.query<LedgerLine & Record<string, unknown>>(
      `select * from (
         select e.transaction_id as "transactionId", e.line, e.account_id as "accountId", a.code as "accountCode",
           a.name as "accountName", a.member_id as "memberId", e.book_minor as "bookMinor", e.tax_minor as "taxMinor", e.memo,
           t.number, e.effective_on as "effectiveOn", t.description, t.source,
           (sum(e.book_minor) over w)::bigint as "balanceBookMinor", (sum(e.tax_minor) over w)::bigint as "balanceTaxMinor"
         from treasury.entry e
         join treasury.transaction t on t.cooperative_id = e.cooperative_id and t.id = e.transaction_id
         join treasury.account a on a.cooperative_id = e.cooperative_id and a.id = e.account_id
         where e.cooperative_id = $1 and e.account_id = $2 and e.effective_on <= coalesce($4::date, 'infinity')
         window w as (order by e.effective_on, t.number, e.line)
       ) ledger
       where "effectiveOn" >= coalesce($3::date, '-infinity')
         and ($5::date is null or ("effectiveOn", number, line) > ($5::date, $6::bigint, $7::int))
       order by "effectiveOn", number, line limit $8`,
      [
        cooperativeId,
        filter.accountId,
        filter.from ?? null,
        filter.to ?? null,
        page.after?.[0] ?? null,
        page.after?.[1] ?? null,
        page.after?.[2] ?? null,
        page.limit,
      ],
    ),
  );
}
