// Reference to posted transactions, apart from their fields, and the batch that loads entries of many of them.
import type { EntryView, TransactionView } from '@habitat/treasury';
import { findTransactions, listEntries } from '@habitat/treasury';
import { defineEntity } from '../entity.ts';
import { grouped, requestLoader } from '../loader.ts';

export const TransactionRef = defineEntity<TransactionView>('Transaction', {
  idOf: (transaction) => transaction.id,
  load: (ids, context) => findTransactions(context.database, context.cooperativeId(), ids),
});

/** Entries by transaction, for all transactions of a page in one query. */
export const entriesOf = requestLoader<string, EntryView[]>(async (ids, context) =>
  grouped(
    ids,
    await listEntries(context.database, context.cooperativeId(), ids),
    ({ transactionId }) => transactionId,
  ),
);
