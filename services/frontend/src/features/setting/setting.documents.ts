// The list of rooms with what is in force in each, and the cooperative's own profile.
import { graphql } from '../../lib/api/graphql.ts';

export const settingsDocument = graphql(`
  query Settings {
    me {
      acts
      displayName
      email
    }
    cooperative {
      name
      currency
      timeZone
      today
      fiscalStartMonth
    }
    policies {
      version
      effectiveOn
      formula
      cashRate
      cashReserve
      weights {
        version
        effectiveOn
        weights {
          category
          weight
        }
      }
    }
    weights {
      status
    }
    agreementPolicyVersions {
      status
    }
    valuationRules {
      id
      kind
      category
      member {
        displayName
      }
      effectiveFrom
      inForce
      ended
    }
    approvalPolicy {
      version
      twoApproversFrom
      inKindTwoApproversFrom
    }
    contributionPolicy {
      version
      graceDays
      noticeDays
    }
    memberClasses {
      name
      retired
    }
  }
`);

export const cooperativeDocument = graphql(`
  query CooperativeRoom {
    me {
      acts
    }
    secondFactorPolicy {
      roles
      requiredFrom
      rationale
    }
    cooperative {
      name
      legalName
      slug
      currency
      timeZone
      taxRegime
      fiscalStartMonth
      today
    }
  }
`);
