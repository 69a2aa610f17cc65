-- Signing in with somebody else's sign-in (OpenID Connect): which person of a provider is which account here. Like passkeys
-- these belong to the account, not to a cooperative, so only the platform's own role sees them.
create table platform.provider_identity (
  id           uuid        primary key,
  login_id     uuid        not null references platform.login,
  -- Who says it, and whom they say it is: the two together never name another person (OpenID Connect Core 1.0 §5.7).
  issuer       text        not null check (length(issuer) <= 1000),
  subject      text        not null check (length(subject) between 1 and 255),
  -- What the provider called the person when it was linked, for its owner to tell one from another; nothing is decided by it.
  shown_as     text        not null check (length(shown_as) <= 254),
  linked_at    timestamptz not null,
  last_used_at timestamptz,
  unique (issuer, subject)
);
create index provider_identity_by_login on platform.provider_identity (login_id);
alter table platform.provider_identity enable row level security;
alter table platform.provider_identity force row level security;
create policy platform_only on platform.provider_identity to habitat_platform using (true) with check (true);
grant select, insert, delete on platform.provider_identity to habitat_platform;
grant update (last_used_at) on platform.provider_identity to habitat_platform;

-- Requests that were answered are kept until they end beside the challenges of passkeys: none of either is answered twice.
comment on table platform.passkey_challenge is 'challenges and requests to a provider that were answered';
