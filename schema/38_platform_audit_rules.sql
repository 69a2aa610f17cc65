-- By which versions of the cooperative's rules something was judged stands in the audit trail; and whoever failed to sign
-- in is told there too, without the answer saying or showing by its time whether there is such an account.

-- The transaction says so; whoever writes the event, also a trigger, cannot forget it.
alter table platform.event
  add column rules text[] default string_to_array(nullif(current_setting('habitat.rules', true), ''), ' ');

-- 1: sealed by a release that knew no rules, so the hash is without them.
alter table platform.audit_seal add column format smallint not null default 1;

-- What each entry was judged by, to search by; what counts is the event.
create table platform.audit_rule (
  cooperative_id uuid   not null,
  rule           text   not null,
  sequence       bigint not null,
  primary key (cooperative_id, rule, sequence),
  foreign key (cooperative_id, sequence) references platform.audit_seal (cooperative_id, sequence)
);
select platform.wall('platform.audit_rule');
select platform.make_append_only('platform.audit_rule');
grant select on platform.audit_rule to habitat_platform;
grant select, insert on platform.audit_rule to habitat_relay;
create policy relay on platform.audit_rule to habitat_relay using (true) with check (true);

-- Sign-ins that failed, until the worker has told them to the cooperatives of the account. A row is written for every
-- failure, with or without an account behind it, so that both take the same time.
create table platform.sign_in_refusal (
  id          uuid        primary key,
  login_id    uuid,
  factor      text        not null,
  locks       boolean     not null,
  refused_at  timestamptz not null,
  -- Cooperatives that were told.
  told        uuid[]      not null default '{}'
);
alter table platform.sign_in_refusal enable row level security;
alter table platform.sign_in_refusal force row level security;
create policy platform_only on platform.sign_in_refusal to habitat_platform using (true) with check (true);
grant select, insert, delete on platform.sign_in_refusal to habitat_platform;
grant update (told) on platform.sign_in_refusal to habitat_platform;
