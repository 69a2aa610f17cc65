-- What waits for a second person is over when its days are, also in the minutes before the clock has marked it so:
-- no signature given later puts it in force, whoever writes it.

create function people.refuse_late_signature() returns trigger
  language plpgsql as $$
declare
  asked  timestamptz;
  agreed timestamptz;
  days   integer;
begin
  case tg_table_name
    when 'valuation_rule_signature' then
      agreed := new.signed_at;
      select r.recorded_at into asked from people.valuation_rule r
      where r.cooperative_id = new.cooperative_id and r.rule_id = new.rule_id;
    when 'policy_request_ending' then
      agreed := new.recorded_at;
      select p.recorded_at into asked from people.policy_request p
      where p.cooperative_id = new.cooperative_id and p.request_id = new.request_id;
    when 'valuation_override' then
      agreed := new.confirmed_at;
      asked := new.requested_at;
    when 'erasure' then
      agreed := new.approved_at;
      asked := new.requested_at;
  end case;
  -- The days in force before this signature: one under a change of the days themselves is not judged by what it brings.
  select (p.body ->> 'secondPersonDays')::integer into days
  from people.policy p join people.cooperative o on o.cooperative_id = p.cooperative_id
  where p.cooperative_id = new.cooperative_id and p.topic = 'approval' and p.recorded_at < agreed
    and p.effective_from <= (agreed at time zone o.time_zone)::date
  order by p.effective_from desc, p.version desc
  limit 1;
  if asked + make_interval(hours => 24 * coalesce(days, 14)) <= agreed then
    raise exception using errcode = 'check_violation', schema = 'people', table = tg_table_name,
      constraint = 'signed_in_time',
      message = format('what was asked for at %s had expired at %s', asked, agreed);
  end if;
  return null;
end $$;

create trigger in_time after insert on people.valuation_rule_signature
  for each row execute function people.refuse_late_signature();
create trigger in_time after insert on people.policy_request_ending
  for each row when (new.outcome = 'approved') execute function people.refuse_late_signature();
create trigger in_time after update on people.valuation_override
  for each row when (old.confirmed_at is null and new.confirmed_at is not null)
  execute function people.refuse_late_signature();
create trigger in_time after update on people.erasure
  for each row when (old.status <> 'approved' and new.status = 'approved')
  execute function people.refuse_late_signature();
alter table people.valuation_rule_signature enable always trigger in_time;
alter table people.policy_request_ending enable always trigger in_time;
alter table people.valuation_override enable always trigger in_time;
alter table people.erasure enable always trigger in_time;
