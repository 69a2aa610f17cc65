-- Closed periods after which revenue, expense or current-year net income is not zero.
select p.cooperative_id, p.id, p.name, a.code, s.book_minor, s.tax_minor
from treasury.period p
join treasury.balance_snapshot s on s.cooperative_id = p.cooperative_id and s.period_id = p.id
join treasury.account a on a.cooperative_id = s.cooperative_id and a.id = s.account_id
where p.status in ('closed', 'locked') and (a.type in ('revenue', 'expense') or a.code = '3310');
