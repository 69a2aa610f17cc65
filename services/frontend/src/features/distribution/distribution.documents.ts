// Payments to members: the list, and each act from calculation to money paid.
import type { ResultOf } from '../../lib/api/graphql.ts';
import { graphql } from '../../lib/api/graphql.ts';

export const distributionsDocument = graphql(`
  query Distributions($after: String) {
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
    distributions(first: 20, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
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
          }
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
export type Distribution = DistributionsPage['distributions']['edges'][number]['node'];
export type DistributionLine = Distribution['lines'][number];
