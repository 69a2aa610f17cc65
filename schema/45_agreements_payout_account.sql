-- Where a member is paid. The numbers are sealed with SECRETS_KEY for this one member; of an account that was replaced or
-- taken away only the days are left.

create table agreements.payout_account (
  cooperative_id uuid        not null,
  id             uuid        not null,
  member_id      uuid        not null,
  sealed         text,
  set_at         timestamptz not null,
  ended_at       timestamptz,
  primary key (cooperative_id, id),
  check ((sealed is null) = (ended_at is not null))
);
create unique index payout_account_in_force on agreements.payout_account (cooperative_id, member_id)
  where ended_at is null;
create index payout_account_by_member on agreements.payout_account (cooperative_id, member_id, set_at desc, id desc);
select platform.wall('agreements.payout_account');
grant select, insert, delete on agreements.payout_account to habitat_agreements;
grant update (sealed, ended_at) on agreements.payout_account to habitat_agreements;
