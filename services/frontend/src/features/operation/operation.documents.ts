// How the machinery is doing, for administrators, and asking for another try of what got stuck.
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
      handlers {
        handler
        pendingEvents
        lagSeconds
      }
      schedules {
        name
        outcome
        finishedAt
      }
      deadLetters(includeRedriven: true) {
        id
        eventType
        handler
        attempts
        firstFailedAt
        deadAt
        redrivenAt
        redrive {
          state
          requestedAt
          requestedBy {
            displayName
          }
        }
      }
    }
  }
`);

export type Operations = ResultOf<typeof operationsDocument>['operations'];

export const redriveDocument = graphql(`
  mutation RedriveDeadLetter($input: RedriveDeadLetterInput!) {
    redriveDeadLetter(input: $input) {
      deadLetter {
        id
      }
    }
  }
`);
