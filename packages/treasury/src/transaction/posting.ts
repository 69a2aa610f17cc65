// The one way into the ledger from code: treasury.post_transactions, which writes transactions and entries in a single
// statement; the guard that checks them records their events. What the database's guards refuse comes back as a refusal.
import type { Transaction } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import type { AccountRef } from '../account/account.store.ts';

export type TransactionSource =
  'manual' | 'contribution' | 'close' | 'distribution' | 'import' | 'opening' | 'reversal' | 'correction';

/** Why members' capital moved, as statements name it. */
export const CAPITAL_CAUSES = ['work', 'cash', 'in_kind', 'surplus', 'paid_out', 'other'] as const;
export type CapitalCause = (typeof CAPITAL_CAUSES)[number];

/** Debit positive, credit negative, in minor units of both bases. */
export interface ProposedEntry extends AccountRef {
  readonly bookMinor: bigint;
  readonly taxMinor: bigint;
  readonly memo?: string | null;
}

export interface ProposedTransaction {
  readonly id: string;
  readonly effectiveOn: string;
  readonly description: string;
  readonly source: TransactionSource;
  readonly cause?: CapitalCause;
  readonly isClosing?: boolean;
  readonly reversesId?: string;
  readonly correctsId?: string;
  /** What it is posted for; the same provenance never posts twice. */
  readonly provenance?: { readonly type: string; readonly id: string; readonly part?: string };
  readonly entries: readonly ProposedEntry[];
}

export interface PostedTransaction {
  readonly id: string;
  readonly number: bigint;
  readonly periodId: string;
  /** False when its provenance was in the ledger already; id and number are then those of the first posting. */
  readonly posted: boolean;
}

/** What the database's guards say no to, in the order they look. */
export type GuardRefusal =
  | { readonly code: 'ENTRIES_INCOMPLETE' }
  | { readonly code: 'UNKNOWN_ACCOUNT'; readonly field?: string }
  | { readonly code: 'ACCOUNT_TAKES_NO_ENTRIES' }
  | { readonly code: 'UNBALANCED' }
  | { readonly code: 'PERIOD_NOT_OPEN' }
  | {
      readonly code: 'CAPITAL_DEFICIT';
      readonly memberId: string;
      readonly capitalMinor: string;
      readonly droMinor: string;
    }
  | { readonly code: 'PARTIAL_REVERSAL' }
  | { readonly code: 'ALREADY_REVERSED' };

interface DatabaseError extends Error {
  readonly code: string;
  readonly detail?: string;
  readonly constraint?: string;
}

function isDatabaseError(error: unknown): error is DatabaseError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

function guardRefusal(error: DatabaseError): GuardRefusal | null {
  const facts = (): Record<string, string> => JSON.parse(error.detail ?? '{}') as Record<string, string>;
  switch (error.code) {
    case 'HB002':
      return { code: 'UNBALANCED' };
    case 'HB003':
      return { code: 'PERIOD_NOT_OPEN' };
    case 'HB004':
      return { code: 'ACCOUNT_TAKES_NO_ENTRIES' };
    case 'HB005':
      return { code: 'ENTRIES_INCOMPLETE' };
    case 'HB008':
      return {
        code: 'UNKNOWN_ACCOUNT',
        ...(facts()['field'] === undefined ? {} : { field: String(facts()['field']) }),
      };
    case 'HB009': {
      const { memberId = '', capitalMinor = '', droMinor = '' } = facts();
      return { code: 'CAPITAL_DEFICIT', memberId, capitalMinor, droMinor };
    }
    case 'HB010':
      return { code: 'PARTIAL_REVERSAL' };
    case '23505':
      return error.constraint === 'transaction_reversed_once' ? { code: 'ALREADY_REVERSED' } : null;
    default:
      return null;
  }
}

/** A row of a composite type as Postgres reads it; null is an empty field. */
function row(...fields: readonly (string | bigint | boolean | null | undefined)[]): string {
  const texts = fields.map((field) => {
    if (field === null || field === undefined) return '';
    const text = String(field);
    return text === '' || /[(),"\\\s]/.test(text) ? `"${text.replace(/["\\]/g, '$&$&')}"` : text;
  });
  return `(${texts.join(',')})`;
}

/** An array of such rows. */
function arrayOf(rows: readonly string[]): string {
  return `{${rows.map((text) => `"${text.replace(/["\\]/g, String.raw`\$&`)}"`).join(',')}}`;
}

/** A treasury.posting. */
function postingRow(transaction: ProposedTransaction): string {
  const { provenance } = transaction;
  return row(
    transaction.id,
    transaction.effectiveOn,
    transaction.description,
    transaction.source,
    transaction.cause,
    transaction.isClosing,
    transaction.reversesId,
    transaction.correctsId,
    provenance?.type,
    provenance?.id,
    provenance?.part,
    arrayOf(
      transaction.entries.map((entry) =>
        row(entry.accountId, entry.accountCode, entry.memberId, entry.bookMinor, entry.taxMinor, entry.memo),
      ),
    ),
  );
}

/** Posts many transactions in one round trip; throws the database's error when a guard refuses one of them. */
async function postAll(
  tx: Transaction,
  transactions: readonly ProposedTransaction[],
): Promise<PostedTransaction[]> {
  if (transactions.length === 0) return [];
  const { kind, loginId, memberId } = tx.actor;
  // The guard writes the events, so the rules travel with the transaction; of a batch, what an earlier act left is overwritten.
  const told =
    tx.rules.size > 0 || tx.causationId != null
      ? tx.query({
          name: 'tell-rules',
          text: "select set_config('habitat.rules', $1, true)",
          values: [[...tx.rules].sort().join(' ')],
        })
      : null;
  told?.catch(() => undefined);
  return tx.query<PostedTransaction & Record<string, unknown>>({
    name: 'post-transactions',
    text: 'select id, number, period_id as "periodId", posted from treasury.post_transactions($1, $2, $3)',
    values: [
      tx.cooperativeId,
      row(kind, loginId, memberId, tx.correlationId, tx.causationId, tx.now.toISOString()),
      arrayOf(transactions.map(postingRow)),
    ],
  });
}

/**
 * Posts all or none; a guard's no becomes a refusal and leaves the surrounding transaction usable.
 * Faults of any other kind are thrown.
 */
export async function tryPost(
  tx: Transaction,
  transactions: readonly ProposedTransaction[],
): Promise<Result<PostedTransaction[], GuardRefusal>> {
  await tx.query('savepoint posting');
  try {
    const posted = await postAll(tx, transactions);
    await tx.query('release savepoint posting');
    return accept(posted);
  } catch (error) {
    const refusal = isDatabaseError(error) ? guardRefusal(error) : null;
    if (refusal === null) throw error;
    await tx.query('rollback to savepoint posting');
    return refuse(refusal);
  }
}
