-- Evidence files: what is known of each; the bytes lie in a folder or bucket under <cooperative>/<file>. A file that was
-- attached to a contribution stays with it for good and as it is: only one that nobody attached may go.

create table people.evidence_file (
  cooperative_id        uuid        not null references people.cooperative,
  file_id               uuid        not null,
  -- As people see it: cleaned, never part of a path.
  name                  text        not null check (name <> '' and length(name) <= 120),
  media_type            text        not null check (media_type in
                          ('image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf')),
  size_bytes            bigint      not null check (size_bytes > 0),
  sha256                text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- Which scanner found it clean; null where none is set up.
  scanned_by            text,
  uploaded_by_login_id  uuid        not null,
  uploaded_by_member_id uuid,
  uploaded_at           timestamptz not null,
  contribution_id       uuid,
  attached_at           timestamptz,
  primary key (cooperative_id, file_id),
  foreign key (cooperative_id, contribution_id) references people.contribution (cooperative_id, contribution_id),
  check ((contribution_id is null) = (attached_at is null))
);
create index evidence_file_by_contribution on people.evidence_file (cooperative_id, contribution_id, attached_at)
  where contribution_id is not null;
create index evidence_file_unattached on people.evidence_file (cooperative_id, uploaded_at)
  where contribution_id is null;
select platform.wall('people.evidence_file');
grant select, insert, delete on people.evidence_file to habitat_people;
grant update (contribution_id, attached_at) on people.evidence_file to habitat_people;

create function people.keep_evidence() returns trigger
  language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' or old.contribution_id is not null
     or (tg_op = 'UPDATE' and to_jsonb(new) - 'contribution_id' - 'attached_at'
                          <> to_jsonb(old) - 'contribution_id' - 'attached_at') then
    raise exception using
      errcode = 'HB001',
      message = format('evidence is kept as it is: %s refused', lower(tg_op)),
      hint = 'attach another file';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger keep before update or delete on people.evidence_file
  for each row execute function people.keep_evidence();
create trigger keep_all before truncate on people.evidence_file
  for each statement execute function people.keep_evidence();
alter table people.evidence_file enable always trigger keep;
alter table people.evidence_file enable always trigger keep_all;
