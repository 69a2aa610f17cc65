-- Agreements, after the close: retained patronage as lots per member and year, member statements, and
-- distributions whose calculation and approval are by two different people.

-- One lot per member and credited allocation. What was paid out of it or reversed stands in lot_movement.
create table agreements.retained_lot (
  cooperative_id  uuid    not null,
  id              uuid    not null,
  member_id       uuid    not null,
  allocation_id   uuid    not null,
  period_id       uuid    not null,
  year            integer not null,
  allocated_minor bigint  not null check (allocated_minor > 0),
  -- The part to be paid in cash; the rest is retained.
  cash_minor      bigint  not null check (cash_minor between 0 and allocated_minor),
  recorded_at     timestamptz not null,
  primary key (cooperative_id, id),
  unique (cooperative_id, allocation_id, member_id),
  foreign key (cooperative_id, allocation_id, member_id)
    references agreements.allocation_line (cooperative_id, allocation_id, member_id)
);
create index retained_lot_of_member on agreements.retained_lot (cooperative_id, member_id, year);
select platform.wall('agreements.retained_lot');
select platform.make_append_only('agreements.retained_lot');

create table agreements.lot_movement (
  cooperative_id uuid   not null,
  id             uuid   not null,
  lot_id         uuid   not null,
  kind           text   not null check (kind in ('paid_out', 'reversed')),
  amount_minor   bigint not null check (amount_minor > 0),
  -- The distribution line that was paid; a line takes from a lot once.
  line_id        uuid,
  effective_on   date   not null,
  recorded_at    timestamptz not null,
  primary key (cooperative_id, id),
  unique (cooperative_id, lot_id, kind, line_id),
  foreign key (cooperative_id, lot_id) references agreements.retained_lot (cooperative_id, id),
  check ((kind = 'paid_out') = (line_id is not null))
);
create unique index lot_reversed_once on agreements.lot_movement (cooperative_id, lot_id) where kind = 'reversed';
select platform.wall('agreements.lot_movement');
select platform.make_append_only('agreements.lot_movement');

-- A lot never gives more than it holds, whoever writes.
create function agreements.refuse_overdrawn_lot() returns trigger
  language plpgsql as $$
declare
  overdrawn uuid;
begin
  select l.id into overdrawn
  from agreements.retained_lot l
  where (l.cooperative_id, l.id) in (select cooperative_id, lot_id from drawn)
    and l.allocated_minor < (select sum(m.amount_minor) from agreements.lot_movement m
                             where m.cooperative_id = l.cooperative_id and m.lot_id = l.id)
  limit 1;
  if overdrawn is not null then
    raise exception using errcode = 'HB009', message = format('lot %s would give more than it holds', overdrawn);
  end if;
  return null;
end $$;
create trigger not_overdrawn after insert on agreements.lot_movement
  referencing new table as drawn for each statement execute function agreements.refuse_overdrawn_lot();
alter table agreements.lot_movement enable always trigger not_overdrawn;

-- A member's statement of a closed period, as data. It is superseded when its close was reopened.
create table agreements.statement (
  cooperative_id uuid  not null,
  id             uuid  not null,
  close_id       uuid  not null,
  period_id      uuid  not null,
  allocation_id  uuid  not null,
  member_id      uuid  not null,
  document       jsonb not null,
  prepared_at    timestamptz not null,
  primary key (cooperative_id, id),
  unique (cooperative_id, close_id, member_id),
  foreign key (cooperative_id, close_id) references agreements.period_close (cooperative_id, id),
  foreign key (cooperative_id, allocation_id) references agreements.allocation (cooperative_id, id)
);
create index statement_of_member on agreements.statement (cooperative_id, member_id, prepared_at);
select platform.wall('agreements.statement');
select platform.make_append_only('agreements.statement');

