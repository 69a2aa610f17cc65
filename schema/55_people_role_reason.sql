-- Why a role was given, where nobody wrote it: a code, so that everybody reads it in their language. The text stays beside
-- it for the release before, and alone in older rows.
alter table people.role_assignment
  add column reason_code text check (reason_code in ('joined'));
