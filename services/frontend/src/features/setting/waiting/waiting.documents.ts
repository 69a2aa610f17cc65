// What waits for a second person, and a no to it.
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { graphql } from '../../../lib/api/graphql.ts';
import { reminderFields } from '../../reminder/reminder.documents.ts';

export const waitingDocument = graphql(
  `
    query Waiting {
      me {
        acts
      }
      cooperative {
        today
        timeZone
      }
      approvalPolicy {
        secondPersonDays
      }
      waitingRequests {
        id
        act
        reason
        by {
          displayName
        }
        requestedAt
        expiresAt
        contributionId
        member {
          displayName
        }
        viewerMayDecline
        reminder {
          ...ReminderFields
        }
        own
      }
    }
  `,
  [reminderFields],
);

export type WaitingRoom = ResultOf<typeof waitingDocument>;
export type WaitingRequest = WaitingRoom['waitingRequests'][number];

export const declineWaitingDocument = graphql(`
  mutation DeclineWaiting($input: DeclineWaitingRequestInput!) {
    declineWaitingRequest(input: $input) {
      declined
    }
  }
`);
