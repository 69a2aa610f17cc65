-- Absences of reviewers: while one is away, what waits for them goes to whoever they named. Kept when it was ended early,
-- so that it can be told later why somebody else decided.

create table people.absence (
  cooperative_id         uuid        not null references people.cooperative,
  absence_id             uuid        not null,
  member_id              uuid        not null,
  -- Who decides meanwhile; null leaves it to the routes, the fallback and the other reviewers.
  backup_member_id       uuid,
  starts_on              date        not null,
  ends_on                date        not null,
  recorded_by_member_id  uuid,
  recorded_at            timestamptz not null,
  ended_at               timestamptz,
  ended_by_member_id     uuid,
  primary key (cooperative_id, absence_id),
  foreign key (cooperative_id, member_id) references people.member (cooperative_id, member_id),
  foreign key (cooperative_id, backup_member_id) references people.member (cooperative_id, member_id),
  check (ends_on >= starts_on),
  check (backup_member_id <> member_id),
  check (ended_at is not null or ended_by_member_id is null)
);
create index absence_in_force on people.absence (cooperative_id, ends_on) where ended_at is null;
select platform.wall('people.absence');
grant select, insert on people.absence to habitat_people;
grant update (ended_at, ended_by_member_id) on people.absence to habitat_people;
