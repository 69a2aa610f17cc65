// The documents behind links by mail: what one is for, and what is done with it. Only a new email takes being signed in.
import { graphql } from '../../../lib/api/graphql.ts';

export const invitationDocument = graphql(`
  query Invitation($token: String!) {
    invitation(token: $token) {
      cooperativeName
      displayName
      email
      expiresAt
      timeZone
      hasAccount
    }
  }
`);

export const passwordResetDocument = graphql(`
  query PasswordReset($token: String!) {
    passwordReset(token: $token) {
      email
      expiresAt
    }
  }
`);

export const forgottenDocument = graphql(`
  query Forgotten {
    mailIsSent
  }
`);

export const acceptInvitationDocument = graphql(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      email
    }
  }
`);

export const requestResetDocument = graphql(`
  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input) {
      asked
    }
  }
`);

export const resetPasswordDocument = graphql(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) {
      ended
    }
  }
`);

export const emailChangeDocument = graphql(`
  query EmailChange($token: String!) {
    me {
      email
    }
    emailChange(token: $token) {
      email
    }
  }
`);

export const confirmEmailDocument = graphql(`
  mutation ConfirmEmail($input: ConfirmEmailChangeInput!) {
    confirmEmailChange(input: $input) {
      ended
    }
  }
`);

export const emailUndoDocument = graphql(`
  query EmailUndo($token: String!) {
    emailUndo(token: $token) {
      email
    }
  }
`);

export const undoEmailDocument = graphql(`
  mutation UndoEmail($input: UndoEmailChangeInput!) {
    undoEmailChange(input: $input) {
      ended
    }
  }
`);
