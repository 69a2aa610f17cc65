// What a receiver can be told of: a public name for each event that somebody outside may act on. A message names what it is
// about by id and says nothing else of it: whoever wants to know asks the API with a key, under that key's permissions.
import type { Envelope, EventContract } from '@habitat/events';
import {
  allocationApproved,
  allocationProposed,
  allocationReturned,
  contributionApplied,
  contributionClarification,
  contributionDisputed,
  contributionRejected,
  contributionResolved,
  contributionSigned,
  contributionSubmitted,
  contributionValued,
  contributionWithdrawn,
  distributionApproved,
  distributionPaid,
  distributionScheduled,
  distributionVoided,
  memberChanged,
  memberErased,
  memberJoined,
  periodClosed,
  periodClosing,
  periodLocked,
  periodOpened,
  periodReopened,
  statementReady,
  transactionPosted,
} from '@habitat/events';

const EVENT_OF_KIND = {
  'member.joined': memberJoined,
  'member.changed': memberChanged,
  // Whoever was told of a person erases them as well (GDPR art. 19).
  'member.erased': memberErased,
  'contribution.submitted': contributionSubmitted,
  'contribution.questioned': contributionClarification,
  'contribution.signed': contributionSigned,
  'contribution.approved': contributionValued,
  'contribution.posted': contributionApplied,
  'contribution.rejected': contributionRejected,
  'contribution.withdrawn': contributionWithdrawn,
  'contribution.disputed': contributionDisputed,
  'contribution.resolved': contributionResolved,
  'transaction.posted': transactionPosted,
  'period.opened': periodOpened,
  'period.closing': periodClosing,
  'period.closed': periodClosed,
  'period.locked': periodLocked,
  'period.reopened': periodReopened,
  'allocation.proposed': allocationProposed,
  'allocation.returned': allocationReturned,
  'allocation.approved': allocationApproved,
  'distribution.approved': distributionApproved,
  'distribution.scheduled': distributionScheduled,
  'distribution.paid': distributionPaid,
  'distribution.voided': distributionVoided,
  'statement.ready': statementReady,
} as const satisfies Readonly<Record<string, EventContract>>;

export type WebhookKind = keyof typeof EVENT_OF_KIND;

/** Every kind, in the order people are asked about them. */
export const webhookKinds = Object.keys(EVENT_OF_KIND) as readonly WebhookKind[];

export function isWebhookKind(text: string): text is WebhookKind {
  return Object.hasOwn(EVENT_OF_KIND, text);
}

/** The kind of a test somebody asks for; nobody chooses it. */
const TEST_KIND = 'webhook.test';

const KIND_OF_TYPE: ReadonlyMap<string, WebhookKind> = new Map(
  webhookKinds.map((kind) => [EVENT_OF_KIND[kind].type, kind]),
);

/** The event types that make messages. */
export const webhookEventTypes: readonly string[] = [...KIND_OF_TYPE.keys()];

/** Ids in events that the API knows things by, with what it calls those things. */
const NODE_OF_ID: Readonly<Record<string, string>> = {
  contributionId: 'Contribution',
  distributionId: 'Distribution',
  memberId: 'Member',
  periodId: 'Period',
  statementId: 'Statement',
  transactionId: 'Transaction',
};

export interface WebhookMessage {
  readonly kind: string;
  /** JSON, as it is signed and sent. */
  readonly body: string;
}

/** The message an event makes; null when nobody outside is told of it. */
export function messageOf(event: Pick<Envelope, 'type' | 'recordedAt' | 'payload'>): WebhookMessage | null {
  const kind = KIND_OF_TYPE.get(event.type);
  if (kind === undefined) return null;
  const ids = Object.entries(NODE_OF_ID).flatMap(([name, node]) => {
    const id = event.payload[name];
    return typeof id === 'string' ? [[name, Buffer.from(`${node}:${id}`).toString('base64url')]] : [];
  });
  return written(kind, event.recordedAt, Object.fromEntries(ids) as Readonly<Record<string, string>>);
}

/** What is sent when somebody tries an address out. */
export function testMessage(now: Date): WebhookMessage {
  return written(TEST_KIND, now.toISOString(), {});
}

function written(kind: string, timestamp: string, data: Readonly<Record<string, string>>): WebhookMessage {
  return { kind, body: JSON.stringify({ type: kind, timestamp, data }) };
}
