// The chart of accounts, one account's ledger, and the acts that change the chart.
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { graphql } from '../../../lib/api/graphql.ts';

export const chartDocument = graphql(`
  query ChartPage($asOf: LocalDate) {
    me {
      acts
    }
    cooperative {
      slug
      today
    }
    accounts {
      id
      code
      name
      type
      leaf
      active
      parent {
        code
      }
      member {
        displayName
      }
      balance(asOf: $asOf) {
        book
        tax
      }
    }
  }
`);

export const ledgerDocument = graphql(`
  query LedgerPage(
    $id: ID!
    $from: LocalDate
    $to: LocalDate
    $first: Int!
    $after: String
    $dayBefore: LocalDate
  ) {
    me {
      acts
    }
    cooperative {
      slug
      today
    }
    account(id: $id) {
      id
      code
      name
      type
      leaf
      active
      parent {
        name
      }
      member {
        displayName
      }
      balance(asOf: $to) {
        book
        tax
      }
      opening: balance(asOf: $dayBefore) {
        book
        tax
      }
    }
    accountLedger(accountId: $id, from: $from, to: $to, first: $first, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          effectiveOn
          description
          memo
          book
          tax
          bookBalance
          taxBalance
          transaction {
            id
            number
          }
        }
      }
    }
  }
`);

export const createAccountDocument = graphql(`
  mutation CreateAccount($input: CreateAccountInput!) {
    createAccount(input: $input) {
      account {
        id
        code
        name
      }
    }
  }
`);

export const deactivateAccountDocument = graphql(`
  mutation DeactivateAccount($input: DeactivateAccountInput!) {
    deactivateAccount(input: $input) {
      account {
        id
        code
      }
    }
  }
`);

export type ChartAccount = ResultOf<typeof chartDocument>['accounts'][number];
export type Ledger = ResultOf<typeof ledgerDocument>;
export type LedgerRow = Ledger['accountLedger']['edges'][number]['node'];
