-- The cooperative's name in law, for statements and tax papers; the name people say stays beside it.

alter table platform.cooperative add column legal_name text check (length(legal_name) between 1 and 200);
