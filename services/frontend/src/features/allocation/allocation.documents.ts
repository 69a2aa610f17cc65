// How one's own share of a period came out, with the contributions behind it.
import type { ResultOf } from '../../lib/api/graphql.ts';
import { graphql } from '../../lib/api/graphql.ts';

export const myAllocationDocument = graphql(`
  query MyAllocation($periodId: ID) {
    me {
      acts
    }
    cooperative {
      currency
      timeZone
    }
    periods {
      id
      name
      status
      from
      to
    }
    myDraftAllocation {
      period {
        id
        name
        from
        to
      }
      computedAt
      allocation
      percent
      surplus
      notCountedCount
      notCountedValue
      categories {
        category
        value
        weight
        counts
        hours
        count
      }
    }
    myAllocation(periodId: $periodId) {
      period {
        id
        name
        from
        to
      }
      final
      finalOn
      categories {
        category
        value
        weight
        counts
        hours
        count
        contributions {
          id
          workedOn
          description
          kind
          quantity
          unit
          rate
          value
          ruleId
          ruleVersion
          signatures {
            by {
              displayName
            }
          }
        }
      }
      total
      everyoneTotal
      share {
        numerator
        denominator
      }
      percent
      surplus
      exact
      floor
      extraUnit
      rounding {
        unitsLeft
        tiedWith
        remainder
      }
      allocation
      cash
      retained
      cashRate
      capitalAfter
      statementId
      policies {
        label
        value
      }
      checks {
        ok
        text
      }
      recordHash
      signatures {
        role
        at
        by {
          displayName
        }
      }
      payment {
        status
        payOn
        paidOn
      }
    }
  }
`);

export type AllocationPage = ResultOf<typeof myAllocationDocument>;
export type MyAllocation = NonNullable<AllocationPage['myAllocation']>;

/** A kind of giving with what it counts. A draft does not carry the contributions behind it. */
export type AllocationCategory = Omit<MyAllocation['categories'][number], 'contributions'> &
  Partial<Pick<MyAllocation['categories'][number], 'contributions'>>;
