-- Lots, payments and statements. Returns a row per fault: lots that are not exactly the positive lines of credited
-- allocations less what was paid and reversed, payments without a second signature, statements that are missing.
select 'a credited line has no lot' as problem, l.cooperative_id, l.allocation_id as id
from agreements.allocation_line l
join agreements.allocation_effect e
  on e.cooperative_id = l.cooperative_id and e.allocation_id = l.allocation_id and e.effect = 'credited'
left join agreements.retained_lot o
  on o.cooperative_id = l.cooperative_id and o.allocation_id = l.allocation_id and o.member_id = l.member_id
where l.book_minor > 0 and o.allocated_minor is distinct from l.book_minor
union all
select 'a lot gave more than it holds', o.cooperative_id, o.id
from agreements.retained_lot o
join agreements.lot_movement m on m.cooperative_id = o.cooperative_id and m.lot_id = o.id
group by o.cooperative_id, o.id, o.allocated_minor having sum(m.amount_minor) > o.allocated_minor
union all
select 'a reversed allocation has something left in a lot', o.cooperative_id, o.id
from agreements.retained_lot o
join agreements.allocation_effect e
  on e.cooperative_id = o.cooperative_id and e.allocation_id = o.allocation_id and e.effect = 'reversed'
where o.allocated_minor <> (select coalesce(sum(m.amount_minor), 0) from agreements.lot_movement m
                            where m.cooperative_id = o.cooperative_id and m.lot_id = o.id)
union all
select 'a paid line took nothing, or something else, from its lot', l.cooperative_id, l.id
from agreements.distribution_line l
left join agreements.lot_movement m on m.cooperative_id = l.cooperative_id and m.line_id = l.id
where l.lot_id is not null and (l.state = 'paid') is distinct from (m.amount_minor is not distinct from l.amount_minor)
union all
select 'the lines do not add up to the distribution', d.cooperative_id, d.id
from agreements.distribution d
join agreements.distribution_line l on l.cooperative_id = d.cooperative_id and l.distribution_id = d.id
group by d.cooperative_id, d.id, d.total_minor having sum(l.amount_minor) <> d.total_minor
union all
select 'calculated and approved by one person', d.cooperative_id, d.id
from agreements.distribution d
join agreements.distribution_approval a on a.cooperative_id = d.cooperative_id and a.distribution_id = d.id
where a.by_login_id = d.by_login_id or a.by_member_id = d.by_member_id
union all
select 'a payment went on without approval', l.cooperative_id, l.id
from agreements.distribution_line l
where l.state not in ('calculated', 'cancelled') and not exists (
  select from agreements.distribution_approval a
  where a.cooperative_id = l.cooperative_id and a.distribution_id = l.distribution_id)
union all
-- Statements are made by the ledger's answer; while a close waits for it (step 7) none is missed.
select 'a member of a closed period has no statement', l.cooperative_id, l.member_id
from agreements.period_close c
join agreements.allocation_line l on l.cooperative_id = c.cooperative_id and l.allocation_id = c.allocation_id
where c.status = 'completed' and l.book_minor <> 0 and not exists (
  select from agreements.statement s
  where s.cooperative_id = c.cooperative_id and s.close_id = c.id and s.member_id = l.member_id)
union all
select 'a statement shows another share than the allocation', s.cooperative_id, s.id
from agreements.statement s
left join agreements.allocation_line l
  on l.cooperative_id = s.cooperative_id and l.allocation_id = s.allocation_id and l.member_id = s.member_id
where (s.document -> 'share' ->> 'shareMinor')::bigint <> coalesce(l.book_minor, 0)
union all
select 'a statement carries another record hash than its allocation', s.cooperative_id, s.id
from agreements.statement s
join agreements.allocation a on a.cooperative_id = s.cooperative_id and a.id = s.allocation_id
where s.document ->> 'recordHash' <> a.record_hash;
