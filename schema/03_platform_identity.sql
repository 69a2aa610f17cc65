-- Who may come in: cooperatives, sign-in accounts, memberships and sessions.
-- An account belongs to a person, not to a cooperative, so only the platform's own role sees it at all; what ties
-- it to a cooperative is a membership, seen by that cooperative and by the person.

create table platform.cooperative (
  cooperative_id         uuid        primary key,
  name                   text        not null check (length(name) between 1 and 200),
  slug                   text        not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60),
  currency               text        not null check (currency ~ '^[A-Z]{3}$'),
  currency_digits        integer     not null check (currency_digits between 0 and 4),
  time_zone              text        not null,
  tax_regime             text        not null check (tax_regime in ('subchapter_k', 'subchapter_t')),
  template               text        not null,
  first_period_starts_on date        not null,
  period_length          text        not null check (period_length in ('month', 'quarter', 'year')),
  created_at             timestamptz not null
);
select platform.wall('platform.cooperative');

-- A person's sign-in account. One email is one account, however it is written.
create table platform.login (
  id                  uuid        primary key,
  email               text        not null check (length(email) <= 254),
  email_key           text        not null generated always as (lower(email)) stored unique,
  display_name        text        not null,
  password_hash       text        not null check (password_hash like '$argon2id$%'),
  password_changed_at timestamptz not null,
  status              text        not null check (status in ('active', 'disabled')),
  created_at          timestamptz not null
);
alter table platform.login enable row level security;
alter table platform.login force row level security;
create policy platform_only on platform.login to habitat_platform using (true) with check (true);

create table platform.membership (
  cooperative_id uuid        not null references platform.cooperative,
  login_id       uuid        not null references platform.login,
  member_id      uuid        not null,
  created_at     timestamptz not null,
  ended_at       timestamptz,
  primary key (cooperative_id, login_id),
  unique (cooperative_id, member_id)
);
create index membership_by_login on platform.membership (login_id);
select platform.wall('platform.membership');
create policy own on platform.membership for select using (login_id = platform.current_login());

-- Where a person belongs, that person may know the cooperative's name before choosing it.
create policy own on platform.cooperative for select using (
  exists (
    select from platform.membership
    where membership.cooperative_id = cooperative.cooperative_id and membership.login_id = platform.current_login()
  ));

-- One sign-in and the refresh tokens that descend from it. Ending it ends them all.
create table platform.session (
  cooperative_id uuid        not null,
  id             uuid        not null,
  login_id       uuid        not null,
  started_at     timestamptz not null,
  ended_at       timestamptz,
  end_reason     text        check (end_reason in ('signed_out', 'token_reused', 'password_changed', 'revoked')),
  primary key (cooperative_id, id),
  foreign key (cooperative_id, login_id) references platform.membership (cooperative_id, login_id),
  check ((ended_at is null) = (end_reason is null))
);
create index session_by_login on platform.session (cooperative_id, login_id) where ended_at is null;
select platform.wall('platform.session');

-- Refresh tokens, as SHA-256 of a random secret: a copy of this table lets nobody in.
create table platform.refresh_token (
  cooperative_id uuid        not null,
  token_hash     text        not null check (token_hash ~ '^[0-9a-f]{64}$'),
  session_id     uuid        not null,
  issued_at      timestamptz not null,
  expires_at     timestamptz not null check (expires_at > issued_at),
  used_at        timestamptz,
  primary key (cooperative_id, token_hash),
  foreign key (cooperative_id, session_id) references platform.session (cooperative_id, id) on delete cascade
);
create index refresh_token_by_session on platform.refresh_token (cooperative_id, session_id);
create index refresh_token_by_expiry on platform.refresh_token (expires_at);
select platform.wall('platform.refresh_token');

-- Failed sign-ins per account and per address, counted in windows; keys are hashes, so no address is kept.
create table platform.sign_in_failure (
  key_hash          text        primary key check (key_hash ~ '^[0-9a-f]{64}$'),
  window_started_at timestamptz not null,
  failures          integer     not null check (failures > 0)
);
alter table platform.sign_in_failure enable row level security;
alter table platform.sign_in_failure force row level security;
create policy platform_only on platform.sign_in_failure to habitat_platform using (true) with check (true);

grant select, insert, update on platform.cooperative to habitat_platform;
grant select, insert on platform.login to habitat_platform;
grant update (email, display_name, password_hash, password_changed_at, status) on platform.login to habitat_platform;
grant select, insert on platform.membership to habitat_platform;
grant update (ended_at) on platform.membership to habitat_platform;
grant select, insert, delete on platform.session to habitat_platform;
grant update (ended_at, end_reason) on platform.session to habitat_platform;
grant select, insert, delete on platform.refresh_token to habitat_platform;
grant update (used_at) on platform.refresh_token to habitat_platform;
grant select, insert, update, delete on platform.sign_in_failure to habitat_platform;

-- Schedules and the operator's command go through every cooperative in turn, and need to know which there are.
grant select (cooperative_id, slug, name, time_zone, created_at) on platform.cooperative to habitat_relay;
create policy relay on platform.cooperative for select to habitat_relay using (true);
