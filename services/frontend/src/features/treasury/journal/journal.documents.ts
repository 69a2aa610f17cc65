// The journal with one transaction open beside it, what waits for a second person, and the acts upon both.
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { graphql } from '../../../lib/api/graphql.ts';

const accountLabel = graphql(`
  fragment AccountLabel on Account {
    id
    code
    name
    member {
      displayName
    }
  }
`);

const entryFields = graphql(
  `
    fragment EntryFields on Entry {
      book
      tax
      memo
      account {
        ...AccountLabel
      }
    }
  `,
  [accountLabel],
);

const transactionFields = graphql(
  `
    fragment TransactionFields on Transaction {
      id
      number
      effectiveOn
      recordedAt
      description
      source
      amount
      provenance
      viewerMay
      period {
        id
        name
      }
      postedBy {
        displayName
      }
      entries {
        ...EntryFields
      }
      reverses {
        id
        number
      }
      reversedBy {
        id
        number
      }
      corrects {
        id
        number
      }
      layer {
        builtInGain
        book
        tax
        member {
          displayName
        }
      }
      payment {
        id
        distribution {
          id
          number
        }
        member {
          displayName
        }
      }
      contribution {
        id
        number
        member {
          displayName
        }
        history {
          at
          act
          by {
            displayName
          }
        }
      }
    }
  `,
  [entryFields],
);

const requestFields = graphql(
  `
    fragment RequestFields on JournalRequest {
      id
      act
      status
      reason
      requestedAt
      amount
      mine
      viewerMay
      closedPeriod
      requestedBy {
        displayName
      }
      subject {
        id
        number
        description
      }
      drafts {
        effectiveOn
        description
        entries {
          book
          tax
          memo
          account {
            ...AccountLabel
          }
        }
      }
    }
  `,
  [accountLabel],
);

/** The list, what waits, and either the transaction asked for or the newest of the list: one request. */
export const journalDocument = graphql(
  `
    query JournalPage(
      $search: String
      $from: LocalDate
      $to: LocalDate
      $accountId: ID
      $memberId: ID
      $source: String
      $amount: Money
      $after: String
      $openId: ID!
      $open: Boolean!
      $newest: Boolean!
    ) {
      me {
        acts
      }
      cooperative {
        timeZone
        today
      }
      accounts {
        id
        code
        name
        leaf
        member {
          id
          displayName
        }
      }
      journalRequests {
        ...RequestFields
      }
      journal(
        search: $search
        from: $from
        to: $to
        accountId: $accountId
        memberId: $memberId
        source: $source
        amount: $amount
        first: 40
        after: $after
      ) {
        totalCount
        head @include(if: $newest) {
          ...TransactionFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            number
            effectiveOn
            description
            amount
            reversedBy {
              number
            }
          }
        }
      }
      transaction(id: $openId) @include(if: $open) {
        ...TransactionFields
      }
    }
  `,
  [transactionFields, requestFields],
);

export const journalRowsDocument = graphql(
  `
    query JournalRows(
      $search: String
      $from: LocalDate
      $to: LocalDate
      $accountId: ID
      $memberId: ID
      $source: String
      $amount: Money
      $after: String
    ) {
      cooperative {
        slug
        today
      }
      journal(
        search: $search
        from: $from
        to: $to
        accountId: $accountId
        memberId: $memberId
        source: $source
        amount: $amount
        first: 100
        after: $after
      ) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            number
            effectiveOn
            recordedAt
            description
            source
            reverses {
              number
            }
            reversedBy {
              number
            }
            entries {
              ...EntryFields
            }
          }
        }
      }
    }
  `,
  [entryFields],
);

export const postFormDocument = graphql(`
  query PostForm {
    me {
      acts
    }
    cooperative {
      today
      currency
      currencyDigits
    }
    treasurySettings {
      journalThreshold
    }
    accounts {
      id
      code
      name
      leaf
      active
      member {
        displayName
      }
    }
  }
`);

export const postTransactionDocument = graphql(`
  mutation PostEntry($input: PostTransactionInput!) {
    postTransaction(input: $input) {
      transaction {
        id
        number
      }
      request {
        id
      }
    }
  }
`);

export const reverseTransactionDocument = graphql(`
  mutation ReverseEntry($input: ReverseTransactionInput!) {
    reverseTransaction(input: $input) {
      request {
        id
      }
    }
  }
`);

export const approveRequestDocument = graphql(`
  mutation SignRequest($input: ApproveJournalRequestInput!) {
    approveJournalRequest(input: $input) {
      transactions {
        id
        number
      }
    }
  }
`);

export const declineRequestDocument = graphql(`
  mutation DeclineRequest($input: DeclineJournalRequestInput!) {
    declineJournalRequest(input: $input) {
      request {
        status
      }
    }
  }
`);

type Page = ResultOf<typeof journalDocument>;
export type JournalRow = Page['journal']['edges'][number]['node'];
export type JournalRequest = Page['journalRequests'][number];
export type JournalAccount = Page['accounts'][number];
export type Transaction = NonNullable<NonNullable<Page['transaction']>>;
