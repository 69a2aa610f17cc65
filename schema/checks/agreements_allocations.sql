-- Allocations and closes. Returns a row per fault: a proposal whose lines, reserves and unborne loss do not add up
-- to its net income in both bases, or a close whose steps, approval or ledger effect do not fit together.
with sums as (
  select a.cooperative_id, a.id, a.allocable_minor, a.unborne_minor, a.net_income_book_minor, a.net_income_tax_minor,
    coalesce(sum(l.book_minor), 0) as book, coalesce(sum(l.tax_minor), 0) as tax,
    (select coalesce(sum((p ->> 'bookMinor')::bigint), 0) from jsonb_array_elements(a.summary -> 'appropriations') p) as kept_book,
    (select coalesce(sum((p ->> 'taxMinor')::bigint), 0) from jsonb_array_elements(a.summary -> 'appropriations') p) as kept_tax
  from agreements.allocation a
  left join agreements.allocation_line l on l.cooperative_id = a.cooperative_id and l.allocation_id = a.id
  group by a.cooperative_id, a.id
)
select 'lines do not add up to the allocable surplus' as problem, cooperative_id, id
from sums where book - unborne_minor <> allocable_minor
union all
select 'lines and appropriations do not add up to book net income', cooperative_id, id
from sums where book + kept_book <> net_income_book_minor
union all
select 'lines and appropriations do not add up to tax net income', cooperative_id, id
from sums where tax + kept_tax <> net_income_tax_minor
union all
select 'the record does not hash to its hash', cooperative_id, id
from agreements.allocation where record_hash <> encode(sha256(convert_to(record, 'UTF8')), 'hex')
union all
select 'approved by its proposer', a.cooperative_id, a.id
from agreements.allocation a
join agreements.allocation_decision d on d.cooperative_id = a.cooperative_id and d.allocation_id = a.id and d.outcome = 'approved'
where d.by_login_id = a.by_login_id or d.by_member_id = a.by_member_id
union all
select 'credited without approval', e.cooperative_id, e.allocation_id
from agreements.allocation_effect e
left join agreements.allocation_decision d
  on d.cooperative_id = e.cooperative_id and d.allocation_id = e.allocation_id and d.outcome = 'approved'
where d.allocation_id is null
union all
select 'reversed without being credited', e.cooperative_id, e.allocation_id
from agreements.allocation_effect e
where e.effect = 'reversed' and not exists (
  select from agreements.allocation_effect c
  where c.cooperative_id = e.cooperative_id and c.allocation_id = e.allocation_id and c.effect = 'credited')
union all
select 'a completed close lacks a finished step', c.cooperative_id, c.id
from agreements.period_close c
where c.status in ('completed', 'reopening', 'reopened')
  and (select count(*) from agreements.close_step s
       where s.cooperative_id = c.cooperative_id and s.close_id = c.id and s.state = 'done') <> 7
union all
select 'a step is done before the one before it', s.cooperative_id, s.close_id
from agreements.close_step s
where s.state = 'done' and s.number > 1 and not exists (
  select from agreements.close_step b where b.cooperative_id = s.cooperative_id and b.close_id = s.close_id
    and b.number = s.number - 1 and b.state = 'done')
union all
select 'reopened with one signature', q.cooperative_id, q.close_id
from agreements.reopen_request q
join agreements.reopen_approval p on p.cooperative_id = q.cooperative_id and p.request_id = q.id
where p.by_login_id = q.by_login_id or p.by_member_id = q.by_member_id
union all
select 'terms approved by the person who set them', t.cooperative_id, t.id
from agreements.terms t
join agreements.terms_decision d on d.cooperative_id = t.cooperative_id and d.terms_id = t.id
where d.outcome = 'approved' and (d.by_login_id = t.by_login_id or d.by_member_id = t.by_member_id)
union all
-- What came to be applied only after the approval would otherwise never be missed.
select 'a closed period has applied contributions its allocation did not count', c.cooperative_id, c.period_id
from agreements.period_close c
join agreements.period p on p.cooperative_id = c.cooperative_id and p.id = c.period_id
join agreements.allocation a on a.cooperative_id = c.cooperative_id and a.id = c.allocation_id
where c.status = 'completed' and (a.summary -> 'counted' ->> 'contributions')::bigint <> (
  select count(*) from agreements.contribution k
  where k.cooperative_id = c.cooperative_id and k.status = 'applied' and k.patronage_category is not null
    and k.worked_on between p.starts_on and p.ends_on);
