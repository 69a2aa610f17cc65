-- Posting with less work again, under the same guards. The guards look with eyes of their own (a role that sees every
-- row of the ledger and serves nobody), so that the wall is asked once, where a row is written, and not again in every
-- lookup; a sound transaction takes one short query, and only an unsound one is asked what is wrong with it. Postings
-- arrive as typed rows instead of JSON. Why: docs/decisions/0009-posting-in-one-round-trip.md.

-- No login may act as it. It reads what a transaction is checked against and writes the event, nothing else.
do $$
begin
  create role habitat_guard nologin noinherit nobypassrls;
exception when duplicate_object or unique_violation then null;
end $$;
grant usage on schema treasury, platform to habitat_guard;
grant select on treasury.transaction, treasury.entry, treasury.account, treasury.period to habitat_guard;
-- Locking an account whose capital goes down asks for the right to change it.
grant update (dro_minor) on treasury.account to habitat_guard;
grant insert on platform.event, platform.outbox to habitat_guard;
create policy guard on treasury.transaction for select to habitat_guard using (true);
create policy guard on treasury.entry for select to habitat_guard using (true);
create policy guard on treasury.account to habitat_guard using (true);
create policy guard on treasury.period for select to habitat_guard using (true);
create policy guard on platform.event for insert to habitat_guard with check (true);
create policy guard on platform.outbox for insert to habitat_guard with check (true);

-- Nothing reads it.
drop index treasury.transaction_corrects;

drop function treasury.post_transactions(uuid, jsonb, jsonb, jsonb);
drop function treasury.refuse(text, text, bigint, text);

-- Member capital may not fall below −DRO (26 CFR 1.704-1(b)(2)(ii)(d)). Only accounts that went down are locked,
-- in id order, so that two payments at once cannot both spend the same capital.
drop function treasury.refuse_lowered_capital(uuid[]);
drop function treasury.refuse_capital_deficit(uuid[]);
create function treasury.refuse_capital_deficit(p_cooperative_id uuid, account_ids uuid[]) returns void
  language plpgsql
  set plan_cache_mode = force_custom_plan
  as $$
declare
  short record;
begin
  perform from treasury.account a where a.cooperative_id = p_cooperative_id and a.id = any (account_ids)
  order by a.id for no key update;
  select a.member_id, a.code, a.dro_minor, balance.capital_minor into short
  from treasury.account a
  cross join lateral (
    select -sum(e.book_minor) as capital_minor from treasury.entry e
    where e.cooperative_id = a.cooperative_id and e.account_id = a.id
  ) balance
  where a.cooperative_id = p_cooperative_id and a.id = any (account_ids) and balance.capital_minor < -a.dro_minor
  order by a.id limit 1;
  if found then
    raise exception using errcode = 'HB009',
      message = format('capital account %s would stand at %s minor units, below its floor', short.code, short.capital_minor),
      detail = json_build_object('memberId', short.member_id, 'capitalMinor', short.capital_minor::text, 'droMinor', short.dro_minor::text)::text;
  end if;
end $$;

-- What a transaction changed in members' capital, one line per member, up is positive; refused where it takes a member
-- below their floor.
drop function treasury.capital_changes(uuid, uuid);
create function treasury.capital_changes(p_cooperative_id uuid, p_transaction_id uuid) returns jsonb
  language plpgsql as $$
declare
  changes jsonb;
  lowered uuid[];
begin
  select jsonb_agg(jsonb_build_object('memberId', c.member_id, 'bookMinor', (-c.book)::text, 'taxMinor', (-c.tax)::text)),
    array_agg(c.id) filter (where c.is_lowered)
  into changes, lowered
  from (
    select a.id, a.member_id, sum(e.book_minor) as book, sum(e.tax_minor) as tax, bool_or(e.book_minor > 0) as is_lowered
    from treasury.entry e
    cross join lateral (
      select a.id, a.member_id from treasury.account a
      where a.cooperative_id = e.cooperative_id and a.id = e.account_id and a.member_id is not null limit 1) a
    where e.cooperative_id = p_cooperative_id and e.transaction_id = p_transaction_id
    group by a.id, a.member_id
  ) c;
  if lowered is not null then
    perform treasury.refuse_capital_deficit(p_cooperative_id, lowered);
  end if;
  return changes;
