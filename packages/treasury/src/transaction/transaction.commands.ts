// Posting journal entries. From 5,000 on, and whenever members' capital or current-year income is touched, a second
// person agrees before anything reaches the ledger (permission matrix, transaction.post).
import type { CommandContext, Database, IdempotencyConflict, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { OverRoleLimit, Result } from '@habitat/kernel';
import { accept, may, needsSecondPerson, newId, overRoleLimit, refuse } from '@habitat/kernel';
import type { Account } from '../account/account.store.ts';
import { accountFinder, loadAccounts } from '../account/account.store.ts';
import { CODE } from '../account/template.ts';
import type { TreasuryCooperative } from '../cooperative/cooperative.store.ts';
import { findCooperative, todayOf } from '../cooperative/cooperative.store.ts';
import { loadPeriods } from '../period/period.store.ts';
import { storeDraft } from '../request/request.ts';
import { insertRequest } from '../request/request.store.ts';
import type { GuardRefusal, TransactionSource } from './posting.ts';
import { tryPost } from './posting.ts';
import type { DraftRefusal, TransactionDraft } from './transaction.ts';
import { checkDraft, sizeOf } from './transaction.ts';

/** The assignment by which somebody acts reaches no further. */

/** Posted at once, or waiting for a second person. */
export type PostAnswer = {
  readonly transactionIds: readonly string[];
  /** Set when it waits; approveRequest then posts it. */
  readonly requestId: string | null;
};

export type PostRefusal =
  | { readonly code: 'FORBIDDEN' }
  | { readonly code: 'UNKNOWN_COOPERATIVE' }
  | OverRoleLimit
  | { readonly code: 'NO_TRANSACTIONS'; readonly path: string }
  | { readonly code: 'TOO_MANY_TRANSACTIONS'; readonly path: string; readonly most: number }
  | DraftRefusal
  | GuardRefusal
  | IdempotencyConflict;

const MOST_TRANSACTIONS = 1_000;

export interface CheckedDrafts {
  readonly drafts: readonly TransactionDraft[];
  readonly needsSecond: boolean;
  readonly amountMinor: bigint;
}

function isSensitive(account: Account | undefined): boolean {
  return account !== undefined && (account.memberId !== null || account.code === CODE.currentNetIncome);
}

function needsSecond(
  draft: TransactionDraft,
  accountOf: ReturnType<typeof accountFinder>,
  cooperative: TreasuryCooperative,
): boolean {
  if (draft.entries.some((entry) => isSensitive(accountOf(entry)))) return true;
  return needsSecondPerson('transaction.post', {
    amountMinor: sizeOf(draft.entries),
    digits: cooperative.currencyDigits,
    ...(cooperative.dualThresholdMinor === null ? {} : { thresholdMinor: cooperative.dualThresholdMinor }),
  });
}

/** Checks drafts against the ledger as it stands; `at` names each draft's place in the input. */
export async function checkDraftsIn(
  tx: Transaction,
  drafts: readonly TransactionDraft[],
  source: TransactionSource,
  at: (index: number) => string,
): Promise<Result<CheckedDrafts, DraftRefusal | { readonly code: 'UNKNOWN_COOPERATIVE' }>> {
  const cooperative = await findCooperative(tx, tx.cooperativeId);
  if (cooperative === null) return refuse({ code: 'UNKNOWN_COOPERATIVE' });
  tx.judgedBy('journal_threshold', cooperative.dualThresholdVersion);
  const periods = await loadPeriods(tx);
  const accountOf = accountFinder(
    await loadAccounts(
      tx,
      tx.cooperativeId,
      drafts.flatMap((draft) => draft.entries),
    ),
  );
  const today = todayOf(cooperative, tx.now);
  const checked: TransactionDraft[] = [];
  let amountMinor = 0n;
  let second = false;
  for (const [index, draft] of drafts.entries()) {
    const day = draft.effectiveOn;
    const period = periods.find(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn) ?? null;
    const result = checkDraft(draft, source, { today, period, accountOf }, at(index));
    if (!result.ok) return result;
    checked.push(result.value);
    amountMinor += sizeOf(draft.entries);
    second = second || needsSecond(draft, accountOf, cooperative);
  }
  return accept({ drafts: checked, needsSecond: second, amountMinor });
}

/** Posts drafts that were checked, under one source. */
export async function postDraftsIn(
  tx: Transaction,
  drafts: readonly TransactionDraft[],
  source: TransactionSource,
  links: { readonly correctsId?: string } = {},
): Promise<Result<string[], GuardRefusal>> {
  const posted = await tryPost(
    tx,
    drafts.map((draft) => ({ id: newId(), ...draft, source, ...links })),
  );
  return posted.ok ? accept(posted.value.map(({ id }) => id)) : posted;
}

async function postDrafts(
  tx: Transaction,
  drafts: readonly TransactionDraft[],
  at: (index: number) => string,
): Promise<Result<PostAnswer, PostRefusal>> {
  if (!may(tx.actor, 'transaction.post')) return refuse({ code: 'FORBIDDEN' });
  if (drafts.length === 0) return refuse({ code: 'NO_TRANSACTIONS', path: 'transactions' });
  if (drafts.length > MOST_TRANSACTIONS) {
    return refuse({ code: 'TOO_MANY_TRANSACTIONS', path: 'transactions', most: MOST_TRANSACTIONS });
  }
  const checked = await checkDraftsIn(tx, drafts, 'manual', at);
  if (!checked.ok) return checked;
  const over = overRoleLimit(tx.actor, 'transaction.post', checked.value.amountMinor);
  if (over !== null) return refuse(over);
  if (checked.value.needsSecond && tx.actor.kind !== 'system') {
    const requestId = await insertRequest(tx, {
      act: 'post',
      subjectId: null,
      transactions: checked.value.drafts.map(storeDraft),
      reason: checked.value.drafts[0]?.description ?? 'journal entry',
      amountMinor: checked.value.amountMinor,
    });
    return accept({ transactionIds: [], requestId });
  }
  const posted = await postDraftsIn(tx, checked.value.drafts, 'manual');
  return posted.ok ? accept({ transactionIds: posted.value, requestId: null }) : posted;
}

/**
 * Posts one journal entry of a treasurer, or writes a request when it needs a second person.
 * Amounts are minor units, debit positive. Refuses as PostRefusal lists.
 */
export async function postTransaction(
  database: Database,
  context: CommandContext,
  input: TransactionDraft,
): Promise<Result<PostAnswer, PostRefusal>> {
  return runCommand<PostAnswer, PostRefusal>(
    database,
    'treasury',
    context,
    { name: 'postTransaction', input },
    (tx) => postDrafts(tx, [input], () => ''),
  );
}

/** Posts many journal entries, all or none; one that needs a second person makes all of them wait together. */
export async function postTransactions(
  database: Database,
  context: CommandContext,
  input: { readonly transactions: readonly TransactionDraft[] },
): Promise<Result<PostAnswer, PostRefusal>> {
  return runCommand<PostAnswer, PostRefusal>(
    database,
    'treasury',
    context,
    { name: 'postTransactions', input },
    (tx) => postDrafts(tx, input.transactions, (index) => `transactions[${index}].`),
  );
}
