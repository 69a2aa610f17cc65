// Any table of the treasury as a file, under the same rights and with the same filters as its page.
import { journal, ledger } from '../../../../../features/treasury/csv/csv-lists.ts';
import {
  divergence,
  divergenceLayers,
  divergenceMembers,
} from '../../../../../features/treasury/csv/csv-divergence.ts';
import {
  accounts,
  balanceSheet,
  cashFlow,
  incomeStatement,
  memberCapital,
  membersCapital,
  trends,
  trialBalance,
} from '../../../../../features/treasury/csv/csv-reports.ts';
import { csvRoutes } from '../../../../../lib/csv-table.ts';

export const GET = csvRoutes({
  'trial-balance': trialBalance,
  'balance-sheet': balanceSheet,
  'income-statement': incomeStatement,
  'cash-flow': cashFlow,
  divergence,
  'divergence-members': divergenceMembers,
  'divergence-layers': divergenceLayers,
  'members-capital': membersCapital,
  'member-capital': memberCapital,
  accounts,
  ledger,
  journal,
  trends,
});
