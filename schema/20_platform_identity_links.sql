-- Links by mail: an invitation, a password reset, the check of a new address. A link works once and for a while; what is
-- kept of its token is a SHA-256, and the token itself can only be made again with SECRETS_KEY (docs/decisions/0011).

create table platform.identity_link (
  cooperative_id     uuid        not null references platform.cooperative,
  id                 uuid        not null,
  purpose            text        not null check (purpose in ('invitation', 'password_reset', 'email_change')),
  token_hash         text        not null check (token_hash ~ '^[0-9a-f]{64}$'),
  -- The member invited, or the member the account is here.
  member_id          uuid        not null,
  -- The account it is for; an invitation has none yet.
  login_id           uuid        references platform.login,
  -- Where it is sent, and the name and language it is written to.
  email              text        not null check (length(email) <= 254),
  display_name       text        not null check (length(display_name) <= 200),
  language           text        not null check (language in ('en', 'es')),
  issued_at          timestamptz not null,
  expires_at         timestamptz not null check (expires_at > issued_at),
  -- The administrator who made it; null where the person asked for it.
  issued_by_login_id uuid        references platform.login,
  used_at            timestamptz,
  revoked_at         timestamptz,
  primary key (cooperative_id, id),
  unique (cooperative_id, token_hash),
  check ((login_id is null) = (purpose = 'invitation')),
  check (used_at is null or revoked_at is null)
);
-- A newer link of the same purpose takes the older one's place.
create unique index identity_link_open on platform.identity_link (cooperative_id, purpose, member_id)
  where used_at is null and revoked_at is null;
create index identity_link_by_member on platform.identity_link (cooperative_id, member_id, purpose, issued_at);
select platform.wall('platform.identity_link');
grant select, insert on platform.identity_link to habitat_platform;
grant update (used_at, revoked_at) on platform.identity_link to habitat_platform;

-- A forgotten or stolen password ends a person's sessions in every cooperative, not only in the one that is asked.
create policy own on platform.session to habitat_platform using (login_id = platform.current_login());

-- When the person behind a session last proved who they are: at sign-in, and again before what is sensitive. A session
-- from before this column is asked to prove it.
alter table platform.session add column authenticated_at timestamptz;
grant update (authenticated_at) on platform.session to habitat_platform;
