// Agreements' event handlers: its copies of others' facts, and the ledger's answers to closes and payments.
import { agreementsSubscriptions } from '@habitat/agreements';
import type { EventHandler, Projection } from '@habitat/messaging';

export const agreementsHandlers: readonly EventHandler[] = agreementsSubscriptions.map(
  ({ name, types, handle }) => ({
    name,
    context: 'agreements',
    types,
    handle,
  }),
);

/** Copies that can be made again from the log and compared. A new cooperative's default terms are no copy. */
export const agreementsProjections: readonly Projection[] = agreementsSubscriptions.flatMap(
  ({ name, copies }) => {
    const handler = agreementsHandlers.find((one) => one.name === name);
    return copies.length === 0 || handler === undefined
      ? []
      : [{ name, tables: copies, handlers: [handler] }];
  },
);
