-- Contributions through their whole life. The row is the present; every step that led to it is kept apart and
-- never changes. Nobody's signature counts under what they gave or logged themselves: the database refuses it too.

create table people.contribution (
  cooperative_id       uuid        not null references people.cooperative,
  contribution_id      uuid        not null,
  -- Running number in the cooperative, shown to people; gaps are possible.
  number               integer     not null check (number > 0),
  member_id            uuid        not null,
  -- Who logged it when it was not the member; that person may not approve it.
  logged_by_member_id  uuid,
  logged_by_login_id   uuid,
  logged_for_reason    text,
  kind                 text        not null check (kind in
                         ('labor', 'expertise', 'cash', 'in_kind', 'revenue', 'relationship', 'community')),
  category             text        not null check (category <> '' and length(category) <= 80),
  unit                 text        not null check (unit in ('hour', 'unit', 'money')),
  quantity             numeric(27, 12) not null check (quantity > 0),
  -- Exact minutes where decimal hours would not be exact (1:41 is 101 minutes); valuing uses these.
  minutes              numeric(27, 12),
  original_quantity    numeric(27, 12),
  original_value_minor bigint,
  worked_on            date        not null,
  period_id            uuid,
  description          text        not null check (length(description) <= 2000),
  -- [{ "label", "url" }]
  evidence             jsonb       not null default '[]' check (jsonb_typeof(evidence) = 'array'),
  -- In kind: fair market value as declared, and what it cost its giver (tax basis, IRC §723).
  declared_value_minor bigint check (declared_value_minor > 0),
  cost_basis_minor     bigint check (cost_basis_minor >= 0),
  -- The ledger transaction a revenue contribution points at: an identifier of treasury's.
  revenue_transaction_id uuid,
  source_verified      boolean     not null default false,
  late                 boolean     not null default false,
  late_reason          text,
  late_override_by     uuid,
  status               text        not null check (status in ('draft', 'submitted', 'clarification', 'approved',
                         'valued', 'applied', 'rejected', 'withdrawn', 'disputed', 'resolved')),
  -- Valued by which rule, at which rate; until approved this is the estimate shown in the queue.
  rule_id              uuid,
  rule_version         integer,
  rate                 numeric(27, 12),
  value_minor          bigint check (value_minor >= 0),
  tax_minor            bigint,
  treatment            text        not null check (treatment in ('capital', 'patronage', 'both')),
  patronage_category   text,
  signatures_needed    smallint    not null default 1 check (signatures_needed in (0, 1, 2)),
  -- A change of quantity or value begins a new round: signatures of earlier rounds no longer count.
  round                smallint    not null default 1,
  auto_approved        boolean     not null default false,
  submitted_at         timestamptz,
  valued_at            timestamptz,
  -- What the ledger answered.
  posted_at            timestamptz,
  transaction_id       uuid,
  posting_problem      text,
  step_count           integer     not null,
  created_at           timestamptz not null,
  changed_at           timestamptz not null,
  unique (cooperative_id, number),
  foreign key (cooperative_id, member_id) references people.member (cooperative_id, member_id),
  foreign key (cooperative_id, logged_by_member_id) references people.member (cooperative_id, member_id),
  -- A day has 24 hours.
  check (unit <> 'hour' or quantity <= 24),
  check (minutes is null or (unit = 'hour' and quantity = round(minutes / 60, 12))),
  check (logged_by_member_id is null or logged_for_reason <> ''),
  check (status in ('draft', 'withdrawn') or (value_minor is not null and tax_minor is not null)),
  check ((patronage_category is null) = (treatment = 'capital')),
  check (status in ('draft', 'withdrawn') or submitted_at is not null),
  check (status not in ('valued', 'applied', 'disputed', 'resolved') or valued_at is not null),
  check (status <> 'applied' or posted_at is not null)
);
create index contribution_by_member on people.contribution (cooperative_id, member_id, worked_on desc, contribution_id desc);
create index contribution_by_day on people.contribution (cooperative_id, worked_on desc, contribution_id desc);
create index contribution_waiting on people.contribution (cooperative_id, submitted_at, contribution_id)
  where status in ('submitted', 'clarification');
create index contribution_unposted on people.contribution (cooperative_id, period_id)
  where posting_problem is not null;
-- Last on purpose: in a nearly empty table all indexes led by the cooperative look alike to the planner, it takes the
-- newest, and a session keeps that plan when the table has grown.
alter table people.contribution add primary key (cooperative_id, contribution_id);
select platform.wall('people.contribution');
grant select, insert on people.contribution to habitat_people;
grant update (kind, category, unit, quantity, minutes, original_quantity, original_value_minor, worked_on, period_id,
    description, evidence, declared_value_minor, cost_basis_minor, revenue_transaction_id, late, late_reason,
    late_override_by, status, rule_id, rule_version, rate, value_minor, tax_minor, treatment, patronage_category,
    signatures_needed, round, auto_approved, submitted_at, valued_at, posted_at, transaction_id, posting_problem,
    step_count, changed_at)
  on people.contribution to habitat_people;

-- Numbers come from a sequence per cooperative, not from a counter row: a row would be locked until commit and
-- make everybody who logs work wait for each other. A rolled-back log leaves a gap, which nobody is told to miss.
create function people.prepare_contribution_numbers() returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  execute format('create sequence if not exists people.%I as integer',
    'contribution_' || replace(platform.current_cooperative()::text, '-', ''));
end $$;

create function people.next_contribution_number() returns integer
  language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  return nextval(format('people.%I', 'contribution_' || replace(platform.current_cooperative()::text, '-', ''))::regclass);
