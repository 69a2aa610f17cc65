-- Posting with less work for the server, under the same guards. Most of the time went into starting statements, not
-- into rows: so a posted transaction is checked and told in one statement, by a trigger per header, and the event log
-- carries only the indexes somebody reads. Why: docs/decisions/0009-posting-in-one-round-trip.md.

-- The log is read by position and by id. Postgres reads a table's CHECK constraints anew for every statement, and this
-- table takes part in every command: the trigger that enqueues an event checks the same, for a fraction.
drop index platform.event_by_type, platform.event_by_aggregate;
alter table platform.event drop constraint event_actor_kind_check, drop constraint event_version_check;

-- Positions come from one counter for all cooperatives, so one index orders and identifies them.
alter table platform.outbox drop constraint outbox_pkey;
drop index platform.outbox_in_order;
alter table platform.outbox add primary key (position);

drop trigger enqueue on platform.event;
drop function platform.enqueue_events();
create function platform.enqueue_event() returns trigger
  language plpgsql as $$
begin
  if new.version <= 0 or new.actor_kind not in ('person', 'agent', 'system') then
    raise exception using errcode = 'check_violation',
      message = format('an event of version %s by a %s cannot be recorded', new.version, new.actor_kind);
  end if;
  insert into platform.outbox (cooperative_id, position) values (new.cooperative_id, new.position);
  return null;
end $$;
create trigger enqueue after insert on platform.event for each row execute function platform.enqueue_event();
alter table platform.event enable always trigger enqueue;

-- The event that caused a posting, so that its own event can name it.
alter table treasury.transaction add column causation_id uuid;

-- Refuses what the guards found: 'code|field|what it is'. Strict: with no fault it isn't even called.
create function treasury.refuse_posting(fault text, transaction_id uuid) returns boolean
  language plpgsql strict as $$
begin
  raise exception using errcode = split_part(fault, '|', 1),
    message = case split_part(fault, '|', 1)
      when 'HB002' then 'the transaction does not balance'
      when 'HB003' then 'the transaction is not dated in an open period'
      when 'HB004' then 'an entry names an account that is not an active leaf'
      when 'HB005' then 'a transaction and all its entries come in one statement'
      when 'HB010' then 'a reversal undoes the whole transaction, entry by entry'
      when 'HB011' then 'an amount is zero in both bases or beyond 10^15, or a field is missing'
      else 'an entry names an account this cooperative does not have' end,
    detail = json_build_object('field', split_part(fault, '|', 2), 'transactionId', transaction_id, 'is', split_part(fault, '|', 3))::text;
end $$;

-- treasury.refuse_capital_deficit where an expression can ask it: not called when no capital account went down.
create function treasury.refuse_lowered_capital(account_ids uuid[]) returns boolean
  language plpgsql strict as $$
begin
  perform treasury.refuse_capital_deficit(account_ids);
  return null;
end $$;

-- What a transaction changed in members' capital, one line per member; up is positive.
create function treasury.capital_changes(p_cooperative_id uuid, p_transaction_id uuid) returns jsonb
  language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('memberId', c.member_id, 'bookMinor', (-c.book)::text, 'taxMinor', (-c.tax)::text))
    from (
      select a.member_id, sum(e.book_minor) as book, sum(e.tax_minor) as tax
      from treasury.entry e
      cross join lateral (
        select a.member_id from treasury.account a
        where a.cooperative_id = e.cooperative_id and a.id = e.account_id and a.member_id is not null limit 1) a
      where e.cooperative_id = p_cooperative_id and e.transaction_id = p_transaction_id
      group by a.member_id
    ) c);
end $$;

-- A header is checked with all its entries when its statement ends, and told in the same query: no transaction stands
-- in the ledger without its event, whoever wrote it. The lookups are lateral with "limit 1" because behind row level
-- security the planner would rather read all accounts of the cooperative once and join.
create function treasury.guard_transaction() returns trigger
  language plpgsql as $$
