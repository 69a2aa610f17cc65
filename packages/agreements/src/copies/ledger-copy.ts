// What the ledger says about income, cash and members' capital, as rows per transaction. Balances are sums to a
// day: nothing is kept that two deliveries at once could get wrong.
import type { Queryable, Transaction } from '@habitat/database';
import type { Envelope } from '@habitat/events';
import { encodePayload, readPayload, transactionPosted } from '@habitat/events';

export interface Bases {
  readonly bookMinor: bigint;
  readonly taxMinor: bigint;
}

/** Takes over treasury.transaction.posted. */
export async function copyPostings(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  const posted = events.map((event) => readPayload(transactionPosted, event));
  await tx.query({
    name: 'agreements-copy-postings',
    text: `with delivered as (
             select * from jsonb_to_recordset($2::jsonb) as t("transactionId" uuid, "effectiveOn" date, source text,
               "cashChangeMinor" bigint, "incomeChange" jsonb, "capitalChanges" jsonb)
           ), postings as (
             insert into agreements.posting (cooperative_id, transaction_id, effective_on, source,
               income_book_minor, income_tax_minor, cash_change_minor)
             select $1, "transactionId", "effectiveOn", source, ("incomeChange" ->> 'bookMinor')::bigint,
               ("incomeChange" ->> 'taxMinor')::bigint, "cashChangeMinor"
             from delivered
             on conflict do nothing
           )
           insert into agreements.capital_change (cooperative_id, transaction_id, member_id, effective_on,
             book_minor, tax_minor)
           select $1, d."transactionId", c."memberId", d."effectiveOn", sum(c."bookMinor"), sum(c."taxMinor")
           from delivered d, jsonb_to_recordset(d."capitalChanges")
             as c("memberId" uuid, "bookMinor" bigint, "taxMinor" bigint)
           group by d."transactionId", c."memberId", d."effectiveOn"
           on conflict do nothing`,
    values: [tx.cooperativeId, encodePayload(posted)],
  });
}

/** Revenue less expense posted so far with dates from one day to another, both included. */
export async function incomeBetween(
  db: Queryable,
  cooperativeId: string,
  from: string,
  to: string,
): Promise<Bases> {
  const [row] = await db.query<{ book: bigint; tax: bigint }>(
    `select coalesce(sum(income_book_minor), 0)::bigint as book, coalesce(sum(income_tax_minor), 0)::bigint as tax
     from agreements.posting where cooperative_id = $1 and effective_on between $2 and $3`,
    [cooperativeId, from, to],
  );
  return { bookMinor: row?.book ?? 0n, taxMinor: row?.tax ?? 0n };
}

/** Cash and equivalents now, as posted. */
export async function cashNow(db: Queryable, cooperativeId: string): Promise<bigint> {
  const [row] = await db.query<{ cash: bigint }>(
    `select coalesce(sum(cash_change_minor), 0)::bigint as cash from agreements.posting where cooperative_id = $1`,
    [cooperativeId],
  );
  return row?.cash ?? 0n;
}

/** Each member's capital to the end of a day (everything posted when the day is null), both bases. */
export async function capitalByMember(
  db: Queryable,
  cooperativeId: string,
  asOf: string | null,
): Promise<Map<string, Bases>> {
  const rows = await db.query<{ memberId: string; book: bigint; tax: bigint }>(
    `select member_id as "memberId", sum(book_minor)::bigint as book, sum(tax_minor)::bigint as tax
     from agreements.capital_change where cooperative_id = $1 and effective_on <= coalesce($2::date, 'infinity')
     group by member_id`,
    [cooperativeId, asOf],
  );
  return new Map(rows.map((row) => [row.memberId, { bookMinor: row.book, taxMinor: row.tax }]));
}
