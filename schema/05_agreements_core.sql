-- Agreements core: copies of other contexts' facts, the terms agreed on (weights, policies), and the period close
-- with its allocation. What was proposed, decided or credited is append-only; the copies follow their events.

create schema agreements;
grant usage on schema agreements to habitat_agreements;

-- Copies, each fed by one context's events only.

create table agreements.cooperative (
  cooperative_id  uuid primary key,
  name            text    not null,
  slug            text    not null,
  currency        text    not null check (currency ~ '^[A-Z]{3}$'),
  currency_digits integer not null check (currency_digits between 0 and 4),
  time_zone       text    not null,
  tax_regime      text    not null check (tax_regime in ('subchapter_k', 'subchapter_t'))
);
select platform.wall('agreements.cooperative');

create table agreements.member (
  cooperative_id uuid    not null,
  id             uuid    not null,
  number         integer not null check (number > 0),
  class          text    not null,
  status         text    not null,
  joined_on      date    not null,
  dro_minor      bigint  not null check (dro_minor >= 0),
  primary key (cooperative_id, id)
);
select platform.wall('agreements.member');

create table agreements.period (
  cooperative_id uuid not null,
  id             uuid not null,
  name           text not null,
  starts_on      date not null,
  ends_on        date not null check (ends_on >= starts_on),
  status         text not null check (status in ('open', 'closing', 'closed', 'locked')),
  primary key (cooperative_id, id)
);
create index period_by_start on agreements.period (cooperative_id, starts_on);
select platform.wall('agreements.period');

-- One row per contribution. Only what is applied counts; what waits or is disputed stops a close.
create table agreements.contribution (
  cooperative_id     uuid    not null,
  id                 uuid    not null,
  number             bigint  not null,
  member_id          uuid    not null,
  kind               text    not null,
  category           text    not null,
  worked_on          date    not null,
  status             text    not null
    check (status in ('waiting', 'valued', 'applied', 'disputed', 'rejected', 'withdrawn')),
  -- Where it goes back to once a dispute is over.
  settled_status     text    check (settled_status in ('valued', 'applied')),
  patronage_category text,
  value_minor        bigint  not null default 0,
  tax_minor          bigint  not null default 0,
  hours              numeric not null default 0,
  posting_problem    text,
  changed_at         timestamptz not null,
  primary key (cooperative_id, id)
);
create index contribution_counting on agreements.contribution (cooperative_id, worked_on) where status = 'applied';
create index contribution_unsettled on agreements.contribution (cooperative_id, worked_on)
  where status in ('waiting', 'valued', 'disputed');
create index contribution_of_member on agreements.contribution (cooperative_id, member_id, worked_on);
select platform.wall('agreements.contribution');

-- What each posting changed. One row per transaction, never a running total: nothing here is contended, and
-- a sum to any day can be had.
create table agreements.posting (
  cooperative_id    uuid   not null,
  transaction_id    uuid   not null,
  effective_on      date   not null,
  source            text   not null,
  income_book_minor bigint not null,
  income_tax_minor  bigint not null,
  cash_change_minor bigint not null,
  primary key (cooperative_id, transaction_id)
);
create index posting_by_day on agreements.posting (cooperative_id, effective_on)
  include (income_book_minor, income_tax_minor, cash_change_minor);
select platform.wall('agreements.posting');

create table agreements.capital_change (
  cooperative_id uuid   not null,
  transaction_id uuid   not null,
  member_id      uuid   not null,
  effective_on   date   not null,
  book_minor     bigint not null,
  tax_minor      bigint not null,
  primary key (cooperative_id, transaction_id, member_id)
);
create index capital_change_of_member on agreements.capital_change (cooperative_id, member_id, effective_on)
  include (book_minor, tax_minor);
select platform.wall('agreements.capital_change');

-- Two different people: the row decided on names its first person in by_login_id and by_member_id, the
-- decision names its own. TG_ARGV: the table decided on, the column that points at it.
create function agreements.refuse_same_person() returns trigger
  language plpgsql as $$
declare
  first_login  uuid;
  first_member uuid;
begin
  execute format('select by_login_id, by_member_id from %s where cooperative_id = $1 and id = $2', tg_argv[0]::regclass)
    into first_login, first_member
    using new.cooperative_id, (to_jsonb(new) ->> tg_argv[1])::uuid;
  if first_login = new.by_login_id or first_member = new.by_member_id then
    raise exception using errcode = 'HB006',
      message = format('%s: the second signature is by the person who gave the first', tg_table_name);
  end if;
  return new;
end $$;

