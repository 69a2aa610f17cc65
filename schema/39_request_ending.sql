-- What waits for a second person ends in one of three ways: somebody agrees, somebody says no with a reason, or nobody
-- says anything in the days the cooperative gives it and it expires. Until now only some could be refused and none expired.

alter table treasury.journal_request drop constraint journal_request_status_check;
alter table treasury.journal_request add constraint journal_request_status_check
  check (status in ('pending', 'approved', 'declined', 'withdrawn', 'expired'));

-- Nobody signs what expired, and it needs no reason.
alter table treasury.setting_decision
  drop constraint setting_decision_outcome_check,
  drop constraint setting_decision_check,
  drop constraint setting_decision_check1;
alter table treasury.setting_decision
  add constraint setting_decision_outcome_check check (outcome in ('approved', 'declined', 'expired')),
  add constraint setting_decision_check check (outcome = 'expired' or by_login_id is not null or by_member_id is not null),
  add constraint setting_decision_check1 check (outcome <> 'declined' or btrim(coalesce(reason, '')) <> '');

alter table agreements.terms_decision
  drop constraint terms_decision_outcome_check,
  drop constraint terms_decision_check,
  drop constraint terms_decision_check1;
alter table agreements.terms_decision
  add constraint terms_decision_outcome_check check (outcome in ('approved', 'declined', 'expired')),
  add constraint terms_decision_check check (outcome = 'expired' or by_login_id is not null or by_member_id is not null),
  add constraint terms_decision_check1 check (outcome <> 'declined' or btrim(coalesce(reason, '')) <> '');

create table agreements.reopen_ending (
  cooperative_id uuid        not null,
  request_id     uuid        not null,
  outcome        text        not null check (outcome in ('declined', 'expired')),
  reason         text,
  by_login_id    uuid,
  by_member_id   uuid,
  recorded_at    timestamptz not null,
  primary key (cooperative_id, request_id),
  foreign key (cooperative_id, request_id) references agreements.reopen_request (cooperative_id, id),
  check (outcome = 'expired' or by_login_id is not null or by_member_id is not null),
  check (outcome = 'expired' or btrim(coalesce(reason, '')) <> '')
);
select platform.wall('agreements.reopen_ending');
select platform.make_append_only('agreements.reopen_ending');
grant select, insert on agreements.reopen_ending to habitat_agreements;

create table people.valuation_rule_ending (
  cooperative_id uuid        not null,
  rule_id        uuid        not null,
  outcome        text        not null check (outcome in ('declined', 'expired')),
  reason         text,
  by_login_id    uuid,
  by_member_id   uuid,
  recorded_at    timestamptz not null,
  primary key (cooperative_id, rule_id),
  foreign key (cooperative_id, rule_id) references people.valuation_rule (cooperative_id, rule_id),
  check (outcome = 'expired' or by_member_id is not null),
  check (outcome = 'expired' or btrim(coalesce(reason, '')) <> '')
);
select platform.wall('people.valuation_rule_ending');
select platform.make_append_only('people.valuation_rule_ending');
grant select, insert on people.valuation_rule_ending to habitat_people;

alter table people.valuation_override
  add column ended_as text check (ended_as in ('declined', 'expired')),
  -- About a member, so it is sealed under that member's key.
  add column ended_reason text,
  add column ended_by_member_id uuid,
  add column ended_at timestamptz,
  add constraint ended_whole check ((ended_as is null) = (ended_at is null) and (ended_as is null or confirmed_at is null));
drop index people.valuation_override_open;
create unique index valuation_override_open on people.valuation_override (cooperative_id, contribution_id)
  where confirmed_at is null and ended_at is null;
grant update (ended_as, ended_reason, ended_by_member_id, ended_at) on people.valuation_override to habitat_people;
