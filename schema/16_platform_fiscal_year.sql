-- The month a cooperative's fiscal year begins in. Quarters and years of its books follow it; chosen at founding.

alter table platform.cooperative add column fiscal_start_month smallint not null default 1
  check (fiscal_start_month between 1 and 12);

-- Agreements files retained patronage and due days by the fiscal year a period ends in.
alter table agreements.cooperative add column fiscal_start_month smallint not null default 1
  check (fiscal_start_month between 1 and 12);
