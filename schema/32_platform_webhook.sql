-- Addresses a cooperative's own programs are told at. A message says what happened and to what, by id; it is signed with a
-- secret that is sealed with SECRETS_KEY, and tried again for days while nobody answers.

create table platform.webhook (
  cooperative_id      uuid        not null references platform.cooperative,
  id                  uuid        not null,
  name                text        not null check (length(name) between 1 and 80),
  url                 text        not null check (length(url) <= 2000),
  kinds               text[]      not null check (cardinality(kinds) > 0),
  sealed_secret       text        not null,
  -- The secret before, while both sign.
  sealed_previous     text,
  previous_until      timestamptz,
  created_at          timestamptz not null,
  created_by_login_id uuid        not null references platform.login,
  rotated_at          timestamptz,
  -- While it is stopped nothing is sent and nothing is kept for it.
  stopped_at          timestamptz,
  stop_reason         text        check (stop_reason in ('person', 'failing', 'gone')),
  -- Since when nothing has come through; null when the last message did.
  failing_since       timestamptz,
  delivered_at        timestamptz,
  removed_at          timestamptz,
  primary key (cooperative_id, id),
  check ((sealed_previous is null) = (previous_until is null)),
  check ((stopped_at is null) = (stop_reason is null))
);
select platform.wall('platform.webhook');
grant select, insert on platform.webhook to habitat_platform;
grant update (name, kinds, sealed_secret, sealed_previous, previous_until, rotated_at, stopped_at, stop_reason,
  failing_since, delivered_at, removed_at) on platform.webhook to habitat_platform;

-- A message on its way to one address: one per event, however often the event is handled.
create table platform.webhook_delivery (
  cooperative_id uuid        not null,
  id             uuid        not null,
  webhook_id     uuid        not null,
  -- Null for a test somebody asked for.
  event_id       uuid,
  kind           text        not null,
  -- What is signed and sent, the same at every try.
  body           text        not null,
  queued_at      timestamptz not null,
  state          text        not null default 'waiting' check (state in ('waiting', 'delivered', 'given_up')),
  -- Of the present round: sending it again begins another.
  tries          integer     not null default 0,
  -- When the next try is due; while one is on its way, when its sender counts as lost.
  due_at         timestamptz,
  settled_at     timestamptz,
  primary key (cooperative_id, id),
  unique (cooperative_id, webhook_id, event_id),
  foreign key (cooperative_id, webhook_id) references platform.webhook (cooperative_id, id),
  check ((state = 'waiting') = (due_at is not null))
);
create index webhook_delivery_due on platform.webhook_delivery (cooperative_id, webhook_id, due_at) where due_at is not null;
create index webhook_delivery_overdue on platform.webhook_delivery (due_at) where due_at is not null;
create index webhook_delivery_newest on platform.webhook_delivery (cooperative_id, webhook_id, queued_at desc, id desc);
create index webhook_delivery_old on platform.webhook_delivery (cooperative_id, queued_at);
select platform.wall('platform.webhook_delivery');
grant select, insert, delete on platform.webhook_delivery to habitat_platform;
grant update (state, tries, due_at, settled_at) on platform.webhook_delivery to habitat_platform;

-- How each try went. What a receiver answered beyond its status is never kept.
create table platform.webhook_attempt (
  cooperative_id uuid        not null,
  id             uuid        not null,
  delivery_id    uuid        not null,
  at             timestamptz not null,
  took_ms        integer     not null,
  status         integer,
  fault          text        check (fault in ('address', 'connection', 'timeout', 'tls', 'status')),
  primary key (cooperative_id, id),
  foreign key (cooperative_id, delivery_id) references platform.webhook_delivery (cooperative_id, id) on delete cascade
);
create index webhook_attempt_by_delivery on platform.webhook_attempt (cooperative_id, delivery_id, at);
select platform.wall('platform.webhook_attempt');
grant select, insert, delete on platform.webhook_attempt to habitat_platform;

-- What is due is looked for over all cooperatives; only where and when, never what it says or where it goes.
grant select (cooperative_id, id, stopped_at, removed_at) on platform.webhook to habitat_relay;
create policy relay on platform.webhook for select to habitat_relay using (true);
grant select (cooperative_id, id, webhook_id, due_at) on platform.webhook_delivery to habitat_relay;
create policy relay on platform.webhook_delivery for select to habitat_relay using (true);
