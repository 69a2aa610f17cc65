-- Members, roles, rules and policies. Returns a row per fault: a standing that does not fit its history, a
-- cooperative nobody administers, a role taken by oneself, a rule put in force by one person alone.
select 'standing is not what the last step led to' as problem, m.cooperative_id, m.member_id as id
from people.member m
left join lateral (
  select s.to_status, s.sequence from people.member_step s
  where s.cooperative_id = m.cooperative_id and s.member_id = m.member_id order by s.sequence desc limit 1) last on true
where last.to_status is distinct from m.status or last.sequence is distinct from m.step_count
union all
select 'nobody administers the cooperative', c.cooperative_id, c.cooperative_id
from people.cooperative c
where exists (select from people.member m where m.cooperative_id = c.cooperative_id) and not exists (
  select from people.role_assignment a
  join people.member m on m.cooperative_id = a.cooperative_id and m.member_id = a.member_id
  where a.cooperative_id = c.cooperative_id and a.role = 'administrator' and a.revoked_at is null
    and m.status in ('active', 'withdrawing'))
union all
select 'a role granted to oneself', a.cooperative_id, a.assignment_id
from people.role_assignment a
join people.member m on m.cooperative_id = a.cooperative_id and m.member_id = a.member_id
where a.granted_by_kind <> 'system' and (a.granted_by_member_id = a.member_id or a.granted_by_login_id = m.login_id)
union all
select 'a waiver of notice signed by its own author', r.cooperative_id, r.rule_id
from people.valuation_rule r
join people.valuation_rule_signature s on s.cooperative_id = r.cooperative_id and s.rule_id = r.rule_id
where s.signed_by_member_id = r.set_by_member_id or s.signed_by_login_id = r.set_by_login_id
union all
select 'versions of a rule have a gap', cooperative_id, (array_agg(rule_id))[1]
from people.valuation_rule
group by cooperative_id, kind, lower(coalesce(category, '')), member_id having max(version) <> count(*)
union all
select 'versions of a policy have a gap', cooperative_id, cooperative_id
from people.policy group by cooperative_id, topic having max(version) <> count(*);
