-- A try that failed because no key of the operator's opens the webhook's secret is kept as such.
alter table platform.webhook_attempt drop constraint webhook_attempt_fault_check;
alter table platform.webhook_attempt add constraint webhook_attempt_fault_check
  check (fault in ('address', 'connection', 'timeout', 'tls', 'status', 'secret'));
