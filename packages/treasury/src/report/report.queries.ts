// The reports as the API and the operator's command ask for them: at any date, and as known at any instant.
import type { Database } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import type { AccountBalance, BalanceSheet, IncomeStatement, OutOfBalance, TrialBalance } from './report.ts';
import { balanceSheet, incomeStatement, trialBalance } from './report.ts';
import { selectBalances, selectIncome } from './report.store.ts';

export interface ReportDate {
  /** Effective dates up to this day, included. */
  readonly asOf: string;
  /** Leaves out what was written after this instant. */
  readonly asKnownAt?: Date | null;
}

/** Balances of every leaf; debit positive. */
export async function listBalances(
  database: Database,
  cooperativeId: string,
  at: ReportDate,
): Promise<AccountBalance[]> {
  return database.read('treasury', { cooperativeId }, (client) =>
    selectBalances(client, cooperativeId, { asOf: at.asOf, asKnownAt: at.asKnownAt ?? null }),
  );
}

/** Trial balance, or OUT_OF_BALANCE with the difference. */
export async function getTrialBalance(
  database: Database,
  cooperativeId: string,
  at: ReportDate,
): Promise<Result<TrialBalance, OutOfBalance>> {
  return trialBalance(await listBalances(database, cooperativeId, at));
}

/** Balance sheet, or OUT_OF_BALANCE with the difference. */
export async function getBalanceSheet(
  database: Database,
  cooperativeId: string,
  at: ReportDate,
): Promise<Result<BalanceSheet, OutOfBalance>> {
  return balanceSheet(await listBalances(database, cooperativeId, at));
}

/** Income statement of the days from–to, both included. */
export async function getIncomeStatement(
  database: Database,
  cooperativeId: string,
  span: { readonly from: string; readonly to: string; readonly asKnownAt?: Date | null },
): Promise<IncomeStatement> {
  return database.read('treasury', { cooperativeId }, async (client) =>
    incomeStatement(
      await selectIncome(client, cooperativeId, {
        from: span.from,
        to: span.to,
        asKnownAt: span.asKnownAt ?? null,
      }),
    ),
  );
}
