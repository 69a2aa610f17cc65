// The sums reports are made of, each in one query over snapshot and entries.
import type { Queryable } from '@habitat/database';
import type { AccountBalance, Bases } from './report.ts';

const columns = `a.id as "accountId", a.code, a.name, a.type, a.normal_side as "normalSide", g.code as "groupCode",
  g.name as "groupName", a.member_id as "memberId"`;

/** Balances of every leaf that ever moved or is active, at a day and as known at an instant; in the order of codes. */
export async function selectBalances(
  client: Queryable,
  cooperativeId: string,
  at: { readonly asOf: string; readonly asKnownAt: Date | null },
): Promise<AccountBalance[]> {
  return client.query<AccountBalance & Record<string, unknown>>(
    `select ${columns}, coalesce(b.book_minor, 0) as "bookMinor", coalesce(b.tax_minor, 0) as "taxMinor"
     from treasury.account a
     left join treasury.account g on g.cooperative_id = a.cooperative_id and g.id = a.parent_id
     left join treasury.balances_at($2, $3) b on b.account_id = a.id
     where a.cooperative_id = $1 and a.is_leaf and (a.active or b.account_id is not null)
     order by a.code`,
    [cooperativeId, at.asOf, at.asKnownAt],
  );
}

/** Cash and equivalents at the end of a day. */
export async function selectCash(
  client: Queryable,
  cooperativeId: string,
  at: { readonly asOf: string; readonly asKnownAt: Date | null },
): Promise<Bases> {
  const [row] = await client.query<{ bookMinor: bigint; taxMinor: bigint }>(
    `select coalesce(sum(b.book_minor), 0)::bigint as "bookMinor", coalesce(sum(b.tax_minor), 0)::bigint as "taxMinor"
     from treasury.account a
     join treasury.balances_at($2, $3) b on b.account_id = a.id
     where a.cooperative_id = $1 and a.is_cash`,
    [cooperativeId, at.asOf, at.asKnownAt],
  );
  return row ?? { bookMinor: 0n, taxMinor: 0n };
}

/** What the transactions that moved cash over some days moved on every other account; debit positive, by code. */
export async function selectCashMovements(
  client: Queryable,
  cooperativeId: string,
  span: { readonly from: string; readonly to: string; readonly asKnownAt: Date | null },
): Promise<AccountBalance[]> {
  return client.query<AccountBalance & Record<string, unknown>>(
    `select ${columns}, m.book::bigint as "bookMinor", m.tax::bigint as "taxMinor"
     from (
       select e.account_id, sum(e.book_minor) as book, sum(e.tax_minor) as tax
       from (
         select distinct e.transaction_id
         from treasury.account c
         join treasury.entry e on e.cooperative_id = c.cooperative_id and e.account_id = c.id
         where c.cooperative_id = $1 and c.is_cash and e.effective_on between $2 and $3
           and ($4::timestamptz is null or e.recorded_at <= $4)
       ) t
       join treasury.entry e on e.cooperative_id = $1 and e.transaction_id = t.transaction_id
       group by e.account_id
     ) m
     join treasury.account a on a.cooperative_id = $1 and a.id = m.account_id and not a.is_cash
     left join treasury.account g on g.cooperative_id = a.cooperative_id and g.id = a.parent_id
     where m.book <> 0 or m.tax <> 0
     order by a.code`,
    [cooperativeId, span.from, span.to, span.asKnownAt],
  );
}

/** What revenue and expense leaves moved by over some days, without the entries that close them. */
export async function selectIncome(
  client: Queryable,
  cooperativeId: string,
  span: { readonly from: string; readonly to: string; readonly asKnownAt: Date | null },
): Promise<AccountBalance[]> {
  return client.query<AccountBalance & Record<string, unknown>>(
    `select ${columns}, m.book::bigint as "bookMinor", m.tax::bigint as "taxMinor"
     from treasury.account a
     left join treasury.account g on g.cooperative_id = a.cooperative_id and g.id = a.parent_id
     cross join lateral (
       select count(*) as n, coalesce(sum(e.book_minor), 0) as book, coalesce(sum(e.tax_minor), 0) as tax
       from treasury.entry e
       where e.cooperative_id = a.cooperative_id and e.account_id = a.id and e.effective_on between $2 and $3
         and not e.is_closing and ($4::timestamptz is null or e.recorded_at <= $4)
     ) m
     where a.cooperative_id = $1 and a.is_leaf and a.type in ('revenue', 'expense') and m.n > 0
     order by a.code`,
    [cooperativeId, span.from, span.to, span.asKnownAt],
  );
}
