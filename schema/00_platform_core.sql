-- Platform core: the wall between cooperatives, a role per context, and the event log with its delivery tables.
-- A transaction names its cooperative with set_config('habitat.cooperative_id', …, true); with none named,
-- row level security shows nothing.

create schema platform;

-- Roles belong to the server, not to this database, so they may be there already.
do $$
declare
  role_name text;
begin
  foreach role_name in array array['habitat_platform', 'habitat_treasury', 'habitat_people', 'habitat_agreements', 'habitat_relay'] loop
    begin
      execute format('create role %I nologin noinherit nobypassrls', role_name);
    exception when duplicate_object or unique_violation then null;
    end;
  end loop;
end $$;

revoke all on schema public from public;
grant usage on schema platform to habitat_platform, habitat_treasury, habitat_people, habitat_agreements, habitat_relay;

-- The cooperative this transaction acts for; null when none is named.
create function platform.current_cooperative() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('habitat.cooperative_id', true), '')::uuid;

-- The login this transaction acts for, where a person's own rows in several cooperatives are meant.
create function platform.current_login() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('habitat.login_id', true), '')::uuid;

-- Puts the wall around one tenant table: its own cooperative's rows, for every role and for the owner too.
create function platform.wall(tenant_table regclass) returns void
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', tenant_table);
  execute format('alter table %s force row level security', tenant_table);
  execute format(
    'create policy tenant on %s using (cooperative_id = platform.current_cooperative()) with check (cooperative_id = platform.current_cooperative())',
    tenant_table);
end $$;

-- Refuses UPDATE, DELETE and TRUNCATE on an append-only table, whoever asks.
create function platform.refuse_change() returns trigger
  language plpgsql as $$
begin
  raise exception using
    errcode = 'HB001',
    message = format('%I.%I is append-only: %s refused', tg_table_schema, tg_table_name, lower(tg_op)),
    hint = 'correct it with a new row';
end $$;

create function platform.make_append_only(append_only_table regclass) returns void
  language plpgsql as $$
begin
  execute format(
    'create trigger append_only before update or delete or truncate on %s for each statement execute function platform.refuse_change()',
    append_only_table);
  execute format('alter table %s enable always trigger append_only', append_only_table);
end $$;

-- The event log. It is also the outbox: what is still to be delivered stands in platform.outbox.
create table platform.event (
  cooperative_id  uuid        not null,
  position        bigint      not null generated always as identity,
  id              uuid        not null,
  type            text        not null,
  version         integer     not null check (version > 0),
  aggregate_type  text        not null,
  aggregate_id    uuid        not null,
  actor_kind      text        not null check (actor_kind in ('person', 'agent', 'system')),
  actor_login_id  uuid,
  actor_member_id uuid,
  correlation_id  text        not null,
  causation_id    uuid,
  recorded_at     timestamptz not null,
  payload         jsonb       not null,
  primary key (cooperative_id, position),
  unique (cooperative_id, id)
);
create index event_by_aggregate on platform.event (cooperative_id, aggregate_id, position);
create index event_by_type on platform.event (cooperative_id, type, position);
select platform.wall('platform.event');
select platform.make_append_only('platform.event');

-- Positions not delivered yet. Commands lock their aggregate before they append, so positions of one aggregate
-- are in commit order; positions of different aggregates need not be, and a set has no cursor to overtake.
create table platform.outbox (
  cooperative_id uuid   not null,
  position       bigint not null,
  primary key (cooperative_id, position)
);
create index outbox_in_order on platform.outbox (position);
select platform.wall('platform.outbox');

create function platform.enqueue_events() returns trigger
  language plpgsql as $$
begin
  insert into platform.outbox (cooperative_id, position) select cooperative_id, position from recorded;
  return null;
end $$;
create trigger enqueue after insert on platform.event
  referencing new table as recorded for each statement execute function platform.enqueue_events();
alter table platform.event enable always trigger enqueue;

-- One row per event and handler, written in the handler's own transaction: an event takes effect once.
create table platform.inbox (
  cooperative_id uuid        not null,
  handler        text        not null,
  event_id       uuid        not null,
  handled_at     timestamptz not null default now(),
  primary key (cooperative_id, handler, event_id)
);
select platform.wall('platform.inbox');

-- How often a failing event was tried by a handler; kept apart from the handler's rolled-back transaction.
create table platform.delivery_attempt (
  cooperative_id  uuid        not null,
  event_id        uuid        not null,
  handler         text        not null,
  attempts        integer     not null check (attempts > 0),
  last_error      text        not null,
  last_attempt_at timestamptz not null,
  primary key (cooperative_id, event_id, handler)
);
select platform.wall('platform.delivery_attempt');

-- Events a handler gave up on. Kept after a redrive, with when and how it ended.
create table platform.dead_letter (
  cooperative_id uuid        not null,
  id             uuid        not null,
  event_id       uuid        not null,
  handler        text        not null,
  attempts       integer     not null,
  error          text        not null,
  dead_at        timestamptz not null,
  redriven_at    timestamptz,
  primary key (cooperative_id, id),
  foreign key (cooperative_id, event_id) references platform.event (cooperative_id, id)
);
create unique index dead_letter_open on platform.dead_letter (cooperative_id, event_id, handler) where redriven_at is null;
select platform.wall('platform.dead_letter');

-- First answers of commands, so that a repeated request gets the same one. Written in the command's transaction.
create table platform.idempotency_key (
  cooperative_id uuid        not null,
  actor_key      text        not null,
  key            text        not null check (length(key) between 1 and 200),
  command        text        not null,
  fingerprint    text        not null,
  response       jsonb,
  created_at     timestamptz not null default now(),
  primary key (cooperative_id, actor_key, key)
);
create index idempotency_key_by_age on platform.idempotency_key (created_at);
select platform.wall('platform.idempotency_key');

grant select, insert on platform.event to habitat_platform, habitat_treasury, habitat_people, habitat_agreements;
grant insert on platform.outbox to habitat_platform, habitat_treasury, habitat_people, habitat_agreements;
grant select, insert on platform.inbox to habitat_platform, habitat_treasury, habitat_people, habitat_agreements;
grant select, insert, update on platform.idempotency_key
  to habitat_platform, habitat_treasury, habitat_people, habitat_agreements;

-- The relay carries every cooperative's events, so its policies admit all rows; it reads no context's tables.
grant select on platform.event, platform.inbox to habitat_relay;
grant select, delete on platform.outbox to habitat_relay;
grant select, insert, update, delete on platform.delivery_attempt to habitat_relay;
grant select, insert, update on platform.dead_letter to habitat_relay;
grant select, delete on platform.idempotency_key to habitat_relay;
create policy relay on platform.event for select to habitat_relay using (true);
create policy relay on platform.outbox to habitat_relay using (true);
create policy relay on platform.inbox for select to habitat_relay using (true);
create policy relay on platform.delivery_attempt to habitat_relay using (true) with check (true);
create policy relay on platform.dead_letter to habitat_relay using (true) with check (true);
create policy relay on platform.idempotency_key to habitat_relay using (true);
