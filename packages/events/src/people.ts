// Events people publishes: who is a member, and the life of a contribution. Names stay out of the payloads, and what was
// written about somebody is sealed, so that erasing a person never needs a change to the log.
import { z } from 'zod';
import { defineEvent, definePersonalEvent } from './envelope.ts';
import {
  contributionKind,
  decimalText,
  identifier,
  localDate,
  memberStatus,
  minorUnits,
  treatment,
} from './field.ts';

const memberFacts = z.object({
  memberId: identifier,
  /** Running number in the cooperative, shown as 01, 02 …; the member's capital account is 3100-<number>. */
  number: z.int().positive(),
  class: z.string(),
  status: memberStatus,
  joinedOn: localDate,
  /** Deficit restoration obligation: how far book capital may fall below zero. */
  droMinor: minorUnits,
});

/** A member's facts as they now stand; sent on joining and on every change. */
export const memberJoined = defineEvent('people.member.joined', memberFacts);
export const memberChanged = defineEvent('people.member.changed', memberFacts);

const contributionReference = {
  contributionId: identifier,
  /** Running number in the cooperative, shown to people. */
  number: z.int().positive(),
  memberId: identifier,
  kind: contributionKind,
  category: z.string(),
  /** Day of the work; decides rate and period. */
  workedOn: localDate,
};

const valuedFacts = {
  ...contributionReference,
  /** Hours, units, or money for cash and revenue. */
  quantity: decimalText,
  unit: z.enum(['hour', 'unit', 'money']),
  /** Book value: fair market value, IRC §704(b). */
  valueMinor: minorUnits,
  /** Tax basis: cost to the contributor; 0 for services under policy A. */
  taxMinor: minorUnits,
  treatment,
  /** The category the formula weighs it under; null when it is capital only. */
  patronageCategory: z.string().nullable(),
  /** Always empty: what people wrote belongs in no log. Readers of 0.1 ask for it. */
  description: z.string(),
};

export const contributionSubmitted = defineEvent(
  'people.contribution.submitted',
  z.object({ ...contributionReference, valueMinor: minorUnits }),
);
/** A question is open with the author, or was answered (back to submitted). */
export const contributionClarification = defineEvent(
  'people.contribution.clarification',
  z.object({ ...contributionReference, open: z.boolean() }),
);
/** One of several signatures was given: it waits for another person. The last one values it instead. */
export const contributionSigned = defineEvent(
  'people.contribution.signed',
  z.object({
    ...contributionReference,
    signatures: z.int().positive(),
    signaturesNeeded: z.int().positive(),
  }),
);
/** A peer said yes or no; the reason of a no stands with the contribution and in no log. */
export const contributionPeerVoted = defineEvent(
  'people.contribution.peer_voted',
  z.object({
    ...contributionReference,
    verdict: z.enum(['validated', 'objected']),
    /** How many have validated it by now, of how many that have to. */
    validated: z.int().nonnegative(),
    needed: z.int().positive(),
  }),
);
/** It is with its peers no more: why, and with whom it is now. */
export const contributionPeersEnded = defineEvent(
  'people.contribution.peers_ended',
  z.object({
    ...contributionReference,
    outcome: z.enum(['validated', 'objected', 'timed_out', 'no_eligible']),
    next: z.enum(['reviewers', 'approved', 'rejected']),
  }),
);
/** Approved and valued: treasury posts it, agreements will count it once posted. */
export const contributionValued = defineEvent(
  'people.contribution.valued',
  // A reviewer took another quantity than the one that was logged.
  z.object({ ...valuedFacts, adjusted: z.boolean().optional() }),
);
export const contributionApplied = defineEvent('people.contribution.applied', z.object(valuedFacts));
/** The reason is a text about the member, as are those of a dispute. */
const personalReason = { of: ['memberId'], texts: [['reason']] } as const;

export const contributionRejected = definePersonalEvent(
  'people.contribution.rejected',
  z.object({
    ...contributionReference,
    reason: z.string(),
    /** The last day of its peers, where their silence rejected it; the reason then says no more than that. */
    silentUntil: localDate.optional(),
  }),
  personalReason,
);
export const contributionWithdrawn = defineEvent(
  'people.contribution.withdrawn',
  z.object(contributionReference),
);
export const contributionDisputed = definePersonalEvent(
  'people.contribution.disputed',
  z.object({ ...contributionReference, reason: z.string() }),
  personalReason,
);
/** The dispute is over; a changed value comes as a correction treasury posts as the difference. */
export const contributionResolved = definePersonalEvent(
  'people.contribution.resolved',
  z.object({
    ...valuedFacts,
    previousValueMinor: minorUnits,
    previousTaxMinor: minorUnits,
    reason: z.string(),
  }),
  personalReason,
);

/** A file that shows what was given; its hash stands in the audit trail from then on. */
export const evidenceAttached = defineEvent(
  'people.contribution.evidence_attached',
  z.object({
    contributionId: identifier,
    memberId: identifier,
    fileId: identifier,
    mediaType: z.string(),
    sizeBytes: z.int().positive(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
);

const erasureReference = z.object({ erasureId: identifier, memberId: identifier });

/** Somebody asks to erase a member; whether anything stands against it, agreements says. */
export const erasureRequested = defineEvent('people.erasure.requested', erasureReference);
/** A second person agreed; agreements is asked once more, for things may have changed. */
export const erasureApproved = defineEvent('people.erasure.approved', erasureReference);
/** What people kept about the member is gone; whoever keeps something of theirs does the same. */
export const memberErased = defineEvent(
  'people.member.erased',
  z.object({ memberId: identifier, number: z.int().positive() }),
);

export const peopleEvents = [
  memberJoined,
  memberChanged,
  contributionSubmitted,
  contributionClarification,
  contributionSigned,
  contributionPeerVoted,
  contributionPeersEnded,
  contributionValued,
  contributionApplied,
  contributionRejected,
  contributionWithdrawn,
  contributionDisputed,
  contributionResolved,
  evidenceAttached,
  erasureRequested,
  erasureApproved,
  memberErased,
] as const;
