-- Peer validation. Returns a row per fault: approved on fewer peers than the rule asked for, by somebody it was not for, or
-- by silence where the rule gives silence no such weight.
with said as (
  select r.cooperative_id, r.contribution_id, r.round, r.needed, r.until_on, r.on_timeout,
    count(v.member_id) filter (where v.verdict = 'validated') as validated,
    count(v.member_id) filter (where v.verdict = 'objected') as objected
  from people.peer_review r
  left join people.peer_vote v
    on v.cooperative_id = r.cooperative_id and v.contribution_id = r.contribution_id and v.round = r.round
  group by r.cooperative_id, r.contribution_id, r.round, r.needed, r.until_on, r.on_timeout
)
select 'valued with nobody''s signature, and no peers or rule that let it' as problem, c.cooperative_id,
  c.contribution_id as id
from people.contribution c
left join said s on s.cooperative_id = c.cooperative_id and s.contribution_id = c.contribution_id and s.round = c.round
where c.status in ('valued', 'applied', 'disputed', 'resolved') and c.signatures_needed = 0 and not c.auto_approved
  and not coalesce(
    (c.peer_state = 'validated' and s.validated >= s.needed and s.objected = 0)
    or (c.peer_state = 'timed_out' and s.on_timeout = 'approve'), false)
union all
select 'with its peers and not waiting, or without terms', c.cooperative_id, c.contribution_id
from people.contribution c
left join said s on s.cooperative_id = c.cooperative_id and s.contribution_id = c.contribution_id and s.round = c.round
where c.peer_state = 'open' and (c.status <> 'submitted' or s.needed is null or s.objected > 0)
union all
select 'validated by its own member or whoever logged it', v.cooperative_id, v.contribution_id
from people.peer_vote v
join people.contribution c on c.cooperative_id = v.cooperative_id and c.contribution_id = v.contribution_id
where v.member_id in (c.member_id, c.logged_by_member_id)
union all
select 'more yeses than the rule asked for', cooperative_id, contribution_id from said where validated > needed;
