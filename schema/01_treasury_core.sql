-- Treasury: accounts, periods, transactions and their entries, §704(c) layers, snapshots and requests for a second person.
-- An entry carries book (IRC §704(b)) and tax amounts, debit positive; whoever writes, the guards of 02 hold.

create schema treasury;
grant usage on schema treasury to habitat_treasury;
create extension if not exists btree_gist with schema platform;

-- Treasury's copy of the cooperative, fed by platform.cooperative.*, with its own settings beside.
create table treasury.cooperative (
  cooperative_id       uuid     not null primary key,
  name                 text     not null,
  currency             text     not null check (currency ~ '^[A-Z]{3}$'),
  currency_digits      smallint not null check (currency_digits between 0 and 4),
  time_zone            text     not null,
  tax_regime           text     not null check (tax_regime in ('subchapter_k', 'subchapter_t')),
  template             text     not null,
  period_length        text     not null check (period_length in ('month', 'quarter', 'year')),
  fiscal_start_month   smallint not null default 1 check (fiscal_start_month between 1 and 12),
  -- From this amount on a journal entry needs a second person; null takes the permission matrix's line.
  dual_threshold_minor bigint   check (dual_threshold_minor >= 0)
);
select platform.wall('treasury.cooperative');
grant select, insert on treasury.cooperative to habitat_treasury;
grant update (name, currency, currency_digits, time_zone, tax_regime, dual_threshold_minor) on treasury.cooperative to habitat_treasury;

-- Every cooperative counts its transactions in a sequence of its own: people see 1, 2, 3 …, posting waits for no
-- counter row, and nobody can read another cooperative's volume from the gaps. A refused posting leaves a gap.
create function treasury.number_sequence(cooperative uuid) returns text
  language sql immutable parallel safe
  return 'treasury.transaction_number_' || replace(cooperative::text, '-', '');

create function treasury.create_number_sequence() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  execute 'create sequence ' || treasury.number_sequence(new.cooperative_id);
  execute 'grant usage on sequence ' || treasury.number_sequence(new.cooperative_id) || ' to habitat_treasury';
  return null;
end $$;
create trigger number_sequence after insert on treasury.cooperative
  for each row execute function treasury.create_number_sequence();

-- Accounts form a tree and only leaves take entries. Being a leaf, type and owner never change, which is why an
-- entry needs no lock on its account.
create table treasury.account (
  cooperative_id uuid    not null references treasury.cooperative,
  id             uuid    not null,
  code           text    collate "C" not null check (code ~ '^[0-9A-Za-z][0-9A-Za-z.-]{0,31}$'),
  name           text    not null check (length(name) between 1 and 200),
  type           text    not null check (type in ('asset', 'liability', 'equity', 'revenue', 'expense')),
  normal_side    text    not null check (normal_side in ('debit', 'credit')),
  parent_id      uuid,
  parent_is_leaf boolean not null generated always as (false) stored,
  is_leaf        boolean not null,
  active         boolean not null default true,
  -- Cash and equivalents, counted against the cash reserve.
  is_cash        boolean not null default false,
  -- The member whose capital this leaf holds, and how far it may fall below zero (deficit restoration obligation).
  member_id      uuid,
  dro_minor      bigint  not null default 0 check (dro_minor >= 0),
  primary key (cooperative_id, id),
  unique (cooperative_id, code),
  unique (cooperative_id, member_id),
  unique (cooperative_id, id, is_leaf),
  foreign key (cooperative_id, parent_id, parent_is_leaf) references treasury.account (cooperative_id, id, is_leaf),
  check (member_id is null or (is_leaf and type = 'equity')),
  check (not is_cash or type = 'asset')
);
select platform.wall('treasury.account');
grant select, insert on treasury.account to habitat_treasury;
grant update (name, active, dro_minor) on treasury.account to habitat_treasury;

create function treasury.keep_account() returns trigger
  language plpgsql as $$
begin
  if (new.cooperative_id, new.id, new.code, new.type, new.normal_side, new.is_leaf, new.is_cash)
       is distinct from (old.cooperative_id, old.id, old.code, old.type, old.normal_side, old.is_leaf, old.is_cash)
     or new.parent_id is distinct from old.parent_id or new.member_id is distinct from old.member_id then
    raise exception using errcode = 'HB001', message = format('account %s keeps its code, place and type', old.code);
  end if;
  return new;
