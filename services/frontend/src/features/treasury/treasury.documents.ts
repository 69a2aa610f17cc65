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

const transactionSheet = graphql(`
  fragment TransactionSheet on Transaction {
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
`);

/** The journal, and the transaction that is open: the one chosen, or the first of the page. */
export const journalDocument = graphql(
  `
    query JournalPage($search: String, $after: String, $transaction: ID!, $chosen: Boolean!) {
      me {
        acts
      }
      cooperative {
        timeZone
        currency
      }
      transaction(id: $transaction) @include(if: $chosen) {
        ...TransactionSheet
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
        head @skip(if: $chosen) {
          ...TransactionSheet
        }
      }
    }
  `,
  [transactionSheet],
);

export type TrialBalance = ResultOf<typeof trialBalanceDocument>['trialBalance'];
export type JournalRow = ResultOf<typeof journalDocument>['journal']['edges'][number]['node'];
export type Transaction = ResultOf<typeof transactionSheet>;
