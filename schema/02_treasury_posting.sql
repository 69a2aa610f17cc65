-- The guards of the ledger, and the one function that posts. Guards are statement-level, fire for every role and in
-- replica mode too, and read everything in one query: HB002 unbalanced, HB003 period, HB004 account, HB005 entries
-- apart from their transaction, HB008 another tenant's account, HB009 capital deficit, HB010 partial reversal,
-- HB011 an amount or field out of bounds.

-- Posts share this lock, a change of the period's status takes it alone: no posting slips into a closing period.
create function treasury.period_lock(period uuid) returns bigint
  language sql immutable parallel safe
  return uuid_hash_extended(period, 7_040_001);

create function treasury.guard_period() returns trigger
  language plpgsql as $$
begin
  if (new.cooperative_id, new.id, new.starts_on, new.ends_on) is distinct from (old.cooperative_id, old.id, old.starts_on, old.ends_on) then
    raise exception using errcode = 'HB001', message = format('period %s keeps its dates', old.name);
  end if;
  if new.status <> old.status then
    if (old.status, new.status) not in
       (('open', 'closing'), ('closing', 'open'), ('closing', 'closed'), ('closed', 'locked'), ('closed', 'open')) then
      raise exception using errcode = 'HB003', message = format('period %s cannot go from %s to %s', old.name, old.status, new.status);
    end if;
    perform pg_advisory_xact_lock(treasury.period_lock(old.id));
  end if;
  return new;
end $$;
create trigger guard before update on treasury.period for each row execute function treasury.guard_period();
alter table treasury.period enable always trigger guard;
create trigger never_removed before delete or truncate on treasury.period
  for each statement execute function platform.refuse_change();
alter table treasury.period enable always trigger never_removed;

-- Member capital may not fall below −DRO (26 CFR 1.704-1(b)(2)(ii)(d)). Only accounts that went down are locked,
-- in id order, so that two payments at once cannot both spend the same capital.
create function treasury.refuse_capital_deficit(account_ids uuid[]) returns void
  language plpgsql
  set plan_cache_mode = force_custom_plan
  as $$
declare
  short record;
begin
  perform from treasury.account a where a.id = any (account_ids) order by a.id for no key update;
  select a.member_id, a.code, a.dro_minor, balance.capital_minor into short
  from treasury.account a
  cross join lateral (
    select -sum(e.book_minor) as capital_minor from treasury.entry e
    where e.cooperative_id = a.cooperative_id and e.account_id = a.id
  ) balance
  where a.id = any (account_ids) and balance.capital_minor < -a.dro_minor
  order by a.id limit 1;
  if found then
    raise exception using errcode = 'HB009',
      message = format('capital account %s would stand at %s minor units, below its floor', short.code, short.capital_minor),
      detail = json_build_object('memberId', short.member_id, 'capitalMinor', short.capital_minor::text, 'droMinor', short.dro_minor::text)::text;
  end if;
end $$;

-- Plans are kept per session, and one made while the tables were small would scan them when they are large: every
-- row is reached through its index. "limit 1" keeps the lookup a lookup: behind row level security the planner
-- would rather read the whole cooperative once and join.
create function treasury.guard_transactions() returns trigger
  language plpgsql
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
  as $$
declare
  fault     text;
  lowered   text;
  reversing boolean;
