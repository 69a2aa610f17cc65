// Step 6 of the close and its undoing: an approved allocation is credited in one go, an approved reopening reverses
// exactly what was credited and opens the period again.
import type { Transaction } from '@habitat/database';
import type { Envelope } from '@habitat/events';
import {
  allocationApproved,
  allocationCredited,
  allocationRefused,
  allocationReversed,
  newEvent,
  periodReopenApproved,
  readPayload,
} from '@habitat/events';
import { newId } from '@habitat/kernel';
import { loadPeriods, lockPeriodRow } from '../period/period.store.ts';
import { reopenPeriodIn } from '../period/period.commands.ts';
import type { ProposedTransaction } from '../transaction/posting.ts';
import { tryPost } from '../transaction/posting.ts';
import { reverseTransactionsIn } from '../transaction/reversal.commands.ts';
import type { LeafBalance } from './allocation-posting.ts';
import { decideClosingEntries } from './allocation-posting.ts';

interface Reference {
  readonly allocationId: string;
  readonly closeId: string;
  readonly periodId: string;
}

/** Revenue and expense leaves with anything on them at a day; debit positive. */
async function incomeLeavesAt(tx: Transaction, day: string): Promise<LeafBalance[]> {
  return tx.query<LeafBalance & Record<string, unknown>>(
    `select a.id as "accountId", b.book_minor as "bookMinor", b.tax_minor as "taxMinor"
     from treasury.balances_at($2) b
     join treasury.account a on a.cooperative_id = $1 and a.id = b.account_id
     where a.type in ('revenue', 'expense') and (b.book_minor <> 0 or b.tax_minor <> 0)
     order by a.code`,
    [tx.cooperativeId, day],
  );
}

/** What was posted for an allocation, in posting order, unless it was reversed since. */
async function transactionsOf(
  tx: Transaction,
  allocationId: string,
): Promise<{ id: string; reversed: boolean }[]> {
  return tx.query<{ id: string; reversed: boolean }>(
    `select t.id, exists (select from treasury.transaction r
         where r.cooperative_id = t.cooperative_id and r.reverses_id = t.id) as reversed
     from treasury.transaction t
     where t.cooperative_id = $1 and t.provenance_type = 'allocation' and t.provenance_id = $2
     order by t.number`,
    [tx.cooperativeId, allocationId],
  );
}

function refuseAllocation(
  tx: Transaction,
  { allocationId, closeId, periodId }: Reference,
  reason: string,
  detail: string,
): void {
  tx.append(newEvent(allocationRefused, allocationId, { allocationId, closeId, periodId, reason, detail }));
}

async function credit(tx: Transaction, event: Envelope): Promise<void> {
  const approved = readPayload(allocationApproved, event);
  const { allocationId, closeId, periodId } = approved;
  const tellCredited = (transactionIds: string[]) =>
    tx.append(
      newEvent(allocationCredited, allocationId, { allocationId, closeId, periodId, transactionIds }),
    );
  const period = await lockPeriodRow(tx, periodId);
  if (period === null) throw new Error(`period ${periodId} is unknown to treasury`);
  const before = await transactionsOf(tx, allocationId);
  if (before.some(({ reversed }) => !reversed)) return tellCredited(before.map(({ id }) => id));
  if (period.status !== 'closing')
    return refuseAllocation(tx, approved, 'PERIOD_NOT_CLOSING', `${period.name} is ${period.status}`);
  const decided = decideClosingEntries(await incomeLeavesAt(tx, period.endsOn), approved);
  if (!decided.ok) return refuseAllocation(tx, approved, decided.refusal.code, decided.refusal.detail);
  const common = { effectiveOn: period.endsOn, source: 'close', isClosing: true } as const;
  const proposals: ProposedTransaction[] = [
    {
      id: newId(),
      ...common,
      description: `Close of ${period.name}: revenue and expense to current-year net income`,
      provenance: { type: 'allocation', id: allocationId, part: 'closing' },
      entries: decided.value.closing,
    },
    {
      id: newId(),
      ...common,
      description: `Close of ${period.name}: net income to reserves and members`,
      cause: 'surplus' as const,
      provenance: { type: 'allocation', id: allocationId, part: 'crediting' },
      entries: decided.value.crediting,
    },
  ].filter(({ entries }) => entries.length > 0);
  const posted = await tryPost(tx, proposals);
  if (!posted.ok) return refuseAllocation(tx, approved, posted.refusal.code, JSON.stringify(posted.refusal));
  tellCredited(posted.value.map(({ id }) => id));
}

/** Handles agreements.allocation.approved: credits, or tells why the ledger could not. */
export async function creditAllocations(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  for (const event of events) await credit(tx.causedBy(event), event);
}

async function reopen(tx: Transaction, event: Envelope): Promise<void> {
  const approved = readPayload(periodReopenApproved, event);
  const { allocationId, closeId, periodId, reason } = approved;
  const tellReversed = (transactionIds: string[]) =>
    tx.append(
      newEvent(allocationReversed, allocationId, { allocationId, closeId, periodId, transactionIds }),
    );
  const period = await lockPeriodRow(tx, periodId);
  if (period === null) throw new Error(`period ${periodId} is unknown to treasury`);
  const posted = await transactionsOf(tx, allocationId);
  const standing = posted.filter(({ reversed }) => !reversed).map(({ id }) => id);
  if (period.status === 'open' && standing.length === 0) return tellReversed([]);
  if (period.status !== 'closed')
    return refuseAllocation(tx, approved, 'PERIOD_NOT_CLOSED', `${period.name} is ${period.status}`);
  // Later snapshots stand on this one: periods are reopened from the last one back.
  const later = (await loadPeriods(tx)).find(
    (each) => each.startsOn > period.endsOn && each.closedAt !== null,
  );
  if (later !== undefined)
    return refuseAllocation(tx, approved, 'LATER_PERIOD_CLOSED', `${later.name} is ${later.status}`);
  await tx.query('savepoint reopening');
  // The period's event must not survive a refusal, so the reversal is tried before it is told.
  await tx.query(
    `update treasury.period set status = 'open', closed_at = null where cooperative_id = $1 and id = $2`,
    [tx.cooperativeId, periodId],
  );
  const undone = await reverseTransactionsIn(
    tx,
    [...standing].reverse(),
    `${period.name} reopened: ${reason}`,
    period.endsOn,
  );
  if (!undone.ok) {
    await tx.query('rollback to savepoint reopening');
    return refuseAllocation(tx, approved, undone.refusal.code, JSON.stringify(undone.refusal));
  }
  await reopenPeriodIn(tx, periodId);
  tellReversed(undone.value);
}

/** Handles agreements.period_close.reopen_approved: reverses the allocation and opens the period again. */
export async function reopenPeriods(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  for (const event of events) await reopen(tx.causedBy(event), event);
}
