// Keys of programs, and what the programs asked for that waits for the reader.
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { graphql } from '../../../lib/api/graphql.ts';

export const keyRoomDocument = graphql(`
  query KeyRoom {
    me {
      acts
    }
    cooperative {
      currency
      timeZone
      today
    }
    apiKeys {
      id
      name
      scopes
      status
      supervisor {
        displayName
      }
      yours
      hourlyLimit
      ceiling
      expiresAt
      previousUntil
      lastUsedAt
    }
    pendingActs {
      id
      keyName
      mutation
      input
      amount
      askedAt
    }
  }
`);

export type KeyRoom = ResultOf<typeof keyRoomDocument>;

export const createApiKeyDocument = graphql(`
  mutation CreateApiKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      secret
    }
  }
`);

export const rotateApiKeyDocument = graphql(`
  mutation RotateApiKey($input: RotateApiKeyInput!) {
    rotateApiKey(input: $input) {
      secret
    }
  }
`);

export const revokeApiKeyDocument = graphql(`
  mutation RevokeApiKey($input: RevokeApiKeyInput!) {
    revokeApiKey(input: $input) {
      __typename
    }
  }
`);

export const confirmPendingActDocument = graphql(`
  mutation ConfirmPendingAct($input: ConfirmPendingActInput!) {
    confirmPendingAct(input: $input) {
      decided
    }
  }
`);

export const declinePendingActDocument = graphql(`
  mutation DeclinePendingAct($input: DeclinePendingActInput!) {
    declinePendingAct(input: $input) {
      decided
    }
  }
`);