begin
  -- The period is read after its lock was taken; an older snapshot would still show it open.
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception using errcode = 'HB003', message = 'postings need the isolation level read committed';
  end if;
  perform pg_advisory_xact_lock_shared(treasury.period_lock(p.period_id))
  from (select distinct period_id from posted order by period_id) p;

  select min(case
      when h.entry_count < 2 or entries.n <> h.entry_count or entries.first_line <> 1 or entries.last_line <> h.entry_count
        then 'HB005|entries|' || h.id
      when entries.foreign_account then 'HB008|accountId|' || h.id
      when entries.not_leaf then 'HB004|accountId|' || h.id
      when entries.unsound then 'HB011|bookMinor|' || h.id
      when h.description = '' then 'HB011|description|' || h.id
      when (h.provenance_type is null) <> (h.provenance_id is null) then 'HB011|provenanceId|' || h.id
      when (h.source = 'reversal') <> (h.reverses_id is not null) then 'HB011|reversesId|' || h.id
      when entries.book <> 0 then 'HB002|bookMinor|' || h.id || '|' || entries.book
      when entries.tax <> 0 then 'HB002|taxMinor|' || h.id || '|' || entries.tax
      when p.id is null or h.effective_on not between p.starts_on and p.ends_on or entries.misdated
        then 'HB003|effectiveOn|' || h.id
      when p.status = 'open' then null
      when p.status = 'closing' and (h.source = 'close'
        or p.books_final_at is null and h.source in ('manual', 'contribution', 'reversal', 'correction')) then null
      else 'HB003|effectiveOn|' || h.id || '|' || p.status
    end),
    string_agg(entries.lowered, ','),
    bool_or(h.reverses_id is not null)
  into fault, lowered, reversing
  from posted h
  left join lateral (
    select p.* from treasury.period p where p.cooperative_id = h.cooperative_id and p.id = h.period_id limit 1) p on true
  cross join lateral (
    select count(*) as n, coalesce(min(e.line), 0) as first_line, coalesce(max(e.line), 0) as last_line,
      coalesce(sum(e.book_minor), 0) as book, coalesce(sum(e.tax_minor), 0) as tax,
      coalesce(bool_or(a.id is null), true) as foreign_account,
      bool_or(not a.takes_entries) as not_leaf,
      bool_or(e.book_minor = 0 and e.tax_minor = 0
        or greatest(abs(e.book_minor), abs(e.tax_minor)) >= 1000000000000000) as unsound,
      bool_or(e.effective_on <> h.effective_on or e.recorded_at <> h.recorded_at or e.is_closing <> h.is_closing) as misdated,
      string_agg(a.id::text, ',') filter (where a.member_id is not null and e.book_minor > 0) as lowered
    from treasury.entry e
    left join lateral (
      select a.id, a.member_id, a.is_leaf and a.active as takes_entries from treasury.account a
      where a.cooperative_id = e.cooperative_id and a.id = e.account_id limit 1) a on true
    where e.cooperative_id = h.cooperative_id and e.transaction_id = h.id
  ) entries;

  if fault is not null then
    raise exception using errcode = split_part(fault, '|', 1),
      message = case split_part(fault, '|', 1)
        when 'HB002' then 'the transaction does not balance'
        when 'HB003' then 'the transaction is not dated in an open period'
        when 'HB004' then 'an entry names an account that is not an active leaf'
        when 'HB005' then 'a transaction and all its entries come in one statement'
        when 'HB011' then 'an amount is zero in both bases or beyond 10^15, or a field is missing'
        else 'an entry names an account this cooperative does not have' end,
      detail = json_build_object('field', split_part(fault, '|', 2), 'transactionId', split_part(fault, '|', 3), 'is', split_part(fault, '|', 4))::text;
  end if;
  if lowered is not null then
    perform treasury.refuse_capital_deficit(string_to_array(lowered, ',')::uuid[]);
  end if;
  if reversing and exists (
    select from posted h join treasury.transaction original on original.cooperative_id = h.cooperative_id and original.id = h.reverses_id
    where h.entry_count <> original.entry_count or exists (
      select e.account_id, -e.book_minor, -e.tax_minor from treasury.entry e
      where e.cooperative_id = h.cooperative_id and e.transaction_id = h.id
      except all
      select o.account_id, o.book_minor, o.tax_minor from treasury.entry o
      where o.cooperative_id = h.cooperative_id and o.transaction_id = h.reverses_id)
  ) then
    raise exception using errcode = 'HB010', message = 'a reversal undoes the whole transaction, entry by entry';
  end if;
  return null;
end $$;

-- A header is complete when its statement ends (above), so a line beyond its count, or without any header, is late.
create function treasury.guard_entries() returns trigger
  language plpgsql
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
  as $$
declare
  late uuid;
begin
  select e.transaction_id into late
  from added e
  left join lateral (
    select t.entry_count from treasury.transaction t
    where t.cooperative_id = e.cooperative_id and t.id = e.transaction_id limit 1) t on true
  where t.entry_count is null or e.line > t.entry_count
  limit 1;
  if found then
    raise exception using errcode = 'HB005', message = 'a transaction and all its entries come in one statement',
      detail = json_build_object('field', 'entries', 'transactionId', late)::text;
  end if;
  return null;
