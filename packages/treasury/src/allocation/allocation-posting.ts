// The entries of a close: revenue and expense into 3310, and 3310 on into reserves and members' capital, so that all
// of them end at zero. Book and tax may differ; both must come out even.
import type { Result } from '@habitat/kernel';
import { accept, refuse, sum } from '@habitat/kernel';
import { CODE } from '../account/template.ts';
import type { ProposedEntry } from '../transaction/posting.ts';

/** What stands on one revenue or expense leaf; debit positive. */
export interface LeafBalance {
  readonly accountId: string;
  readonly bookMinor: bigint;
  readonly taxMinor: bigint;
}

export interface ApprovedAllocation {
  readonly netIncomeBookMinor: bigint;
  readonly netIncomeTaxMinor: bigint;
  /** Amounts as people read them: an appropriation or credit up is positive. */
  readonly appropriations: readonly {
    readonly accountCode: string;
    readonly label: string;
    readonly bookMinor: bigint;
    readonly taxMinor: bigint;
  }[];
  readonly lines: readonly {
    readonly memberId: string;
    readonly bookMinor: bigint;
    readonly taxMinor: bigint;
  }[];
}

export type AllocationRefusal =
  | { readonly code: 'NET_INCOME_CHANGED'; readonly detail: string }
  | { readonly code: 'ALLOCATION_DOES_NOT_ADD_UP'; readonly detail: string };

export interface ClosingEntries {
  /** Empties revenue and expense; none when nothing stood there. */
  readonly closing: readonly ProposedEntry[];
  /** Empties 3310; none when net income and every share of it are zero. */
  readonly crediting: readonly ProposedEntry[];
}

interface Bases {
  readonly bookMinor: bigint;
  readonly taxMinor: bigint;
}

function total(amounts: readonly Bases[]): Bases {
  return {
    bookMinor: sum(amounts.map((each) => each.bookMinor)),
    taxMinor: sum(amounts.map((each) => each.taxMinor)),
  };
}

function notEmpty(entry: Bases): boolean {
  return entry.bookMinor !== 0n || entry.taxMinor !== 0n;
}

/**
 * Builds both sets of entries. Refuses NET_INCOME_CHANGED when the books moved after the proposal was computed, and
 * ALLOCATION_DOES_NOT_ADD_UP when appropriations and shares are not exactly net income in each basis.
 */
export function decideClosingEntries(
  leaves: readonly LeafBalance[],
  allocation: ApprovedAllocation,
): Result<ClosingEntries, AllocationRefusal> {
  const standing = total(leaves);
  const income: Bases = { bookMinor: -standing.bookMinor, taxMinor: -standing.taxMinor };
  if (
    income.bookMinor !== allocation.netIncomeBookMinor ||
    income.taxMinor !== allocation.netIncomeTaxMinor
  ) {
    const detail = `the ledger shows ${income.bookMinor} book and ${income.taxMinor} tax, the allocation ${allocation.netIncomeBookMinor} and ${allocation.netIncomeTaxMinor}`;
    return refuse({ code: 'NET_INCOME_CHANGED', detail });
  }
  const shared = total([...allocation.appropriations, ...allocation.lines]);
  if (shared.bookMinor !== income.bookMinor || shared.taxMinor !== income.taxMinor) {
    const detail = `appropriations and shares come to ${shared.bookMinor} book and ${shared.taxMinor} tax, net income is ${income.bookMinor} and ${income.taxMinor}`;
    return refuse({ code: 'ALLOCATION_DOES_NOT_ADD_UP', detail });
  }
  const emptied: ProposedEntry[] = leaves
    .filter(notEmpty)
    .map(({ accountId, bookMinor, taxMinor }) => ({ accountId, bookMinor: -bookMinor, taxMinor: -taxMinor }));
  const into: ProposedEntry = { accountCode: CODE.currentNetIncome, ...standing };
  const credits: ProposedEntry[] = [
    ...allocation.appropriations.map(({ accountCode, label, bookMinor, taxMinor }) => ({
      accountCode,
      bookMinor: -bookMinor,
      taxMinor: -taxMinor,
      memo: label.slice(0, 500),
    })),
    ...allocation.lines.map(({ memberId, bookMinor, taxMinor }) => ({
      memberId,
      bookMinor: -bookMinor,
      taxMinor: -taxMinor,
    })),
  ].filter(notEmpty);
  const outOf: ProposedEntry = { accountCode: CODE.currentNetIncome, ...income };
  return accept({
    closing: [...emptied, into].filter(notEmpty),
    crediting: [outOf, ...credits].filter(notEmpty),
  });
}
