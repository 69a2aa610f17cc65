// Retained patronage per member and year: a lot for every positive line of a credited allocation, less what was
// paid out of it or reversed. Σ lots = Σ positive allocations that stand.
import type { Queryable, Transaction } from '@habitat/database';
import { yearOf } from '../allocation/allocation.ts';
import type { PeriodCopy } from '../copies/period-copy.ts';

/** Makes the lots of an allocation that reached the ledger. A loss makes none. */
export async function openLots(tx: Transaction, allocationId: string, period: PeriodCopy): Promise<void> {
  await tx.query(
    `insert into agreements.retained_lot (cooperative_id, id, member_id, allocation_id, period_id, year, allocated_minor,
       cash_minor, recorded_at)
     select cooperative_id, gen_random_uuid(), member_id, allocation_id, $3, $4, book_minor, cash_minor, $5
     from agreements.allocation_line where cooperative_id = $1 and allocation_id = $2 and book_minor > 0
     on conflict do nothing`,
    [tx.cooperativeId, allocationId, period.id, yearOf(period.endsOn), tx.now],
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

/** Lots of one member and year together. */
export interface RetainedYear {
  readonly memberId: string;
  readonly year: number;
  readonly allocatedMinor: bigint;
  readonly cashMinor: bigint;
  readonly paidOutMinor: bigint;
  readonly reversedMinor: bigint;
  readonly leftMinor: bigint;
}

/** Adds lots up by member and year, in the order they come. */
export function byYear(lots: readonly RetainedLot[]): RetainedYear[] {
  const years = new Map<string, RetainedYear>();
  for (const lot of lots) {
    const { memberId, year } = lot;
    const sofar = years.get(`${memberId} ${year}`);
    years.set(`${memberId} ${year}`, {
      memberId,
      year,
      allocatedMinor: (sofar?.allocatedMinor ?? 0n) + lot.allocatedMinor,
      cashMinor: (sofar?.cashMinor ?? 0n) + lot.cashMinor,
      paidOutMinor: (sofar?.paidOutMinor ?? 0n) + lot.paidOutMinor,
      reversedMinor: (sofar?.reversedMinor ?? 0n) + lot.reversedMinor,
      leftMinor: (sofar?.leftMinor ?? 0n) + lot.leftMinor,
    });
  }
  return [...years.values()];
}
