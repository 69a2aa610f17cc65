-- What operators see and ask for, and what a read replica needs to know.

-- How far each person's own writes reach in the log of the server, so that their next report is not older, whichever
-- process answers it. Written only where there is a replica. Unlogged: a crash empties it, and for a while after one
-- all reports are read on the primary.
create unlogged table platform.last_write (
  cooperative_id uuid        not null,
  login_id       uuid        not null,
  lsn            pg_lsn      not null,
  written_at     timestamptz not null,
  primary key (cooperative_id, login_id)
) with (fillfactor = 50);
select platform.wall('platform.last_write');
grant select, insert, update on platform.last_write to habitat_relay;
create policy relay on platform.last_write to habitat_relay using (true) with check (true);

-- When an event first failed in a handler, kept with the letter it became.
alter table platform.delivery_attempt add column first_attempt_at timestamptz not null default now();
alter table platform.dead_letter add column first_failed_at timestamptz;
alter table platform.dead_letter add column last_failed_at timestamptz;

-- A redrive somebody asked for. The handlers live in the worker: it takes requests up and writes down how they ended.
create table platform.redrive_request (
  cooperative_id      uuid        not null,
  id                  uuid        not null,
  dead_letter_id      uuid        not null,
  requested_login_id  uuid        not null,
  requested_member_id uuid,
  requested_at        timestamptz not null,
  taken_at            timestamptz,
  finished_at         timestamptz,
  outcome             text        check (outcome in ('handled', 'failed', 'gone')),
  fault               text,
  primary key (cooperative_id, id),
  foreign key (cooperative_id, dead_letter_id) references platform.dead_letter (cooperative_id, id),
  check ((finished_at is null) = (outcome is null)),
  check (outcome = 'failed' or fault is null)
);
-- One at a time: asking again while one waits is refused.
create unique index redrive_request_open on platform.redrive_request (cooperative_id, dead_letter_id)
  where finished_at is null;
create index redrive_request_by_letter on platform.redrive_request (cooperative_id, dead_letter_id, requested_at);
select platform.wall('platform.redrive_request');
grant select, insert on platform.redrive_request to habitat_platform;
grant select on platform.dead_letter to habitat_platform;
grant select, update on platform.redrive_request to habitat_relay;
create policy relay on platform.redrive_request to habitat_relay using (true) with check (true);

-- The handlers of the workers that run here, as they told at their start: what lag is measured against.
create table platform.handler (
  name       text        primary key,
  types      text[]      not null,
  started_at timestamptz not null
);
alter table platform.handler enable row level security;
alter table platform.handler force row level security;
create policy relay on platform.handler to habitat_relay using (true) with check (true);
grant select, insert, update, delete on platform.handler to habitat_relay;

-- The last run of what is due by the clock.
create table platform.schedule_run (
  name        text        primary key,
  started_at  timestamptz not null,
  finished_at timestamptz not null,
  outcome     text        not null check (outcome in ('ok', 'fault')),
  fault       text,
  check ((outcome = 'fault') = (fault is not null))
);
alter table platform.schedule_run enable row level security;
alter table platform.schedule_run force row level security;
create policy relay on platform.schedule_run to habitat_relay using (true) with check (true);
grant select, insert, update on platform.schedule_run to habitat_relay;