end $$;
create trigger keep before update on treasury.account for each row execute function treasury.keep_account();
alter table treasury.account enable always trigger keep;
create trigger never_removed before delete or truncate on treasury.account
  for each statement execute function platform.refuse_change();
alter table treasury.account enable always trigger never_removed;

-- Where a contribution of a kind, or of one category of it, is debited; no account means it posts nothing.
create table treasury.posting_rule (
  cooperative_id uuid not null references treasury.cooperative,
  kind           text not null
    check (kind in ('labor', 'expertise', 'cash', 'in_kind', 'revenue', 'relationship', 'community')),
  category       text not null default '',
  account_id     uuid,
  primary key (cooperative_id, kind, category),
  foreign key (cooperative_id, account_id) references treasury.account (cooperative_id, id)
);
select platform.wall('treasury.posting_rule');
grant select, insert, update, delete on treasury.posting_rule to habitat_treasury;

create table treasury.period (
  cooperative_id uuid not null references treasury.cooperative,
  id             uuid not null,
  name           text not null,
  starts_on      date not null,
  ends_on        date not null check (ends_on >= starts_on),
  status         text not null default 'open' check (status in ('open', 'closing', 'closed', 'locked')),
  -- Set when the income statement of a closing period is taken: from then on only the close itself may post.
  books_final_at timestamptz,
  closed_at      timestamptz check ((closed_at is not null) = (status in ('closed', 'locked'))),
  locked_at      timestamptz check ((locked_at is not null) = (status = 'locked')),
  reopened_at    timestamptz,
  primary key (cooperative_id, id),
  unique (cooperative_id, starts_on),
  constraint periods_never_overlap
    exclude using gist (cooperative_id with =, daterange(starts_on, ends_on, '[]') with &&)
);
select platform.wall('treasury.period');
grant select, insert on treasury.period to habitat_treasury;
grant update (status, books_final_at, closed_at, locked_at, reopened_at) on treasury.period to habitat_treasury;

create type treasury.transaction_source as enum
  ('manual', 'contribution', 'close', 'distribution', 'import', 'opening', 'reversal', 'correction');
-- Why members' capital moved, as statements name it.
create type treasury.capital_cause as enum ('work', 'cash', 'in_kind', 'surplus', 'paid_out', 'other');
create type treasury.actor_kind as enum ('person', 'agent', 'system');

-- A transaction is written whole, with its entries, in one statement, and never changes. Postgres reads a table's
-- CHECK constraints anew for every statement; on these two tables the guards of 02 check the same in their one query.
create table treasury.transaction (
  cooperative_id  uuid          not null,
  id              uuid          not null,
  number          bigint        not null,
  period_id       uuid          not null,
  effective_on    date          not null,
  recorded_at     timestamptz   not null,
  description     varchar(2000) not null,
  source          treasury.transaction_source not null,
  cause           treasury.capital_cause not null default 'other',
  -- Empties revenue and expense at a period's end (or undoes that): left out of income statements.
  is_closing      boolean       not null default false,
  entry_count     integer       not null,
  reverses_id     uuid,
  corrects_id     uuid,
  -- What it was posted for. Unique, so that an event delivered twice posts once.
  provenance_type text,
  provenance_id   uuid,
  provenance_part text          not null default '',
  actor_kind      treasury.actor_kind not null,
  actor_login_id  uuid,
  actor_member_id uuid,
  correlation_id  text          not null
);
create index transaction_journal on treasury.transaction (cooperative_id, effective_on, number);
create unique index transaction_provenance
  on treasury.transaction (cooperative_id, provenance_type, provenance_id, provenance_part) where provenance_id is not null;
create unique index transaction_reversed_once on treasury.transaction (cooperative_id, reverses_id) where reverses_id is not null;
create index transaction_corrects on treasury.transaction (cooperative_id, corrects_id) where corrects_id is not null;
-- Last on purpose: in a nearly empty table all indexes led by the cooperative look alike to the planner, it takes the
-- newest, and a session keeps that plan when the table has grown.
alter table treasury.transaction add primary key (cooperative_id, id);
select platform.wall('treasury.transaction');
select platform.make_append_only('treasury.transaction');
grant select, insert on treasury.transaction to habitat_treasury;

