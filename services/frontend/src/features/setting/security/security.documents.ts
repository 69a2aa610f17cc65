// Who gets into one's account: sessions, password, second factor, passkeys.
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { graphql } from '../../../lib/api/graphql.ts';

export const securityRoomDocument = graphql(`
  query SecurityRoom {
    me {
      email
      pendingEmail {
        email
        expiresAt
      }
      sessions {
        id
        startedAt
        lastSeenAt
        device
        current
      }
      secondFactor {
        since
        recoveryCodesLeft
        withheldRoles
        setup {
          secret
          address
        }
      }
      passkeys {
        id
        name
        createdAt
        lastUsedAt
      }
      passkeySetup
      identities {
        id
        shownAs
        linkedAt
        lastUsedAt
      }
    }
    cooperative {
      timeZone
    }
    mailIsSent
    provider
  }
`);

export type SecurityRoom = ResultOf<typeof securityRoomDocument>;

export const beginSecondFactorDocument = graphql(`
  mutation BeginSecondFactor($input: BeginSecondFactorInput!) {
    beginSecondFactor(input: $input) {
      __typename
    }
  }
`);

export const confirmSecondFactorDocument = graphql(`
  mutation ConfirmSecondFactor($input: ConfirmSecondFactorInput!) {
    confirmSecondFactor(input: $input) {
      recoveryCodes
    }
  }
`);

export const renewRecoveryCodesDocument = graphql(`
  mutation RenewRecoveryCodes($input: RenewRecoveryCodesInput!) {
    renewRecoveryCodes(input: $input) {
      recoveryCodes
    }
  }
`);

export const turnOffSecondFactorDocument = graphql(`
  mutation TurnOffSecondFactor($input: TurnOffSecondFactorInput!) {
    turnOffSecondFactor(input: $input) {
      turnedOff
    }
  }
`);

export const addPasskeyDocument = graphql(`
  mutation AddPasskey($input: AddPasskeyInput!) {
    addPasskey(input: $input) {
      __typename
    }
  }
`);

export const renamePasskeyDocument = graphql(`
  mutation RenamePasskey($input: RenamePasskeyInput!) {
    renamePasskey(input: $input) {
      __typename
    }
  }
`);

export const unlinkIdentityDocument = graphql(`
  mutation UnlinkIdentity($input: UnlinkIdentityInput!) {
    unlinkIdentity(input: $input) {
      __typename
    }
  }
`);

export const removePasskeyDocument = graphql(`
  mutation RemovePasskey($input: RemovePasskeyInput!) {
    removePasskey(input: $input) {
      __typename
    }
  }
`);

export const requestEmailChangeDocument = graphql(`
  mutation RequestEmailChange($input: RequestEmailChangeInput!) {
    requestEmailChange(input: $input) {
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

export const setSecondFactorPolicyDocument = graphql(`
  mutation SetSecondFactorPolicy($input: SetSecondFactorPolicyInput!) {
    setSecondFactorPolicy(input: $input) {
      __typename
    }
  }
`);
