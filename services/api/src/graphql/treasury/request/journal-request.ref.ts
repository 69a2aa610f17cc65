// Reference to requests that wait for, or had, a second person.
import type { JournalRequest } from '@habitat/treasury';
import { findRequests } from '@habitat/treasury';
import { defineEntity } from '../../entity.ts';

export const JournalRequestRef = defineEntity<JournalRequest>('JournalRequest', {
  idOf: (request) => request.id,
  load: (ids, context) => findRequests(context.database, context.cooperativeId(), ids),
});
