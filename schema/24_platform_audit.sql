-- The audit trail: every event of the log, sealed into one chain per cooperative. An entry's hash covers the hash before
-- it, so nothing can be changed, dropped or slipped in unseen, also not by a superuser. Sealing runs behind the commands
-- and locks nothing they need.

-- By which command and in which session something was done. The transaction says so when it begins, whoever writes the
-- event; what follows from an event names its cause instead. Rows from before say nothing of it.
alter table platform.event
  add column command text default nullif(current_setting('habitat.command', true), ''),
  add column session_id uuid default nullif(current_setting('habitat.session_id', true), '')::uuid;

create table platform.audit_seal (
  cooperative_id uuid        not null,
  sequence       bigint      not null,
  position       bigint      not null,
  hash           text        not null,
  sealed_at      timestamptz not null,
  -- Copies to search by, so that the log itself needs no index for it; what counts is the event.
  recorded_at     timestamptz not null,
  type            text        not null,
  command         text,
  actor_member_id uuid,
  aggregate_id    uuid        not null,
  primary key (cooperative_id, sequence),
  unique (cooperative_id, position),
  foreign key (cooperative_id, position) references platform.event (cooperative_id, position)
);
create index audit_seal_by_time on platform.audit_seal (cooperative_id, recorded_at, sequence);
create index audit_seal_by_command on platform.audit_seal (cooperative_id, command, sequence);
create index audit_seal_by_actor on platform.audit_seal (cooperative_id, actor_member_id, sequence);
create index audit_seal_by_subject on platform.audit_seal (cooperative_id, aggregate_id, sequence);
select platform.wall('platform.audit_seal');
select platform.make_append_only('platform.audit_seal');

-- Where a chain stands. Positions are given out before commits, so a lower one may appear after a higher one: only up to
-- `sealed_to` nothing can appear any more. It moves up to `reach` once every transaction older than `reached_before` has
-- ended and a minute has passed.
create table platform.audit_head (
  cooperative_id uuid        primary key,
  sequence       bigint      not null,
  hash           text        not null,
  sealed_to      bigint      not null,
  reach          bigint      not null,
  reached_before xid8,
  reached_at     timestamptz
);
select platform.wall('platform.audit_head');

grant select on platform.audit_seal, platform.audit_head to habitat_platform;
grant select, insert on platform.audit_seal to habitat_relay;
grant select, insert, update on platform.audit_head to habitat_relay;
create policy relay on platform.audit_seal to habitat_relay using (true) with check (true);
create policy relay on platform.audit_head to habitat_relay using (true) with check (true);
