// Whether those who are waited for may be told once more, and telling them.
import type { ResultOf } from '../../lib/api/graphql.ts';
import { graphql } from '../../lib/api/graphql.ts';

export const reminderFields = graphql(`
  fragment ReminderFields on Reminder {
    requestId
    own
    viewerMay
    remindedOn
    reachesNobody
  }
`);

export type Reminder = ResultOf<typeof reminderFields>;

export const remindDocument = graphql(`
  mutation RemindOfRequest($input: RemindOfRequestInput!) {
    remindOfRequest(input: $input) {
      reminded
    }
  }
`);