end $$;

-- Says what is wrong with a transaction the guard found unsound.
create function treasury.refuse_unsound(header treasury.transaction) returns void
  language plpgsql as $$
declare
  fault text;
begin
  select case
    when header.description = '' then 'HB011|description'
    when (header.provenance_type is null) <> (header.provenance_id is null) then 'HB011|provenanceId'
    when (header.source = 'reversal') <> (header.reverses_id is not null) then 'HB011|reversesId'
    when header.entry_count < 2 or count(*) <> header.entry_count or min(e.line) <> 1 or max(e.line) <> header.entry_count
      then 'HB005|entries'
    when bool_or(a.id is null)
      then 'HB008|entries[' || min(e.line) filter (where a.id is null) - 1 || '].accountId'
    when bool_or(not a.is_leaf or not a.active) then 'HB004|accountId'
    when bool_or(e.book_minor = 0 and e.tax_minor = 0
      or greatest(abs(e.book_minor), abs(e.tax_minor)) >= 1000000000000000) then 'HB011|bookMinor'
    when sum(e.book_minor) <> 0 then 'HB002|bookMinor|' || sum(e.book_minor)
    when sum(e.tax_minor) <> 0 then 'HB002|taxMinor|' || sum(e.tax_minor)
    -- Entries on another day than their header, a period that isn't this cooperative's, a day outside it, or its status.
    else 'HB003|effectiveOn' || coalesce((
      select '|' || p.status from treasury.period p
      where p.cooperative_id = header.cooperative_id and p.id = header.period_id
        and header.effective_on between p.starts_on and p.ends_on), '')
    end
  into fault
  from treasury.entry e
  left join lateral (
    select a.id, a.is_leaf, a.active from treasury.account a
    where a.cooperative_id = e.cooperative_id and a.id = e.account_id limit 1) a on true
  where e.cooperative_id = header.cooperative_id and e.transaction_id = header.id;
  perform treasury.refuse_posting(fault, header.id);
end $$;

-- A header is checked with all its entries when its statement ends, and told in the same query: no transaction stands
-- in the ledger without its event, whoever wrote it. The lookup is lateral with "limit 1" because for a plain join the
-- planner, while the tables are nearly empty, reads entries in the order of their accounts and keeps to it.
create or replace function treasury.guard_transaction() returns trigger
  language plpgsql security definer set search_path = pg_catalog
  as $$
