// What makes a journal entry sound before it reaches the ledger, with the path of the first fault. The database
// guards the same rules again for every other way in.
import type { Result } from '@habitat/kernel';
import { accept, isLocalDate, isWithinMoneyBound, refuseAll, sum } from '@habitat/kernel';
import type { Account } from '../account/account.store.ts';
import type { Period } from '../period/period.ts';
import { takesPostings } from '../period/period.ts';
import type { ProposedEntry, TransactionSource } from './posting.ts';

/** A transaction as a person proposes it. */
export interface TransactionDraft {
  readonly effectiveOn: string;
  readonly description: string;
  readonly entries: readonly ProposedEntry[];
}

/** What the rules look at besides the draft itself. */
export interface LedgerFacts {
  readonly today: string;
  /** The period `effectiveOn` lies in. */
  readonly period: Period | null;
  readonly accountOf: (entry: ProposedEntry) => Account | undefined;
}

const LONGEST_DESCRIPTION = 500;
const MOST_ENTRIES = 5_000;

/** In the order they are checked; `path` names the field. An account of another cooperative is an unknown one. */
export type DraftRefusal =
  | { readonly code: 'NO_DESCRIPTION'; readonly path: string }
  | { readonly code: 'DESCRIPTION_TOO_LONG'; readonly path: string; readonly most: number }
  | { readonly code: 'NOT_A_DATE'; readonly path: string }
  | { readonly code: 'FUTURE_DATE'; readonly path: string; readonly today: string }
  | {
      readonly code: 'PERIOD_NOT_OPEN';
      readonly path: string;
      readonly period: string | null;
      readonly status: string | null;
    }
  | { readonly code: 'TOO_FEW_ENTRIES'; readonly path: string }
  | { readonly code: 'TOO_MANY_ENTRIES'; readonly path: string; readonly most: number }
  | { readonly code: 'UNKNOWN_ACCOUNT'; readonly path: string }
  | { readonly code: 'ACCOUNT_NOT_A_LEAF'; readonly path: string; readonly accountCode: string }
  | { readonly code: 'ACCOUNT_INACTIVE'; readonly path: string; readonly accountCode: string }
  | { readonly code: 'AMOUNT_OUT_OF_RANGE'; readonly path: string }
  | { readonly code: 'EMPTY_ENTRY'; readonly path: string }
  | {
      readonly code: 'UNBALANCED';
      readonly path: string;
      readonly basis: 'book' | 'tax';
      readonly differenceMinor: string;
    };

function checkDate(
  draft: TransactionDraft,
  source: TransactionSource,
  facts: LedgerFacts,
  at: string,
): DraftRefusal | null {
  const path = `${at}effectiveOn`;
  if (!isLocalDate(draft.effectiveOn)) return { code: 'NOT_A_DATE', path };
  if (draft.effectiveOn > facts.today) return { code: 'FUTURE_DATE', path, today: facts.today };
  if (facts.period === null || !takesPostings(facts.period, source)) {
    return {
      code: 'PERIOD_NOT_OPEN',
      path,
      period: facts.period?.name ?? null,
      status: facts.period?.status ?? null,
    };
  }
  return null;
}

function checkEntry(entry: ProposedEntry, account: Account | undefined, path: string): DraftRefusal | null {
  if (account === undefined) return { code: 'UNKNOWN_ACCOUNT', path: `${path}.accountId` };
  const named = { path: `${path}.accountId`, accountCode: account.code };
  if (!account.isLeaf) return { code: 'ACCOUNT_NOT_A_LEAF', ...named };
  if (!account.active) return { code: 'ACCOUNT_INACTIVE', ...named };
  if (!isWithinMoneyBound(entry.bookMinor)) return { code: 'AMOUNT_OUT_OF_RANGE', path: `${path}.bookMinor` };
  if (!isWithinMoneyBound(entry.taxMinor)) return { code: 'AMOUNT_OUT_OF_RANGE', path: `${path}.taxMinor` };
  if (entry.bookMinor === 0n && entry.taxMinor === 0n) return { code: 'EMPTY_ENTRY', path };
  return null;
}

/** Looks for every fault of a draft, told at once; `at` is where it stands in a list ("transactions[2]."). */
export function checkDraft(
  draft: TransactionDraft,
  source: TransactionSource,
  facts: LedgerFacts,
  at = '',
): Result<TransactionDraft, DraftRefusal> {
  const faults: DraftRefusal[] = [];
  const text = draft.description.trim();
  if (text === '') faults.push({ code: 'NO_DESCRIPTION', path: `${at}description` });
  if (text.length > LONGEST_DESCRIPTION)
    faults.push({ code: 'DESCRIPTION_TOO_LONG', path: `${at}description`, most: LONGEST_DESCRIPTION });
  const misdated = checkDate(draft, source, facts, at);
  if (misdated !== null) faults.push(misdated);
  faults.push(...entryFaults(draft, facts, `${at}entries`));
  const [first, ...others] = faults;
  return first === undefined ? accept({ ...draft, description: text }) : refuseAll(first, others);
}

const MOST_TOLD = 50;

/** What is wrong with the entries; whether they balance is asked of sound ones alone. */
function entryFaults(draft: TransactionDraft, facts: LedgerFacts, path: string): DraftRefusal[] {
  if (draft.entries.length < 2) return [{ code: 'TOO_FEW_ENTRIES', path }];
  if (draft.entries.length > MOST_ENTRIES) return [{ code: 'TOO_MANY_ENTRIES', path, most: MOST_ENTRIES }];
  const unsound = draft.entries.flatMap((entry, index) => {
    const fault = checkEntry(entry, facts.accountOf(entry), `${path}[${index}]`);
    return fault === null ? [] : [fault];
  });
  if (unsound.length > 0) return unsound.slice(0, MOST_TOLD);
  return (['book', 'tax'] as const).flatMap((basis) => {
    const difference = sum(
      draft.entries.map((entry) => (basis === 'book' ? entry.bookMinor : entry.taxMinor)),
    );
    if (difference === 0n) return [];
    return [{ code: 'UNBALANCED', path, basis, differenceMinor: difference.toString() } as const];
  });
}

/** The size of a transaction: the larger of its debits in either basis. Dual control goes by it. */
export function sizeOf(entries: readonly Pick<ProposedEntry, 'bookMinor' | 'taxMinor'>[]): bigint {
  const debits = (basis: 'bookMinor' | 'taxMinor') =>
    sum(entries.map((entry) => (entry[basis] > 0n ? entry[basis] : 0n)));
  const book = debits('bookMinor');
  const tax = debits('taxMinor');
  return book > tax ? book : tax;
}

/** The entries that undo these, one by one. */
export function reversed<Entry extends Pick<ProposedEntry, 'bookMinor' | 'taxMinor'>>(
  entries: readonly Entry[],
): Entry[] {
  return entries.map((entry) => ({ ...entry, bookMinor: -entry.bookMinor, taxMinor: -entry.taxMinor }));
}
