-- Members whose book capital is below zero by more than their deficit restoration obligation.
select a.cooperative_id, a.member_id, a.code, -sum(e.book_minor) as capital_minor, a.dro_minor
from treasury.account a
join treasury.entry e on e.cooperative_id = a.cooperative_id and e.account_id = a.id
where a.member_id is not null
group by a.cooperative_id, a.member_id, a.code, a.dro_minor
having -sum(e.book_minor) < -a.dro_minor;
