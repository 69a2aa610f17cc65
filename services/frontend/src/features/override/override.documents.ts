// Another value for a contribution: asking for it, agreeing as the second person, saying no or taking it back.
import type { ResultOf } from '../../lib/api/graphql.ts';
import { graphql } from '../../lib/api/graphql.ts';
import { reminderFields } from '../reminder/reminder.documents.ts';

export const overrideOfContribution = graphql(
  `
    fragment OverrideOfContribution on Contribution {
      override {
        requestId
        value
        justification
        by {
          displayName
        }
        requestedAt
        expiresAt
        own
        viewerMayConfirm
        viewerMayDecline
        reminder {
          ...ReminderFields
        }
      }
    }
  `,
  [reminderFields],
);

export type OpenOverride = NonNullable<ResultOf<typeof overrideOfContribution>['override']>;

export const overrideDocument = graphql(`
  mutation OverrideValuation($input: OverrideValuationInput!) {
    overrideValuation(input: $input) {
      contribution {
        number
      }
    }
  }
`);

export const confirmOverrideDocument = graphql(`
  mutation ConfirmValuationOverride($input: ConfirmValuationOverrideInput!) {
    confirmValuationOverride(input: $input) {
      contribution {
        number
      }
    }
  }
`);

export const declineOverrideDocument = graphql(`
  mutation DeclineValuationOverride($input: DeclineWaitingRequestInput!) {
    declineWaitingRequest(input: $input) {
      declined
    }
  }
`);