-- Weights and policies, each a version that is in force from a day on. A version that reaches into a period
-- already begun counts only once a second person has approved it.
create table agreements.terms (
  cooperative_id uuid    not null,
  id             uuid    not null,
  kind           text    not null check (kind in ('weights', 'policies')),
  version        integer not null check (version > 0),
  effective_from date    not null,
  document       jsonb   not null,
  rationale      text    not null check (btrim(rationale) <> ''),
  needs_second   boolean not null,
  by_login_id    uuid,
  by_member_id   uuid,
  recorded_at    timestamptz not null,
  primary key (cooperative_id, id),
  unique (cooperative_id, kind, version)
);
select platform.wall('agreements.terms');
select platform.make_append_only('agreements.terms');

create table agreements.terms_decision (
  cooperative_id uuid not null,
  terms_id       uuid not null,
  outcome        text not null check (outcome in ('approved', 'declined')),
  reason         text,
  by_login_id    uuid,
  by_member_id   uuid,
  recorded_at    timestamptz not null,
  primary key (cooperative_id, terms_id),
  foreign key (cooperative_id, terms_id) references agreements.terms (cooperative_id, id),
  check (by_login_id is not null or by_member_id is not null),
  check (outcome = 'approved' or btrim(coalesce(reason, '')) <> '')
);
create trigger two_people before insert on agreements.terms_decision
  for each row execute function agreements.refuse_same_person('agreements.terms', 'terms_id');
alter table agreements.terms_decision enable always trigger two_people;
select platform.wall('agreements.terms_decision');
select platform.make_append_only('agreements.terms_decision');

-- Which version counts for a period: the latest start that is not after the period's first day, then the
-- latest version. security_invoker: the reader's wall applies, not the owner's.
create view agreements.terms_in_force with (security_invoker = true) as
  select t.* from agreements.terms t
  where not t.needs_second
     or exists (select from agreements.terms_decision d
                where d.cooperative_id = t.cooperative_id and d.terms_id = t.id and d.outcome = 'approved');

-- The close of one period. Its seven steps stand in close_step; a row there says a step was begun.
create table agreements.period_close (
  cooperative_id uuid not null,
  id             uuid not null,
  period_id      uuid not null,
  status         text not null check (status in ('running', 'completed', 'abandoned', 'reopening', 'reopened')),
  by_login_id    uuid,
  by_member_id   uuid,
  begun_at       timestamptz not null,
  -- The income statement treasury prepared in step 4; null until then.
  income         jsonb,
  -- The allocation that was approved; null until then.
  allocation_id  uuid,
  ended_at       timestamptz,
  end_reason     text,
  primary key (cooperative_id, id),
  check (status in ('running', 'abandoned') or allocation_id is not null)
);
-- One close at a time, and a closed period is not closed again unless it was reopened.
create unique index period_close_single on agreements.period_close (cooperative_id, period_id)
  where status in ('running', 'completed', 'reopening');
select platform.wall('agreements.period_close');

create table agreements.close_step (
  cooperative_id uuid     not null,
  close_id       uuid     not null,
  number         smallint not null check (number between 1 and 7),
  state          text     not null check (state in ('working', 'done', 'blocked')),
  begun_at       timestamptz not null,
  done_at        timestamptz,
  by_login_id    uuid,
  by_member_id   uuid,
  note           text,
  facts          jsonb    not null default '{}',
  primary key (cooperative_id, close_id, number),
  foreign key (cooperative_id, close_id) references agreements.period_close (cooperative_id, id),
  check ((state = 'done') = (done_at is not null))
);
select platform.wall('agreements.close_step');

-- A proposed allocation. The record is the canonical JSON (RFC 8785) as it was hashed; the database computes
-- the hash again. A later proposal is a new row.
create table agreements.allocation (
  cooperative_id        uuid    not null,
  id                    uuid    not null,
  close_id              uuid    not null,
  period_id             uuid    not null,
  attempt               integer not null check (attempt > 0),
  record                text    not null,
  record_hash           text    not null check (record_hash = encode(sha256(convert_to(record, 'UTF8')), 'hex')),
  net_income_book_minor bigint  not null,
  net_income_tax_minor  bigint  not null,
  allocable_minor       bigint  not null,
  unborne_minor         bigint  not null,
  summary               jsonb   not null,
  weights_id            uuid    not null,
  policies_id           uuid    not null,
  by_login_id           uuid,
  by_member_id          uuid,
  recorded_at           timestamptz not null,
  primary key (cooperative_id, id),
  unique (cooperative_id, close_id, attempt),
  foreign key (cooperative_id, close_id) references agreements.period_close (cooperative_id, id),
  foreign key (cooperative_id, weights_id) references agreements.terms (cooperative_id, id),
  foreign key (cooperative_id, policies_id) references agreements.terms (cooperative_id, id),
  check (by_login_id is not null or by_member_id is not null)
);
select platform.wall('agreements.allocation');
select platform.make_append_only('agreements.allocation');

