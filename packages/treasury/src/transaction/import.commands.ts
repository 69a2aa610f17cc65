// Posting what an import brings (opening balances, journal history). The import itself is the logged act, so no
// second person is asked here; everything else is checked as for any entry, item by item.
import type { Transaction } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, may, newId, refuse } from '@habitat/kernel';
import type { CapitalCause, GuardRefusal } from './posting.ts';
import { tryPost } from './posting.ts';
import type { DraftRefusal, TransactionDraft } from './transaction.ts';
import { checkDraftsIn } from './transaction.commands.ts';

export interface ImportedTransaction extends TransactionDraft {
  readonly cause?: CapitalCause;
}

export type ImportFault = {
  readonly index: number;
  readonly refusal: DraftRefusal | { readonly code: 'UNKNOWN_COOPERATIVE' };
};

export type ImportRefusal =
  | { readonly code: 'FORBIDDEN' }
  /** Every faulty item with its first fault. */
  | { readonly code: 'ITEMS_REFUSED'; readonly items: readonly ImportFault[] }
  | GuardRefusal;

/**
 * Posts all imported transactions or none, inside the caller's transaction (a dry run rolls it back).
 * Answers with the ids in the order given. Refuses FORBIDDEN, ITEMS_REFUSED, or what the ledger's guards refuse.
 */
export async function importTransactionsIn(
  tx: Transaction,
  input: { readonly source: 'opening' | 'import'; readonly transactions: readonly ImportedTransaction[] },
): Promise<Result<string[], ImportRefusal>> {
  if (!may(tx.actor, 'data.import')) return refuse({ code: 'FORBIDDEN' });
  const whole = await checkDraftsIn(tx, input.transactions, input.source, () => '');
  if (!whole.ok) {
    const items: ImportFault[] = [];
    for (const [index, draft] of input.transactions.entries()) {
      const one = await checkDraftsIn(tx, [draft], input.source, () => '');
      if (!one.ok) items.push({ index, refusal: one.refusal });
    }
    return refuse({ code: 'ITEMS_REFUSED', items });
  }
  const posted = await tryPost(
    tx,
    input.transactions.map((transaction) => ({ id: newId(), ...transaction, source: input.source })),
  );
  return posted.ok ? accept(posted.value.map(({ id }) => id)) : posted;
}
