// Which partition an aggregate's events travel in: always the same one, so that their order survives any number
// of workers.

/** Fixed for the life of an installation: another number would let new events overtake queued ones. */
export const PARTITIONS = 8;

/** FNV-1a over the aggregate's id. */
export function partitionOf(aggregateId: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < aggregateId.length; place += 1) {
    hash = Math.imul(hash ^ aggregateId.charCodeAt(place), 0x01000193);
  }
  return (hash >>> 0) % PARTITIONS;
}
