-- A second factor for signing in (RFC 6238). It belongs to the account, not to a cooperative, so only the platform's own
-- role sees it. The secret is sealed with SECRETS_KEY: a copy of the database makes no codes.
create table platform.second_factor (
  login_id      uuid        primary key references platform.login,
  sealed_secret text        not null,
  begun_at      timestamptz not null,
  -- Null while it is being set up: until a first code was given it asks nobody for anything.
  confirmed_at  timestamptz,
  -- The step of time whose code was taken last: no code works twice.
  last_step     bigint,
  check ((confirmed_at is null) = (last_step is null))
);
alter table platform.second_factor enable row level security;
alter table platform.second_factor force row level security;
create policy platform_only on platform.second_factor to habitat_platform using (true) with check (true);
grant select, insert, update, delete on platform.second_factor to habitat_platform;

-- Codes for when the device is lost, 80 random bits each, kept as SHA-256.
create table platform.recovery_code (
  login_id  uuid        not null references platform.second_factor on delete cascade,
  code_hash text        not null check (code_hash ~ '^[0-9a-f]{64}$'),
  used_at   timestamptz,
  primary key (login_id, code_hash)
);
alter table platform.recovery_code enable row level security;
alter table platform.recovery_code force row level security;
create policy platform_only on platform.recovery_code to habitat_platform using (true) with check (true);
grant select, insert, delete on platform.recovery_code to habitat_platform;
grant update (used_at) on platform.recovery_code to habitat_platform;

-- Between the password and the code: proof that the password was right, for this account in this cooperative, for
-- minutes, for a few tries, for nothing else.
create table platform.sign_in_challenge (
  cooperative_id uuid        not null,
  token_hash     text        not null check (token_hash ~ '^[0-9a-f]{64}$'),
  login_id       uuid        not null,
  expires_at     timestamptz not null,
  wrong_codes    integer     not null default 0,
  used_at        timestamptz,
  primary key (cooperative_id, token_hash),
  foreign key (cooperative_id, login_id) references platform.membership (cooperative_id, login_id)
);
create index sign_in_challenge_by_login on platform.sign_in_challenge (cooperative_id, login_id);
select platform.wall('platform.sign_in_challenge');
grant select, insert, delete on platform.sign_in_challenge to habitat_platform;
grant update (wrong_codes, used_at) on platform.sign_in_challenge to habitat_platform;

-- Which roles a cooperative gives only to people with a second factor, and from which day; the newest is in force.
create table platform.second_factor_policy (
  cooperative_id  uuid        not null references platform.cooperative,
  id              uuid        not null,
  roles           text[]      not null,
  required_from   date        not null,
  rationale       text        not null check (length(rationale) <= 1000),
  set_by_login_id uuid        not null references platform.login,
  set_at          timestamptz not null,
  primary key (cooperative_id, id)
);
create index second_factor_policy_newest on platform.second_factor_policy (cooperative_id, set_at desc, id desc);
select platform.wall('platform.second_factor_policy');
select platform.make_append_only('platform.second_factor_policy');
grant select, insert on platform.second_factor_policy to habitat_platform;

-- What a session was opened with, for its owner to tell one from another: a browser and a system, never an address.
alter table platform.session add column device text check (length(device) <= 100);

-- A second factor ends the sessions that were opened without it.
alter table platform.session drop constraint session_end_reason_check;
alter table platform.session add constraint session_end_reason_check
  check (end_reason in ('signed_out', 'token_reused', 'password_changed', 'second_factor_changed', 'revoked'));
