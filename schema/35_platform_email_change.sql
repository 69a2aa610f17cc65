-- Changing the email of an account: a link to the new address takes it over, a link to the old one takes it back.

alter table platform.identity_link drop constraint identity_link_purpose_check;
alter table platform.identity_link add constraint identity_link_purpose_check
  check (purpose in ('invitation', 'password_reset', 'email_change', 'email_undo'));

-- A newer link takes the place of an older one, but for the way back: whoever got in and changes the address once more must
-- not make the owner's link useless.
drop index platform.identity_link_open;
create unique index identity_link_open on platform.identity_link (cooperative_id, purpose, member_id)
  where used_at is null and revoked_at is null and purpose <> 'email_undo';

-- An address belongs to the account: links of it that are open are taken back in every cooperative, not only in one.
create index identity_link_by_login on platform.identity_link (login_id) where used_at is null and revoked_at is null;
create policy own on platform.identity_link to habitat_platform using (login_id = platform.current_login());

-- Another address ends the sessions that were there before.
alter table platform.session drop constraint session_end_reason_check;
alter table platform.session add constraint session_end_reason_check
  check (end_reason in (
    'signed_out', 'token_reused', 'password_changed', 'second_factor_changed', 'email_changed', 'revoked'
  ));

-- A passkey gets another name.
grant update (name) on platform.passkey to habitat_platform;
