// What the ledger is told once an allocation is approved: net income in both bases, what the members get of it and
// where the rest goes. Treasury posts it under the allocation's id, so telling it twice posts it once.
import type { Transaction } from '@habitat/database';
import { allocationApproved, newEvent } from '@habitat/events';
import type { StoredAllocation } from './allocation.store.ts';
import { allocationLines } from './allocation.store.ts';

/** Records agreements.allocation.approved for an allocation; also used to ask again. */
export async function publishApproval(tx: Transaction, allocation: StoredAllocation): Promise<void> {
  const lines = await allocationLines(tx, tx.cooperativeId, allocation.id);
  tx.append(
    newEvent(allocationApproved, allocation.id, {
      allocationId: allocation.id,
      closeId: allocation.closeId,
      periodId: allocation.periodId,
      recordHash: allocation.recordHash,
      netIncomeBookMinor: allocation.netIncomeBookMinor,
      netIncomeTaxMinor: allocation.netIncomeTaxMinor,
      appropriations: allocation.summary.appropriations.map((one) => ({
        ...one,
        bookMinor: BigInt(one.bookMinor),
        taxMinor: BigInt(one.taxMinor),
      })),
      lines: lines
        .filter((line) => line.bookMinor !== 0n || line.taxMinor !== 0n)
        .map(({ memberId, bookMinor, taxMinor, cashMinor, retainedMinor }) => ({
          memberId,
          bookMinor,
          taxMinor,
          cashMinor,
          retainedMinor,
        })),
    }),
  );
}
