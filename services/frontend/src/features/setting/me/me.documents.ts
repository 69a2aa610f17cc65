// What belongs to the person signed in: profile and preferences.
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { graphql } from '../../../lib/api/graphql.ts';

export const myRoomDocument = graphql(`
  query MyRoom {
    me {
      displayName
      email
      acts
      member {
        id
      }
      payoutAccount {
        ending
      }
      preferences {
        locale
        theme
        singleKeyShortcuts
        defaultKind
      }
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
