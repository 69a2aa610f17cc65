-- Balances as reports need them: the snapshot of the last closed period before the day, and the entries since.
-- known_at asks what was written by an instant: a snapshot counts when it was taken by then.

create function treasury.balances_at(as_of date, known_at timestamptz default null)
  returns table (account_id uuid, book_minor bigint, tax_minor bigint)
  language sql stable parallel safe as $$
  with base as materialized (
    select p.id, p.ends_on from treasury.period p
    where p.cooperative_id = platform.current_cooperative() and p.status in ('closed', 'locked') and p.ends_on <= as_of
      and (known_at is null or p.closed_at <= known_at)
    order by p.ends_on desc limit 1
  )
  select part.account_id, sum(part.book_minor)::bigint, sum(part.tax_minor)::bigint
  from (
    select s.account_id, s.book_minor, s.tax_minor
    from treasury.balance_snapshot s
    where s.cooperative_id = platform.current_cooperative() and s.period_id = (select base.id from base)
    union all
    select e.account_id, e.book_minor, e.tax_minor
    from treasury.entry e
    where e.cooperative_id = platform.current_cooperative()
      and e.effective_on > coalesce((select base.ends_on from base), '-infinity'::date) and e.effective_on <= as_of
      and (known_at is null or e.recorded_at <= known_at)
  ) part
  group by part.account_id
$$;

-- What a period's snapshot holds: the one before it and the period's entries. Asked when the period is closed
-- already, so that no posting can be missing, and its own snapshot is not there yet.
create function treasury.balances_before_snapshot(closing_period uuid)
  returns table (account_id uuid, book_minor bigint, tax_minor bigint)
  language sql stable as $$
  with closing as materialized (
    select p.starts_on, p.ends_on from treasury.period p
    where p.cooperative_id = platform.current_cooperative() and p.id = closing_period
  ),
  base as materialized (
    select p.id, p.ends_on from treasury.period p
    where p.cooperative_id = platform.current_cooperative() and p.status in ('closed', 'locked')
      and p.ends_on < (select closing.starts_on from closing)
    order by p.ends_on desc limit 1
  )
  select part.account_id, sum(part.book_minor)::bigint, sum(part.tax_minor)::bigint
  from (
    select s.account_id, s.book_minor, s.tax_minor from treasury.balance_snapshot s
    where s.cooperative_id = platform.current_cooperative() and s.period_id = (select base.id from base)
    union all
    select e.account_id, e.book_minor, e.tax_minor from treasury.entry e
    where e.cooperative_id = platform.current_cooperative()
      and e.effective_on > coalesce((select base.ends_on from base), '-infinity'::date)
      and e.effective_on <= (select closing.ends_on from closing)
  ) part
  group by part.account_id
$$;
