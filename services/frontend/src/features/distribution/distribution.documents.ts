// Payments to members: the list, and each act from calculation to money paid.
import type { ResultOf } from '../../lib/api/graphql.ts';
import { graphql } from '../../lib/api/graphql.ts';
import { reminderFields } from '../reminder/reminder.documents.ts';

const distributionFields = graphql(
  `
    fragment DistributionFields on Distribution {
      id
      number
      basis
      status
      total
      payOn
      calculatedAt
      cashNow
      cashAfter
      reserve
      blockedReason
      viewerMay
      reminder {
        ...ReminderFields
      }
      period {
        id
        name
      }
      calculatedBy {
        displayName
      }
      signatures {
        at
        role
        by {
          displayName
        }
      }
      lines {
        id
        amount
        status
        reason
        paidOn
        reference
        member {
          displayName
        }
        maskedPayoutAccount {
          kind
          bankName
          ending
        }
        payoutAccount @include(if: $full) {
          holder
          bankName
          iban
          routingNumber
          accountNumber
        }
      }
    }
  `,
  [reminderFields],
);

/** The list, latest first, or one distribution alone; `full` shows accounts in full, which is put on record. */
export const distributionsDocument = graphql(
  `
    query Distributions($after: String, $open: ID!, $one: Boolean!, $full: Boolean!) {
      me {
        displayName
        acts
      }
      cooperative {
        currency
        timeZone
        today
      }
      periods {
        id
        name
        status
        from
        to
      }
      distribution(id: $open) @include(if: $one) {
        ...DistributionFields
      }
      distributions(first: 20, after: $after) @skip(if: $one) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...DistributionFields
          }
        }
      }
    }
  `,
  [distributionFields],
);

export const paymentFileDocument = graphql(`
  query PaymentFile($id: ID!) {
    me {
      acts
    }
    cooperative {
      slug
      currency
      today
    }
    distribution(id: $id) {
      number
      lines {
        amount
        status
        payOn
        member {
          displayName
          number
        }
        payoutAccount {
          holder
          bankName
          iban
          routingNumber
          accountNumber
        }
      }
    }
  }
`);

export const calculateDistributionDocument = graphql(`
  mutation CalculateDistribution($input: CalculateDistributionInput!) {
    calculateDistribution(input: $input) {
      distribution {
        id
        number
      }
    }
  }
`);
export const approveDistributionDocument = graphql(`
  mutation ApproveDistribution($input: ApproveDistributionInput!) {
    approveDistribution(input: $input) {
      distribution {
        number
      }
    }
  }
`);
export const scheduleDistributionDocument = graphql(`
  mutation ScheduleDistribution($input: ScheduleDistributionInput!) {
    scheduleDistribution(input: $input) {
      distribution {
        number
      }
    }
  }
`);
export const markPaidDocument = graphql(`
  mutation MarkPaid($input: MarkDistributionPaidInput!) {
    markDistributionPaid(input: $input) {
      distribution {
        number
      }
    }
  }
`);
export const markFailedDocument = graphql(`
  mutation MarkFailed($input: MarkDistributionFailedInput!) {
    markDistributionFailed(input: $input) {
      distribution {
        number
      }
    }
  }
`);
export const cancelDistributionDocument = graphql(`
  mutation CancelDistribution($input: CancelDistributionInput!) {
    cancelDistribution(input: $input) {
      distribution {
        number
      }
    }
  }
`);

export type DistributionsPage = ResultOf<typeof distributionsDocument>;
export type Distribution = ResultOf<typeof distributionFields>;
export type DistributionLine = Distribution['lines'][number];
