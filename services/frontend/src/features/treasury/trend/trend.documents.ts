// What the treasury's plots are drawn from, for one span of days.
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { graphql } from '../../../lib/api/graphql.ts';

export const trendDocument = graphql(`
  query TrendPage($from: LocalDate, $to: LocalDate, $periodId: ID!, $allocation: Boolean!) {
    me {
      acts
    }
    cooperative {
      slug
      today
      currency
    }
    periods {
      id
      name
      from
      to
      status
    }
    incomeByMonth(from: $from, to: $to) {
      month
      revenue {
        book
        tax
      }
      expense {
        book
        tax
      }
    }
    capitalMovements(from: $from, to: $to) {
      from
      to
      opening {
        book
        tax
      }
      movements {
        on
        cause
        change {
          book
          tax
        }
      }
    }
    allocation(periodId: $periodId) @include(if: $allocation) {
      total
      lines {
        allocation
        percent
        member {
          displayName
        }
      }
    }
  }
`);

export type Trend = ResultOf<typeof trendDocument>;