end $$;

create trigger guard after insert on treasury.transaction
  referencing new table as posted for each statement execute function treasury.guard_transactions();
alter table treasury.transaction enable always trigger guard;
create trigger guard after insert on treasury.entry
  referencing new table as added for each statement execute function treasury.guard_entries();
alter table treasury.entry enable always trigger guard;

-- Refuses from inside an expression: coalesce(found_id, treasury.refuse(…)).
create function treasury.refuse(code text, message text, transaction_index bigint, field text) returns uuid
  language plpgsql as $$
begin
  raise exception using errcode = code, message = message,
    detail = json_build_object('index', transaction_index - 1, 'field', field)::text;
end $$;

-- Posts many transactions in one statement and one round trip, each with its treasury.transaction.posted event.
--   act           {actorKind, actorLoginId, actorMemberId, correlationId, causationId, now}
--   transactions  [{id, eventId?, effectiveOn, description, source, cause?, isClosing?, reversesId?, correctsId?,
--                   provenanceType?, provenanceId?, provenancePart?,
--                   entries: [{accountId | accountCode | memberId, bookMinor, taxMinor, memo?}]}]
-- A transaction whose provenance is in the ledger already is left alone: its row comes back with posted = false.
create function treasury.post_transactions(p_cooperative_id uuid, p_act jsonb, p_transactions jsonb)
  returns table (id uuid, number bigint, period_id uuid, posted boolean)
  language plpgsql
  set enable_seqscan = off set enable_bitmapscan = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan
  as $$
#variable_conflict use_column
declare
  numbers regclass;
  wanted_count bigint;
  posted_count bigint;
