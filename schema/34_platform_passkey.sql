-- Passkeys (WebAuthn): key pairs of a person's devices, of which only the public half is here. Like the second factor they
-- belong to the account, not to a cooperative, so only the platform's own role sees them.
create table platform.passkey (
  id            uuid        primary key,
  login_id      uuid        not null references platform.login,
  -- What the device calls it, in base64url.
  credential_id text        not null unique check (credential_id ~ '^[A-Za-z0-9_-]+$' and length(credential_id) <= 1364),
  public_key    bytea       not null,
  -- Grows with each use on devices that count; zero where a passkey is shared among devices.
  sign_count    bigint      not null,
  name          text        not null check (length(name) between 1 and 60),
  created_at    timestamptz not null,
  last_used_at  timestamptz
);
create index passkey_by_login on platform.passkey (login_id);
alter table platform.passkey enable row level security;
alter table platform.passkey force row level security;
create policy platform_only on platform.passkey to habitat_platform using (true) with check (true);
grant select, insert, delete on platform.passkey to habitat_platform;
grant update (sign_count, last_used_at) on platform.passkey to habitat_platform;

-- Challenges that were answered: they are made without a row, and kept from their use to their end so that none works twice.
create table platform.passkey_challenge (
  challenge_hash text        primary key check (challenge_hash ~ '^[0-9a-f]{64}$'),
  expires_at     timestamptz not null
);
alter table platform.passkey_challenge enable row level security;
alter table platform.passkey_challenge force row level security;
create policy platform_only on platform.passkey_challenge to habitat_platform using (true) with check (true);
grant select, insert, delete on platform.passkey_challenge to habitat_platform;
