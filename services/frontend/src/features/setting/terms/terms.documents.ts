// Weights and the policies of allocation: what is in force, every version, and who may sign the second time.
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { graphql } from '../../../lib/api/graphql.ts';

export const weightsDocument = graphql(`
  query Weights {
    me {
      acts
      displayName
    }
    cooperative {
      timeZone
      today
    }
    currentPeriod {
      name
      to
    }
    policies {
      weights {
        id
      }
    }
    weights {
      id
      version
      effectiveOn
      weights {
        category
        weight
      }
      ...Provenance
    }
  }

  fragment Provenance on WeightsVersion {
    rationale
    status
    setAt
    setBy {
      displayName
    }
    needsSecond
    decidedAt
    decidedBy {
      displayName
    }
    decisionReason
    closedPeriod
    own
    viewerMayDecide
    viewerMayDecline
  }
`);

export type WeightsRoom = ResultOf<typeof weightsDocument>;
export type WeightsVersion = WeightsRoom['weights'][number];

export const agreementsDocument = graphql(`
  query Agreements {
    me {
      acts
      displayName
    }
    cooperative {
      timeZone
      today
      currency
    }
    currentPeriod {
      name
      to
    }
    memberClasses {
      class
      name
      retired
    }
    policies {
      id
      regime
    }
    agreementPolicyVersions {
      id
      version
      effectiveOn
      formula
      formulaCategories
      multipliers {
        memberClass
        multiplier
      }
      threshold {
        kind
        amount
        number
      }
      maximumShare
      eligibility {
        classes
        statuses
        minimumTenureDays
      }
      rounding
      cashRate
      cashReserve
      surplusLines {
        lineId
        label
        kind
        fraction
        of
        amount
        indivisible
        taxedApart
        accountCode
      }
      rationale
      status
      setAt
      setBy {
        displayName
      }
      needsSecond
      decidedAt
      decidedBy {
        displayName
      }
      decisionReason
      closedPeriod
      own
      viewerMayDecide
      viewerMayDecline
    }
  }
`);

export type AgreementsRoom = ResultOf<typeof agreementsDocument>;
export type Agreement = AgreementsRoom['agreementPolicyVersions'][number];
