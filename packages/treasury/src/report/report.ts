// The reports of the ledger as pure sums. A report that does not balance is not shown: it says what is off instead,
// because a wrong report is worse than none.
import type { Result } from '@habitat/kernel';
import { accept, refuse, sum } from '@habitat/kernel';
import type { AccountType, NormalSide } from '../account/template.ts';

/** A leaf with its balance; debit positive. */
export interface AccountBalance {
  readonly accountId: string;
  readonly code: string;
  readonly name: string;
  readonly type: AccountType;
  readonly normalSide: NormalSide;
  readonly groupCode: string | null;
  readonly groupName: string | null;
  readonly memberId: string | null;
  readonly bookMinor: bigint;
  readonly taxMinor: bigint;
}

export interface Bases {
  readonly bookMinor: bigint;
  readonly taxMinor: bigint;
}

export interface OutOfBalance {
  readonly code: 'OUT_OF_BALANCE';
  readonly basis: 'book' | 'tax';
  readonly differenceMinor: bigint;
  readonly message: string;
}

/** A leaf in a report, signed as people read it: an ordinary balance is positive, a contra balance negative. */
export interface ReportLine extends Bases {
  readonly accountId: string;
  readonly code: string;
  readonly name: string;
  readonly groupCode: string | null;
  readonly groupName: string | null;
  readonly memberId: string | null;
}

export interface TrialBalanceLine extends ReportLine {
  readonly type: AccountType;
  readonly bookDebitMinor: bigint;
  readonly bookCreditMinor: bigint;
  readonly taxDebitMinor: bigint;
  readonly taxCreditMinor: bigint;
}

export interface TrialBalance {
  /** Debit positive in bookMinor and taxMinor. */
  readonly lines: readonly TrialBalanceLine[];
  readonly bookDebitMinor: bigint;
  readonly bookCreditMinor: bigint;
  readonly taxDebitMinor: bigint;
  readonly taxCreditMinor: bigint;
}

/** The sum of some figures in each basis. */
export function total(balances: readonly Bases[]): Bases {
  return {
    bookMinor: sum(balances.map((each) => each.bookMinor)),
    taxMinor: sum(balances.map((each) => each.taxMinor)),
  };
}

/** What is off and by how much, or null when nothing is. */
export function outOfBalance(difference: Bases, what: string): OutOfBalance | null {
  for (const basis of ['book', 'tax'] as const) {
    const differenceMinor = basis === 'book' ? difference.bookMinor : difference.taxMinor;
    if (differenceMinor === 0n) continue;
    const message = `${what} by ${differenceMinor} minor units in the ${basis} basis; run "habitat verify"`;
    return { code: 'OUT_OF_BALANCE', basis, differenceMinor, message };
  }
  return null;
}

function debitOf(minor: bigint): bigint {
  return minor > 0n ? minor : 0n;
}

/** Debits and credits of every leaf. Refuses OUT_OF_BALANCE when they differ in either basis. */
export function trialBalance(balances: readonly AccountBalance[]): Result<TrialBalance, OutOfBalance> {
  const fault = outOfBalance(total(balances), 'debits and credits differ');
  if (fault !== null) return refuse(fault);
  const lines = balances.map((balance) => ({
    ...balance,
    bookDebitMinor: debitOf(balance.bookMinor),
    bookCreditMinor: debitOf(-balance.bookMinor),
    taxDebitMinor: debitOf(balance.taxMinor),
    taxCreditMinor: debitOf(-balance.taxMinor),
  }));
  return accept({
    lines,
    bookDebitMinor: sum(lines.map((line) => line.bookDebitMinor)),
    bookCreditMinor: sum(lines.map((line) => line.bookCreditMinor)),
    taxDebitMinor: sum(lines.map((line) => line.taxDebitMinor)),
    taxCreditMinor: sum(lines.map((line) => line.taxCreditMinor)),
  });
}

/** Signs a balance for its side of the report: assets and expenses as debits, the rest as credits. */
export function asRead(balance: AccountBalance): ReportLine {
  return signed(balance, balance.type === 'asset' || balance.type === 'expense' ? 'debit' : 'credit');
}

/** A leaf with the side given as its positive one. */
function signed(balance: AccountBalance, side: NormalSide): ReportLine {
  const debit = side === 'debit';
  const { accountId, code, name, groupCode, groupName, memberId } = balance;
  return {
    accountId,
    code,
    name,
    groupCode,
    groupName,
    memberId,
    bookMinor: debit ? balance.bookMinor : -balance.bookMinor,
    taxMinor: debit ? balance.taxMinor : -balance.taxMinor,
  };
}

export interface ReportSection {
  readonly lines: readonly ReportLine[];
  readonly total: Bases;
}

/** Leaves of any type with one side as the positive one, and their sum. */
export function signedSection(balances: readonly AccountBalance[], side: NormalSide): ReportSection {
  const lines = balances.map((balance) => signed(balance, side));
  return { lines, total: total(lines) };
}

function section(balances: readonly AccountBalance[], type: AccountType): ReportSection {
  const lines = balances.filter((balance) => balance.type === type).map(asRead);
  return { lines, total: total(lines) };
}

export interface BalanceSheet {
  readonly assets: ReportSection;
  readonly liabilities: ReportSection;
  readonly equity: ReportSection;
  /** Revenue less expense not closed into equity yet. */
  readonly netIncome: Bases;
  readonly equityAndLiabilities: Bases;
}

/** Assets against liabilities and equity. Refuses OUT_OF_BALANCE when they differ in either basis. */
export function balanceSheet(balances: readonly AccountBalance[]): Result<BalanceSheet, OutOfBalance> {
  const [assets, liabilities, equity] = [
    section(balances, 'asset'),
    section(balances, 'liability'),
    section(balances, 'equity'),
  ];
  const { netIncome } = incomeStatement(balances);
  const equityAndLiabilities = total([liabilities.total, equity.total, netIncome]);
  const difference = {
    bookMinor: assets.total.bookMinor - equityAndLiabilities.bookMinor,
    taxMinor: assets.total.taxMinor - equityAndLiabilities.taxMinor,
  };
  const fault = outOfBalance(difference, 'assets differ from liabilities and equity');
  return fault === null
    ? accept({ assets, liabilities, equity, netIncome, equityAndLiabilities })
    : refuse(fault);
}

export interface IncomeStatement {
  readonly revenue: ReportSection;
  readonly expense: ReportSection;
  readonly netIncome: Bases;
}

/** Revenue less expense; up is positive. */
export function incomeStatement(movements: readonly AccountBalance[]): IncomeStatement {
  const [revenue, expense] = [section(movements, 'revenue'), section(movements, 'expense')];
  const netIncome = {
    bookMinor: revenue.total.bookMinor - expense.total.bookMinor,
    taxMinor: revenue.total.taxMinor - expense.total.taxMinor,
  };
  return { revenue, expense, netIncome };
}
