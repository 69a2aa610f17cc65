// What events make people be told of: a pure table from what happened to notices. What an event does not say (a rate's
// amount, whether somebody has asked for a second person) comes beside it from the command that recorded it.
import type { Envelope } from '@habitat/events';
import {
  actDone,
  allocationProposed,
  contributionApplied,
  contributionClarification,
  contributionDisputed,
  contributionPeersEnded,
  contributionRejected,
  contributionResolved,
  contributionSigned,
  contributionSubmitted,
  contributionValued,
  distributionPaid,
  distributionScheduled,
  distributionVoided,
  erasureRequested,
  payoutAccountChanged,
  readPayload,
  requestDeclined,
  requestExpired,
  requestReminded,
  statementReady,
} from '@habitat/events';
import type { Act, Role } from '@habitat/kernel';
import { grantOf } from '@habitat/kernel';
import type { Audience, Notice, NoticeFacts } from './notice.ts';
import type { NoticeKind } from './kind.ts';

/** The types that make notices. */
export const noticedTypes: readonly string[] = [
  contributionSubmitted,
  contributionClarification,
  contributionSigned,
  contributionPeersEnded,
  contributionValued,
  contributionApplied,
  contributionRejected,
  contributionDisputed,
  contributionResolved,
  allocationProposed,
  distributionScheduled,
  distributionPaid,
  distributionVoided,
  statementReady,
  erasureRequested,
  requestReminded,
  requestDeclined,
  requestExpired,
  payoutAccountChanged,
  actDone,
].map(({ type }) => type);

type Told = {
  kind: NoticeKind;
  audience: Audience;
  subjectId: string | null;
  facts?: NoticeFacts;
  /** Null where whoever did it is told as well. */
  byMemberId?: null;
};

const member = (memberId: string): Audience => ({ to: 'members', memberIds: [memberId] });

/** Roles whose holders may be the second person of an act. */
function secondsOf(act: Act): readonly Role[] {
  const grant = grantOf(act);
  return grant.second ?? grant.who;
}

/** Commands that leave something waiting for a second person whenever the log tells of them as done. */
const WAITING: Readonly<Record<string, Act>> = {
  postTransaction: 'transaction.post',
  reverseTransaction: 'transaction.reverse',
  correctTransaction: 'transaction.reverse',
  lockPeriod: 'period.lock',
  requestReopen: 'period.reopen',
  calculateDistribution: 'distribution.calculate',
  overrideValuation: 'valuation.override',
  requestErasure: 'member.erase',
};

/** Commands that do so when their answer said that it waits. */
const WAITING_IF_TOLD: Readonly<Record<string, Act>> = {
  setWeights: 'weight.set',
  setPolicies: 'policy.manage',
  proposeTerms: 'weight.set',
  setJournalThreshold: 'policy.manage',
  setValuationRule: 'rate.set',
  setApprovalPolicy: 'policy.manage',
  setAutoApprovalRule: 'policy.manage',
};

/** Commands told of as waiting by an event of their own. */
const WAITING_BY_EVENT: Readonly<Record<string, Act>> = { proposeAllocation: 'allocation.propose' };

/** Terms are signed by a board member too, who may set none. */
const BY_THE_BOARD_TOO: readonly string[] = ['setWeights', 'setPolicies', 'proposeTerms'];

/** Roles whose holders may be the second person of what this command asked for; nobody's for one that asks for none. */
export function rolesThatSecond(command: string): readonly Role[] {
  const act = WAITING[command] ?? WAITING_IF_TOLD[command] ?? WAITING_BY_EVENT[command];
  if (act === undefined) return [];
  return BY_THE_BOARD_TOO.includes(command) ? [...secondsOf(act), 'board_member'] : secondsOf(act);
}

const SECURITY: readonly string[] = ['assignRole', 'revokeRole', 'makeResetLink'];

interface Numbered {
  readonly number: number;
  readonly category: string;
}

const reference = ({ number, category }: Numbered): NoticeFacts => ({ number: String(number), category });