begin
  -- The period is read after its lock was taken; an older snapshot would still show it open. Conditions and not a
  -- PERFORM: plpgsql evaluates them without starting a query.
  if current_setting('transaction_isolation') <> 'read committed'
     or pg_advisory_xact_lock_shared(treasury.period_lock(new.period_id)) is null then
    raise exception using errcode = 'HB003', message = 'postings need the isolation level read committed';
  end if;

  insert into platform.event (cooperative_id, id, type, version, aggregate_type, aggregate_id, actor_kind, actor_login_id,
    actor_member_id, correlation_id, causation_id, recorded_at, payload)
  select new.cooperative_id, new.id, 'treasury.transaction.posted', 1, 'transaction', new.id, new.actor_kind::text,
    new.actor_login_id, new.actor_member_id, new.correlation_id, new.causation_id, new.recorded_at,
    jsonb_build_object('transactionId', new.id, 'number', new.number, 'effectiveOn', new.effective_on, 'source', new.source,
      'capitalChanges', case when whole.moves_capital then treasury.capital_changes(new.cooperative_id, new.id) else '[]' end,
      'cashChangeMinor', whole.cash::text,
      'incomeChange', jsonb_build_object('bookMinor', whole.income_book::text, 'taxMinor', whole.income_tax::text))
  from (
    select count(*) as entries,
      -- The key keeps lines apart, so as many sound ones between 1 and the count are all of them.
      count(*) filter (where e.line between 1 and new.entry_count and a.is_leaf and a.active
        and (e.book_minor <> 0 or e.tax_minor <> 0)
        and e.book_minor between -999999999999999 and 999999999999999
        and e.tax_minor between -999999999999999 and 999999999999999
        and e.effective_on = new.effective_on and e.recorded_at = new.recorded_at and e.is_closing = new.is_closing) as sound,
      sum(e.book_minor) as book, sum(e.tax_minor) as tax,
      bool_or(a.member_id is not null) as moves_capital,
      sum(case when a.is_cash then e.book_minor else 0 end) as cash,
      -sum(case when a.type in ('revenue', 'expense') and not new.is_closing then e.book_minor else 0 end) as income_book,
      -sum(case when a.type in ('revenue', 'expense') and not new.is_closing then e.tax_minor else 0 end) as income_tax
    from treasury.entry e
    left join lateral (
      select a.is_leaf, a.active, a.is_cash, a.type, a.member_id from treasury.account a
      where a.cooperative_id = new.cooperative_id and a.id = e.account_id limit 1) a on true
    where e.cooperative_id = new.cooperative_id and e.transaction_id = new.id
    offset 0
  ) whole
  where whole.entries = new.entry_count and whole.sound = new.entry_count and new.entry_count > 1 and whole.book = 0 and whole.tax = 0
    and new.description <> '' and (new.provenance_type is null) = (new.provenance_id is null)
    and (new.source = 'reversal') = (new.reverses_id is not null)
    and exists (
      select from treasury.period p
      where p.cooperative_id = new.cooperative_id and p.id = new.period_id
        and new.effective_on between p.starts_on and p.ends_on
        and (p.status = 'open' or p.status = 'closing' and (new.source = 'close'
          or p.books_final_at is null and new.source in ('manual', 'contribution', 'reversal', 'correction'))));
  if not found then
    perform treasury.refuse_unsound(new);
  end if;

  if new.reverses_id is not null then
    if exists (
      select from treasury.transaction original
      where original.cooperative_id = new.cooperative_id and original.id = new.reverses_id
        and (original.entry_count <> new.entry_count or exists (
          select e.account_id, -e.book_minor, -e.tax_minor from treasury.entry e
          where e.cooperative_id = new.cooperative_id and e.transaction_id = new.id
          except all
          select o.account_id, o.book_minor, o.tax_minor from treasury.entry o
          where o.cooperative_id = new.cooperative_id and o.transaction_id = new.reverses_id))
    ) then
      perform treasury.refuse_posting('HB010|reversesId', new.id);
    end if;
  end if;
  return null;
end $$;

-- A header is complete when its statement ends (above), so a line beyond its count, or without any header, is late.
create or replace function treasury.guard_entries() returns trigger
  language plpgsql security definer set search_path = pg_catalog
  as $$
begin
  if exists (
    select from added e
    left join treasury.transaction t on t.cooperative_id = e.cooperative_id and t.id = e.transaction_id
    where (e.line <= t.entry_count) is not true
  ) then
    perform treasury.refuse_posting('HB005|entries', (
      select e.transaction_id from added e
      left join treasury.transaction t on t.cooperative_id = e.cooperative_id and t.id = e.transaction_id
      where (e.line <= t.entry_count) is not true limit 1));
  end if;
  return null;
end $$;

-- An owner who is no superuser has to be allowed to hand them over.
do $$
begin
  if not pg_has_role(current_user, 'habitat_guard', 'set') then
    grant habitat_guard to current_user with inherit false, set true;
  end if;
end $$;
grant create on schema treasury to habitat_guard;
alter function treasury.guard_transaction() owner to habitat_guard;
alter function treasury.guard_entries() owner to habitat_guard;
revoke create on schema treasury from habitat_guard;

