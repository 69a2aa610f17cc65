-- Lots from before the platform kept the books: a year and an amount without an allocation of ours. They are redeemed
-- and reversed like any other lot; what was paid out of them earlier is their own column, not a movement.

alter table agreements.retained_lot
  alter column allocation_id drop not null,
  alter column period_id drop not null,
  add column opening_paid_minor bigint not null default 0,
  add constraint retained_lot_origin check (
    (allocation_id is null) = (period_id is null)
    and opening_paid_minor between 0 and allocated_minor
    and (allocation_id is null or opening_paid_minor = 0));

-- An opening lot stands once per member and year.
create unique index retained_lot_opening_once on agreements.retained_lot (cooperative_id, member_id, year)
  where allocation_id is null;

create or replace function agreements.refuse_overdrawn_lot() returns trigger
  language plpgsql as $$
declare
  overdrawn uuid;
begin
  select l.id into overdrawn
  from agreements.retained_lot l
  where (l.cooperative_id, l.id) in (select cooperative_id, lot_id from drawn)
    and l.allocated_minor - l.opening_paid_minor < (select sum(m.amount_minor) from agreements.lot_movement m
                             where m.cooperative_id = l.cooperative_id and m.lot_id = l.id)
  limit 1;
  if overdrawn is not null then
    raise exception using errcode = 'HB009', message = format('lot %s would give more than it holds', overdrawn);
  end if;
  return null;
end $$;
