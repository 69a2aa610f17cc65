// Agreements' event handlers: its copies of others' facts, and the ledger's answers to closes and payments.
import { agreementsSubscriptions } from '@habitat/agreements';
import type { EventHandler } from '@habitat/messaging';

export const agreementsHandlers: readonly EventHandler[] = agreementsSubscriptions.map(({ name, types, handle }) => ({
  name,
  context: 'agreements',
  types,
  handle,
}));
