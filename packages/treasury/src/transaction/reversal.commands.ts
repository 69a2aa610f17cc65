// Undoing what was posted: a reversal mirrors the whole transaction, once; a correction reverses and posts anew,
// linked. Both always wait for a second person (permission matrix, transaction.reverse).
import type { CommandContext, Database, IdempotencyConflict, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { OverRoleLimit, Result, SecondPersonDays } from '@habitat/kernel';
import { accept, may, newId, overRoleLimit, refuse } from '@habitat/kernel';
import { storeDraft } from '../request/request.ts';
import { insertRequest } from '../request/request.store.ts';
import type { GuardRefusal } from './posting.ts';
import { tryPost } from './posting.ts';
import type { DraftRefusal, TransactionDraft } from './transaction.ts';
import { reversed, sizeOf } from './transaction.ts';
import type { EntryView, TransactionView } from './transaction.store.ts';
import { selectEntries, selectTransactions } from './transaction.store.ts';
import { checkDraftsIn } from './transaction.commands.ts';

export type ReversalRefusal =
  | { readonly code: 'FORBIDDEN' }
  | { readonly code: 'UNKNOWN_COOPERATIVE' }
  | { readonly code: 'REASON_REQUIRED'; readonly path: string }
  | { readonly code: 'TRANSACTION_NOT_FOUND' }
  | OverRoleLimit
  | { readonly code: 'CANNOT_REVERSE_REVERSAL' }
  | { readonly code: 'MADE_BY_CLOSE' }
  | { readonly code: 'ALREADY_REVERSED' }
  | { readonly code: 'REQUEST_EXISTS' }
  | DraftRefusal
  | GuardRefusal
  | IdempotencyConflict;

interface Undoable {
  readonly transaction: TransactionView;
  readonly entries: readonly EntryView[];
}

interface Undoing {
  readonly transactionId: string;
  readonly reason: string;
  readonly effectiveOn: string;
}

async function findUndoable(
  tx: Transaction,
  transactionId: string,
): Promise<Result<Undoable, ReversalRefusal>> {
  const [transaction] = await selectTransactions(tx, tx.cooperativeId, [transactionId]);
  if (transaction === undefined) return refuse({ code: 'TRANSACTION_NOT_FOUND' });
  if (transaction.reversesId !== null) return refuse({ code: 'CANNOT_REVERSE_REVERSAL' });
  // A close is undone as a whole, by reopening its period.
  if (transaction.source === 'close') return refuse({ code: 'MADE_BY_CLOSE' });
  if (transaction.reversedById !== null) return refuse({ code: 'ALREADY_REVERSED' });
  return accept({ transaction, entries: await selectEntries(tx, tx.cooperativeId, [transactionId]) });
}

function reversalDraft(
  { transaction, entries }: Undoable,
  effectiveOn: string,
  reason: string,
): TransactionDraft {
  return {
    effectiveOn,
    description: `Reversal of ${transaction.number}: ${reason}`.slice(0, 500),
    entries: reversed(entries).map(({ accountId, bookMinor, taxMinor, memo }) => ({
      accountId,
      bookMinor,
      taxMinor,
      memo,
    })),
  };
}

async function request(
  tx: Transaction,
  input: Undoing & SecondPersonDays,
  replacement: TransactionDraft | null,
): Promise<Result<{ requestId: string }, ReversalRefusal>> {
  if (!may(tx.actor, 'transaction.reverse')) return refuse({ code: 'FORBIDDEN' });
  const reason = input.reason.trim();
  if (reason === '') return refuse({ code: 'REASON_REQUIRED', path: 'reason' });
  const found = await findUndoable(tx, input.transactionId);
  if (!found.ok) return found;
  const undo = reversalDraft(found.value, input.effectiveOn, reason);
  const checked = await checkDraftsIn(tx, [undo], 'reversal', () => '');
  if (!checked.ok) return checked;
  let amountMinor = sizeOf(undo.entries);
  if (replacement !== null) {
    const sound = await checkDraftsIn(tx, [replacement], 'correction', () => 'replacement.');
    if (!sound.ok) return sound;
    // What takes its place may be the larger of the two.
    if (sound.value.amountMinor > amountMinor) amountMinor = sound.value.amountMinor;
  }
  const over = overRoleLimit(tx.actor, 'transaction.reverse', amountMinor);
  if (over !== null) return refuse(over);
  const requestId = await insertRequest(tx, {
    act: replacement === null ? 'reverse' : 'correct',
    subjectId: input.transactionId,
    transactions: [undo, ...(replacement === null ? [] : [replacement])].map(storeDraft),
    reason,
    amountMinor,
    secondPersonDays: input.secondPersonDays,
  });
  return requestId === null ? refuse({ code: 'REQUEST_EXISTS' }) : accept({ requestId });
}

/**
 * Asks for the reversal of a whole transaction, dated in an open period; approveRequest by another person posts it. What
 * was asked for before and is past its time ends.
 * Refuses as ReversalRefusal lists.
 */
export async function reverseTransaction(
  database: Database,
  context: CommandContext,
  input: Undoing & SecondPersonDays,
): Promise<Result<{ requestId: string }, ReversalRefusal>> {
  const { secondPersonDays: _, ...asked } = input;
  return runCommand<{ requestId: string }, ReversalRefusal>(
    database,
    'treasury',
    context,
    { name: 'reverseTransaction', input: asked },
    (tx) => request(tx, input, null),
  );
}

/** Asks for a correction: the reversal and the replacement are posted together, linked, once another person agrees. */
export async function correctTransaction(
  database: Database,
  context: CommandContext,
  input: Undoing & SecondPersonDays & { readonly replacement: TransactionDraft },
): Promise<Result<{ requestId: string }, ReversalRefusal>> {
  const { secondPersonDays: _, ...asked } = input;
  return runCommand<{ requestId: string }, ReversalRefusal>(
    database,
    'treasury',
    context,
    { name: 'correctTransaction', input: asked },
    (tx) => request(tx, input, input.replacement),
  );
}

/**
 * Posts the reversal of each transaction, and with it what replaces it, now. For approved requests, imports undone
 * and reopened periods, which have had their second person; the database still refuses a second reversal.
 */
export async function reverseTransactionsIn(
  tx: Transaction,
  transactionIds: readonly string[],
  reason: string,
  effectiveOn: string,
  replacement: TransactionDraft | null = null,
): Promise<Result<string[], GuardRefusal | { readonly code: 'TRANSACTION_NOT_FOUND' }>> {
  const transactions = await selectTransactions(tx, tx.cooperativeId, transactionIds);
  const entries = await selectEntries(tx, tx.cooperativeId, transactionIds);
  const byId = new Map(transactions.map((transaction) => [transaction.id, transaction]));
  const proposals = [];
  for (const id of transactionIds) {
    const transaction = byId.get(id);
    if (transaction === undefined) return refuse({ code: 'TRANSACTION_NOT_FOUND' });
    const own = entries.filter((entry) => entry.transactionId === id);
    proposals.push({
      id: newId(),
      ...reversalDraft({ transaction, entries: own }, effectiveOn, reason),
      source: 'reversal' as const,
      cause: transaction.cause,
      isClosing: transaction.isClosing,
      reversesId: id,
    });
  }
  const [first] = transactionIds;
  const anew =
    replacement === null || first === undefined
      ? []
      : [
          {
            id: newId(),
            ...replacement,
            source: 'correction' as const,
            cause: byId.get(first)?.cause ?? 'other',
            correctsId: first,
          },
        ];
  const posted = await tryPost(tx, [...proposals, ...anew]);
  return posted.ok ? accept(posted.value.map(({ id }) => id)) : posted;
}