/** What became of a contribution, told to whose it is. */
function toAuthor(event: Envelope): Told | null {
  const told = (
    kind: NoticeKind,
    facts: Numbered & { readonly memberId: string; readonly contributionId: string },
    more: NoticeFacts = {},
  ): Told => ({
    kind,
    audience: member(facts.memberId),
    subjectId: facts.contributionId,
    facts: { ...reference(facts), ...more },
  });
  switch (event.type) {
    case contributionClarification.type:
      return told('contribution_question', readPayload(contributionClarification, event));
    case contributionValued.type: {
      const facts = readPayload(contributionValued, event);
      const kind = facts.adjusted === true ? 'contribution_adjusted' : 'contribution_approved';
      return told(kind, facts, { amountMinor: String(facts.valueMinor) });
    }
    case contributionApplied.type: {
      const facts = readPayload(contributionApplied, event);
      return told('contribution_posted', facts, { amountMinor: String(facts.valueMinor) });
    }
    case contributionRejected.type: {
      const facts = readPayload(contributionRejected, event);
      const { reason, silentUntil } = facts;
      const more = silentUntil === undefined ? { reason } : { what: 'silent', day: silentUntil };
      return told('contribution_rejected', facts, more);
    }
    case contributionResolved.type: {
      const facts = readPayload(contributionResolved, event);
      const { valueMinor, reason } = facts;
      return told('dispute_settled', facts, { amountMinor: String(valueMinor), reason });
    }
    default:
      return null;
  }
}

/** What waits for a decision, told to those who may take it. */
function toReviewers(event: Envelope): Told | null {
  const waiting = (
    kind: NoticeKind,
    facts: Numbered & { readonly memberId: string; readonly contributionId: string },
    more: NoticeFacts = {},
  ): Told => ({
    kind,
    audience: { to: 'deciders', contributionId: facts.contributionId },
    subjectId: facts.contributionId,
    facts: { ...reference(facts), ownerId: facts.memberId, ...more },
  });
  switch (event.type) {
    case contributionSubmitted.type:
      return waiting('contribution_submitted', readPayload(contributionSubmitted, event));
    case contributionClarification.type: {
      const facts = readPayload(contributionClarification, event);
      return facts.open ? null : waiting('contribution_answered', facts);
    }
    case contributionSigned.type:
      return waiting('second_person', readPayload(contributionSigned, event), { what: 'contribution' });
    case contributionPeersEnded.type: {
      const facts = readPayload(contributionPeersEnded, event);
      if (facts.next !== 'reviewers') return null;
      return waiting('contribution_escalated', facts, { what: facts.outcome });
    }
    case contributionDisputed.type: {
      const facts = readPayload(contributionDisputed, event);
      const roles = [...grantOf('contribution.resolve_dispute').who, 'administrator'] as const;
      return {
        ...waiting('contribution_disputed', facts, { reason: facts.reason }),
        audience: { to: 'roles', roles },
      };
    }
    default:
      return null;
  }
}

function ofSurplus(event: Envelope): Told | null {
  switch (event.type) {
    case allocationProposed.type:
      return {
        kind: 'second_person',
        audience: { to: 'roles', roles: secondsOf('allocation.propose') },
        subjectId: readPayload(allocationProposed, event).periodId,
        facts: { what: 'allocation' },
      };
    case distributionScheduled.type: {
      const { memberId, amountMinor, payOn, distributionId } = readPayload(distributionScheduled, event);
      return {
        kind: 'distribution_scheduled',
        audience: member(memberId),
        subjectId: distributionId,
        facts: { amountMinor: String(amountMinor), day: payOn },
      };
    }
    case distributionPaid.type: {
      const { memberId, amountMinor, effectiveOn, distributionId } = readPayload(distributionPaid, event);
      return {
        kind: 'distribution_paid',
        audience: member(memberId),
        subjectId: distributionId,
        facts: { amountMinor: String(amountMinor), day: effectiveOn },
      };
    }
    case distributionVoided.type: {
      const { memberId, amountMinor, reason, distributionId } = readPayload(distributionVoided, event);
      return {
        kind: 'distribution_failed',
        audience: member(memberId),
        subjectId: distributionId,
        facts: { amountMinor: String(amountMinor), reason },
      };
    }
    case statementReady.type: {
      const { memberId, statementId } = readPayload(statementReady, event);
      return { kind: 'statement_ready', audience: member(memberId), subjectId: statementId };
    }
    default:
      return null;
  }
}

