-- Whoever gets an account back stops the webhooks that were registered, or given another secret, with it meanwhile.

alter table platform.webhook add column rotated_by_login_id uuid references platform.login;
grant update (rotated_by_login_id) on platform.webhook to habitat_platform;

alter table platform.webhook drop constraint webhook_stop_reason_check;
alter table platform.webhook add constraint webhook_stop_reason_check
  check (stop_reason in ('person', 'failing', 'gone', 'undone'));
