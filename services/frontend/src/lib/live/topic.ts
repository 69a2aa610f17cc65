// What pages can hear of live, and how a piece of news looks on its way to a browser: which thing changed and who did it,
// never what is in it. The page asks again for what it shows, as its viewer may see it.
const liveTopics = [
  'contributionChanged',
  'approvalQueueChanged',
  'periodCloseChanged',
  'distributionChanged',
] as const;
export type LiveTopic = (typeof liveTopics)[number];

export type LiveNews = {
  topic: LiveTopic;
  /** Global id of what changed. */
  id: string;
  /** The event, e.g. people.contribution.valued. */
  type: string;
  /** Name of who did it, where that is told. */
  by: string | null;
  byYou: boolean;
};

function isLiveTopic(text: string): text is LiveTopic {
  return (liveTopics as readonly string[]).includes(text);
}

/** The topics named in an address; null when one of them is none, or none is named. */
export function topicsOf(text: string | null): LiveTopic[] | null {
  const named = [...new Set((text ?? '').split(',').filter(Boolean))];
  return named.length > 0 && named.every(isLiveTopic) ? named : null;
}

const ofContribution = 'contributionId type byYou by { displayName }';

export const liveDocuments: Readonly<Record<LiveTopic, string>> = {
  contributionChanged: `subscription { change: contributionChanged { ${ofContribution} } }`,
  approvalQueueChanged: `subscription { change: approvalQueueChanged { ${ofContribution} } }`,
  periodCloseChanged: 'subscription { change: periodCloseChanged { periodId type } }',
  distributionChanged: 'subscription { change: distributionChanged { distributionId type } }',
};

type Change = {
  type: string;
  contributionId?: string;
  periodId?: string;
  distributionId?: string;
  by?: { displayName: string } | null;
  byYou?: boolean;
};

/** One answer of a subscription as news; null when it carries none. */
export function newsOf(
  topic: LiveTopic,
  data: { change?: Change | null } | null | undefined,
): LiveNews | null {
  const change = data?.change;
  const id = change?.contributionId ?? change?.periodId ?? change?.distributionId;
  if (!change || !id) return null;
  return { topic, id, type: change.type, by: change.by?.displayName ?? null, byYou: change.byYou ?? false };
}