create table agreements.distribution (
  cooperative_id    uuid    not null,
  id                uuid    not null,
  number            integer not null check (number > 0),
  basis             text    not null check (basis in ('allocation', 'capital_account', 'equal')),
  -- The period whose allocation is paid; null for the other bases.
  period_id         uuid,
  allocation_id     uuid,
  asked_minor       bigint  not null check (asked_minor > 0),
  total_minor       bigint  not null check (total_minor > 0 and total_minor <= asked_minor),
  reduced_reason    text,
  cash_minor        bigint  not null,
  committed_minor   bigint  not null,
  reserve_minor     bigint  not null check (reserve_minor >= 0),
  policies_id       uuid    not null,
  by_login_id       uuid,
  by_member_id      uuid,
  recorded_at       timestamptz not null,
  primary key (cooperative_id, id),
  unique (cooperative_id, number),
  foreign key (cooperative_id, policies_id) references agreements.terms (cooperative_id, id),
  foreign key (cooperative_id, allocation_id) references agreements.allocation (cooperative_id, id),
  check ((basis = 'allocation') = (allocation_id is not null)),
  -- The reserve is never touched: cash less what is promised already less this.
  check (cash_minor - committed_minor - total_minor >= reserve_minor),
  check (by_login_id is not null or by_member_id is not null)
);
select platform.wall('agreements.distribution');
select platform.make_append_only('agreements.distribution');

create table agreements.distribution_approval (
  cooperative_id  uuid not null,
  distribution_id uuid not null,
  by_login_id     uuid,
  by_member_id    uuid,
  recorded_at     timestamptz not null,
  primary key (cooperative_id, distribution_id),
  foreign key (cooperative_id, distribution_id) references agreements.distribution (cooperative_id, id),
  check (by_login_id is not null or by_member_id is not null)
);
create trigger two_people before insert on agreements.distribution_approval
  for each row execute function agreements.refuse_same_person('agreements.distribution', 'distribution_id');
alter table agreements.distribution_approval enable always trigger two_people;
select platform.wall('agreements.distribution_approval');
select platform.make_append_only('agreements.distribution_approval');

-- One member's payment. scheduling, paying and voiding wait for the ledger's answer.
create table agreements.distribution_line (
  cooperative_id  uuid   not null,
  id              uuid   not null,
  distribution_id uuid   not null,
  member_id       uuid   not null,
  lot_id          uuid,
  asked_minor     bigint not null check (asked_minor > 0),
  amount_minor    bigint not null check (amount_minor > 0 and amount_minor <= asked_minor),
  reduced_reason  text,
  state           text   not null check (state in ('calculated', 'approved', 'scheduling', 'scheduled', 'paying', 'paid',
                                                   'voiding', 'failed', 'cancelled')),
  pay_on          date,
  paid_on         date,
  reference       text,
  -- Why the ledger refused the last attempt, and the most it would have taken.
  problem         text,
  problem_most_minor bigint,
  -- How a void is to end, and why.
  void_outcome    text check (void_outcome in ('failed', 'cancelled')),
  reason          text,
  changed_at      timestamptz not null,
  primary key (cooperative_id, id),
  unique (cooperative_id, distribution_id, member_id),
  foreign key (cooperative_id, distribution_id) references agreements.distribution (cooperative_id, id),
  foreign key (cooperative_id, lot_id) references agreements.retained_lot (cooperative_id, id),
  check (state not in ('scheduling', 'scheduled', 'paying', 'paid', 'voiding') or pay_on is not null),
  check (state not in ('paying', 'paid') or paid_on is not null)
);
create index distribution_line_of_member on agreements.distribution_line (cooperative_id, member_id);
create index distribution_line_open on agreements.distribution_line (cooperative_id, state)
  where state not in ('paid', 'failed', 'cancelled');
select platform.wall('agreements.distribution_line');

-- Nothing is scheduled or paid that a second person has not approved.
create function agreements.refuse_unapproved_payment() returns trigger
  language plpgsql as $$
begin
  if new.state not in ('calculated', 'cancelled') and not exists (
    select from agreements.distribution_approval a
    where a.cooperative_id = new.cooperative_id and a.distribution_id = new.distribution_id)
  then
    raise exception using errcode = 'HB006', message = 'a payment needs a second person''s approval';
  end if;
  return new;
end $$;
create trigger approved_first before insert or update on agreements.distribution_line
  for each row execute function agreements.refuse_unapproved_payment();
alter table agreements.distribution_line enable always trigger approved_first;

grant select, insert on agreements.retained_lot, agreements.lot_movement, agreements.statement, agreements.distribution,
  agreements.distribution_approval to habitat_agreements;
grant select, insert, update on agreements.distribution_line to habitat_agreements;
