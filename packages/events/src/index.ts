// The contracts between contexts. A context publishes only what its own file here declares, and everything
// a consumer may rely on is in the payload schemas.
export type { ContributionKind, MemberStatus, PeriodStatus, Treatment } from './field.ts';
export { contributionKind, decimalText, identifier, localDate, memberStatus, treatment } from './field.ts';
export type { ContextName, Envelope, EventContract, NewEvent, PayloadOf, PersonalTexts } from './envelope.ts';
export {
  contextName,
  defineEvent,
  encodePayload,
  envelopeSchema,
  newEvent,
  readPayload,
} from './envelope.ts';
export type { TaxRegime } from './platform.ts';
export {
  accessGranted,
  accountEmailChanged,
  actDone,
  cooperativeChanged,
  cooperativeCreated,
  dataRead,
  identityLinkIssued,
  platformEvents,
  requestDeclined,
  requestExpired,
  requestReminded,
  secondFactorChanged,
  secondFactorPolicySet,
  sessionBegun,
  sessionEnded,
  signInRefused,
  taxRegime,
} from './platform.ts';
export {
  allocationCredited,
  allocationRefused,
  allocationReversed,
  capitalStatementPrepared,
  contributionPosted,
  contributionRefused,
  distributionPaidPosted,
  distributionPayablePosted,
  distributionRefused,
  distributionReturned,
  incomeStatementPrepared,
  periodClosed,
  periodClosing,
  periodLocked,
  periodOpened,
  periodReopened,
  transactionPosted,
  treasuryEvents,
} from './treasury.ts';
export {
  contributionApplied,
  contributionClarification,
  contributionDisputed,
  contributionRejected,
  contributionResolved,
  contributionPeersEnded,
  contributionPeerVoted,
  contributionSigned,
  contributionSubmitted,
  contributionValued,
  contributionWithdrawn,
  erasureApproved,
  erasureRequested,
  evidenceAttached,
  memberChanged,
  memberErased,
  memberJoined,
  peopleEvents,
} from './people.ts';
export {
  agreementsEvents,
  allocationApproved,
  allocationProposed,
  allocationReturned,
  contributionsCutOff,
  distributionApproved,
  distributionPaid,
  distributionScheduled,
  distributionVoided,
  erasureJudged,
  payoutAccountChanged,
  incomeStatementRequested,
  periodCloseAbandoned,
  periodCloseFinalised,
  periodReopenApproved,
  statementReady,
} from './agreements.ts';

import { agreementsEvents } from './agreements.ts';
import type { EventContract } from './envelope.ts';
import { peopleEvents } from './people.ts';
import { platformEvents } from './platform.ts';
import { treasuryEvents } from './treasury.ts';

/** Every event type of the platform, by name. */
export const eventContracts: ReadonlyMap<string, EventContract> = new Map(
  [...platformEvents, ...treasuryEvents, ...peopleEvents, ...agreementsEvents].map((contract) => [
    contract.type,
    contract,
  ]),
);
