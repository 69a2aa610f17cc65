// Documents of a member's own contributions: the form, the list, one of them.
import type { ResultOf } from '../../lib/api/graphql.ts';
import { graphql } from '../../lib/api/graphql.ts';
import { peersOfContribution } from '../peer/peer.documents.ts';
import { overrideOfContribution } from '../override/override.documents.ts';
import { reminderFields } from '../reminder/reminder.documents.ts';

const logFormParts = graphql(`
  fragment LogFormParts on Query {
    me {
      member {
        id
      }
      preferences {
        defaultKind
      }
    }
    cooperative {
      currency
      currencyDigits
      today
    }
    currentPeriod {
      name
      from
      to
    }
    contributionOptions {
      kinds {
        kind
        unit
        treatment
        categories {
          category
          rate
          method
        }
      }
      lastKind
      lastCategory
      last {
        kind
        category
        quantity
        unit
        description
      }
    }
  }
`);

export const logFormDocument = graphql(
  `
    query LogForm {
      ...LogFormParts
    }
  `,
  [logFormParts],
);

const previewFields = graphql(`
  fragment PreviewFields on ContributionPreview {
    quantity
    unit
    rate
    ruleId
    ruleVersion
    ruleLabel
    weight
    value
    counts
    book
    tax
    period {
      name
    }
    peersNeeded
    decidedBy {
      displayName
    }
    withinDays
    needsSignatures
    problem
  }
`);

export const previewDocument = graphql(
  `
    query ContributionPreview($input: ContributionPreviewInput!) {
      contributionPreview(input: $input) {
        ...PreviewFields
      }
    }
  `,
  [previewFields],
);

const contributionCard = graphql(`
  fragment ContributionCard on Contribution {
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
    ageDays
    stale
    signaturesNeeded
    viewerMay
    late
    autoApproved
  }
`);

export const contributionListDocument = graphql(
  `
    query ContributionList(
      $memberId: ID
      $of: ID!
      $other: Boolean!
      $periodId: ID
      $status: [ContributionStatus!]
      $kind: ContributionKind
      $category: String
      $from: LocalDate
      $to: LocalDate
      $search: String
      $first: Int
      $after: String
    ) {
      me {
        acts
      }
      cooperative {
        currency
      }
      currentPeriod {
        id
        name
        from
      }
      periods {
        id
        name
        from
      }
      member(id: $of) @include(if: $other) {
        id
        displayName
      }
      contributions(
        memberId: $memberId
        periodId: $periodId
        status: $status
        kind: $kind
        category: $category
        from: $from
        to: $to
        search: $search
        first: $first
        after: $after
      ) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...ContributionCard
          }
        }
      }
    }
  `,
  [contributionCard],
);

const contributionDetail = graphql(
  `
    fragment ContributionDetail on Contribution {
      ...ContributionCard
      tax
      costBasis
      declaredValue
      treatment
      rate
      ruleId
      ruleVersion
      weight
      cannotBecause
      postingProblem
      transactionId
      mine
      member {
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
      ...PeersOfContribution
      ...OverrideOfContribution
      reminder {
        ...ReminderFields
      }
      signatures {
        at
        role
        by {
          displayName
        }
      }
      posting {
        accountCode
        accountName
        book
        tax
      }
      history {
        at
        act
        reason
        silentUntil
        by {
          displayName
        }
      }
      comments {
        at
        text
        by {
          displayName
        }
      }
    }
  `,
  [contributionCard, peersOfContribution, overrideOfContribution, reminderFields],
);

export const contributionDocument = graphql(
  `
    query ContributionPage($id: ID!) {
      me {
        acts
      }
      cooperative {
        currency
        timeZone
      }
      contribution(id: $id) {
        ...ContributionDetail
      }
    }
  `,
  [contributionDetail],
);

/** The log form filled with what was logged. */
export const editFormDocument = graphql(
  `
    query EditForm($id: ID!) {
      ...LogFormParts
      contribution(id: $id) {
        ...ContributionDetail
        preview {
          ...PreviewFields
        }
      }
    }
  `,
  [logFormParts, contributionDetail, previewFields],
);

export const logContributionDocument = graphql(`
  mutation LogContribution($input: LogContributionInput!) {
    logContribution(input: $input) {
      contribution {
        id
        number
        status
        value
        kind
        category
        quantity
        unit
      }
    }
  }
`);

export const editContributionDocument = graphql(`
  mutation EditContribution($input: EditContributionInput!) {
    editContribution(input: $input) {
      contribution {
        id
        number
        status
      }
    }
  }
`);

export const attachEvidenceDocument = graphql(`
  mutation AttachEvidence($input: AttachEvidenceInput!) {
    attachEvidence(input: $input) {
      contribution {
        number
      }
    }
  }
`);

export const submitContributionDocument = graphql(`
  mutation SubmitContribution($input: SubmitContributionInput!) {
    submitContribution(input: $input) {
      contribution {
        id
        number
      }
    }
  }
`);

export const withdrawContributionDocument = graphql(`
  mutation WithdrawContribution($input: WithdrawContributionInput!) {
    withdrawContribution(input: $input) {
      contribution {
        id
        number
      }
    }
  }
`);

export const disputeContributionDocument = graphql(`
  mutation DisputeContribution($input: DisputeContributionInput!) {
    disputeContribution(input: $input) {
      contribution {
        number
      }
    }
  }
`);

export const resolveDisputeDocument = graphql(`
  mutation ResolveDispute($input: ResolveDisputeInput!) {
    resolveDispute(input: $input) {
      contribution {
        number
      }
    }
  }
`);

export const commentDocument = graphql(`
  mutation CommentOnContribution($input: CommentOnContributionInput!) {
    commentOnContribution(input: $input) {
      __typename
    }
  }
`);

export const allowLateDocument = graphql(`
  mutation AllowLateContribution($input: AllowLateContributionInput!) {
    allowLateContribution(input: $input) {
      contribution {
        number
      }
    }
  }
`);

export const answerQuestionDocument = graphql(`
  mutation AnswerQuestion($input: AnswerQuestionInput!) {
    answerQuestion(input: $input) {
      contribution {
        id
        number
      }
    }
  }
`);

export type LogFormData = ResultOf<typeof logFormDocument>;
export type ContributionPreview = ResultOf<typeof previewDocument>['contributionPreview'];
export type ContributionCard = ResultOf<
  typeof contributionListDocument
>['contributions']['edges'][number]['node'];
export type ContributionDetail = NonNullable<ResultOf<typeof contributionDocument>['contribution']>;
