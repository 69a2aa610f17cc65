// One's own data: what is kept, taking it away, having it erased; and the erasures an administrator agrees to.
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { graphql } from '../../../lib/api/graphql.ts';

export const myPrivacyDocument = graphql(`
  query MyPrivacy {
    me {
      recentlyProven
      member {
        id
        status
      }
      erasure {
        id
        status
        requestedAt
        settledAt
        obstacle
        obstacleAmount
        endedReason
        declinedBy {
          displayName
        }
      }
    }
    cooperative {
      currency
      timeZone
    }
    retention {
      what
      days
    }
  }
`);

export type MyPrivacy = ResultOf<typeof myPrivacyDocument>;

export const erasureRoomDocument = graphql(`
  query ErasureRoom {
    me {
      acts
    }
    erasures {
      id
      status
      member {
        id
        displayName
        number
      }
      requestedBy {
        id
        displayName
      }
      requestedAt
      approvedBy {
        id
        displayName
      }
      settledAt
      obstacle
      obstacleAmount
      endedReason
      declinedBy {
        displayName
      }
      needsYou
    }
    withdrawn: members(status: WITHDRAWN, first: 200) {
      edges {
        node {
          id
          displayName
          number
          isErased
        }
      }
    }
    expelled: members(status: EXPELLED, first: 200) {
      edges {
        node {
          id
          displayName
          number
          isErased
        }
      }
    }
    cooperative {
      currency
      timeZone
      today
    }
  }
`);

export type ErasureRoom = ResultOf<typeof erasureRoomDocument>;
export type ErasureRow = ErasureRoom['erasures'][number];

export const requestErasureDocument = graphql(`
  mutation RequestErasure($input: RequestErasureInput!) {
    requestErasure(input: $input) {
      requested
    }
  }
`);

export const approveErasureDocument = graphql(`
  mutation ApproveErasure($input: ApproveErasureInput!) {
    approveErasure(input: $input) {
      approved
    }
  }
`);

export const withdrawErasureDocument = graphql(`
  mutation WithdrawErasure($input: WithdrawErasureInput!) {
    withdrawErasure(input: $input) {
      withdrawn
    }
  }
`);