/** An act no event of its own tells: what waits for a second person, a rate in notice, who got which role. */
function ofAct(event: Envelope, command: string | null): Told | null {
  const { subjects, waits = false } = readPayload(actDone, event);
  if (command === null) return null;
  const [subjectId = null] = Object.values(subjects);
  const act = WAITING[command] ?? (waits ? WAITING_IF_TOLD[command] : undefined);
  if (act !== undefined)
    return {
      kind: 'second_person',
      audience: { to: 'roles', roles: rolesThatSecond(command) },
      subjectId,
      facts: { what: command },
    };
  if (command === 'commentOnContribution' && subjects['contributionId'] !== undefined) {
    const { contributionId } = subjects;
    return {
      kind: 'contribution_remark',
      audience: { to: 'thread', contributionId },
      subjectId: contributionId,
    };
  }
  if (command === 'setValuationRule' || command === 'confirmValuationRule')
    return { kind: 'rate_change', audience: { to: 'roles', roles: ['member', 'contributor'] }, subjectId };
  if (SECURITY.includes(command))
    return {
      kind: 'security',
      audience: { to: 'roles', roles: ['administrator'] },
      subjectId,
      facts: { what: command },
    };
  return null;
}

/** An erasure waits for a second person; whom it is about stands on the page. */
function ofErasure(event: Envelope): Told | null {
  if (event.type !== erasureRequested.type) return null;
  return {
    kind: 'second_person',
    audience: { to: 'roles', roles: secondsOf('member.erase') },
    subjectId: readPayload(erasureRequested, event).erasureId,
    facts: { what: 'erasure' },
  };
}

/** What its first notice said, where that is not the command. */
const SAID_AS: Readonly<Record<string, string>> = {
  requestErasure: 'erasure',
  proposeAllocation: 'allocation',
};

/** What was told when it was asked for is told once more. */
function ofReminder(event: Envelope): Told | null {
  if (event.type !== requestReminded.type) return null;
  const { requestId, asked, contribution } = readPayload(requestReminded, event);
  if (contribution !== undefined) {
    const { memberId: ownerId, since: day, signed } = contribution;
    return {
      kind: signed ? 'second_person' : 'contribution_stale',
      audience: { to: 'deciders', contributionId: requestId },
      subjectId: requestId,
      facts: { ...reference(contribution), ownerId, day, ...(signed ? { what: 'contribution' } : {}) },
    };
  }
  return {
    kind: 'second_person',
    audience: { to: 'roles', roles: rolesThatSecond(asked) },
    subjectId: requestId,
    facts: { what: SAID_AS[asked] ?? asked },
  };
}

/** A no is told to whoever asked, with its reason. */
function ofDecline(event: Envelope): Told | null {
  if (event.type !== requestDeclined.type) return null;
  const { requestId, asked, memberId, aboutMemberId, reason } = readPayload(requestDeclined, event);
  return {
    kind: 'request_declined',
    audience: member(memberId),
    subjectId: requestId,
    facts: { what: asked, reason, ownerId: aboutMemberId },
  };
}

/** Told to whoever asked, also when they ask anew, and to those who might have been the second person. */
function ofExpiry(event: Envelope): Told | null {
  if (event.type !== requestExpired.type) return null;
  const { requestId, asked, memberId, expiredOn } = readPayload(requestExpired, event);
  return {
    kind: 'second_person',
    audience: { to: 'roles', roles: rolesThatSecond(asked), memberIds: memberId === null ? [] : [memberId] },
    subjectId: requestId,
    facts: { what: 'expired', day: expiredOn, ...(memberId === null ? {} : { ownerId: memberId }) },
    byMemberId: null,
  };
}

/** Told to the member although they did it: whoever did it in their name would not say so. */
function ofPayoutAccount(event: Envelope): Told | null {
  if (event.type !== payoutAccountChanged.type) return null;
  const { memberId, change } = readPayload(payoutAccountChanged, event);
  return {
    kind: 'payout_account',
    audience: member(memberId),
    subjectId: null,
    facts: { what: change },
    byMemberId: null,
  };
}

/** The notice an event makes, or null. `command` is what recorded it, for an act no other event tells. */
export function noticeOf(event: Envelope, command: string | null): Notice | null {
  const told =
    toReviewers(event) ??
    toAuthor(event) ??
    ofSurplus(event) ??
    ofErasure(event) ??
    ofReminder(event) ??
    ofDecline(event) ??
    ofExpiry(event) ??
    ofPayoutAccount(event) ??
    (event.type === actDone.type ? ofAct(event, command) : null);
  if (told === null) return null;
  return {
    facts: {},
    byMemberId: event.actor.memberId,
    ...told,
    source: event.id,
    at: new Date(event.recordedAt),
  };
}
