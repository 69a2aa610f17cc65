// The sums reports are made of, each in one query over snapshot and entries.
import type { Queryable } from '@habitat/database';
import type { AccountBalance } from './report.ts';

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
