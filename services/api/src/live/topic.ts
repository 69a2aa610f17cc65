// What can be heard of live: which events change which thing. News names what changed and carries nothing of it; what
// may be seen of the thing itself is decided when it is loaded, as in any query.
import type { TailedEvent } from '@habitat/messaging';

export type Topic =
  'contributionChanged' | 'approvalQueueChanged' | 'periodCloseChanged' | 'distributionChanged';

export interface News {
  readonly topic: Topic;
  readonly cooperativeId: string;
  /** UUID of the contribution, period or distribution that changed. */
  readonly id: string;
  /** Type of the event, e.g. people.contribution.valued. */
  readonly type: string;
  readonly at: Date;
  /** The member it belongs to, where it belongs to one. */
  readonly ownerId: string | null;
  /** The member who did it; null when the system did. */
  readonly byMemberId: string | null;
}

const ofContribution = [
  'submitted',
  'clarification',
  'signed',
  'peer_voted',
  'peers_ended',
  'valued',
  'applied',
  'rejected',
  'withdrawn',
  'disputed',
  'resolved',
].map((what) => `people.contribution.${what}`);

// Applied is the ledger's doing: by then the item has left the queue.
const ofQueue = ofContribution.filter((type) => type !== 'people.contribution.applied');

const ofClose = [
  'agreements.period_close.cut_off',
  'agreements.period_close.income_statement_requested',
  'agreements.period_close.finalised',
  'agreements.period_close.abandoned',
  'agreements.period_close.reopen_approved',
  'agreements.allocation.proposed',
  'agreements.allocation.returned',
  'agreements.allocation.approved',
  'treasury.period.closing',
  'treasury.period.closed',
  'treasury.period.reopened',
  'treasury.income_statement.prepared',
  'treasury.allocation.credited',
  'treasury.allocation.refused',
];

const ofDistribution = [
  'agreements.distribution.approved',
  'agreements.distribution.scheduled',
  'agreements.distribution.paid',
  'agreements.distribution.voided',
];

/** Each topic's events and the payload field that names what changed. */
const sources: Readonly<Record<Topic, { readonly types: readonly string[]; readonly idField: string }>> = {
  contributionChanged: { types: ofContribution, idField: 'contributionId' },
  approvalQueueChanged: { types: ofQueue, idField: 'contributionId' },
  periodCloseChanged: { types: ofClose, idField: 'periodId' },
  distributionChanged: { types: ofDistribution, idField: 'distributionId' },
};

export const TOPICS = Object.keys(sources) as readonly Topic[];

/** Every event type that is news for somebody. */
export const newsTypes: readonly string[] = [...new Set(TOPICS.flatMap((topic) => sources[topic].types))];

/** The payload fields `newsOf` reads. */
export const newsFacts: readonly string[] = [
  'memberId',
  ...new Set(TOPICS.map((topic) => sources[topic].idField)),
];

/** The news in an event, one per topic it belongs to; none when it does not say what changed. */
export function newsOf(event: TailedEvent): News[] {
  return TOPICS.flatMap((topic): News[] => {
    const { types, idField } = sources[topic];
    const id = event.facts[idField];
    if (!types.includes(event.type) || id == null) return [];
    return [
      {
        topic,
        cooperativeId: event.cooperativeId,
        id,
        type: event.type,
        at: event.recordedAt,
        ownerId: event.facts['memberId'] ?? null,
        byMemberId: event.actorMemberId,
      },
    ];
  });
}