-- Who posts, why and when: the facts of an act.
create type treasury.posting_act as (
  actor_kind      treasury.actor_kind,
  actor_login_id  uuid,
  actor_member_id uuid,
  correlation_id  text,
  causation_id    uuid,
  recorded_at     timestamptz
);
-- A line names its account by id, else by code, else by the member whose capital it is.
create type treasury.posting_line as (
  account_id   uuid,
  account_code text,
  member_id    uuid,
  book_minor   bigint,
  tax_minor    bigint,
  memo         text
);
create type treasury.posting as (
  id              uuid,
  effective_on    date,
  description     text,
  source          treasury.transaction_source,
  cause           treasury.capital_cause,
  is_closing      boolean,
  reverses_id     uuid,
  corrects_id     uuid,
  provenance_type text,
  provenance_id   uuid,
  provenance_part text,
  entries         treasury.posting_line[]
);

-- Posts many transactions in one round trip, each written whole by one statement; the guard tells each as
-- treasury.transaction.posted. A transaction whose provenance is in the ledger already is left alone: its row comes
-- back with posted = false, and with the id and number it was posted under.
-- The settings hold for the guards it sets off as well: plans are kept per session, and one made while the tables
-- were small would scan them when they are large, so every row is reached through its index.
create function treasury.post_transactions(p_cooperative_id uuid, act treasury.posting_act, postings treasury.posting[])
  returns table (id uuid, number bigint, period_id uuid, posted boolean)
  language plpgsql
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
  set plan_cache_mode = force_generic_plan
  as $$
#variable_conflict use_column
declare
  numbers regclass := to_regclass(treasury.number_sequence(p_cooperative_id));
  posting treasury.posting;
begin
  -- A condition again, so that no query is started for it.
  if numbers is null or set_config('habitat.cooperative_id', p_cooperative_id::text, true) is null then
    raise exception using errcode = 'HB008', message = 'treasury does not know this cooperative';
  end if;
  foreach posting in array postings loop
    id := posting.id;
    number := nextval(numbers);
    select p.id into period_id from treasury.period p
    where p.cooperative_id = p_cooperative_id and p.starts_on <= posting.effective_on and p.ends_on >= posting.effective_on
    order by p.starts_on desc limit 1;
    if period_id is null then
      perform treasury.refuse_posting('HB003|effectiveOn', posting.id);
    end if;

    with header as (
      insert into treasury.transaction (cooperative_id, id, number, period_id, effective_on, recorded_at, description,
        source, cause, is_closing, entry_count, reverses_id, corrects_id, provenance_type, provenance_id,
        provenance_part, actor_kind, actor_login_id, actor_member_id, correlation_id, causation_id)
      values (p_cooperative_id, posting.id, post_transactions.number, post_transactions.period_id, posting.effective_on,
        act.recorded_at, posting.description, posting.source, coalesce(posting.cause, 'other'),
        coalesce(posting.is_closing, false), coalesce(cardinality(posting.entries), 0), posting.reverses_id,
        posting.corrects_id, posting.provenance_type, posting.provenance_id, coalesce(posting.provenance_part, ''),
        act.actor_kind, act.actor_login_id, act.actor_member_id, act.correlation_id, act.causation_id)
      on conflict (cooperative_id, provenance_type, provenance_id, provenance_part) where provenance_id is not null do nothing
      returning transaction.is_closing
    )
    insert into treasury.entry (cooperative_id, transaction_id, line, account_id, effective_on, recorded_at,
      book_minor, tax_minor, is_closing, memo)
    select p_cooperative_id, posting.id, l.line,
      coalesce(l.account_id, treasury.account_named(p_cooperative_id, l.account_code, l.member_id,
        'entries[' || l.line - 1 || '].accountId')),
      posting.effective_on, act.recorded_at, l.book_minor, l.tax_minor, h.is_closing, l.memo
    from header h, unnest(posting.entries) with ordinality
      as l (account_id, account_code, member_id, book_minor, tax_minor, memo, line);
    posted := found;
    if not posted then
      select t.id, t.number, t.period_id into id, number, period_id from treasury.transaction t
      where t.cooperative_id = p_cooperative_id and t.provenance_type = posting.provenance_type
        and t.provenance_id = posting.provenance_id and t.provenance_part = coalesce(posting.provenance_part, '');
    end if;
    return next;
  end loop;
end $$;
