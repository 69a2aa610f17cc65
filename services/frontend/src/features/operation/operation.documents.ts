// How the machinery is doing, for administrators.
import type { ResultOf } from '../../lib/api/graphql.ts';
import { graphql } from '../../lib/api/graphql.ts';

export const operationsDocument = graphql(`
  query Operations {
    me {
      acts
    }
    cooperative {
      timeZone
    }
    operations {
      lagSeconds
      undeliveredEvents
      deadLetters {
        id
        eventType
        handler
        attempts
        deadAt
      }
    }
  }
`);

export type Operations = ResultOf<typeof operationsDocument>['operations'];
