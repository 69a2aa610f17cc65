// Opening lots: surplus allocated to members in years before the platform kept the books, brought by an import so that
// the oldest is redeemed first. The ledger's balances come by the opening balances; a lot posts nothing.
import type { Transaction } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, may, newId, refuse } from '@habitat/kernel';
import { yearOf } from '../allocation/allocation.ts';
import { findCooperative } from '../copies/cooperative-copy.ts';

export interface OpeningLot {
  readonly memberId: string;
  /** Fiscal year of the allocation. */
  readonly year: number;
  readonly allocatedMinor: bigint;
  /** Of it paid out before the books moved here. */
  readonly paidOutMinor: bigint;
}

export type OpeningLotRefusal =
  | { readonly code: 'FORBIDDEN'; readonly act: string }
  | { readonly code: 'MEMBER_NOT_FOUND'; readonly index: number }
  | { readonly code: 'NOT_POSITIVE'; readonly index: number }
  | { readonly code: 'PAID_MORE'; readonly index: number }
  | { readonly code: 'YEAR_NOT_BEFORE_BOOKS'; readonly index: number; readonly booksBegan: number }
  | { readonly code: 'LOT_EXISTS'; readonly index: number };

function lotRefusal(
  lot: OpeningLot,
  index: number,
  members: ReadonlySet<string>,
  booksBegan: number,
): OpeningLotRefusal | null {
  if (!members.has(lot.memberId)) return { code: 'MEMBER_NOT_FOUND', index };
  if (lot.allocatedMinor <= 0n) return { code: 'NOT_POSITIVE', index };
  if (lot.paidOutMinor < 0n || lot.paidOutMinor > lot.allocatedMinor) return { code: 'PAID_MORE', index };
  // From then on lots come of our own allocations; one more would be counted twice.
  return lot.year >= booksBegan ? { code: 'YEAR_NOT_BEFORE_BOOKS', index, booksBegan } : null;
}

/**
 * Opens all lots or none, inside the caller's transaction; answers with their ids in the order given. Refuses, in
 * order: FORBIDDEN, then by lot MEMBER_NOT_FOUND, NOT_POSITIVE, PAID_MORE, YEAR_NOT_BEFORE_BOOKS, LOT_EXISTS.
 */
export async function importOpeningLotsIn(
  tx: Transaction,
  lots: readonly OpeningLot[],
): Promise<Result<string[], OpeningLotRefusal>> {
  if (!may(tx.actor, 'data.import')) return refuse({ code: 'FORBIDDEN', act: 'data.import' });
  const known = await tx.query<{ id: string }>('select id from agreements.member where cooperative_id = $1', [
    tx.cooperativeId,
  ]);
  const members = new Set(known.map(({ id }) => id));
  const [first] = await tx.query<{ startsOn: string | null }>(
    'select min(starts_on) as "startsOn" from agreements.period where cooperative_id = $1',
    [tx.cooperativeId],
  );
  const cooperative = await findCooperative(tx, tx.cooperativeId);
  const booksBegan =
    first?.startsOn == null ? Number.MAX_SAFE_INTEGER : yearOf(first.startsOn, cooperative?.fiscalStartMonth);
  for (const [index, lot] of lots.entries()) {
    const refusal = lotRefusal(lot, index, members, booksBegan);
    if (refusal !== null) return refuse(refusal);
  }
  const ids = lots.map(() => newId());
  const written = await tx.query<{ id: string }>(
    `insert into agreements.retained_lot (cooperative_id, id, member_id, year, allocated_minor, opening_paid_minor, cash_minor, recorded_at)
     select $1, lot.id, lot.member_id, lot.year, lot.allocated, lot.paid, 0, $7
     from unnest($2::uuid[], $3::uuid[], $4::integer[], $5::bigint[], $6::bigint[]) as lot (id, member_id, year, allocated, paid)
     on conflict do nothing returning id`,
    [
      tx.cooperativeId,
      ids,
      lots.map((lot) => lot.memberId),
      lots.map((lot) => lot.year),
      lots.map((lot) => lot.allocatedMinor),
      lots.map((lot) => lot.paidOutMinor),
      tx.now,
    ],
  );
  const stored = new Set(written.map(({ id }) => id));
  const missing = ids.findIndex((id) => !stored.has(id));
  return missing < 0 ? accept(ids) : refuse({ code: 'LOT_EXISTS', index: missing });
}

export type UndoLotsRefusal =
  | { readonly code: 'FORBIDDEN'; readonly act: string }
  | { readonly code: 'LOT_IN_USE'; readonly lotId: string };

/**
 * Empties opening lots of an import that is taken back; their rows stay. Refuses FORBIDDEN, and LOT_IN_USE for a lot
 * something was paid out of since.
 */
export async function reverseOpeningLotsIn(
  tx: Transaction,
  lotIds: readonly string[],
  effectiveOn: string,
): Promise<Result<number, UndoLotsRefusal>> {
  if (!may(tx.actor, 'data.import')) return refuse({ code: 'FORBIDDEN', act: 'data.import' });
  const [used] = await tx.query<{ lotId: string }>(
    `select lot_id as "lotId" from agreements.lot_movement where cooperative_id = $1 and lot_id = any ($2::uuid[]) limit 1`,
    [tx.cooperativeId, lotIds],
  );
  if (used !== undefined) return refuse({ code: 'LOT_IN_USE', lotId: used.lotId });
  const reversed = await tx.query(
    `insert into agreements.lot_movement (cooperative_id, id, lot_id, kind, amount_minor, effective_on, recorded_at)
     select cooperative_id, gen_random_uuid(), id, 'reversed', allocated_minor - opening_paid_minor, $3, $4
     from agreements.retained_lot
     where cooperative_id = $1 and id = any ($2::uuid[]) and allocation_id is null and allocated_minor > opening_paid_minor
     returning id`,
    [tx.cooperativeId, lotIds, effectiveOn, tx.now],
  );
  return accept(reversed.length);
}
