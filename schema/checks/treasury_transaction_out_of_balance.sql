-- Transactions whose entries do not add up to zero in both bases, are fewer than two, or are not all there.
select t.cooperative_id, t.id, t.number, count(e.line) as entries, sum(e.book_minor) as book, sum(e.tax_minor) as tax
from treasury.transaction t
left join treasury.entry e on e.cooperative_id = t.cooperative_id and e.transaction_id = t.id
group by t.cooperative_id, t.id, t.number, t.entry_count
having count(e.line) < 2 or count(e.line) <> t.entry_count or sum(e.book_minor) <> 0 or sum(e.tax_minor) <> 0;
