-- A session in force belongs to a membership in force, and no refresh token is used before it was issued.
select session.cooperative_id, session.id as session_id, 'membership has ended' as fault
from platform.session
join platform.membership using (cooperative_id, login_id)
where session.ended_at is null and membership.ended_at is not null
union all
select refresh_token.cooperative_id, refresh_token.session_id, 'token used before it was issued'
from platform.refresh_token
where used_at < issued_at;
