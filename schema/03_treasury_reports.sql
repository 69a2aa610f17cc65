-- Balances as reports need them: the snapshot of the last closed period before the day, and the entries since.
-- The days are looked up first and the sums planned anew with them, because the planner cannot guess how much lies
-- between two days it does not know. Entries are summed on their own, so that parallel workers hand on a few sums.

create function treasury.balances_between(base_period uuid, after_day date, through_day date, known_at timestamptz)
  returns table (account_id uuid, book_minor bigint, tax_minor bigint)
  language plpgsql stable
  set plan_cache_mode = force_custom_plan
  as $$
#variable_conflict use_column
declare
  cooperative uuid := platform.current_cooperative();
begin
  return query
  select part.account_id, sum(part.book_minor)::bigint, sum(part.tax_minor)::bigint
  from (
    select s.account_id, s.book_minor::numeric as book_minor, s.tax_minor::numeric as tax_minor
    from treasury.balance_snapshot s
    where s.cooperative_id = cooperative and s.period_id = base_period
    union all
    select e.account_id, sum(e.book_minor), sum(e.tax_minor)
    from treasury.entry e
    where e.cooperative_id = cooperative and e.effective_on > after_day and e.effective_on <= through_day
      and (known_at is null or e.recorded_at <= known_at)
    group by e.account_id
  ) part
  group by part.account_id;
end $$;

-- Balances of every account at a day. known_at asks what was written by an instant: a snapshot counts when it was
-- taken by then.
create function treasury.balances_at(as_of date, known_at timestamptz default null)
  returns table (account_id uuid, book_minor bigint, tax_minor bigint)
  language plpgsql stable as $$
declare
  base record;
begin
  select p.id, p.ends_on into base from treasury.period p
  where p.cooperative_id = platform.current_cooperative() and p.status in ('closed', 'locked') and p.ends_on <= as_of
    and (known_at is null or p.closed_at <= known_at)
  order by p.ends_on desc limit 1;
  return query select * from treasury.balances_between(base.id, coalesce(base.ends_on, '-infinity'), as_of, known_at);
end $$;

-- What a period's snapshot holds: the one before it and the period's entries. Asked when the period is closed
-- already, so that no posting can be missing, and its own snapshot is not there yet.
create function treasury.balances_before_snapshot(closing_period uuid)
  returns table (account_id uuid, book_minor bigint, tax_minor bigint)
  language plpgsql stable as $$
declare
  closing record;
  base record;
begin
  select p.starts_on, p.ends_on into closing from treasury.period p
  where p.cooperative_id = platform.current_cooperative() and p.id = closing_period;
  select p.id, p.ends_on into base from treasury.period p
  where p.cooperative_id = platform.current_cooperative() and p.status in ('closed', 'locked') and p.ends_on < closing.starts_on
  order by p.ends_on desc limit 1;
  return query
    select * from treasury.balances_between(base.id, coalesce(base.ends_on, '-infinity'), closing.ends_on, null);
end $$;
