// What a context hands to the delivery: plain functions that turn another context's events into effects of
// its own, each under a name that the inbox remembers, so that an event takes effect once per handler.
import type { Transaction } from '@habitat/database';
import type { ContextName, Envelope } from '@habitat/events';

/**
 * One handler of a consuming context.
 *
 * `handle` gets fresh events of one cooperative, in the order they were recorded, inside one transaction under the
 * context's role; the inbox rows are part of it, and so is what `tx.append` records. It should be set-based. When it
 * throws, the batch is rolled back and tried event by event, then with growing delays, then given up to the dead
 * letters. A business refusal is not a throw: record it as an event.
 */
export interface EventHandler {
  /** "<context>.<what it does>", e.g. "treasury.post-contributions"; never renamed, the inbox knows it. */
  readonly name: string;
  /** The consuming context: its role runs the transaction. */
  readonly context: ContextName;
  /** Full event types; a handler may rely on order only among events of one aggregate. */
  readonly types: readonly string[];
  handle(tx: Transaction, events: readonly Envelope[]): Promise<void>;
}

/** Handlers by consuming context, in the order they were registered; refuses doubled names and foreign ones. */
export function groupHandlers(
  handlers: readonly EventHandler[],
): ReadonlyMap<ContextName, readonly EventHandler[]> {
  const names = new Set<string>();
  const groups = new Map<ContextName, EventHandler[]>();
  for (const handler of handlers) {
    if (names.has(handler.name)) throw new Error(`two handlers are named ${handler.name}`);
    if (!handler.name.startsWith(`${handler.context}.`)) {
      throw new Error(`handler ${handler.name} must be named after its context ${handler.context}`);
    }
    if (handler.types.length === 0) throw new Error(`handler ${handler.name} handles no event type`);
    names.add(handler.name);
    groups.set(handler.context, [...(groups.get(handler.context) ?? []), handler]);
  }
  return groups;
}
