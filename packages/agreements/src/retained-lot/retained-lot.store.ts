// Retained patronage per member and year: a lot for every positive line of a credited allocation, less what was
// paid out of it or reversed. Σ lots = Σ positive allocations that stand.
import type { Queryable, Transaction } from '@habitat/database';
import { yearOf } from '../allocation/allocation.ts';
import { findCooperative } from '../copies/cooperative-copy.ts';
import type { PeriodCopy } from '../copies/period-copy.ts';

/** Makes the lots of an allocation that reached the ledger. A loss makes none. */
export async function openLots(tx: Transaction, allocationId: string, period: PeriodCopy): Promise<void> {
  const cooperative = await findCooperative(tx, tx.cooperativeId);
  const year = yearOf(period.endsOn, cooperative?.fiscalStartMonth);
  await tx.query(
    `insert into agreements.retained_lot (cooperative_id, id, member_id, allocation_id, period_id, year, allocated_minor,
       cash_minor, recorded_at)
     select cooperative_id, gen_random_uuid(), member_id, allocation_id, $3, $4, book_minor, cash_minor, $5
     from agreements.allocation_line where cooperative_id = $1 and allocation_id = $2 and book_minor > 0
     on conflict do nothing`,
    [tx.cooperativeId, allocationId, period.id, year, tx.now],
  );
}

/** Empties the lots of an allocation that was reversed. */
export async function reverseLots(tx: Transaction, allocationId: string, effectiveOn: string): Promise<void> {
  await tx.query(
    `insert into agreements.lot_movement (cooperative_id, id, lot_id, kind, amount_minor, effective_on, recorded_at)
     select l.cooperative_id, gen_random_uuid(), l.id, 'reversed', l.allocated_minor - coalesce(m.moved, 0), $3, $4
     from agreements.retained_lot l
     left join lateral (select sum(amount_minor) as moved from agreements.lot_movement
                        where cooperative_id = l.cooperative_id and lot_id = l.id) m on true
     where l.cooperative_id = $1 and l.allocation_id = $2 and l.allocated_minor > coalesce(m.moved, 0)
     on conflict do nothing`,
    [tx.cooperativeId, allocationId, effectiveOn, tx.now],
  );
}

/** What was paid to a member out of a lot; a line takes from a lot once. */
export async function drawLots(
  tx: Transaction,
  drawn: readonly {
    readonly lotId: string;
    readonly lineId: string;
    readonly amountMinor: bigint;
    readonly paidOn: string;
  }[],
): Promise<void> {
  if (drawn.length === 0) return;
  await tx.query(
    `insert into agreements.lot_movement (cooperative_id, id, lot_id, kind, amount_minor, line_id, effective_on, recorded_at)
     select $1, gen_random_uuid(), d.lot_id, 'paid_out', d.amount, d.line_id, d.paid_on, $6
     from unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::date[]) as d(lot_id, line_id, amount, paid_on)
     on conflict do nothing`,
    [
      tx.cooperativeId,
      drawn.map(({ lotId }) => lotId),
      drawn.map(({ lineId }) => lineId),
      drawn.map(({ amountMinor }) => amountMinor),
      drawn.map(({ paidOn }) => paidOn),
      tx.now,
    ],
  );
}

export interface RetainedLot {
  readonly id: string;
  readonly memberId: string;
  /** The period it was allocated in; null for a lot from before the books were kept here. */
  readonly periodId: string | null;
  readonly periodName: string | null;
  readonly year: number;
  readonly allocatedMinor: bigint;
  readonly cashMinor: bigint;
  readonly paidOutMinor: bigint;
  readonly reversedMinor: bigint;
  readonly leftMinor: bigint;
}

