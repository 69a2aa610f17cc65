// Where one stands in the queue, as an address, and what comes next there: the one after, then the next page, and only at
// the very end what was passed over before. A decision never throws the reader back to the top.
type Row = { readonly id: string; readonly number: number };

export type QueuePage = { readonly after: string | null; readonly endCursor: string | null };

/** The queue with an item open, on the page of it that begins behind `after`. */
export function queueHref({ item, after }: { item?: string | null; after?: string | null }): string {
  const query = new URLSearchParams();
  if (after) query.set('after', after);
  if (item) query.set('item', item);
  return query.size > 0 ? `/approvals?${query.toString()}` : '/approvals';
}

/**
 * What follows the open item. One that somebody else has decided is gone from the rows: then it is the first that was
 * logged after it.
 */
export function nextHref(rows: readonly Row[], open: Row, { after, endCursor }: QueuePage): string {
  const at = rows.findIndex(({ id }) => id === open.id);
  const following = at < 0 ? rows.find(({ number }) => number > open.number) : rows[at + 1];
  if (following) return queueHref({ item: following.id, after });
  if (endCursor) return queueHref({ after: endCursor });
  const passed = rows.find(({ id }) => id !== open.id);
  return queueHref(passed ? { item: passed.id, after } : {});
}
