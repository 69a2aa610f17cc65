-- Contributions. Returns a row per fault: a life that does not fit its history, a decision by somebody who may not
-- decide, a signature missing, a change without its reason.
with steps as (
  select cooperative_id, contribution_id, count(*) as taken, max(sequence) as last,
    (array_agg(to_status order by sequence desc))[1] as stands,
    count(*) filter (where act = 'approved') as approved
  from people.contribution_step group by cooperative_id, contribution_id
), linked as (
  select cooperative_id, contribution_id, sequence, from_status,
    lag(to_status) over (partition by cooperative_id, contribution_id order by sequence) as before
  from people.contribution_step
)
select 'steps have a gap or are missing' as problem, c.cooperative_id, c.contribution_id as id
from people.contribution c
left join steps s on s.cooperative_id = c.cooperative_id and s.contribution_id = c.contribution_id
where s.taken is distinct from c.step_count or s.last is distinct from c.step_count
union all
select 'status is not what the last step led to', c.cooperative_id, c.contribution_id
from people.contribution c
join steps s on s.cooperative_id = c.cooperative_id and s.contribution_id = c.contribution_id
where s.stands <> c.status
union all
select 'a step begins where the one before did not end', cooperative_id, contribution_id
from linked where before is distinct from from_status
union all
select 'valued without approval', c.cooperative_id, c.contribution_id
from people.contribution c
join steps s on s.cooperative_id = c.cooperative_id and s.contribution_id = c.contribution_id
where c.status in ('valued', 'applied', 'disputed', 'resolved') and s.approved = 0
union all
select 'a signature is missing', c.cooperative_id, c.contribution_id
from people.contribution c
where c.status in ('valued', 'applied', 'disputed', 'resolved') and not c.auto_approved
  and (select count(*) from people.approval a
       where a.cooperative_id = c.cooperative_id and a.contribution_id = c.contribution_id and a.round = c.round) < c.signatures_needed
union all
select 'auto-approved although somebody logged it for another or it was late', cooperative_id, contribution_id
from people.contribution where auto_approved and (late or logged_for_reason is not null)
union all
select 'approved by its own member or whoever logged it', a.cooperative_id, a.contribution_id
from people.approval a
join people.contribution c on c.cooperative_id = a.cooperative_id and c.contribution_id = a.contribution_id
where a.approver_member_id in (c.member_id, c.logged_by_member_id)
union all
select 'two signatures of one person', a.cooperative_id, a.contribution_id
from people.approval a
where a.approver_login_id is not null
group by a.cooperative_id, a.contribution_id, a.round, a.approver_login_id having count(*) > 1
union all
select 'adjusted without a reviewer''s reason', cooperative_id, contribution_id
from people.contribution c
where (original_quantity is not null or original_value_minor is not null) and not exists (
  select from people.contribution_step s
  where s.cooperative_id = c.cooperative_id and s.contribution_id = c.contribution_id
    and s.act in ('adjusted', 'overridden', 'resolved') and s.reason <> '')
union all
select 'late without an override''s reason', cooperative_id, contribution_id
from people.contribution where late and coalesce(late_reason, '') = ''
union all
select 'kept in a period its day does not fall in', c.cooperative_id, c.contribution_id
from people.contribution c
join people.period p on p.cooperative_id = c.cooperative_id and p.period_id = c.period_id
where c.worked_on not between p.starts_on and p.ends_on
union all
select 'a value was overridden by one person alone', cooperative_id, contribution_id
from people.valuation_override where confirmed_by_member_id = requested_by_member_id;
