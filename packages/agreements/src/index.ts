// Agreements: the terms members set, the close that divides a period's surplus by them, and what members are paid.
// Commands take (database, context, input) and answer with ids; queries take (database, cooperativeId, …).

// Terms: weights and policies, versioned, fixed before a period begins or by two people.
export type { Policies, TermsKind, TermsRefusal, Weights } from './terms/terms.ts';
export type { TermsVersion } from './terms/terms.store.ts';
export type {
  DecideTermsInput,
  ProposeTermsInput,
  SetPoliciesInput,
  SetWeightsInput,
  TermsDecided,
  TermsProposed,
  TermsSet,
} from './terms/terms.commands.ts';
export { decideTerms, proposeTerms, setPolicies, setWeights } from './terms/terms.commands.ts';
export type { TermsInForce } from './terms/terms.queries.ts';
export { listTerms, termsInForce } from './terms/terms.queries.ts';

// The close of a period, its seven steps, and the emergency reopen.
export type {
  Blocker,
  BlockerCode,
  Blockers,
  CloseRefusal,
  CloseStatus,
  ProposalRefusal,
  ReopenRefusal,
  StepKey,
  StepRow,
  StepState,
} from './period-close/period-close.ts';
export { approvalObstacle, blockedBy, mayConfirm, stopsStep } from './period-close/period-close.ts';
export type { BeginCloseInput, CloseDone, ConfirmStepInput } from './period-close/period-close.commands.ts';
export {
  abandonPeriodClose,
  beginPeriodClose,
  confirmCloseStep,
  resumeClose,
} from './period-close/period-close.commands.ts';
export type { ReopenDone, ReopenRequest } from './period-close/reopen.commands.ts';
export { approveReopen, requestReopen } from './period-close/reopen.commands.ts';
export type { DeclineReopenRefusal } from './waiting/waiting.ts';
export { declineReopen, expireAgreementsWaiting, listAgreementsWaiting } from './waiting/waiting.ts';
export type { CloseView, StepView } from './period-close/period-close.queries.ts';
export {
  countWaitingCloses,
  getPeriodClose,
  listUnansweredCloses,
} from './period-close/period-close.queries.ts';
export type { CheckCode, ReviewCheck } from './period-close/review-checks.ts';

// Allocation: proposed by one, approved by another, explained down to contributions, provable byte for byte.
export type { ApproveInput, Proposed, ProposeInput } from './allocation/allocation.commands.ts';
export { approveAllocation, proposeAllocation, returnAllocation } from './allocation/allocation.commands.ts';
export type { LineDetail } from './allocation/allocation.ts';
export type { AllocationLine, StoredAllocation } from './allocation/allocation.store.ts';
export type { AllocationSummary } from './allocation/allocation-summary.ts';
export type { AllocationOfPeriod, MemberAllocationView } from './allocation/allocation.queries.ts';
export type {
  DraftAllocation,
  DraftInputs,
  DraftLine,
  DraftRefusal,
  Uncounted,
} from './allocation/draft.queries.ts';
export {
  draftAllocation,
  draftInputs,
  draftPeriod,
  uncountedContributions,
} from './allocation/draft.queries.ts';
export {
  explainMemberAllocation,
  findWaitingProposal,
  getAllocation,
  getAllocationRecord,
  getMemberAllocation,
  listAllocations,
  verifyAllocation,
} from './allocation/allocation.queries.ts';

// Distributions: calculated by one, approved by another, booked and paid by the ledger.
export type {
  DistributionBasis,
  DistributionRefusal,
  DistributionStatus,
  LineState,
} from './distribution/distribution.ts';
export type { LineRow } from './distribution/distribution.store.ts';
export type { CalculateInput, DistributionDone, LinesInput } from './distribution/distribution.commands.ts';
export {
  approveDistribution,
  calculateDistribution,
  cancelDistribution,
  markDistributionFailed,
  markDistributionPaid,
  scheduleDistribution,
} from './distribution/distribution.commands.ts';
export type { DistributionView, ListDistributions } from './distribution/distribution.queries.ts';
export {
  countUnapprovedDistributions,
  findDistributionLines,
  findDistributions,
  listDistributions,
  listPaymentsTo,
  nextPayments,
  paymentsOf,
} from './distribution/distribution.queries.ts';

// Where members are paid: sealed, masked for everybody but whoever pays.
export type { MaskedAccount, PayoutAccountInput, PayoutDetails } from './payout-account/payout-account.ts';
export { masked } from './payout-account/payout-account.ts';
export type { PayoutAccountDone, PayoutAccountRefusal } from './payout-account/payout-account.commands.ts';
export { removePayoutAccount, setPayoutAccount } from './payout-account/payout-account.commands.ts';
export type { PayoutAccount, PayoutAccountSpan } from './payout-account/payout-account.store.ts';
export { resealAccounts as resealPayoutAccounts } from './payout-account/payout-account.store.ts';
export {
  findPayoutAccount,
  listPayoutAccountSpans,
  payoutAccountsOf,
} from './payout-account/payout-account.queries.ts';

// Statements and retained patronage.
export type { StatementDocument } from './statement/statement.ts';
export type { StoredStatement } from './statement/statement.store.ts';
export type { RetainedLot, RetainedYear } from './retained-lot/retained-lot.store.ts';
export {
  getStatement,
  listRetainedLots,
  listRetainedYears,
  listStatements,
} from './statement/statement.queries.ts';

export type { OpeningLot, OpeningLotRefusal, UndoLotsRefusal } from './retained-lot/opening-lot.commands.ts';
export { importOpeningLotsIn, reverseOpeningLotsIn } from './retained-lot/opening-lot.commands.ts';

// Events agreements listens to, for the worker.
export type { AgreementsSubscription } from './subscription.ts';
export { agreementsSubscriptions } from './subscription.ts';
export type { Signature } from './signature.ts';
export { isAnotherPerson } from './signature.ts';
