// The handler that turns what happened into notices, once per event and person.
import type { Database } from '@habitat/database';
import type { EventHandler } from '@habitat/messaging';
import { giveNoticesOf, noticedTypes } from '@habitat/notifications';
import { addressNotices } from './addressing.ts';

/** The handlers that tell people what happened; who is to be told is read from this database. */
export function noticeHandlers(database: Database): readonly EventHandler[] {
  return [
    {
      name: 'platform.give-notices',
      context: 'platform',
      types: noticedTypes,
      async handle(tx, events) {
        await giveNoticesOf(tx, events, (...asked) => addressNotices(database, ...asked));
      },
    },
  ];
}
