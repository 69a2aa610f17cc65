-- §704(c) layers whose transaction does not put their book and tax amounts on their account.
select l.cooperative_id, l.id, l.transaction_id, l.account_id
from treasury.layer_704c l
where not exists (
  select from treasury.entry e
  where e.cooperative_id = l.cooperative_id and e.transaction_id = l.transaction_id and e.account_id = l.account_id
    and e.book_minor = l.book_minor and e.tax_minor = l.tax_minor);