begin
  -- The period is read after its lock was taken; an older snapshot would still show it open.
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception using errcode = 'HB003', message = 'postings need the isolation level read committed';
  end if;
  -- An IF and not a PERFORM: plpgsql evaluates it without starting a query.
  if pg_advisory_xact_lock_shared(treasury.period_lock(new.period_id)) is null then
    raise exception 'the lock of period % was not taken', new.period_id;
  end if;
  if new.description = '' or (new.provenance_type is null) <> (new.provenance_id is null)
     or (new.source = 'reversal') <> (new.reverses_id is not null) then
    perform treasury.refuse_posting(
      'HB011|' || case when new.description = '' then 'description'
        when (new.provenance_type is null) <> (new.provenance_id is null) then 'provenanceId' else 'reversesId' end, new.id);
  end if;

  insert into platform.event (cooperative_id, id, type, version, aggregate_type, aggregate_id, actor_kind, actor_login_id,
    actor_member_id, correlation_id, causation_id, recorded_at, payload)
  select new.cooperative_id, new.id, 'treasury.transaction.posted', 1, 'transaction', new.id, new.actor_kind::text,
    new.actor_login_id, new.actor_member_id, new.correlation_id, new.causation_id, new.recorded_at,
    jsonb_build_object('transactionId', new.id, 'number', new.number, 'effectiveOn', new.effective_on, 'source', new.source,
      'capitalChanges', case when of.members > 0 then treasury.capital_changes(new.cooperative_id, new.id) else '[]' end,
      'cashChangeMinor', of.cash::text,
      'incomeChange', jsonb_build_object('bookMinor', of.income_book::text, 'taxMinor', of.income_tax::text))
  from (
    select
      case
        when new.entry_count < 2 or count(*) <> new.entry_count or min(e.line) <> 1 or max(e.line) <> new.entry_count
          then 'HB005|entries'
        when bool_or(a.id is null)
          then 'HB008|entries[' || min(e.line) filter (where a.id is null) - 1 || '].accountId'
        when bool_or(not a.takes_entries) then 'HB004|accountId'
        when bool_or(e.book_minor = 0 and e.tax_minor = 0
          or greatest(abs(e.book_minor), abs(e.tax_minor)) >= 1000000000000000) then 'HB011|bookMinor'
        when sum(e.book_minor) <> 0 then 'HB002|bookMinor|' || sum(e.book_minor)
        when sum(e.tax_minor) <> 0 then 'HB002|taxMinor|' || sum(e.tax_minor)
        when bool_or(e.effective_on <> new.effective_on or e.recorded_at <> new.recorded_at or e.is_closing <> new.is_closing)
          then 'HB003|effectiveOn'
        -- No row: the period is not this cooperative's, or the day is outside it.
        else coalesce((
          select case
            when p.status = 'open' then 'sound'
            when p.status = 'closing' and (new.source = 'close'
              or p.books_final_at is null and new.source in ('manual', 'contribution', 'reversal', 'correction')) then 'sound'
            else 'HB003|effectiveOn|' || p.status end
          from treasury.period p
          where p.cooperative_id = new.cooperative_id and p.id = new.period_id
            and new.effective_on between p.starts_on and p.ends_on), 'HB003|effectiveOn')
      end as verdict,
      count(a.member_id) as members,
      array_agg(a.id) filter (where a.member_id is not null and e.book_minor > 0) as lowered,
      coalesce(sum(e.book_minor) filter (where a.is_cash), 0) as cash,
      coalesce(-sum(e.book_minor) filter (where a.is_income), 0) as income_book,
      coalesce(-sum(e.tax_minor) filter (where a.is_income), 0) as income_tax
    from treasury.entry e
    left join lateral (
      select a.id, a.member_id, a.is_leaf and a.active as takes_entries, a.is_cash,
        a.type in ('revenue', 'expense') and not new.is_closing as is_income
      from treasury.account a where a.cooperative_id = e.cooperative_id and a.id = e.account_id limit 1) a on true
    where e.cooperative_id = new.cooperative_id and e.transaction_id = new.id
    offset 0
  ) of
  where treasury.refuse_posting(nullif(of.verdict, 'sound'), new.id) is null
    and treasury.refuse_lowered_capital(of.lowered) is null;

  if new.reverses_id is not null and exists (
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
  return null;
end $$;

drop trigger guard on treasury.transaction;
drop function treasury.guard_transactions();
create trigger guard after insert on treasury.transaction
  for each row execute function treasury.guard_transaction();
alter table treasury.transaction enable always trigger guard;

-- A header is complete when its statement ends (above), so a line beyond its count, or without any header, is late.
create or replace function treasury.guard_entries() returns trigger
  language plpgsql as $$
declare
  late uuid;
begin
  select e.transaction_id into late
  from added e
  where e.line > coalesce((
    select t.entry_count from treasury.transaction t
    where t.cooperative_id = e.cooperative_id and t.id = e.transaction_id), 0)
  limit 1;
  if found then
    perform treasury.refuse_posting('HB005|entries', late);
  end if;
  return null;
end $$;
alter function treasury.guard_entries() reset all;

-- The account an entry names by code or by its member, when not by id.
create function treasury.account_named(p_cooperative_id uuid, p_code text, p_member_id uuid, field text) returns uuid
  language plpgsql stable as $$
declare
  found_id uuid;
begin
  if p_code is not null then
    select a.id into found_id from treasury.account a where a.cooperative_id = p_cooperative_id and a.code = p_code;
  else
    select a.id into found_id from treasury.account a where a.cooperative_id = p_cooperative_id and a.member_id = p_member_id;
  end if;
  if found_id is null then
    raise exception using errcode = 'HB008', message = 'no such account', detail = json_build_object('field', field)::text;
  end if;
  return found_id;
end $$;

-- Posts many transactions in one statement and one round trip; the guard tells each as treasury.transaction.posted.
--   act           {actorKind, actorLoginId, actorMemberId, correlationId, causationId, now}
--   transactions  [{id, effectiveOn, description, source, cause?, isClosing?, entryCount, reversesId?, correctsId?,
--                   provenanceType?, provenanceId?, provenancePart?}]
--   entries       [{transactionId, line, accountId | accountCode | memberId, bookMinor, taxMinor, memo?}], line from 1
-- A transaction whose provenance is in the ledger already is left alone: its row comes back with posted = false.
-- The settings hold for the guards it sets off as well: plans are kept per session, and one made while the tables
-- were small would scan them when they are large, so every row is reached through its index.
drop function treasury.post_transactions(uuid, jsonb, jsonb);
create function treasury.post_transactions(p_cooperative_id uuid, p_act jsonb, p_transactions jsonb, p_entries jsonb)
  returns table (id uuid, number bigint, period_id uuid, posted boolean)
  language plpgsql
  set enable_seqscan = off set enable_bitmapscan = off
  as $$
#variable_conflict use_column
declare
  numbers regclass;
  posted_count bigint;
  moment timestamptz := (p_act ->> 'now')::timestamptz;
begin
  -- Conditions again, so that no query is started for them.
  if set_config('habitat.cooperative_id', p_cooperative_id::text, true) is null then
    raise exception 'the cooperative was not named';
  end if;
  numbers := to_regclass(treasury.number_sequence(p_cooperative_id));
  if numbers is null then
    raise exception using errcode = 'HB008', message = 'treasury does not know this cooperative';
  end if;

  return query
  with header as (
    insert into treasury.transaction (cooperative_id, id, number, period_id, effective_on, recorded_at, description, source,
      cause, is_closing, entry_count, reverses_id, corrects_id, provenance_type, provenance_id, provenance_part,
      actor_kind, actor_login_id, actor_member_id, correlation_id, causation_id)
    select p_cooperative_id, w.id, nextval(numbers),
      coalesce((
        select p.id from treasury.period p
        where p.cooperative_id = p_cooperative_id and p.starts_on <= w."effectiveOn" and p.ends_on >= w."effectiveOn"
        order by p.starts_on desc limit 1),
        treasury.refuse('HB003', 'the transaction is not dated in a period', w.place, 'effectiveOn')),
      w."effectiveOn", moment, w.description, w.source, coalesce(w.cause, 'other'), coalesce(w."isClosing", false),
      w."entryCount", w."reversesId", w."correctsId", w."provenanceType", w."provenanceId", coalesce(w."provenancePart", ''),
      (p_act ->> 'actorKind')::treasury.actor_kind, (p_act ->> 'actorLoginId')::uuid, (p_act ->> 'actorMemberId')::uuid,
      p_act ->> 'correlationId', (p_act ->> 'causationId')::uuid
    from rows from (jsonb_to_recordset(p_transactions) as (
      id uuid, "effectiveOn" date, description text, source treasury.transaction_source, cause treasury.capital_cause,
      "isClosing" boolean, "entryCount" integer, "reversesId" uuid, "correctsId" uuid, "provenanceType" text,
      "provenanceId" uuid, "provenancePart" text
    )) with ordinality as w (id, "effectiveOn", description, source, cause, "isClosing", "entryCount", "reversesId",
      "correctsId", "provenanceType", "provenanceId", "provenancePart", place)
    on conflict (cooperative_id, provenance_type, provenance_id, provenance_part) where provenance_id is not null do nothing
    returning transaction.id, transaction.number, transaction.period_id, transaction.effective_on, transaction.is_closing
  ),
  written as (
    insert into treasury.entry (cooperative_id, transaction_id, line, account_id, effective_on, recorded_at,
      book_minor, tax_minor, is_closing, memo)
    select p_cooperative_id, h.id, e.line,
      coalesce(e."accountId", treasury.account_named(p_cooperative_id, e."accountCode", e."memberId",
        'entries[' || e.line - 1 || '].accountId')),
      h.effective_on, moment, e."bookMinor", e."taxMinor", h.is_closing, e.memo
    from header h
    join jsonb_to_recordset(p_entries) as e (
      "transactionId" uuid, line integer, "accountId" uuid, "accountCode" text, "memberId" uuid, "bookMinor" bigint,
      "taxMinor" bigint, memo text) on e."transactionId" = h.id
  )
  select h.id, h.number, h.period_id, true from header h;
  get diagnostics posted_count = row_count;

  -- Some were here before: answer with what stands in the ledger.
  if posted_count < jsonb_array_length(p_transactions) then
    return query
    select t.id, t.number, t.period_id, false
    from jsonb_to_recordset(p_transactions) as w (id uuid, "provenanceType" text, "provenanceId" uuid, "provenancePart" text)
    join treasury.transaction t on t.cooperative_id = p_cooperative_id and t.provenance_type = w."provenanceType"
      and t.provenance_id = w."provenanceId" and t.provenance_part = coalesce(w."provenancePart", '')
    where t.id <> w.id;
  end if;
end $$;
