// Webhooks, and the messages of the one that is looked at.
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { graphql } from '../../../lib/api/graphql.ts';

export const webhookRoomDocument = graphql(`
  query WebhookRoom($of: ID! = "", $isOne: Boolean! = false, $after: String) {
    cooperative {
      timeZone
      today
    }
    webhookKinds
    webhooks {
      id
      name
      url
      kinds
      state
      previousUntil
      failingSince
      deliveredAt
    }
    webhook(id: $of) @include(if: $isOne) {
      id
      deliveries(first: 50, after: $after) {
        edges {
          node {
            id
            messageId
            kind
            body
            queuedAt
            state
            nextTryAt
            attempts
            lastAttempt {
              at
              status
              fault
              tookMs
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

export type WebhookRoom = ResultOf<typeof webhookRoomDocument>;
export type WebhookRow = WebhookRoom['webhooks'][number];
export type Deliveries = NonNullable<WebhookRoom['webhook']>['deliveries'];

export const registerWebhookDocument = graphql(`
  mutation RegisterWebhook($input: RegisterWebhookInput!) {
    registerWebhook(input: $input) {
      secret
    }
  }
`);

export const rotateWebhookSecretDocument = graphql(`
  mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {
    rotateWebhookSecret(input: $input) {
      secret
    }
  }
`);

export const changeWebhookDocument = graphql(`
  mutation ChangeWebhook($input: ChangeWebhookInput!) {
    changeWebhook(input: $input) {
      __typename
    }
  }
`);

export const stopWebhookDocument = graphql(`
  mutation StopWebhook($input: StopWebhookInput!) {
    stopWebhook(input: $input) {
      __typename
    }
  }
`);

export const startWebhookDocument = graphql(`
  mutation StartWebhook($input: StartWebhookInput!) {
    startWebhook(input: $input) {
      __typename
    }
  }
`);

export const removeWebhookDocument = graphql(`
  mutation RemoveWebhook($input: RemoveWebhookInput!) {
    removeWebhook(input: $input) {
      __typename
    }
  }
`);

export const testWebhookDocument = graphql(`
  mutation TestWebhook($input: TestWebhookInput!) {
    testWebhook(input: $input) {
      __typename
    }
  }
`);

export const replayWebhookDeliveriesDocument = graphql(`
  mutation ReplayWebhookDeliveries($input: ReplayWebhookDeliveriesInput!) {
    replayWebhookDeliveries(input: $input) {
      __typename
    }
  }
`);
