-- Reversals that do not undo their original entry by entry.
select r.cooperative_id, r.id, r.reverses_id, e.account_id, sum(e.book_minor) as book, sum(e.tax_minor) as tax
from treasury.transaction r
join treasury.entry e on e.cooperative_id = r.cooperative_id and e.transaction_id in (r.id, r.reverses_id)
where r.reverses_id is not null
group by r.cooperative_id, r.id, r.reverses_id, e.account_id
having sum(e.book_minor) <> 0 or sum(e.tax_minor) <> 0;
