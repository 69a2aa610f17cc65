-- People: who belongs to a cooperative, in which standing and with which roles. Also people's own copies of the
-- cooperative's profile and of its accounting periods, kept from other contexts' events.

create schema people;
grant usage on schema people to habitat_people;

-- Copy of the cooperative's profile. Member numbers are handed out here: joining is rare, one row may be locked.
create table people.cooperative (
  cooperative_id     uuid        not null primary key,
  name               text        not null,
  slug               text        not null,
  template           text        not null,
  currency           text        not null check (currency ~ '^[A-Z]{3}$'),
  currency_digits    smallint    not null check (currency_digits between 0 and 4),
  time_zone          text        not null,
  tax_regime         text        not null,
  last_member_number integer     not null default 0 check (last_member_number >= 0)
);
select platform.wall('people.cooperative');
grant select, insert, update, delete on people.cooperative to habitat_people;

create table people.member (
  cooperative_id uuid        not null references people.cooperative,
  member_id      uuid        not null,
  number         integer     not null check (number > 0),
  display_name   text        not null check (display_name <> ''),
  legal_name     text,
  email          text        not null check (email like '%_@_%'),
  -- The sign-in account, an identifier of the platform's; null until one is linked.
  login_id       uuid,
  status         text        not null check (status in
                   ('pending', 'active', 'suspended', 'inactive', 'withdrawing', 'withdrawn', 'expelled')),
  class          text        not null,
  joined_on      date        not null,
  -- Deficit restoration obligation: how far book capital may fall below zero.
  dro_minor      bigint      not null default 0 check (dro_minor >= 0),
  step_count     integer     not null default 0,
  created_at     timestamptz not null,
  changed_at     timestamptz not null,
  unique (cooperative_id, number)
);
create unique index member_email_once on people.member (cooperative_id, lower(email));
create unique index member_login_once on people.member (cooperative_id, login_id) where login_id is not null;
-- Last on purpose: see people.contribution.
alter table people.member add primary key (cooperative_id, member_id);
select platform.wall('people.member');
grant select, insert on people.member to habitat_people;
grant update (display_name, legal_name, email, login_id, status, class, joined_on, dro_minor, step_count, changed_at)
  on people.member to habitat_people;

-- Every change of a member's standing, with who, when and why.
create table people.member_step (
  cooperative_id  uuid        not null,
  member_id       uuid        not null,
  sequence        integer     not null check (sequence > 0),
  act             text        not null,
  from_status     text,
  to_status       text        not null,
  reason          text,
  facts           jsonb       not null default '{}',
  actor_kind      text        not null,
  actor_login_id  uuid,
  actor_member_id uuid,
  recorded_at     timestamptz not null,
  primary key (cooperative_id, member_id, sequence),
  foreign key (cooperative_id, member_id) references people.member (cooperative_id, member_id)
);
select platform.wall('people.member_step');
select platform.make_append_only('people.member_step');
grant select, insert on people.member_step to habitat_people;

-- Roles in force are those neither revoked nor expired. A revocation is written once; nothing else changes.
create table people.role_assignment (
  cooperative_id       uuid        not null,
  assignment_id        uuid        not null,
  member_id            uuid        not null,
  role                 text        not null check (role in
    ('member', 'contributor', 'reviewer', 'treasurer', 'allocator', 'administrator', 'auditor', 'agent', 'board_member')),
  -- Kinds and categories the role covers; null means all of them.
  kinds                text[],
  categories           text[],
  -- The most one act may be worth under this role; null means no limit.
  limit_minor          bigint check (limit_minor >= 0),
  granted_by_kind      text        not null,
  granted_by_login_id  uuid,
  granted_by_member_id uuid,
  reason               text        not null check (reason <> ''),
  granted_at           timestamptz not null,
  -- The last day it is in force.
  expires_on           date,
  revoked_at           timestamptz,
  revoked_by_member_id uuid,
  revoke_reason        text,
  primary key (cooperative_id, assignment_id),
  foreign key (cooperative_id, member_id) references people.member (cooperative_id, member_id),
  check ((revoked_at is null) = (revoke_reason is null)),
  check (granted_by_kind = 'system' or granted_by_member_id is distinct from member_id)
);
create unique index role_assignment_once on people.role_assignment (cooperative_id, member_id, role) where revoked_at is null;
create index role_assignment_by_role on people.role_assignment (cooperative_id, role) where revoked_at is null;
select platform.wall('people.role_assignment');
grant select, insert on people.role_assignment to habitat_people;
grant update (revoked_at, revoked_by_member_id, revoke_reason) on people.role_assignment to habitat_people;

-- Copy of treasury's periods: which one a day falls in, and whether it still takes work. It may arrive before the
-- copy of the cooperative does, so it does not refer to it.
create table people.period (
  cooperative_id uuid not null,
  period_id      uuid not null,
  name           text not null,
  starts_on      date not null,
  ends_on        date not null check (ends_on >= starts_on),
  status         text not null check (status in ('open', 'closing', 'closed', 'locked')),
  primary key (cooperative_id, period_id)
);
create index period_by_day on people.period (cooperative_id, starts_on, ends_on);
select platform.wall('people.period');
grant select, insert, update, delete on people.period to habitat_people;

-- Versioned policies: what was in force on a day is read here for ever after. The body's shape is checked in code
-- by topic before it is written.
create table people.policy (
  cooperative_id     uuid        not null references people.cooperative,
  topic              text        not null check (topic in ('approval', 'contribution', 'services_tax', 'member_class')),
  version            integer     not null check (version > 0),
  effective_from     date        not null,
  body               jsonb       not null,
  rationale          text        not null check (rationale <> ''),
  set_by_kind        text        not null,
  set_by_login_id    uuid,
  set_by_member_id   uuid,
  recorded_at        timestamptz not null,
  primary key (cooperative_id, topic, version)
);
select platform.wall('people.policy');
select platform.make_append_only('people.policy');
grant select, insert on people.policy to habitat_people;

-- The version of a topic in force on a day: the latest start, and of equal starts the later version.
create function people.policy_on(on_topic text, on_day date) returns jsonb
  language sql stable as $$
  select body || jsonb_build_object('version', version)
  from people.policy
  where cooperative_id = platform.current_cooperative() and topic = on_topic and effective_from <= on_day
  order by effective_from desc, version desc
  limit 1
$$;
grant execute on function people.policy_on(text, date) to habitat_people;
