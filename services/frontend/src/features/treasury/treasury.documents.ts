// The books: the trial balance of a day, the journal, and one transaction of it.
import type { ResultOf } from '../../lib/api/graphql.ts';
import { graphql } from '../../lib/api/graphql.ts';

export const trialBalanceDocument = graphql(`
  query TrialBalancePage($asOf: LocalDate) {
    me {
      acts
    }
    cooperative {
      today
    }
    trialBalance(asOf: $asOf) {
      asOf
      bookTotal
      taxTotal
      balanced
      lines {
        book
        tax
        account {
          id
          code
          name
          type
          member {
            displayName
          }
        }
      }
    }
  }
`);

export const journalDocument = graphql(`
  query JournalPage($search: String, $after: String) {
    me {
      acts
    }
    journal(search: $search, first: 40, after: $after) {
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
  }
`);

export const transactionDocument = graphql(`
  query TransactionDetail($id: ID!) {
    cooperative {
      timeZone
      currency
    }
    transaction(id: $id) {
      id
      number
      effectiveOn
      recordedAt
      description
      source
      amount
      entries {
        book
        tax
        account {
          code
          name
          member {
            displayName
          }
        }
      }
      reverses {
        id
        number
      }
      reversedBy {
        id
        number
      }
      layer {
        builtInGain
        tax
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
  }
`);

export type TrialBalance = ResultOf<typeof trialBalanceDocument>['trialBalance'];
export type JournalRow = ResultOf<typeof journalDocument>['journal']['edges'][number]['node'];
export type Transaction = NonNullable<ResultOf<typeof transactionDocument>['transaction']>;
