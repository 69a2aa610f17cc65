// Documents of the approval queue: the list with the open item in the same request, and the four decisions.
import type { ResultOf } from '../../lib/api/graphql.ts';
import { graphql } from '../../lib/api/graphql.ts';
import { reminderFields } from '../reminder/reminder.documents.ts';

const queueRow = graphql(`
  fragment QueueRow on Contribution {
    id
    number
    kind
    category
    quantity
    unit
    description
    value
    ageDays
    stale
    mine
    status
    viewerMay
    signaturesNeeded
    signatures {
      at
      role
      by {
        id
        displayName
      }
    }
    member {
      displayName
    }
  }
`);

const decision = graphql(
  `
    fragment Decision on Contribution {
      id
      number
      kind
      category
      quantity
      originalQuantity
      unit
      workedOn
      description
      status
      value
      weight
      counts
      costBasis
      viewerMay
      cannotBecause
      reminder {
        ...ReminderFields
      }
      turn {
        because
        seats {
          standing
          member {
            displayName
          }
        }
      }
      mine
      late
      signaturesNeeded
      signatures {
        at
        role
        by {
          displayName
        }
      }
      member {
        id
        displayName
      }
      evidence {
        label
        url
      }
      evidenceFiles {
        id
        name
        sizeBytes
      }
      posting {
        accountCode
        accountName
        book
        tax
      }
      comments {
        at
        text
        by {
          displayName
        }
      }
      memberYear {
        approvedAsLogged
        adjusted
        rejected
        inKind
        inKindValue
        recent {
          id
          workedOn
          description
          value
          quantity
          originalQuantity
          unit
          kind
        }
      }
      history {
        at
        act
        by {
          id
          displayName
        }
      }
    }
  `,
  [reminderFields],
);

/** The queue, and the item that is open: the one chosen, or the first of the page. */
export const approvalQueueDocument = graphql(
  `
    query ApprovalQueue(
      $after: String
      $item: ID!
      $chosen: Boolean!
      $search: String
      $kind: ContributionKind
      $category: String
      $valueFrom: Money
      $staleOnly: Boolean
    ) {
      me {
        displayName
        roles
        acts
        member {
          id
        }
      }
      cooperative {
        currency
        timeZone
      }
      approvalPolicy {
        staleDays
        twoApproversFrom
        inKindTwoApproversFrom
      }
      approvalQueue(
        first: 50
        after: $after
        search: $search
        kind: $kind
        category: $category
        valueFrom: $valueFrom
        staleOnly: $staleOnly
      ) {
        totalCount
        staleCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...QueueRow
          }
        }
        head @skip(if: $chosen) {
          ...Decision
        }
      }
      contribution(id: $item) @include(if: $chosen) {
        ...Decision
      }
    }
  `,
  [queueRow, decision],
);

export const approveDocument = graphql(`
  mutation Approve($input: ApproveContributionInput!) {
    approveContribution(input: $input) {
      contribution {
        number
        status
        signaturesNeeded
        signatures {
          at
        }
      }
    }
  }
`);

export const adjustDocument = graphql(`
  mutation Adjust($input: AdjustContributionInput!) {
    adjustContribution(input: $input) {
      contribution {
        number
      }
    }
  }
`);

export const askDocument = graphql(`
  mutation AskAbout($input: AskAboutContributionInput!) {
    askAboutContribution(input: $input) {
      contribution {
        number
      }
    }
  }
`);

export const rejectDocument = graphql(`
  mutation Reject($input: RejectContributionInput!) {
    rejectContribution(input: $input) {
      contribution {
        number
      }
    }
  }
`);

export const bulkApproveDocument = graphql(`
  mutation BulkApprove($input: ApproveContributionsInput!) {
    approveContributions(input: $input) {
      results {
        ok
        reason
        contribution {
          id
          number
        }
      }
    }
  }
`);

export type Queue = ResultOf<typeof approvalQueueDocument>;
export type QueueRow = Queue['approvalQueue']['edges'][number]['node'];
export type Decision = ResultOf<typeof decision>;