/** Lots with what is left in them, oldest first; of one member when given. */
export async function listLots(
  db: Queryable,
  cooperativeId: string,
  memberId: string | null,
): Promise<RetainedLot[]> {
  return db.query<RetainedLot & Record<string, unknown>>(
    `select l.id, l.member_id as "memberId", l.period_id as "periodId", p.name as "periodName", l.year,
       l.allocated_minor as "allocatedMinor", l.cash_minor as "cashMinor", l.opening_paid_minor + m.paid as "paidOutMinor",
       m.reversed as "reversedMinor", l.allocated_minor - l.opening_paid_minor - m.paid - m.reversed as "leftMinor"
     from agreements.retained_lot l
     left join agreements.period p on p.cooperative_id = l.cooperative_id and p.id = l.period_id
     cross join lateral (
       select coalesce(sum(amount_minor) filter (where kind = 'paid_out'), 0)::bigint as paid,
         coalesce(sum(amount_minor) filter (where kind = 'reversed'), 0)::bigint as reversed
       from agreements.lot_movement where cooperative_id = l.cooperative_id and lot_id = l.id) m
     where l.cooperative_id = $1 and ($2::uuid is null or l.member_id = $2)
     order by l.year, p.starts_on nulls first, l.member_id`,
    [cooperativeId, memberId],
  );
}

/** One member's patronage of one year, as capital shows it. */
export interface RetainedYear {
  readonly memberId: string;
  readonly year: number;
  /** Allocations that stand, losses taken off. */
  readonly allocatedMinor: bigint;
  readonly cashMinor: bigint;
  /** Paid, or booked to be paid: a scheduled payment left capital when it was booked. */
  readonly paidOutMinor: bigint;
  readonly reversedMinor: bigint;
  readonly leftMinor: bigint;
}

const retainedYears = `
  with part as (
    select l.member_id, l.year, l.allocated_minor as allocated, l.cash_minor as cash, l.opening_paid_minor as paid, 0::bigint as reversed
    from agreements.retained_lot l where l.cooperative_id = $1
    union all
    select l.member_id, l.year, 0, 0, case m.kind when 'paid_out' then m.amount_minor else 0 end,
      case m.kind when 'reversed' then m.amount_minor else 0 end
    from agreements.lot_movement m
    join agreements.retained_lot l on l.cooperative_id = m.cooperative_id and l.id = m.lot_id
    where m.cooperative_id = $1
    union all
    select d.member_id, l.year, 0, 0, d.amount_minor, 0
    from agreements.distribution_line d
    join agreements.retained_lot l on l.cooperative_id = d.cooperative_id and l.id = d.lot_id
    where d.cooperative_id = $1 and d.state in ('scheduled', 'paying')
    union all
    select l.member_id, extract(year from p.ends_on)::int, l.book_minor, 0, 0, 0
    from agreements.allocation_line l
    join agreements.allocation a on a.cooperative_id = l.cooperative_id and a.id = l.allocation_id
    join agreements.period p on p.cooperative_id = a.cooperative_id and p.id = a.period_id
    where l.cooperative_id = $1 and l.book_minor < 0
      and exists (select from agreements.allocation_effect e
        where e.cooperative_id = a.cooperative_id and e.allocation_id = a.id and e.effect = 'credited')
      and not exists (select from agreements.allocation_effect e
        where e.cooperative_id = a.cooperative_id and e.allocation_id = a.id and e.effect = 'reversed')
  )
  select member_id as "memberId", year, sum(allocated)::bigint as "allocatedMinor", sum(cash)::bigint as "cashMinor",
    sum(paid)::bigint as "paidOutMinor", sum(reversed)::bigint as "reversedMinor",
    sum(allocated - paid - reversed)::bigint as "leftMinor"
  from part where $2::uuid is null or member_id = $2
  group by member_id, year order by year, member_id`;

/** Patronage by member and year, years in order: what was allocated, left capital, was reversed, and is left. */
export async function listYears(
  db: Queryable,
  cooperativeId: string,
  memberId: string | null,
): Promise<RetainedYear[]> {
  return db.query<RetainedYear & Record<string, unknown>>(retainedYears, [cooperativeId, memberId]);
}
