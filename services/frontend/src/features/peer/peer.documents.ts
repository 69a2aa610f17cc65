// What waits for the viewer's word as a peer, and that word.
import type { ResultOf } from '../../lib/api/graphql.ts';
import { graphql } from '../../lib/api/graphql.ts';

export const peersDocument = graphql(`
  query Peers($after: String) {
    me {
      isPeer
    }
    cooperative {
      currency
    }
    peerQueue(first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          number
          member {
            displayName
          }
          kind
          category
          quantity
          unit
          workedOn
          description
          declaredValue
          evidence {
            label
            url
          }
          evidenceFiles {
            id
            name
            sizeBytes
          }
          needed
          validated
          until
          onTimeout
        }
      }
    }
  }
`);

export type PeerItem = ResultOf<typeof peersDocument>['peerQueue']['edges'][number]['node'];

export const validateDocument = graphql(`
  mutation ValidateContribution($input: ValidateContributionInput!) {
    validateContribution(input: $input) {
      contributionId
    }
  }
`);

export const objectDocument = graphql(`
  mutation ObjectToContribution($input: ObjectToContributionInput!) {
    objectToContribution(input: $input) {
      contributionId
    }
  }
`);

/** How the peers of a contribution were asked, and what they said: a part of its own page. */
export const peersOfContribution = graphql(`
  fragment PeersOfContribution on Contribution {
    peers {
      state
      needed
      validated
      until
      onTimeout
      words {
        at
        verdict
        by {
          displayName
        }
      }
    }
  }
`);
