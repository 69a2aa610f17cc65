// What belongs to the person signed in: profile, preferences, password, and where they are signed in.
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { graphql } from '../../../lib/api/graphql.ts';

export const myRoomDocument = graphql(`
  query MyRoom {
    me {
      displayName
      email
      member {
        id
      }
      preferences {
        locale
        theme
        singleKeyShortcuts
        defaultKind
      }
      sessions {
        id
        startedAt
        lastSeenAt
        current
      }
    }
    cooperative {
      timeZone
    }
  }
`);

export type MyRoom = ResultOf<typeof myRoomDocument>;

export const changeMyProfileDocument = graphql(`
  mutation ChangeMyProfile($input: ChangeMyProfileInput!) {
    changeMyProfile(input: $input) {
      __typename
    }
  }
`);

export const changeMyPreferencesDocument = graphql(`
  mutation ChangeMyPreferences($input: ChangeMyPreferencesInput!) {
    changeMyPreferences(input: $input) {
      __typename
    }
  }
`);

export const changePasswordDocument = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      changed
    }
  }
`);

export const endSessionDocument = graphql(`
  mutation EndSession($input: EndSessionInput!) {
    endSession(input: $input) {
      __typename
    }
  }
`);

export const endOtherSessionsDocument = graphql(`
  mutation EndOtherSessions($input: EndOtherSessionsInput!) {
    endOtherSessions(input: $input) {
      __typename
    }
  }
`);