begin
  perform set_config('habitat.cooperative_id', p_cooperative_id::text, true);
  numbers := to_regclass(treasury.number_sequence(p_cooperative_id));
  if numbers is null then
    raise exception using errcode = 'HB008', message = 'treasury does not know this cooperative';
  end if;
  wanted_count := jsonb_array_length(p_transactions);

  return query
  with wanted as materialized (
    select t.*, (p_act ->> 'now')::timestamptz as recorded_at, jsonb_array_length(t.entries) as entry_count
    from rows from (jsonb_to_recordset(p_transactions) as (
      id uuid, "eventId" uuid, "effectiveOn" date, description text, source treasury.transaction_source, cause treasury.capital_cause, "isClosing" boolean,
      "reversesId" uuid, "correctsId" uuid, "provenanceType" text, "provenanceId" uuid, "provenancePart" text, entries jsonb
    )) with ordinality as t (id, event_id, effective_on, description, source, cause, is_closing, reverses_id, corrects_id,
      provenance_type, provenance_id, provenance_part, entries, ordinality)
  ),
  header as (
    insert into treasury.transaction (cooperative_id, id, number, period_id, effective_on, recorded_at, description, source,
      cause, is_closing, entry_count, reverses_id, corrects_id, provenance_type, provenance_id, provenance_part,
      actor_kind, actor_login_id, actor_member_id, correlation_id)
    select p_cooperative_id, w.id, nextval(numbers),
      coalesce(p.id, treasury.refuse('HB003', 'the transaction is not dated in a period', w.ordinality, 'effectiveOn')),
      w.effective_on, w.recorded_at, w.description, w.source, coalesce(w.cause, 'other'), coalesce(w.is_closing, false),
      w.entry_count, w.reverses_id, w.corrects_id, w.provenance_type, w.provenance_id, coalesce(w.provenance_part, ''),
      (p_act ->> 'actorKind')::treasury.actor_kind, (p_act ->> 'actorLoginId')::uuid, (p_act ->> 'actorMemberId')::uuid,
      p_act ->> 'correlationId'
    from wanted w
    left join lateral (
      select p.id from treasury.period p
      where p.cooperative_id = p_cooperative_id and p.starts_on <= w.effective_on and p.ends_on >= w.effective_on
      order by p.starts_on desc limit 1) p on true
    on conflict (cooperative_id, provenance_type, provenance_id, provenance_part) where provenance_id is not null do nothing
    returning transaction.id, transaction.number, transaction.period_id, transaction.is_closing
  ),
  line as materialized (
    select h.id, h.number, h.is_closing, w.effective_on, w.recorded_at, w.source, w.event_id, w.ordinality,
      e.line, a.id as account_id, e.book_minor, e.tax_minor, e.memo,
      a.member_id, a.is_cash,
      a.type in ('revenue', 'expense') and not h.is_closing as is_income
    from header h
    join wanted w on w.id = h.id
    cross join lateral rows from (jsonb_to_recordset(w.entries) as (
      "accountId" uuid, "accountCode" text, "memberId" uuid, "bookMinor" bigint, "taxMinor" bigint, memo text
    )) with ordinality as e (account_id, account_code, member_id, book_minor, tax_minor, memo, line)
    left join lateral (
      select a.id, a.type, a.member_id, a.is_cash from treasury.account a
      where e.account_id is not null and a.cooperative_id = p_cooperative_id and a.id = e.account_id
      union all
      select a.id, a.type, a.member_id, a.is_cash from treasury.account a
      where e.account_id is null and a.cooperative_id = p_cooperative_id and a.code = e.account_code
      union all
      select a.id, a.type, a.member_id, a.is_cash from treasury.account a
      where e.account_id is null and e.account_code is null and a.cooperative_id = p_cooperative_id and a.member_id = e.member_id
      limit 1) a on true
  ),
  written as (
    insert into treasury.entry (cooperative_id, transaction_id, line, account_id, effective_on, recorded_at,
      book_minor, tax_minor, is_closing, memo)
    select p_cooperative_id, l.id, l.line,
      coalesce(l.account_id, treasury.refuse('HB008', 'no such account', l.ordinality, format('entries[%s].accountId', l.line - 1))),
      l.effective_on, l.recorded_at, l.book_minor, l.tax_minor, l.is_closing, l.memo
    from line l
  ),
  told as (
    insert into platform.event (cooperative_id, id, type, version, aggregate_type, aggregate_id, actor_kind, actor_login_id,
      actor_member_id, correlation_id, causation_id, recorded_at, payload)
    select p_cooperative_id, coalesce(min(c.event_id)::uuid, gen_random_uuid()), 'treasury.transaction.posted', 1, 'transaction', c.id,
      p_act ->> 'actorKind', (p_act ->> 'actorLoginId')::uuid, (p_act ->> 'actorMemberId')::uuid,
      p_act ->> 'correlationId', (p_act ->> 'causationId')::uuid, min(c.recorded_at),
      jsonb_build_object('transactionId', c.id, 'number', min(c.number), 'effectiveOn', min(c.effective_on), 'source', min(c.source),
        'capitalChanges', coalesce(jsonb_agg(jsonb_build_object(
            'memberId', c.member_id, 'bookMinor', (-c.book)::text, 'taxMinor', (-c.tax)::text)
          ) filter (where c.member_id is not null), '[]'),
        'cashChangeMinor', sum(c.cash)::text,
        'incomeChange', jsonb_build_object('bookMinor', (-sum(c.income_book))::text, 'taxMinor', (-sum(c.income_tax))::text))
    from (
      select l.id, l.member_id, sum(l.book_minor) as book, sum(l.tax_minor) as tax,
        sum(case when l.is_cash then l.book_minor else 0 end) as cash,
        sum(case when l.is_income then l.book_minor else 0 end) as income_book,
        sum(case when l.is_income then l.tax_minor else 0 end) as income_tax,
        min(l.number) as number, min(l.effective_on) as effective_on, min(l.source) as source, min(l.event_id::text) as event_id,
        min(l.recorded_at) as recorded_at
      from line l group by l.id, l.member_id
    ) c
    group by c.id
  )
  select h.id, h.number, h.period_id, true from header h;
  get diagnostics posted_count = row_count;

  -- Some were here before: answer with what stands in the ledger.
  if posted_count < wanted_count then
    return query
    select t.id, t.number, t.period_id, false
    from jsonb_to_recordset(p_transactions) as w (id uuid, "provenanceType" text, "provenanceId" uuid, "provenancePart" text)
    join treasury.transaction t on t.cooperative_id = p_cooperative_id and t.provenance_type = w."provenanceType"
      and t.provenance_id = w."provenanceId" and t.provenance_part = coalesce(w."provenancePart", '')
    where t.id <> w.id;
  end if;
end $$;
