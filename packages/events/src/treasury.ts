// Events treasury publishes: what reached the ledger, what the ledger refused, and the life of periods.
// Amounts are signed as people read them (capital and cash up is positive), not as debits and credits.
import { z } from 'zod';
import { defineEvent } from './envelope.ts';
import { identifier, localDate, minorUnits, periodStatus, twoBases } from './field.ts';

const periodFacts = z.object({
  periodId: identifier,
  name: z.string(),
  startsOn: localDate,
  endsOn: localDate,
  status: periodStatus,
});

export const periodOpened = defineEvent('treasury.period.opened', periodFacts);
export const periodClosing = defineEvent('treasury.period.closing', periodFacts);
export const periodClosed = defineEvent('treasury.period.closed', periodFacts);
export const periodLocked = defineEvent('treasury.period.locked', periodFacts);
export const periodReopened = defineEvent('treasury.period.reopened', periodFacts);

/** Any transaction posted, as what it changed: members' capital and cash. */
export const transactionPosted = defineEvent(
  'treasury.transaction.posted',
  z.object({
    transactionId: identifier,
    number: z.int().positive(),
    effectiveOn: localDate,
    source: z.string(),
    /** Change of each member's capital; up is positive. */
    capitalChanges: z.array(twoBases.extend({ memberId: identifier })),
    /** Change of cash and equivalents (11xx), book; in is positive. */
    cashChangeMinor: minorUnits,
    /** Change of net income (revenue less expense); up is positive. Zero when a close empties those accounts. */
    incomeChange: twoBases,
  }),
);

/** A valued contribution is in the ledger, or needed no entry (transactionId null). */
export const contributionPosted = defineEvent(
  'treasury.contribution.posted',
  twoBases.extend({
    contributionId: identifier,
    memberId: identifier,
    transactionId: identifier.nullable(),
    periodId: identifier,
    effectiveOn: localDate,
  }),
);
/** The ledger refused it (closed period, no such account …); people shows it as waiting with the reason. */
export const contributionRefused = defineEvent(
  'treasury.contribution.refused',
  z.object({ contributionId: identifier, memberId: identifier, reason: z.string(), detail: z.string() }),
);

export const incomeStatementPrepared = defineEvent(
  'treasury.income_statement.prepared',
  z.object({
    closeId: identifier,
    periodId: identifier,
    revenue: twoBases,
    expense: twoBases,
    netIncome: twoBases,
    lines: z.array(
      twoBases.extend({
        accountCode: z.string(),
        accountName: z.string(),
        type: z.enum(['revenue', 'expense']),
      }),
    ),
  }),
);

export const allocationCredited = defineEvent(
  'treasury.allocation.credited',
  z.object({
    allocationId: identifier,
    closeId: identifier,
    periodId: identifier,
    transactionIds: z.array(identifier),
  }),
);
export const allocationRefused = defineEvent(
  'treasury.allocation.refused',
  z.object({
    allocationId: identifier,
    closeId: identifier,
    periodId: identifier,
    reason: z.string(),
    detail: z.string(),
  }),
);
export const allocationReversed = defineEvent(
  'treasury.allocation.reversed',
  z.object({
    allocationId: identifier,
    closeId: identifier,
    periodId: identifier,
    transactionIds: z.array(identifier),
  }),
);

/** Capital from opening to closing, by cause, of up to 500 members of a closed period. */
export const capitalStatementPrepared = defineEvent(
  'treasury.capital_statement.prepared',
  z.object({
    closeId: identifier,
    periodId: identifier,
    members: z.array(
      z.object({
        memberId: identifier,
        opening: twoBases,
        /** e.g. work, cash, in_kind, allocation, distribution, other; in the order shown. */
        changes: z.array(twoBases.extend({ cause: z.string() })),
        closing: twoBases,
      }),
    ),
  }),
);

const distributionPosting = z.object({
  distributionId: identifier,
  lineId: identifier,
  memberId: identifier,
  amountMinor: minorUnits,
  transactionId: identifier,
});
export const distributionPayablePosted = defineEvent(
  'treasury.distribution.payable_posted',
  distributionPosting,
);
export const distributionPaidPosted = defineEvent('treasury.distribution.paid_posted', distributionPosting);
/** A cancelled or failed payment's payable went back to capital. */
export const distributionReturned = defineEvent('treasury.distribution.returned', distributionPosting);
/** A guard stopped it: CASH_RESERVE, CAPITAL_DEFICIT, PERIOD_NOT_OPEN …; mostMinor is the most that would pass. */
export const distributionRefused = defineEvent(
  'treasury.distribution.refused',
  z.object({
    distributionId: identifier,
    lineId: identifier,
    memberId: identifier,
    step: z.enum(['schedule', 'pay', 'return']),
    reason: z.string(),
    mostMinor: minorUnits.nullable(),
  }),
);

export const treasuryEvents = [
  periodOpened,
  periodClosing,
  periodClosed,
  periodLocked,
  periodReopened,
  transactionPosted,
  contributionPosted,
  contributionRefused,
  incomeStatementPrepared,
  allocationCredited,
  allocationRefused,
  allocationReversed,
  capitalStatementPrepared,
  distributionPayablePosted,
  distributionPaidPosted,
  distributionReturned,
  distributionRefused,
] as const;
