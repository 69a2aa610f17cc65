// Turns what happened to a contribution into the events other contexts live on.
import type { Transaction } from '@habitat/database';
import type { NewEvent } from '@habitat/events';
import {
  contributionApplied,
  contributionClarification,
  contributionDisputed,
  contributionPeersEnded,
  contributionPeerVoted,
  contributionRejected,
  contributionResolved,
  contributionSigned,
  contributionSubmitted,
  contributionValued,
  contributionWithdrawn,
  newEvent,
} from '@habitat/events';
import { formatQuantity } from '../valuation/quantity.ts';
import type { Announcement, Change, Contribution } from './contribution.ts';

function referenceOf(contribution: Contribution) {
  const { contributionId, number, memberId, kind, category, workedOn } = contribution;
  return { contributionId, number, memberId, kind, category, workedOn };
}

function valuedFactsOf(contribution: Contribution) {
  if (contribution.valueMinor === null || contribution.taxMinor === null) {
    throw new Error(`contribution ${contribution.contributionId} is announced as valued without a value`);
  }
  return {
    ...referenceOf(contribution),
    quantity: formatQuantity(contribution.quantity),
    unit: contribution.quantity.unit,
    valueMinor: contribution.valueMinor,
    taxMinor: contribution.taxMinor,
    treatment: contribution.treatment,
    patronageCategory: contribution.patronageCategory,
    description: '',
  };
}

function eventOf(contribution: Contribution, announcement: Announcement): NewEvent {
  const id = contribution.contributionId;
  const reference = referenceOf(contribution);
  switch (announcement.type) {
    case 'submitted':
      return newEvent(contributionSubmitted, id, { ...reference, valueMinor: contribution.valueMinor ?? 0n });
    case 'clarification':
      return newEvent(contributionClarification, id, { ...reference, open: announcement.open });
    case 'signed': {
      const { signatures, signaturesNeeded } = announcement;
      return newEvent(contributionSigned, id, { ...reference, signatures, signaturesNeeded });
    }
    case 'peer_voted': {
      const { verdict, validated, needed } = announcement;
      return newEvent(contributionPeerVoted, id, { ...reference, verdict, validated, needed });
    }
    case 'peers_ended': {
      const { outcome, next } = announcement;
      return newEvent(contributionPeersEnded, id, { ...reference, outcome, next });
    }
    case 'valued':
      return newEvent(contributionValued, id, {
        ...valuedFactsOf(contribution),
        ...(contribution.originalQuantity === null ? {} : { adjusted: true }),
      });
    case 'applied':
      return newEvent(contributionApplied, id, valuedFactsOf(contribution));
    case 'rejected':
      return newEvent(contributionRejected, id, {
        ...reference,
        reason: announcement.reason,
        ...(announcement.silentUntil === undefined ? {} : { silentUntil: announcement.silentUntil }),
      });
    case 'withdrawn':
      return newEvent(contributionWithdrawn, id, reference);
    case 'disputed':
      return newEvent(contributionDisputed, id, { ...reference, reason: announcement.reason });
    case 'resolved':
      return newEvent(contributionResolved, id, {
        ...valuedFactsOf(contribution),
        previousValueMinor: announcement.previousValueMinor,
        previousTaxMinor: announcement.previousTaxMinor,
        reason: announcement.reason,
      });
  }
}

/** Tells by which versions of the rules the steps of a change were judged: each step keeps them among its facts. */
function noteRules(tx: Transaction, { contribution, steps }: Change): void {
  for (const { facts, act } of steps) {
    if (facts['approvalPolicyVersion'] != null)
      tx.judgedBy('approval', String(facts['approvalPolicyVersion']));
    if (facts['autoRuleId'] != null)
      tx.judgedBy('auto_approval', String(facts['autoRuleId']), String(facts['autoRuleVersion']));
    if (facts['contributionPolicyVersion'] != null)
      tx.judgedBy('contribution', String(facts['contributionPolicyVersion']));
    if (facts['servicesTaxVersion'] != null) tx.judgedBy('services_tax', String(facts['servicesTaxVersion']));
    const { ruleId, ruleVersion } = contribution;
    if ((act === 'submitted' || act === 'valued') && ruleId !== null && ruleVersion !== null)
      tx.judgedBy('valuation_rule', ruleId, ruleVersion);
  }
}

/** Records the events of changes that were just stored. */
export function announce(tx: Transaction, changes: readonly Change[]): void {
  for (const change of changes) {
    const { contribution, announcements } = change;
    noteRules(tx, change);
    tx.append(...announcements.map((announcement) => eventOf(contribution, announcement)));
  }
}
