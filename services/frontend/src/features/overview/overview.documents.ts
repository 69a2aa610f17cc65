// Everything the overview shows, in one request.
import { graphql } from '../../lib/api/graphql.ts';
import type { ResultOf } from '../../lib/api/graphql.ts';

export const overviewDocument = graphql(`
  query Overview {
    me {
      roles
      acts
      payoutAccount {
        ending
      }
      secondFactor {
        since
        recoveryCodesLeft
      }
      counts {
        approvals
        peers
        close
        distributions
      }
      member {
        id
        displayName
        status
        capital {
          book
          tax
          byCause {
            cause
            book
          }
        }
        capitalHistory {
          on
          book
          tax
          cause
          label
        }
        retainedPatronage {
          year
          allocated
          paidOut
          leftIn
        }
        nextDistribution {
          amount
          status
          payOn
          distribution {
            period {
              name
            }
          }
        }
        openQuestions {
          id
          number
          description
          kind
          quantity
          unit
          comments {
            at
            by {
              displayName
            }
          }
        }
      }
    }
    cooperative {
      name
      currency
      timeZone
      today
    }
    notifications(first: 3, unreadOnly: true) {
      edges {
        node {
          id
          text
          at
          readAt
        }
      }
    }
    currentPeriod {
      id
      name
      to
    }
    myDraftAllocation {
      period {
        id
        name
        status
      }
      computedAt
      allocation
      percent
      surplus
      cash
      retained
      cashRate
      notCountedCount
      notCountedValue
      categories {
        category
        value
        hours
        count
      }
    }
    valuationRules {
      id
      kind
      category
      rate
      effectiveFrom
      version
      rationale
      setAt
      setBy {
        displayName
      }
      member {
        id
      }
    }
  }
`);

export type Overview = ResultOf<typeof overviewDocument>;
export type OverviewMember = NonNullable<Overview['me']['member']>;
