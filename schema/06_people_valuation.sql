-- What a contribution is worth: rules versioned by the day they take effect. The rate in force on the day of the
-- work counts, whenever the work is approved; a rule once written never changes.

create table people.valuation_rule (
  cooperative_id   uuid        not null references people.cooperative,
  rule_id          uuid        not null,
  kind             text        not null check (kind in
                     ('labor', 'expertise', 'cash', 'in_kind', 'revenue', 'relationship', 'community')),
  -- Null covers every category, every member.
  category         text,
  member_id        uuid,
  -- Counts the rules of one kind, category and member.
  version          integer     not null check (version > 0),
  effective_from   date        not null,
  method           text        not null check (method in ('rate', 'fixed', 'market', 'formula')),
  -- Major units of the currency per hour, unit or unit of money.
  rate             numeric(27, 12) check (rate >= 0),
  fixed_minor      bigint      check (fixed_minor >= 0),
  expression       text        check (length(expression) <= 500),
  rationale        text        not null check (rationale <> ''),
  -- Takes effect before its notice has run: in force only once a second administrator has signed.
  notice_waived    boolean     not null default false,
  set_by_kind      text        not null,
  set_by_login_id  uuid,
  set_by_member_id uuid,
  recorded_at      timestamptz not null,
  primary key (cooperative_id, rule_id),
  foreign key (cooperative_id, member_id) references people.member (cooperative_id, member_id),
  check ((method = 'rate') = (rate is not null)),
  check ((method = 'fixed') = (fixed_minor is not null)),
  check ((method = 'formula') = (expression is not null))
);
create unique index valuation_rule_version on people.valuation_rule
  (cooperative_id, kind, lower(coalesce(category, '')), coalesce(member_id, '00000000-0000-0000-0000-000000000000'), version);
select platform.wall('people.valuation_rule');
select platform.make_append_only('people.valuation_rule');
grant select, insert on people.valuation_rule to habitat_people;

-- The second administrator's signature under a rule whose notice is waived.
create table people.valuation_rule_signature (
  cooperative_id  uuid        not null,
  rule_id         uuid        not null,
  signed_by_login_id  uuid,
  signed_by_member_id uuid    not null,
  signed_at       timestamptz not null,
  primary key (cooperative_id, rule_id),
  foreign key (cooperative_id, rule_id) references people.valuation_rule (cooperative_id, rule_id)
);
select platform.wall('people.valuation_rule_signature');
select platform.make_append_only('people.valuation_rule_signature');
grant select, insert on people.valuation_rule_signature to habitat_people;

create function people.refuse_own_waiver() returns trigger
  language plpgsql as $$
begin
  if exists (
    select from added s join people.valuation_rule r using (cooperative_id, rule_id)
    where r.set_by_member_id = s.signed_by_member_id or r.set_by_login_id = s.signed_by_login_id
  ) then
    raise exception using errcode = 'HB006', message = 'nobody signs the waiver of their own rule';
  end if;
  return null;
end $$;
create trigger no_own_waiver after insert on people.valuation_rule_signature
  referencing new table as added for each statement execute function people.refuse_own_waiver();
alter table people.valuation_rule_signature enable always trigger no_own_waiver;

-- Rules in force by themselves or by a second signature.
create view people.valuation_rule_in_force with (security_invoker = true) as
  select r.*
  from people.valuation_rule r
  where not r.notice_waived
     or exists (select from people.valuation_rule_signature s
                where s.cooperative_id = r.cooperative_id and s.rule_id = r.rule_id);
grant select on people.valuation_rule_in_force to habitat_people;

-- Rules by which small, verified work needs no reviewer. A new version replaces the one before it.
create table people.auto_approval_rule (
  cooperative_id        uuid        not null references people.cooperative,
  rule_id               uuid        not null,
  version               integer     not null check (version > 0),
  kind                  text        not null,
  category              text,
  max_quantity_per_week numeric(27, 12) not null check (max_quantity_per_week > 0),
  verified_source_only  boolean     not null,
  active                boolean     not null,
  rationale             text        not null check (rationale <> ''),
  set_by_kind           text        not null,
  set_by_login_id       uuid,
  set_by_member_id      uuid,
  recorded_at           timestamptz not null,
  primary key (cooperative_id, rule_id, version)
);
select platform.wall('people.auto_approval_rule');
select platform.make_append_only('people.auto_approval_rule');
grant select, insert on people.auto_approval_rule to habitat_people;
