// Events agreements publishes: the steps of a close that the ledger must act on, allocations, distributions
// and statements.
import { z } from 'zod';
import { defineEvent } from './envelope.ts';
import { identifier, localDate, minorUnits } from './field.ts';

const closeReference = { closeId: identifier, periodId: identifier };

/** Step 2: no more contributions; treasury moves the period to closing. */
export const contributionsCutOff = defineEvent('agreements.period_close.cut_off', z.object(closeReference));
/** Steps 3 and 4: books are final, treasury prepares the income statement. */
export const incomeStatementRequested = defineEvent(
  'agreements.period_close.income_statement_requested',
  z.object(closeReference),
);
/** Step 7: treasury takes its snapshot, closes the period and opens the next. */
export const periodCloseFinalised = defineEvent(
  'agreements.period_close.finalised',
  z.object(closeReference),
);
/** The close was given up before approval: treasury opens the period again. */
export const periodCloseAbandoned = defineEvent(
  'agreements.period_close.abandoned',
  z.object({ ...closeReference, reason: z.string() }),
);
/** Emergency reopen, approved by a second person: treasury reverses the allocation and opens the period. */
export const periodReopenApproved = defineEvent(
  'agreements.period_close.reopen_approved',
  z.object({ ...closeReference, allocationId: identifier, reason: z.string() }),
);

const allocationReference = { allocationId: identifier, ...closeReference };

export const allocationProposed = defineEvent(
  'agreements.allocation.proposed',
  z.object({ ...allocationReference, recordHash: z.string() }),
);
export const allocationReturned = defineEvent(
  'agreements.allocation.returned',
  z.object({ ...allocationReference, reason: z.string() }),
);
/** Step 6: treasury zeroes revenue and expense into 3310, and 3310 into reserves and members. */
export const allocationApproved = defineEvent(
  'agreements.allocation.approved',
  z.object({
    ...allocationReference,
    recordHash: z.string(),
    netIncomeBookMinor: minorUnits,
    netIncomeTaxMinor: minorUnits,
    /** Where net income goes before the members: reserves (3330), tax kept apart and so on. */
    appropriations: z.array(
      z.object({ accountCode: z.string(), label: z.string(), bookMinor: minorUnits, taxMinor: minorUnits }),
    ),
    lines: z.array(
      z.object({
        memberId: identifier,
        bookMinor: minorUnits,
        taxMinor: minorUnits,
        cashMinor: minorUnits,
        retainedMinor: minorUnits,
      }),
    ),
  }),
);

const distributionLine = {
  distributionId: identifier,
  lineId: identifier,
  memberId: identifier,
  amountMinor: minorUnits,
  /** The day it is booked. */
  effectiveOn: localDate,
};
/** One member's payment is scheduled: treasury books Dr capital / Cr 2320, under its guards. */
export const distributionScheduled = defineEvent(
  'agreements.distribution.scheduled',
  z.object({ ...distributionLine, payOn: localDate, cashReserveMinor: minorUnits }),
);
/** Paid: treasury books Dr 2320 / Cr 1110. */
export const distributionPaid = defineEvent(
  'agreements.distribution.paid',
  z.object({ ...distributionLine, cashReserveMinor: minorUnits }),
);
/** Failed or cancelled after scheduling: treasury books the payable back to capital. */
export const distributionVoided = defineEvent(
  'agreements.distribution.voided',
  z.object({ ...distributionLine, outcome: z.enum(['failed', 'cancelled']), reason: z.string() }),
);
export const distributionApproved = defineEvent(
  'agreements.distribution.approved',
  z.object({ distributionId: identifier, totalMinor: minorUnits }),
);

export const statementReady = defineEvent(
  'agreements.statement.ready',
  z.object({ statementId: identifier, periodId: identifier, memberId: identifier }),
);

/** Where a member is paid was changed or taken away, never to which account. */
export const payoutAccountChanged = defineEvent(
  'agreements.payout_account.changed',
  z.object({ memberId: identifier, change: z.enum(['set', 'removed']) }),
);

/** The answer to people's question whether money stands against erasing a member. */
export const erasureJudged = defineEvent(
  'agreements.erasure.judged',
  z.object({
    erasureId: identifier,
    memberId: identifier,
    obstacle: z
      .object({ code: z.enum(['PAYMENT_OPEN', 'CAPITAL_LEFT']), amountMinor: minorUnits })
      .nullable(),
  }),
);

export const agreementsEvents = [
  contributionsCutOff,
  incomeStatementRequested,
  periodCloseFinalised,
  periodCloseAbandoned,
  periodReopenApproved,
  allocationProposed,
  allocationReturned,
  allocationApproved,
  distributionScheduled,
  distributionPaid,
  distributionVoided,
  distributionApproved,
  statementReady,
  payoutAccountChanged,
  erasureJudged,
] as const;
