-- An erasure that waits for a second person ends like everything else that does: somebody says no with a reason, or nobody
-- says anything in the days the cooperative gives it and it expires.

alter table people.erasure drop constraint erasure_status_check;
alter table people.erasure
  add constraint erasure_status_check check (status in
    ('checking', 'waiting', 'approved', 'erased', 'refused', 'withdrawn', 'declined', 'expired')),
  -- About a member, so it is sealed under that member's key.
  add column ended_reason text,
  add column declined_by_member_id uuid,
  add constraint declined_whole check ((status = 'declined') = (declined_by_member_id is not null)
    and (status <> 'declined' or ended_reason is not null));
grant update (ended_reason, declined_by_member_id) on people.erasure to habitat_people;
