// Reads of the journal and of one account's ledger, newest first, a page at a time behind a key.
import type { Database } from '@habitat/database';
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

const matches = `t.cooperative_id = $1
  and ($2::text is null or t.number = $3::bigint or t.description ilike '%' || $2 || '%')
  and ($4::uuid is null or exists (select from treasury.entry e
    where e.cooperative_id = t.cooperative_id and e.transaction_id = t.id and e.account_id = $4))
  and ($5::uuid is null or exists (select from treasury.entry e
    join treasury.account a on a.cooperative_id = e.cooperative_id and a.id = e.account_id
    where e.cooperative_id = t.cooperative_id and e.transaction_id = t.id and a.member_id = $5))
  and ($6::text is null or t.source::text = $6)
  and t.effective_on >= coalesce($7::date, '-infinity') and t.effective_on <= coalesce($8::date, 'infinity')
  and ($9::bigint is null or t.id in (select e.transaction_id from treasury.entry e
    where e.cooperative_id = $1 and (e.book_minor in ($9, -$9) or e.tax_minor in ($9, -$9))))`;

function valuesOf(cooperativeId: string, filter: JournalFilter): unknown[] {
  const search = filter.search?.trim() || null;
  const number = search !== null && /^#?\d{1,15}$/.test(search) ? search.replace('#', '') : null;
  return [
    cooperativeId,
    search === null ? null : search.replace(/[\\%_]/g, '\\$&'),
    number,
    filter.accountId ?? null,
    filter.memberId ?? null,
    filter.source ?? null,
    filter.from ?? null,
    filter.to ?? null,
    filter.amountMinor?.toString() ?? null,
  ];
}

/** The journal, newest first, with filters that all must hold. */
export async function listJournal(
  database: Database,
  cooperativeId: string,
  filter: JournalFilter,
  page: JournalPage,
): Promise<TransactionView[]> {
  return database.read('treasury', { cooperativeId }, (client) =>
    client.query<TransactionView & Record<string, unknown>>(
      `select ${transactionColumns} from treasury.transaction t
       where ${matches} and ($10::date is null or (t.effective_on, t.number) < ($10::date, $11::bigint))
       order by t.effective_on desc, t.number desc limit $12`,
      [...valuesOf(cooperativeId, filter), page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit],
    ),
  );
}

/** How many transactions match the filters. */
export async function countJournal(
  database: Database,
  cooperativeId: string,
  filter: JournalFilter,
): Promise<number> {
  const [row] = await database.read('treasury', { cooperativeId }, (client) =>
    client.query<{ count: bigint }>(
      `select count(*) as count from treasury.transaction t where ${matches}`,
      valuesOf(cooperativeId, filter),
    ),
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
