-- Erasing a member: asked for, checked by those who know of capital and payments, agreed to by a second person, done once.
-- What is overwritten here is what can be; what cannot stands under the member's key, which goes with it.

alter table people.member add column erased_at timestamptz;
alter table people.evidence_file add column erased_at timestamptz;
-- When its bytes were removed as well: they lie in a folder or a bucket, outside of any transaction.
alter table people.evidence_file add column removed_at timestamptz;
grant update (removed_at) on people.evidence_file to habitat_people;
create index evidence_file_to_remove on people.evidence_file (cooperative_id)
  where erased_at is not null and removed_at is null;

create table people.erasure (
  cooperative_id          uuid        not null references people.cooperative,
  erasure_id              uuid        not null,
  member_id               uuid        not null,
  -- checking: agreements is asked for obstacles; approved: asked once more, and done if there is none.
  status                  text        not null check (status in
                            ('checking', 'waiting', 'approved', 'erased', 'refused', 'withdrawn')),
  requested_by_member_id  uuid        not null,
  requested_by_login_id   uuid,
  requested_at            timestamptz not null,
  approved_by_member_id   uuid,
  approved_by_login_id    uuid,
  approved_at             timestamptz,
  settled_at              timestamptz,
  -- What stood against it, as a code, with its amount where there is one.
  obstacle                text,
  obstacle_minor          bigint,
  primary key (cooperative_id, erasure_id),
  foreign key (cooperative_id, member_id) references people.member (cooperative_id, member_id),
  foreign key (cooperative_id, requested_by_member_id) references people.member (cooperative_id, member_id),
  check ((settled_at is null) = (status in ('checking', 'waiting', 'approved'))),
  check ((obstacle is null) = (status <> 'refused')),
  check ((approved_at is null) = (approved_by_member_id is null)),
  check (status not in ('approved', 'erased') or approved_at is not null),
  -- Two people, and neither is erased by their own signature alone.
  check (approved_by_member_id is distinct from requested_by_member_id or approved_by_member_id is null),
  check (approved_by_login_id is distinct from requested_by_login_id or approved_by_login_id is null),
  check (approved_by_member_id is distinct from member_id or approved_by_member_id is null)
);
create unique index erasure_open on people.erasure (cooperative_id, member_id) where settled_at is null;
create index erasure_by_time on people.erasure (cooperative_id, requested_at desc, erasure_id desc);
select platform.wall('people.erasure');
grant select, insert on people.erasure to habitat_people;
grant update (status, approved_by_member_id, approved_by_login_id, approved_at, settled_at, obstacle, obstacle_minor)
  on people.erasure to habitat_people;

-- Evidence is kept as it is, but for the erasure of the member whose contribution it shows: then its name goes, and later
-- its bytes. Its hash stays, because the log has it.
create or replace function people.keep_evidence() returns trigger
  language plpgsql as $$
declare
  changed constant text[] := case when tg_op = 'UPDATE' then array(
    select n.key from jsonb_each(to_jsonb(new)) n where n.value is distinct from to_jsonb(old) -> n.key) end;
begin
  if tg_op = 'UPDATE' and (
       (old.contribution_id is null and changed <@ array['contribution_id', 'attached_at'])
       or (old.erased_at is null and new.erased_at is not null and new.name = '—'
           and changed <@ array['erased_at', 'name'])
       or (old.erased_at is not null and old.removed_at is null and changed <@ array['removed_at'])) then
    return new;
  end if;
  if tg_op = 'DELETE' and old.contribution_id is null then
    return old;
  end if;
  raise exception using
    errcode = 'HB001',
    message = format('evidence is kept as it is: %s refused', lower(tg_op)),
    hint = 'attach another file';
end $$;

-- Everything people keeps about a member that is not the books: once, and harmless to repeat. The owner does it, because
-- no role of the product may change what is overwritten here.
create function people.erase_member(member uuid, at timestamptz) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  here constant uuid := platform.current_cooperative();
begin
  update people.member m
  set display_name = format('#%s', lpad(m.number::text, 2, '0')), legal_name = null,
    email = format('%s@erased.invalid', m.member_id), login_id = null, erased_at = at, changed_at = at
  where m.cooperative_id = here and m.member_id = member and m.erased_at is null;
  if not found then
    return false;
  end if;
  update people.contribution c
  set description = '', evidence = '[]',
    logged_for_reason = case when c.logged_for_reason is null then null else '—' end,
    late_reason = case when c.late_reason is null then null else '—' end
  where c.cooperative_id = here and c.member_id = member;
  update people.valuation_override o set justification = '—'
  from people.contribution c
  where o.cooperative_id = here and c.cooperative_id = here and c.contribution_id = o.contribution_id
    and c.member_id = member;
  update people.evidence_file f set name = '—', erased_at = at
  from people.contribution c
  where f.cooperative_id = here and f.erased_at is null and c.cooperative_id = here
    and c.contribution_id = f.contribution_id and c.member_id = member;
  delete from people.evidence_file f
  where f.cooperative_id = here and f.contribution_id is null and f.uploaded_by_member_id = member;
  delete from people.absence a where a.cooperative_id = here and a.member_id = member;
  update people.absence a set backup_member_id = null where a.cooperative_id = here and a.backup_member_id = member;
  update people.role_assignment r set revoked_at = at, revoke_reason = 'erased'
  where r.cooperative_id = here and r.member_id = member and r.revoked_at is null;
  perform platform.destroy_personal_key(member, at);
  return true;
end $$;
revoke all on function people.erase_member(uuid, timestamptz) from public;
grant execute on function people.erase_member(uuid, timestamptz) to habitat_people;