-- The members' lines of a record, for lookups; detail is the member's own part of the record.
create table agreements.allocation_line (
  cooperative_id uuid   not null,
  allocation_id  uuid   not null,
  member_id      uuid   not null,
  book_minor     bigint not null,
  tax_minor      bigint not null,
  cash_minor     bigint not null,
  retained_minor bigint not null,
  detail         jsonb  not null,
  primary key (cooperative_id, allocation_id, member_id),
  foreign key (cooperative_id, allocation_id) references agreements.allocation (cooperative_id, id),
  check (cash_minor + retained_minor = book_minor)
);
create index allocation_line_of_member on agreements.allocation_line (cooperative_id, member_id);
select platform.wall('agreements.allocation_line');
select platform.make_append_only('agreements.allocation_line');

create table agreements.allocation_decision (
  cooperative_id uuid not null,
  allocation_id  uuid not null,
  outcome        text not null check (outcome in ('approved', 'returned')),
  reason         text,
  by_login_id    uuid,
  by_member_id   uuid,
  recorded_at    timestamptz not null,
  primary key (cooperative_id, allocation_id),
  foreign key (cooperative_id, allocation_id) references agreements.allocation (cooperative_id, id),
  check (by_login_id is not null or by_member_id is not null),
  check (outcome = 'approved' or btrim(coalesce(reason, '')) <> '')
);
create trigger two_people before insert on agreements.allocation_decision
  for each row when (new.outcome = 'approved')
  execute function agreements.refuse_same_person('agreements.allocation', 'allocation_id');
alter table agreements.allocation_decision enable always trigger two_people;
select platform.wall('agreements.allocation_decision');
select platform.make_append_only('agreements.allocation_decision');

-- What the ledger did with an approved allocation: once credited, at most once reversed.
create table agreements.allocation_effect (
  cooperative_id  uuid   not null,
  allocation_id   uuid   not null,
  effect          text   not null check (effect in ('credited', 'reversed')),
  transaction_ids uuid[] not null,
  recorded_at     timestamptz not null,
  primary key (cooperative_id, allocation_id, effect),
  foreign key (cooperative_id, allocation_id) references agreements.allocation_decision (cooperative_id, allocation_id)
);
select platform.wall('agreements.allocation_effect');
select platform.make_append_only('agreements.allocation_effect');

-- Emergency reopen of a closed period: one person asks with a reason, another approves.
create table agreements.reopen_request (
  cooperative_id uuid not null,
  id             uuid not null,
  close_id       uuid not null,
  reason         text not null check (btrim(reason) <> ''),
  by_login_id    uuid,
  by_member_id   uuid,
  recorded_at    timestamptz not null,
  primary key (cooperative_id, id),
  foreign key (cooperative_id, close_id) references agreements.period_close (cooperative_id, id),
  check (by_login_id is not null or by_member_id is not null)
);
create index reopen_request_of_close on agreements.reopen_request (cooperative_id, close_id, recorded_at);
select platform.wall('agreements.reopen_request');
select platform.make_append_only('agreements.reopen_request');

create table agreements.reopen_approval (
  cooperative_id uuid not null,
  request_id     uuid not null,
  by_login_id    uuid,
  by_member_id   uuid,
  recorded_at    timestamptz not null,
  primary key (cooperative_id, request_id),
  foreign key (cooperative_id, request_id) references agreements.reopen_request (cooperative_id, id),
  check (by_login_id is not null or by_member_id is not null)
);
create trigger two_people before insert on agreements.reopen_approval
  for each row execute function agreements.refuse_same_person('agreements.reopen_request', 'request_id');
alter table agreements.reopen_approval enable always trigger two_people;
select platform.wall('agreements.reopen_approval');
select platform.make_append_only('agreements.reopen_approval');

-- The owner can empty the copies and make them again from the event log, so no key points at them.
grant select, insert, update on agreements.cooperative, agreements.member, agreements.period,
  agreements.contribution to habitat_agreements;
grant select, insert on agreements.posting, agreements.capital_change to habitat_agreements;
grant select, insert, update on agreements.period_close, agreements.close_step to habitat_agreements;
grant select, insert on agreements.terms, agreements.terms_decision, agreements.allocation,
  agreements.allocation_line, agreements.allocation_decision, agreements.allocation_effect,
  agreements.reopen_request, agreements.reopen_approval to habitat_agreements;
grant select on agreements.terms_in_force to habitat_agreements;