end $$;
revoke all on function people.prepare_contribution_numbers(), people.next_contribution_number() from public;
grant execute on function people.prepare_contribution_numbers(), people.next_contribution_number() to habitat_people;

create table people.contribution_step (
  cooperative_id  uuid        not null,
  contribution_id uuid        not null,
  sequence        integer     not null check (sequence > 0),
  act             text        not null check (act in ('logged', 'edited', 'submitted', 'signed', 'adjusted', 'asked',
                    'answered', 'approved', 'valued', 'applied', 'rejected', 'withdrawn', 'disputed', 'resolved',
                    'override_requested', 'overridden', 'late_allowed', 'posting_refused')),
  from_status     text,
  to_status       text        not null,
  reason          text,
  -- Quantities and values before and after, and the versions of rule and policies it was done under.
  facts           jsonb       not null default '{}',
  actor_kind      text        not null,
  actor_login_id  uuid,
  actor_member_id uuid,
  recorded_at     timestamptz not null,
  primary key (cooperative_id, contribution_id, sequence),
  foreign key (cooperative_id, contribution_id) references people.contribution (cooperative_id, contribution_id),
  check (act not in ('rejected', 'adjusted', 'disputed', 'resolved', 'override_requested', 'overridden', 'late_allowed')
         or reason <> '')
);
select platform.wall('people.contribution_step');
select platform.make_append_only('people.contribution_step');
grant select, insert on people.contribution_step to habitat_people;

-- Signatures under a contribution, per round.
create table people.approval (
  cooperative_id     uuid        not null,
  contribution_id    uuid        not null,
  round              smallint    not null,
  approver_member_id uuid        not null,
  approver_login_id  uuid,
  role               text        not null,
  quantity           numeric(27, 12) not null,
  value_minor        bigint      not null,
  policy_version     integer     not null,
  approved_at        timestamptz not null,
  foreign key (cooperative_id, contribution_id) references people.contribution (cooperative_id, contribution_id),
  foreign key (cooperative_id, approver_member_id) references people.member (cooperative_id, member_id)
);
create index approval_by_approver on people.approval (cooperative_id, approver_member_id, approved_at);
alter table people.approval add primary key (cooperative_id, contribution_id, round, approver_member_id);
select platform.wall('people.approval');
select platform.make_append_only('people.approval');
grant select, insert on people.approval to habitat_people;

-- "limit 1" keeps each lookup a lookup, and the settings keep it on its index: a session keeps the plan it made while
-- the tables were small.
create function people.refuse_own_approval() returns trigger
  language plpgsql
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
  as $$
begin
  if exists (
    select
    from added a
    cross join lateral (
      select c.member_id, c.logged_by_member_id, c.logged_by_login_id from people.contribution c
      where c.cooperative_id = a.cooperative_id and c.contribution_id = a.contribution_id limit 1) c
    cross join lateral (
      select m.login_id from people.member m
      where m.cooperative_id = a.cooperative_id and m.member_id = c.member_id limit 1) m
    where a.approver_member_id in (c.member_id, c.logged_by_member_id)
       or a.approver_login_id in (m.login_id, c.logged_by_login_id)
  ) then
    raise exception using
      errcode = 'HB006',
      message = 'nobody approves what they gave or logged themselves',
      hint = 'another reviewer decides';
  end if;
  return null;
end $$;
create trigger no_own_approval after insert on people.approval
  referencing new table as added for each statement execute function people.refuse_own_approval();
alter table people.approval enable always trigger no_own_approval;

create table people.contribution_comment (
  cooperative_id  uuid        not null,
  comment_id      uuid        not null,
  contribution_id uuid        not null,
  kind            text        not null check (kind in ('question', 'answer', 'comment')),
  body            text        not null check (body <> '' and length(body) <= 4000),
  actor_login_id  uuid,
  actor_member_id uuid,
  recorded_at     timestamptz not null,
  primary key (cooperative_id, comment_id),
  foreign key (cooperative_id, contribution_id) references people.contribution (cooperative_id, contribution_id)
);
create index contribution_comment_thread on people.contribution_comment (cooperative_id, contribution_id, comment_id);
select platform.wall('people.contribution_comment');
select platform.make_append_only('people.contribution_comment');
grant select, insert on people.contribution_comment to habitat_people;

-- A valuation changed by an administrator: asked by one, confirmed by another.
create table people.valuation_override (
  cooperative_id         uuid        not null,
  override_id            uuid        not null,
  contribution_id        uuid        not null,
  value_minor            bigint      not null check (value_minor >= 0),
  justification          text        not null check (justification <> ''),
  requested_by_member_id uuid        not null,
  requested_by_login_id  uuid,
  requested_at           timestamptz not null,
  confirmed_by_member_id uuid,
  confirmed_by_login_id  uuid,
  confirmed_at           timestamptz,
  primary key (cooperative_id, override_id),
  foreign key (cooperative_id, contribution_id) references people.contribution (cooperative_id, contribution_id),
  check ((confirmed_at is null) = (confirmed_by_member_id is null)),
  check (confirmed_by_member_id is distinct from requested_by_member_id),
  check (confirmed_by_login_id is null or confirmed_by_login_id is distinct from requested_by_login_id)
);
create unique index valuation_override_open on people.valuation_override (cooperative_id, contribution_id) where confirmed_at is null;
select platform.wall('people.valuation_override');
grant select, insert on people.valuation_override to habitat_people;
grant update (confirmed_by_member_id, confirmed_by_login_id, confirmed_at) on people.valuation_override to habitat_people;
