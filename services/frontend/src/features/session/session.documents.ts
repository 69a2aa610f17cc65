// The documents of signing in and out, and of the shell that knows who is signed in.
import { graphql } from '../../lib/api/graphql.ts';

export const signInDocument = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      accessToken
      refreshToken
    }
  }
`);

export const completeSignInDocument = graphql(`
  mutation CompleteSignIn($input: CompleteSignInInput!) {
    completeSignIn(input: $input) {
      accessToken
      refreshToken
    }
  }
`);

export const passkeyRequestDocument = graphql(`
  query PasskeyRequest {
    passkeyRequest
  }
`);

export const signInWithPasskeyDocument = graphql(`
  mutation SignInWithPasskey($input: SignInWithPasskeyInput!) {
    signInWithPasskey(input: $input) {
      accessToken
      refreshToken
    }
  }
`);

/** What it takes to prove who is here. */
export const proofDocument = graphql(`
  query Proof {
    me {
      secondFactor {
        since
      }
      passkeys {
        id
      }
    }
  }
`);

export const passkeyProofDocument = graphql(`
  query PasskeyProof {
    me {
      passkeyProof
    }
  }
`);

export const reauthenticateWithPasskeyDocument = graphql(`
  mutation ReauthenticateWithPasskey($input: ReauthenticateWithPasskeyInput!) {
    reauthenticateWithPasskey(input: $input) {
      proven
    }
  }
`);

export const switchCooperativeDocument = graphql(`
  mutation SwitchCooperative($input: SwitchCooperativeInput!) {
    switchCooperative(input: $input) {
      accessToken
      refreshToken
    }
  }
`);

export const whoDocument = graphql(`
  query Who {
    me {
      member {
        id
      }
      preferences {
        locale
        theme
      }
    }
  }
`);

/** Kept with the login, so that the next device looks the same. */
export const keepPreferencesDocument = graphql(`
  mutation KeepPreferences($input: ChangeMyPreferencesInput!) {
    changeMyPreferences(input: $input) {
      preferences {
        locale
        theme
      }
    }
  }
`);

export const reauthenticateDocument = graphql(`
  mutation Reauthenticate($input: ReauthenticateInput!) {
    reauthenticate(input: $input) {
      proven
    }
  }
`);

export const signOutDocument = graphql(`
  mutation SignOut($input: SignOutInput!) {
    signOut(input: $input) {
      __typename
    }
  }
`);

export const shellDocument = graphql(`
  query Shell {
    me {
      displayName
      roles
      acts
      isPeer
      unreadNotifications
      counts {
        approvals
        peers
        close
        distributions
      }
      preferences {
        singleKeyShortcuts
      }
      cooperative {
        name
      }
      memberships {
        slug
        name
        current
      }
    }
  }
`);