-- No foreign keys here: the guards check account, tenant, date and header in one query, also where foreign keys
-- sleep (replica mode), and take no lock on a busy account's row. Dates repeat the header's for the index.
create table treasury.entry (
  cooperative_id uuid        not null,
  transaction_id uuid        not null,
  line           integer     not null,
  account_id     uuid        not null,
  effective_on   date        not null,
  recorded_at    timestamptz not null,
  book_minor     bigint      not null,
  tax_minor      bigint      not null,
  is_closing     boolean     not null,
  memo           varchar(500)
);
create index entry_by_account on treasury.entry (cooperative_id, account_id, effective_on) include (book_minor, tax_minor);
-- Entries since the last snapshot lie at the end of the table: a tiny index finds them by date.
create index entry_by_date on treasury.entry using brin (effective_on) with (pages_per_range = 16, autosummarize = on);
-- Last, for the same reason as above.
alter table treasury.entry add primary key (cooperative_id, transaction_id, line);
select platform.wall('treasury.entry');
select platform.make_append_only('treasury.entry');
grant select, insert on treasury.entry to habitat_treasury;

-- Built-in gain of contributed property (IRC §704(c)): stays with the member who brought it.
create table treasury.layer_704c (
  cooperative_id      uuid        not null,
  id                  uuid        not null,
  account_id          uuid        not null,
  member_id           uuid        not null,
  transaction_id      uuid        not null,
  effective_on        date        not null,
  recorded_at         timestamptz not null,
  book_minor          bigint      not null,
  tax_minor           bigint      not null,
  built_in_gain_minor bigint      not null generated always as (book_minor - tax_minor) stored,
  primary key (cooperative_id, id),
  unique (cooperative_id, transaction_id, member_id),
  foreign key (cooperative_id, account_id) references treasury.account (cooperative_id, id),
  foreign key (cooperative_id, transaction_id) references treasury.transaction (cooperative_id, id)
);
create index layer_704c_by_member on treasury.layer_704c (cooperative_id, member_id, effective_on);
select platform.wall('treasury.layer_704c');
select platform.make_append_only('treasury.layer_704c');
grant select, insert on treasury.layer_704c to habitat_treasury;

-- Balances at the end of a closed period; only zero ones are left out. Derived: gone when the period is reopened.
create table treasury.balance_snapshot (
  cooperative_id uuid   not null,
  period_id      uuid   not null,
  account_id     uuid   not null,
  book_minor     bigint not null,
  tax_minor      bigint not null,
  primary key (cooperative_id, period_id, account_id),
  foreign key (cooperative_id, period_id) references treasury.period (cooperative_id, id)
);
select platform.wall('treasury.balance_snapshot');
grant select, insert, delete on treasury.balance_snapshot to habitat_treasury;

-- What waits for a second person: large journal entries, reversals, corrections, the lock of a period.
create table treasury.journal_request (
  cooperative_id         uuid        not null references treasury.cooperative,
  id                     uuid        not null,
  act                    text        not null check (act in ('post', 'reverse', 'correct', 'lock_period')),
  -- The transaction (reverse, correct) or period (lock_period) it is about.
  subject_id             uuid,
  payload                jsonb       not null,
  reason                 text        not null check (length(reason) between 1 and 2000),
  amount_minor           bigint      not null default 0,
  requested_by_login_id  uuid,
  requested_by_member_id uuid,
  requested_at           timestamptz not null,
  status                 text        not null default 'pending' check (status in ('pending', 'approved', 'declined', 'withdrawn')),
  decided_by_login_id    uuid,
  decided_by_member_id   uuid,
  decided_at             timestamptz check ((decided_at is null) = (status = 'pending')),
  decision_note          text,
  transaction_ids        uuid[]      not null default '{}',
  primary key (cooperative_id, id),
  -- Dual control: nobody is their own second person, under either of their names.
  constraint second_person check (
    status <> 'approved'
    or (decided_by_login_id is distinct from requested_by_login_id
        and (decided_by_member_id is null or decided_by_member_id is distinct from requested_by_member_id)))
);
create unique index journal_request_pending_once on treasury.journal_request (cooperative_id, act, subject_id)
  where status = 'pending' and subject_id is not null;
create index journal_request_pending on treasury.journal_request (cooperative_id, requested_at) where status = 'pending';
select platform.wall('treasury.journal_request');
grant select, insert on treasury.journal_request to habitat_treasury;
grant update (status, decided_by_login_id, decided_by_member_id, decided_at, decision_note, transaction_ids)
  on treasury.journal_request to habitat_treasury;
