-- Snapshots that are not the sum of every entry up to their period's end, account by account.
with summed as (
  select p.cooperative_id, p.id as period_id, e.account_id, sum(e.book_minor) as book, sum(e.tax_minor) as tax
  from treasury.period p
  join treasury.entry e on e.cooperative_id = p.cooperative_id and e.effective_on <= p.ends_on
  where p.status in ('closed', 'locked')
  group by 1, 2, 3
)
select coalesce(s.cooperative_id, x.cooperative_id) as cooperative_id, coalesce(s.period_id, x.period_id) as period_id,
  coalesce(s.account_id, x.account_id) as account_id, s.book_minor, x.book, s.tax_minor, x.tax
from treasury.balance_snapshot s
full join summed x on x.cooperative_id = s.cooperative_id and x.period_id = s.period_id and x.account_id = s.account_id
where coalesce(s.book_minor, 0) <> coalesce(x.book, 0) or coalesce(s.tax_minor, 0) <> coalesce(x.tax, 0);
