// Treasury's event handlers: who joins, what was given, what a close or a distribution asks the ledger to book.
import {
  allocationApproved,
  contributionResolved,
  contributionsCutOff,
  contributionValued,
  cooperativeChanged,
  cooperativeCreated,
  distributionPaid,
  distributionScheduled,
  distributionVoided,
  incomeStatementRequested,
  memberChanged,
  memberJoined,
  periodCloseAbandoned,
  periodCloseFinalised,
  periodReopenApproved,
} from '@habitat/events';
import type { EventHandler } from '@habitat/messaging';
import {
  advanceClose,
  bookDistributions,
  creditAllocations,
  postContributions,
  reopenPeriods,
  takeUpCooperatives,
  takeUpMembers,
} from '@habitat/treasury';

const context = 'treasury';

export const treasuryHandlers: readonly EventHandler[] = [
  {
    name: 'treasury.take-up-cooperatives',
    context,
    types: [cooperativeCreated.type, cooperativeChanged.type],
    handle: takeUpCooperatives,
  },
  {
    name: 'treasury.take-up-members',
    context,
    types: [memberJoined.type, memberChanged.type],
    handle: takeUpMembers,
  },
  {
    name: 'treasury.post-contributions',
    context,
    types: [contributionValued.type, contributionResolved.type],
    handle: postContributions,
  },
  {
    name: 'treasury.advance-close',
    context,
    types: [
      contributionsCutOff.type,
      incomeStatementRequested.type,
      periodCloseFinalised.type,
      periodCloseAbandoned.type,
    ],
    handle: advanceClose,
  },
  {
    name: 'treasury.credit-allocations',
    context,
    types: [allocationApproved.type],
    handle: creditAllocations,
  },
  { name: 'treasury.reopen-periods', context, types: [periodReopenApproved.type], handle: reopenPeriods },
  {
    name: 'treasury.book-distributions',
    context,
    types: [distributionScheduled.type, distributionPaid.type, distributionVoided.type],
    handle: bookDistributions,
  },
];
