// The statements of a member, and one of them whole.
import type { ResultOf } from '../../lib/api/graphql.ts';
import { graphql } from '../../lib/api/graphql.ts';

export const statementsDocument = graphql(`
  query Statements($memberId: ID, $isMember: Boolean!) {
    me {
      payoutAccount {
        ending
      }
    }
    cooperative {
      currency
    }
    statements(memberId: $memberId) {
      id
      superseded
      preparedOn
      allocation
      percent
      closing {
        book
        tax
      }
      period {
        name
        from
        to
      }
    }
    distributions(memberId: $memberId, first: 20) @include(if: $isMember) {
      edges {
        node {
          id
          period {
            name
          }
          lines {
            id
            amount
            status
            payOn
            paidOn
            reason
            member {
              id
            }
          }
        }
      }
    }
  }
`);

export const statementDocument = graphql(`
  query Statement($id: ID!, $memberId: ID) {
    cooperative {
      name
      currency
    }
    statements(memberId: $memberId) {
      id
      period {
        to
      }
    }
    statement(id: $id) {
      id
      preparedOn
      gaveTotal
      gaveCounts
      everyoneTotal
      percent
      surplus
      allocation
      cash
      retained
      cashRate
      taxNote
      formula
      recordHash
      payment {
        status
        payOn
        paidOn
      }
      period {
        id
        name
        from
        to
      }
      member {
        displayName
        joinedOn
      }
      gave {
        category
        value
        weight
        counts
        hours
        count
      }
      capital {
        label
        kind
        on
        book
        tax
      }
      lastQuarters {
        allocation
        period {
          id
          name
        }
      }
    }
  }
`);

export type StatementsPage = ResultOf<typeof statementsDocument>;
export type StatementRow = StatementsPage['statements'][number];
export type StatementPage = ResultOf<typeof statementDocument>;
export type Statement = NonNullable<StatementPage['statement']>;
