// The real draft's inputs, and saving what was tried as a proposal.
import type { ResultOf } from '../../lib/api/graphql.ts';
import { graphql } from '../../lib/api/graphql.ts';

export const whatIfDocument = graphql(`
  query WhatIf($periodId: ID) {
    me {
      acts
    }
    cooperative {
      currency
      currencyDigits
      timeZone
    }
    periods {
      id
      name
      status
      from
    }
    currentPeriod {
      to
    }
    draftInputs(periodId: $periodId) {
      computedAt
      weightsVersion
      policiesVersion
      contributionCount
      input
      period {
        id
        name
      }
      members {
        memberId
        member {
          displayName
        }
      }
    }
  }
`);

export type WhatIf = ResultOf<typeof whatIfDocument>;

export const saveProposalDocument = graphql(`
  mutation SavePatronageProposal($input: SavePatronageProposalInput!) {
    savePatronageProposal(input: $input) {
      needsSecond
      weights {
        version
      }
      policies {
        version
      }
    }
  }
`);
