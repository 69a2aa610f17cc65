// What one was told, reading it, and how one wants to hear of each kind.
import type { ResultOf } from '../../lib/api/graphql.ts';
import { graphql } from '../../lib/api/graphql.ts';

export const notificationsDocument = graphql(`
  query Notifications($after: String, $unreadOnly: Boolean!) {
    me {
      unreadNotifications
    }
    cooperative {
      timeZone
    }
    notifications(first: 30, after: $after, unreadOnly: $unreadOnly) {
      edges {
        node {
          id
          kind
          text
          at
          readAt
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export type Told = ResultOf<typeof notificationsDocument>['notifications']['edges'][number]['node'];

export const readNotificationDocument = graphql(`
  mutation ReadNotification($input: ReadNotificationInput!) {
    readNotification(input: $input) {
      notification {
        path
      }
    }
  }
`);

export const readAllNotificationsDocument = graphql(`
  mutation ReadAllNotifications($input: ReadAllNotificationsInput!) {
    readAllNotifications(input: $input) {
      read
    }
  }
`);

export const notificationPreferencesDocument = graphql(`
  query NotificationPreferences {
    mailIsSent
    me {
      email
      notificationPreferences {
        kind
        listed
        mail
      }
    }
  }
`);

export type Preference = ResultOf<
  typeof notificationPreferencesDocument
>['me']['notificationPreferences'][number];

export const changeNotificationPreferencesDocument = graphql(`
  mutation ChangeNotificationPreferences($input: ChangeNotificationPreferencesInput!) {
    changeNotificationPreferences(input: $input) {
      __typename
    }
  }
`);

export const stopMailDocument = graphql(`
  mutation StopMail($input: StopMailInput!) {
    stopMail(input: $input) {
      what
    }
  }
`);
