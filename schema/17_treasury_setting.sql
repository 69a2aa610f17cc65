-- Treasury's own settings as versions: where contributions post, and from which amount a journal entry needs a second
-- person. What is in force stands in treasury.posting_rule and treasury.cooperative; who changed it, when and why, here.

create table treasury.setting_version (
  cooperative_id   uuid        not null references treasury.cooperative,
  id               uuid        not null,
  topic            text        not null check (topic in ('posting_rule', 'dual_threshold')),
  version          integer     not null check (version > 0),
  -- What changed, before and after: accounts by code, amounts as minor-unit text.
  body             jsonb       not null,
  rationale        text        not null check (btrim(rationale) <> ''),
  -- A change that weakens control takes effect only with a second administrator's word.
  needs_second     boolean     not null,
  set_by_login_id  uuid,
  set_by_member_id uuid,
  recorded_at      timestamptz not null,
  primary key (cooperative_id, id),
  unique (cooperative_id, topic, version)
);
select platform.wall('treasury.setting_version');
select platform.make_append_only('treasury.setting_version');
grant select, insert on treasury.setting_version to habitat_treasury;

create table treasury.setting_decision (
  cooperative_id uuid        not null,
  setting_id     uuid        not null,
  outcome        text        not null check (outcome in ('approved', 'declined')),
  reason         text,
  by_login_id    uuid,
  by_member_id   uuid,
  recorded_at    timestamptz not null,
  primary key (cooperative_id, setting_id),
  foreign key (cooperative_id, setting_id) references treasury.setting_version (cooperative_id, id),
  check (by_login_id is not null or by_member_id is not null),
  check (outcome = 'approved' or btrim(coalesce(reason, '')) <> '')
);
select platform.wall('treasury.setting_decision');
select platform.make_append_only('treasury.setting_decision');
grant select, insert on treasury.setting_decision to habitat_treasury;

create function treasury.refuse_own_setting() returns trigger
  language plpgsql as $$
begin
  if exists (
    select from added d join treasury.setting_version v on v.cooperative_id = d.cooperative_id and v.id = d.setting_id
    where d.outcome = 'approved'
      and (v.set_by_member_id = d.by_member_id or v.set_by_login_id = d.by_login_id)
  ) then
    raise exception using errcode = 'HB006', message = 'nobody approves their own change of a control';
  end if;
  return null;
end $$;
create trigger no_own_setting after insert on treasury.setting_decision
  referencing new table as added for each statement execute function treasury.refuse_own_setting();
alter table treasury.setting_decision enable always trigger no_own_setting;
