-- The history of members and contributions is append-only, and what people wrote in it is about a member: it is sealed
-- under that member's key. The sequence of acts, their actors and their figures stay readable for ever.

-- People's own names for sealing and opening; the keys themselves it never sees.
create function people.seal(member uuid, plain text) returns text
  language sql volatile strict as 'select platform.seal_personal(member, plain)';
create function people.unseal(member uuid, sealed text) returns text
  language sql stable strict as 'select platform.open_personal(member, sealed)';
revoke all on function people.seal(uuid, text), people.unseal(uuid, text) from public;
grant execute on function people.seal(uuid, text), people.unseal(uuid, text) to habitat_people;

-- A text of 4,000 characters is longer once sealed.
alter table people.contribution_comment drop constraint contribution_comment_body_check;
alter table people.contribution_comment add check (body <> '' and length(body) <= 24000);

-- What was written before is sealed as well, once, by whoever migrates: one cooperative after the other, inside its wall.
alter table people.cooperative no force row level security;
alter table people.member_step disable trigger append_only;
alter table people.contribution_step disable trigger append_only;
alter table people.contribution_comment disable trigger append_only;
do $$
declare
  one uuid;
begin
  for one in select cooperative_id from people.cooperative loop
    perform set_config('habitat.cooperative_id', one::text, true);
    update people.member_step set reason = people.seal(member_id, reason)
    where cooperative_id = one and reason is not null;
    update people.contribution_step s set reason = people.seal(c.member_id, s.reason)
    from people.contribution c
    where s.cooperative_id = one and s.reason is not null
      and c.cooperative_id = s.cooperative_id and c.contribution_id = s.contribution_id;
    update people.contribution_comment m set body = people.seal(c.member_id, m.body)
    from people.contribution c
    where m.cooperative_id = one and c.cooperative_id = m.cooperative_id and c.contribution_id = m.contribution_id;
  end loop;
  perform set_config('habitat.cooperative_id', '', true);
end $$;
alter table people.member_step enable always trigger append_only;
alter table people.contribution_step enable always trigger append_only;
alter table people.contribution_comment enable always trigger append_only;
alter table people.cooperative force row level security;
