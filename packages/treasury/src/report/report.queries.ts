// The reports as the API and the operator's command ask for them: at any date, and as known at any instant.
import type { Database } from '@habitat/database';
import type { LocalDate, Result } from '@habitat/kernel';
import { addDays } from '@habitat/kernel';
import { selectLayersAt } from '../layer-704c/layer.store.ts';
import type { CashFlow } from './cash-flow.ts';
import { cashFlow } from './cash-flow.ts';
import type { Divergence } from './divergence.ts';
import { divergence } from './divergence.ts';
import type { AccountBalance, BalanceSheet, IncomeStatement, OutOfBalance, TrialBalance } from './report.ts';
import { balanceSheet, incomeStatement, trialBalance } from './report.ts';
import { selectBalances, selectCash, selectCashMovements, selectIncome } from './report.store.ts';

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

/** Cash flow of the days from–to, both included, or OUT_OF_BALANCE when the flows do not lead to the cash there is. */
export async function getCashFlow(
  database: Database,
  cooperativeId: string,
  span: { readonly from: LocalDate; readonly to: LocalDate; readonly asKnownAt?: Date | null },
): Promise<Result<CashFlow, OutOfBalance>> {
  const asKnownAt = span.asKnownAt ?? null;
  return database.read('treasury', { cooperativeId }, async (client) =>
    cashFlow(
      await selectCash(client, cooperativeId, { asOf: addDays(span.from, -1), asKnownAt }),
      await selectCash(client, cooperativeId, { asOf: span.to, asKnownAt }),
      await selectCashMovements(client, cooperativeId, { from: span.from, to: span.to, asKnownAt }),
    ),
  );
}

/** Where book and tax differ at the end of a day, with the §704(c) layers that stood then. */
export async function getDivergence(
  database: Database,
  cooperativeId: string,
  asOf: string,
): Promise<Divergence> {
  return database.read('treasury', { cooperativeId }, async (client) => {
    const balances = await selectBalances(client, cooperativeId, { asOf, asKnownAt: null });
    return divergence(balances, await selectLayersAt(client, cooperativeId, asOf));
  });
}
