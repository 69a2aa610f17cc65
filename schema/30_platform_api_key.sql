-- Keys of programs: an agent acts in its supervisor's name, with the acts it was given and no more. What is kept of a key
-- is a SHA-256; what asks for more value than it may move alone waits for the supervisor.

create table platform.api_key (
  cooperative_id       uuid        not null references platform.cooperative,
  id                   uuid        not null,
  name                 text        not null check (length(name) between 1 and 80),
  secret_hash          text        not null check (secret_hash ~ '^[0-9a-f]{64}$'),
  -- The secret before, while both are believed.
  previous_hash        text        check (previous_hash ~ '^[0-9a-f]{64}$'),
  previous_until       timestamptz,
  scopes               text[]      not null check (cardinality(scopes) > 0),
  supervisor_login_id  uuid        not null references platform.login,
  supervisor_member_id uuid        not null,
  hourly_limit         integer     not null check (hourly_limit between 1 and 100000),
  -- From here on a human being confirms; nothing of value is moved alone where it is zero.
  ceiling_minor        bigint      not null check (ceiling_minor >= 0),
  created_at           timestamptz not null,
  expires_at           timestamptz not null check (expires_at > created_at),
  rotated_at           timestamptz,
  last_used_at         timestamptz,
  revoked_at           timestamptz,
  revoked_by_login_id  uuid        references platform.login,
  primary key (cooperative_id, id),
  check ((previous_hash is null) = (previous_until is null)),
  check ((revoked_at is null) = (revoked_by_login_id is null))
);
create index api_key_by_supervisor on platform.api_key (cooperative_id, supervisor_login_id);
select platform.wall('platform.api_key');
grant select, insert on platform.api_key to habitat_platform;
grant update (secret_hash, previous_hash, previous_until, rotated_at, last_used_at, revoked_at, revoked_by_login_id)
  on platform.api_key to habitat_platform;

-- How often each key was used in its present hour, over all processes.
create table platform.api_key_use (
  cooperative_id uuid        not null,
  key_id         uuid        not null,
  hour           timestamptz not null,
  requests       integer     not null check (requests > 0),
  primary key (cooperative_id, key_id),
  foreign key (cooperative_id, key_id) references platform.api_key (cooperative_id, id)
);
select platform.wall('platform.api_key_use');
grant select, insert, update on platform.api_key_use to habitat_platform;

-- What an agent asked for and its supervisor has to confirm: the mutation and its input, as they came.
create table platform.pending_act (
  cooperative_id      uuid        not null,
  id                  uuid        not null,
  key_id              uuid        not null,
  supervisor_login_id uuid        not null,
  mutation            text        not null check (mutation ~ '^[a-z][A-Za-z]{0,59}$'),
  input               jsonb       not null,
  -- What it moves; null where that is not known before it is done.
  amount_minor        bigint,
  idempotency_key     text,
  asked_at            timestamptz not null,
  expires_at          timestamptz not null,
  status              text        not null default 'waiting' check (status in ('waiting', 'done', 'declined')),
  settled_at          timestamptz,
  primary key (cooperative_id, id),
  foreign key (cooperative_id, key_id) references platform.api_key (cooperative_id, id),
  check ((status = 'waiting') = (settled_at is null))
);
create unique index pending_act_by_idempotency_key on platform.pending_act (cooperative_id, key_id, idempotency_key)
  where idempotency_key is not null;
create index pending_act_waiting on platform.pending_act (cooperative_id, supervisor_login_id, asked_at)
  where status = 'waiting';
select platform.wall('platform.pending_act');
grant select, insert on platform.pending_act to habitat_platform;
grant update (status, settled_at) on platform.pending_act to habitat_platform;
