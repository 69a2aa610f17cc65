// Walks a chain of audit entries and stops at the first that is not as it was sealed.
import type { SealedEntry } from './entry.ts';
import { GENESIS, hashOf } from './entry.ts';

/** A place in a chain, known from elsewhere: an earlier export, a backup's manifest, a note on paper. */
export interface Anchor {
  readonly sequence: number;
  readonly hash: string;
}

/** Where a chain breaks, and how. The first fault found is the only one told: behind it nothing can be trusted. */
export type ChainFault =
  /** The place is missing: the chain jumps to `found`, or ends (null) before it. */
  | { readonly code: 'ENTRY_MISSING'; readonly sequence: number; readonly found: number | null }
  /** Content, place or the hash before it differ from what was sealed. */
  | {
      readonly code: 'ENTRY_CHANGED';
      readonly sequence: number;
      readonly expected: string;
      readonly found: string;
    }
  /** The whole chain fits together, but not with what was known of it: it was written anew. */
  | {
      readonly code: 'ANCHOR_DIFFERS';
      readonly sequence: number;
      readonly expected: string;
      readonly found: string;
    };

/** Checks entries one after another, so that a long trail needs no memory. */
export interface ChainWalk {
  /** The fault, or null while all is well; after a fault every further call tells it again. */
  next(sealed: SealedEntry): ChainFault | null;
  /** Call when no entry is left: an anchor beyond the end is a fault too. */
  end(): ChainFault | null;
  /** The last sound place. */
  head(): Anchor;
}

/** Begins a walk behind a place (the very beginning by default); anchors must lie behind it. */
export function walkChain(
  after: Anchor = { sequence: 0, hash: GENESIS },
  anchors: readonly Anchor[] = [],
): ChainWalk {
  let head = after;
  let fault: ChainFault | null = null;
  const known = new Map(anchors.map((anchor) => [anchor.sequence, anchor.hash]));

  function faultOf({ sequence, hash, entry }: SealedEntry): ChainFault | null {
    const expectedPlace = head.sequence + 1;
    if (sequence !== expectedPlace)
      return { code: 'ENTRY_MISSING', sequence: expectedPlace, found: sequence };
    const found = hashOf(sequence, head.hash, entry);
    if (found !== hash) return { code: 'ENTRY_CHANGED', sequence, expected: hash, found };
    const anchored = known.get(sequence);
    if (anchored !== undefined && anchored !== hash)
      return { code: 'ANCHOR_DIFFERS', sequence, expected: anchored, found: hash };
    return null;
  }

  return {
    next(sealed) {
      fault ??= faultOf(sealed);
      if (fault === null) head = { sequence: sealed.sequence, hash: sealed.hash };
      return fault;
    },
    end() {
      const beyond = [...known.keys()].find((sequence) => sequence > head.sequence);
      if (beyond !== undefined) fault ??= { code: 'ENTRY_MISSING', sequence: beyond, found: null };
      return fault;
    },
    head: () => head,
  };
}
