// Where one stands in the queue, as an address: what of it is wanted, the page of it, the open item; and what comes next
// there: the one after, then the next page, and only at the very end what was passed over before. A decision never throws
// the reader back to the top.
import { parseMoney } from '@habitat/kernel';
import type { Kind } from '../contribution/kind.ts';
import { isKind } from '../contribution/kind.ts';

type Row = { readonly id: string; readonly number: number; readonly viewerMay?: readonly string[] };

export type QueueFilter = {
  readonly search: string | null;
  readonly kind: Kind | null;
  readonly category: string | null;
  /** Worth at least so much. */
  readonly from: string | null;
  /** "1": only what has waited too long. */
  readonly stale: '1' | null;
};

export type QueuePage = {
  readonly after: string | null;
  readonly endCursor: string | null;
  readonly filter: QueueFilter;
};

const everything: QueueFilter = { search: null, kind: null, category: null, from: null, stale: null };

/** Reads an address; what is not understood there is left out rather than refused. */
export function readQueueFilter(search: Readonly<Record<string, string | undefined>>): QueueFilter {
  const text = (name: string) => search[name]?.trim() || null;
  const kind = text('kind');
  const from = text('from')?.replaceAll(',', '') ?? null;
  return {
    search: text('search'),
    kind: kind !== null && isKind(kind) ? kind : null,
    category: text('category'),
    from: from !== null && parseMoney(from, 2).ok ? from : null,
    stale: text('stale') === '1' ? '1' : null,
  };
}

/** How many of its parts are set. */
export const filtersSet = (filter: QueueFilter): number =>
  Object.values(filter).filter((value) => value !== null).length;

/** The variables of the queue's document. */
export const variablesOf = ({ from, stale, ...filter }: QueueFilter) => ({
  ...filter,
  valueFrom: from,
  staleOnly: stale !== null,
});

type Place = { item?: string | null; after?: string | null; filter?: QueueFilter };

/** The queue with an item open, on the page of it that begins behind `after`. */
export function queueHref({ item, after, filter = everything }: Place): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, after, item })) if (value) query.set(name, value);
  return query.size > 0 ? `/approvals?${query.toString()}` : '/approvals';
}

/** False for one's own and what waits for somebody else: the desk passes over it, and the list keeps it. */
const isForViewer = ({ viewerMay }: Row) => viewerMay === undefined || viewerMay.includes('approve');

/**
 * What follows the open item and waits for the viewer. One that somebody else has decided is gone from the rows: then it
 * is the first that was logged after it.
 */
export function nextHref(rows: readonly Row[], open: Row, { after, endCursor, filter }: QueuePage): string {
  const at = rows.findIndex(({ id }) => id === open.id);
  const later = at < 0 ? rows.filter(({ number }) => number > open.number) : rows.slice(at + 1);
  const following = later.find(isForViewer);
  if (following) return queueHref({ item: following.id, after, filter });
  if (endCursor) return queueHref({ after: endCursor, filter });
  const others = rows.filter(({ id }) => id !== open.id);
  const passed = others.find(isForViewer) ?? others[0];
  return queueHref(passed ? { item: passed.id, after, filter } : { filter });
}
