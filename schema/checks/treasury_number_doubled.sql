-- Transaction numbers given twice within one cooperative.
select cooperative_id, number, count(*) from treasury.transaction group by cooperative_id, number having count(*) > 1;
