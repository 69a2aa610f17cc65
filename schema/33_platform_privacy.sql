-- What people write about a member where nothing can be changed again (the event log, the history of a contribution) is
-- sealed under a key of that member's. Destroying the key erases it everywhere at once, and every hash over it still holds.

-- Trusted since PostgreSQL 13: whoever owns the database may add it. One that is there already is used where it is.
do $$
begin
  if not exists (select from pg_catalog.pg_extension where extname = 'pgcrypto') then
    create schema habitat_crypto;
    create extension pgcrypto schema habitat_crypto;
  end if;
end $$;

create table platform.personal_key (
  cooperative_id uuid        not null,
  member_id      uuid        not null,
  -- 256 random bits, in hexadecimal; null once destroyed. The row stays, so that no other key is made for the member.
  key            text        check (key ~ '^[0-9a-f]{64}$'),
  made_at        timestamptz not null default now(),
  destroyed_at   timestamptz,
  primary key (cooperative_id, member_id),
  check ((key is null) = (destroyed_at is not null))
);
select platform.wall('platform.personal_key');

create function platform.keep_personal_key() returns trigger
  language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.key is not null and new.key is null
     and new.cooperative_id = old.cooperative_id and new.member_id = old.member_id then
    return new;
  end if;
  raise exception using
    errcode = 'HB001',
    message = format('a personal key is destroyed or kept as it is: %s refused', lower(tg_op)),
    hint = 'another key would open nothing';
end $$;
create trigger keep before update or delete on platform.personal_key
  for each row execute function platform.keep_personal_key();
create trigger keep_all before truncate on platform.personal_key
  for each statement execute function platform.keep_personal_key();
alter table platform.personal_key enable always trigger keep;
alter table platform.personal_key enable always trigger keep_all;

-- A text as it is kept. After the key is gone nothing of what is still written is kept.
create function platform.seal_personal(member uuid, plain text) returns text
  language plpgsql volatile strict security definer as $$
declare
  here   constant uuid := platform.current_cooperative();
  secret text;
begin
  select k.key into secret from platform.personal_key k where k.cooperative_id = here and k.member_id = member;
  if not found then
    insert into platform.personal_key (cooperative_id, member_id, key)
    values (here, member, encode(gen_random_bytes(32), 'hex')) on conflict do nothing;
    select k.key into secret from platform.personal_key k where k.cooperative_id = here and k.member_id = member;
  end if;
  if secret is null then
    return 'sealed:';
  end if;
  -- The key is random, so nothing is gained by deriving another from it slowly (s2k-mode).
  return 'sealed:' || translate(
    encode(pgp_sym_encrypt(plain, secret, 's2k-mode=0, cipher-algo=aes256, compress-algo=0'), 'base64'), E'\n', '');
end $$;

-- The text, or nothing once the key is gone. What was never sealed is given back as it is.
create function platform.open_personal(member uuid, sealed text) returns text
  language plpgsql stable strict security definer as $$
declare
  secret text;
begin
  if sealed not like 'sealed:%' then
    return sealed;
  end if;
  select k.key into secret from platform.personal_key k
  where k.cooperative_id = platform.current_cooperative() and k.member_id = member;
  if secret is null or sealed = 'sealed:' then
    return '';
  end if;
  return pgp_sym_decrypt(decode(substr(sealed, 8), 'base64'), secret);
end $$;

-- No role of the product is granted this: a key goes with its member, by the functions that erase one.
-- A member about whom nothing was ever written gets no key any more either.
create function platform.destroy_personal_key(member uuid, at timestamptz) returns void
  language plpgsql volatile security definer as $$
begin
  insert into platform.personal_key as k (cooperative_id, member_id, key, destroyed_at)
  values (platform.current_cooperative(), member, null, at)
  on conflict (cooperative_id, member_id) do update set key = null, destroyed_at = at where k.key is not null;
end $$;

-- An event's payload with the texts sealed that its contract calls personal: `of` is the path to the member's id.
create function platform.seal_payload(payload jsonb, personal jsonb) returns jsonb
  language plpgsql volatile as $$
declare
  member constant uuid := (payload #>> array(select jsonb_array_elements_text(personal -> 'of')))::uuid;
  sealed jsonb := payload;
  texts  jsonb;
  path   text[];
begin
  for texts in select jsonb_array_elements(personal -> 'texts') loop
    path := array(select jsonb_array_elements_text(texts));
    if jsonb_typeof(sealed #> path) = 'string' then
      sealed := jsonb_set(sealed, path, to_jsonb(platform.seal_personal(member, sealed #>> path)));
    end if;
  end loop;
  return sealed;
end $$;

do $$
declare
  home text;
begin
  select n.nspname into home
  from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
  where e.extname = 'pgcrypto';
  execute format('alter function platform.seal_personal(uuid, text) set search_path = pg_catalog, %I', home);
  execute format('alter function platform.open_personal(uuid, text) set search_path = pg_catalog, %I', home);
  alter function platform.destroy_personal_key(uuid, timestamptz) set search_path = pg_catalog;
end $$;

revoke all on function platform.seal_personal(uuid, text), platform.open_personal(uuid, text),
  platform.destroy_personal_key(uuid, timestamptz), platform.seal_payload(jsonb, jsonb) from public;
-- Everybody who appends events asks for the sealing of a payload; who may open and who may destroy is less.
grant execute on function platform.seal_personal(uuid, text), platform.seal_payload(jsonb, jsonb)
  to habitat_platform, habitat_treasury, habitat_people, habitat_agreements;
grant execute on function platform.open_personal(uuid, text) to habitat_platform, habitat_people;
