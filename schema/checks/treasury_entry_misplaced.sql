-- Entries without a transaction, on no account of their cooperative or on one that has accounts below it, or dated
-- apart from their transaction or outside its period.
select e.cooperative_id, e.transaction_id, e.line, e.account_id, e.effective_on
from treasury.entry e
left join treasury.transaction t on t.cooperative_id = e.cooperative_id and t.id = e.transaction_id
left join treasury.account a on a.cooperative_id = e.cooperative_id and a.id = e.account_id
left join treasury.period p on p.cooperative_id = t.cooperative_id and p.id = t.period_id
where t.id is null or a.id is null or not a.is_leaf or p.id is null
  or e.effective_on <> t.effective_on or e.recorded_at <> t.recorded_at or e.is_closing <> t.is_closing
  or t.effective_on not between p.starts_on and p.ends_on;
