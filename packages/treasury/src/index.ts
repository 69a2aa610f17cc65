// Treasury: the double-entry ledger in two bases, its periods, members' capital and the reports drawn from them.
// Commands check permissions themselves and return refusals; the `…In` forms run inside a caller's transaction.
export type { AccountRefusal, NewAccount } from './account/account.commands.ts';
export { createAccount, deactivateAccount } from './account/account.commands.ts';
export { findAccounts, listAccounts } from './account/account.queries.ts';
export type { Account } from './account/account.store.ts';
export type { AccountType, NormalSide } from './account/template.ts';
export { chartOf, chartTemplates } from './account/template.ts';

export type { CapitalCause, GuardRefusal, ProposedEntry, TransactionSource } from './transaction/posting.ts';
export type { PostAnswer, PostRefusal } from './transaction/transaction.commands.ts';
export { postTransaction, postTransactions } from './transaction/transaction.commands.ts';
export type { ReversalRefusal } from './transaction/reversal.commands.ts';
export {
  correctTransaction,
  reverseTransaction,
  reverseTransactionsIn,
} from './transaction/reversal.commands.ts';
export type { ImportedTransaction, ImportFault, ImportRefusal } from './transaction/import.commands.ts';
export { importTransactionsIn } from './transaction/import.commands.ts';
export type { DraftRefusal, TransactionDraft } from './transaction/transaction.ts';
export type { EntryView, TransactionView } from './transaction/transaction.store.ts';
export type { JournalFilter, JournalPage, LedgerLine } from './transaction/transaction.queries.ts';
export {
  countJournal,
  findTransactions,
  listAccountLedger,
  listEntries,
  listJournal,
} from './transaction/transaction.queries.ts';

export type { RequestRefusal } from './request/request.commands.ts';
export { approveRequest, declineRequest } from './request/request.commands.ts';
export { findRequests, listPendingRequests } from './request/request.queries.ts';
export { expireTreasuryWaiting, listTreasuryWaiting } from './request/waiting.ts';
export type {
  JournalRequest,
  RequestAct,
  RequestDecision,
  RequestStatus,
  StoredDraft,
} from './request/request.ts';
export { decisionsOpenTo } from './request/request.ts';

export type { LockAnswer, LockPeriodRefusal } from './period/lock.ts';
export { lockPeriod } from './period/lock.ts';
export type { OpenPeriodRefusal } from './period/period.commands.ts';
export { ensureCurrentPeriod, openPeriod } from './period/period.commands.ts';
export { findPeriods, listPeriods } from './period/period.queries.ts';
export type { Period, PeriodLength, PeriodStatus } from './period/period.ts';

export type { CapitalAmount, CapitalChange, CapitalStatement } from './capital-account/capital-account.ts';
export type { CapitalPoint, MemberCapitalView } from './capital-account/capital-account.queries.ts';
export {
  capitalHistory,
  listMemberCapital,
  memberCapitalStatement,
} from './capital-account/capital-account.queries.ts';

export type {
  AccountBalance,
  BalanceSheet,
  IncomeStatement,
  OutOfBalance,
  ReportLine,
  ReportSection,
  TrialBalance,
  TrialBalanceLine,
} from './report/report.ts';
export type { ReportDate } from './report/report.queries.ts';
export type { Activity, CashFlow } from './report/cash-flow.ts';
export type { Divergence, DivergenceLine, MemberDivergence } from './report/divergence.ts';
export {
  getBalanceSheet,
  getCashFlow,
  getDivergence,
  getIncomeStatement,
  getTrialBalance,
  listBalances,
} from './report/report.queries.ts';

export type { Imbalance } from './report/imbalance.queries.ts';
export { findImbalance } from './report/imbalance.queries.ts';
export type { CapitalMovement, CapitalMovements, IncomeOfMonth } from './report/trend.queries.ts';
export { capitalMovements, incomeByMonth } from './report/trend.queries.ts';

export { listLayers, listLayersOf } from './layer-704c/layer.queries.ts';
export type { Layer704c } from './layer-704c/layer.store.ts';

export type { SettingSet } from './setting/setting.commands.ts';
export {
  decideSetting,
  removePostingRule,
  setJournalThreshold,
  setPostingRule,
} from './setting/setting.commands.ts';
export type { TreasurySettings } from './setting/setting.queries.ts';
export { treasurySettings } from './setting/setting.queries.ts';
export type { SettingRefusal, SettingTopic, SettingVersion } from './setting/setting.ts';
export { settingDecisionsOpenTo } from './setting/setting.ts';
export type { PostingRule } from './setting/setting.store.ts';

// What other contexts' events set off here; services/worker ties them to the delivery.
export { creditAllocations, reopenPeriods } from './allocation/allocation.reactions.ts';
export { postContributions } from './contribution-posting/contribution-posting.reactions.ts';
export { takeUpCooperatives, takeUpMembers } from './cooperative/take-up.ts';
export { bookDistributions } from './distribution/distribution.reactions.ts';
export { advanceClose } from './period/period-close.reactions.ts';

export { contributionAccounts, postingLines } from './contribution-posting/contribution-posting.queries.ts';
export type { PostingLine } from './contribution-posting/contribution-posting.queries.ts';
