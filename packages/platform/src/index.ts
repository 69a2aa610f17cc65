// The platform's front door: cooperatives, sign-in accounts, memberships, sessions.
export type {
  CooperativeFounding,
  CooperativeProfile,
  FoundingRefusal,
  PeriodLength,
  Template,
} from './cooperative/cooperative.ts';
export { TEMPLATES } from './cooperative/cooperative.ts';
export type {
  ChangeCooperativeInput,
  ChangeCooperativeRefusal,
  CreateCooperativeInput,
  CreateCooperativeRefusal,
  CreatedCooperative,
} from './cooperative/cooperative.commands.ts';
export { changeCooperative, createCooperative } from './cooperative/cooperative.commands.ts';
export type { CooperativeListing } from './cooperative/cooperative.queries.ts';
export { findCooperative, listCooperatives } from './cooperative/cooperative.queries.ts';
export type { LoginRefusal, NewLogin } from './login/login.ts';
export type {
  ChangePasswordInput,
  ChangePasswordRefusal,
  GrantAccessInput,
  GrantAccessRefusal,
  ProveAgainInput,
  ProveAgainRefusal,
} from './login/login.commands.ts';
export { changePassword, grantAccess, proveAgain } from './login/login.commands.ts';
export type { Membership } from './login/login.store.ts';
export type { PasswordRefusal } from './login/password.ts';
export type { AccessClaims, TokenSettings } from './session/access-token.ts';
export { accessTokenEndsAt, verifyAccessToken } from './session/access-token.ts';
export type { CompleteSignInInput, CompleteSignInRefusal } from './session/challenge.ts';
export { completeSignIn } from './session/challenge.ts';
export type { Origin, SessionTokens } from './session/open-session.ts';
export type { RefreshRefusal, SignInInput, SignInRefusal } from './session/session.commands.ts';
export { refreshSession, signIn, signOut } from './session/session.commands.ts';
export { tellRefusedSignIns } from './session/sign-in-refusal.store.ts';
export type { SwitchCooperativeInput, SwitchCooperativeRefusal } from './session/switch-cooperative.ts';
export { switchCooperative } from './session/switch-cooperative.ts';
export { findStanding, listMemberships } from './session/session.queries.ts';
export type { Standing } from './session/session.store.ts';
export type { Reading } from './reading/reading.commands.ts';
export { recordReading } from './reading/reading.commands.ts';

export type {
  AccountNameRefusal,
  EndedSessions,
  EndSessionRefusal,
  OwnSession,
} from './preference/preference.commands.ts';
export {
  changeAccountName,
  changePreferences,
  endOtherSessions,
  endOwnSession,
  findPreferences,
  listOwnSessions,
} from './preference/preference.commands.ts';
export type { Preferences } from './preference/preference.ts';

// Second factors
export type { SecondFactorPolicy } from './second-factor/second-factor.ts';
export { setupAddress, withheldRoles } from './second-factor/second-factor.ts';
export type {
  BeginSecondFactorRefusal,
  ConfirmSecondFactorInput,
  ConfirmSecondFactorRefusal,
  ResetSecondFactorRefusal,
  ShownCodes,
} from './second-factor/second-factor.commands.ts';
export {
  beginSecondFactor,
  confirmSecondFactor,
  renewRecoveryCodes,
  resetSecondFactor,
  turnOffSecondFactor,
} from './second-factor/second-factor.commands.ts';
export type {
  SetSecondFactorPolicyInput,
  SetSecondFactorPolicyRefusal,
} from './second-factor/second-factor-policy.commands.ts';
export { setSecondFactorPolicy } from './second-factor/second-factor-policy.commands.ts';
export type { OwnSecondFactor } from './second-factor/second-factor.queries.ts';
export {
  findMembersWithSecondFactor,
  findOwnSecondFactor,
  findSecondFactorPolicy,
  resealSecondFactors,
} from './second-factor/second-factor.queries.ts';
export type { StoredPolicy } from './second-factor/second-factor.store.ts';

// Passkeys
export type { Passkey, PasskeySettings } from './passkey/passkey.ts';
export { requestOptions } from './passkey/passkey.ts';
export type { AddPasskeyInput, AddPasskeyRefusal } from './passkey/passkey.commands.ts';
export { addPasskey, removePasskey, renamePasskey } from './passkey/passkey.commands.ts';
export {
  findMembersWithPasskey,
  listPasskeys,
  passkeyProof,
  passkeySetup,
} from './passkey/passkey.queries.ts';
export type {
  PasskeySignInInput,
  PasskeySignInRefusal,
  ProveWithPasskeyInput,
  ProveWithPasskeyRefusal,
} from './session/passkey-sign-in.ts';
export { proveWithPasskey, signInWithPasskey } from './session/passkey-sign-in.ts';

// Another's sign-in (OpenID Connect)
export type { Provider, ProviderRequest, ProviderSettings } from './provider/provider.ts';
export { createProvider } from './provider/provider.ts';
export {
  linkIdentity,
  listIdentities,
  requestIdentityLink,
  unlinkIdentity,
} from './provider/provider.commands.ts';
export type { LinkedIdentity } from './provider/provider.store.ts';
export { chooseCooperative, signInWithProvider } from './session/provider-sign-in.ts';

// Links by mail: invitations, password resets, changes of email
export type { Link, LinkLanguage, LinkPurpose, LinkRefusal, LinkSettings } from './link/link.ts';
export { linkAddress } from './link/link.ts';
export type {
  LinkToSend,
  LinkView,
  OpenInvitation,
  PendingEmail,
  PresentedLink,
} from './link/link.queries.ts';
export { findLinkToSend, findOpenInvitations, findPendingEmail, viewLink } from './link/link.queries.ts';
export type {
  ConfirmEmailChangeRefusal,
  EmailWasUndone,
  StopWebhooks,
  RequestEmailChangeRefusal,
  UndoEmailChangeRefusal,
} from './link/email-change.commands.ts';
export { confirmEmailChange, requestEmailChange, undoEmailChange } from './link/email-change.commands.ts';
export type {
  AcceptedInvitation,
  AcceptInvitationInput,
  AcceptInvitationRefusal,
  InviteMemberInput,
  InviteMemberRefusal,
  RevokeInvitationRefusal,
} from './link/invitation.commands.ts';
export { acceptInvitation, handedLink, inviteMember, revokeInvitation } from './link/invitation.commands.ts';
export type {
  MakeResetLinkRefusal,
  RequestResetRefusal,
  ResetPasswordRefusal,
} from './link/password-reset.commands.ts';
export { makeResetLink, requestPasswordReset, resetPassword } from './link/password-reset.commands.ts';

// Keys derived from the operator's secret
export type { KeyPurpose } from './secret/derived-key.ts';
export { derivedKey } from './secret/derived-key.ts';
export type { Secrets } from './secret/sealed.ts';
export { seal, sealedPrefix, unseal } from './secret/sealed.ts';

// Keys of programs
export type { ApiKey, ApiKeyName, ApiKeyWish } from './api-key/api-key.ts';
export { apiKeyStatus, KEY_DAYS, KEY_REQUESTS, OVERLAP_HOURS, readApiKey } from './api-key/api-key.ts';
export type { CreateApiKeyRefusal, IssuedKey } from './api-key/api-key.commands.ts';
export { createApiKey, revokeApiKey, rotateApiKey } from './api-key/api-key.commands.ts';
export { countKeyUse, findKeyStanding, listApiKeys } from './api-key/api-key.queries.ts';
export type { KeyStanding } from './api-key/api-key.store.ts';
export type { PendingAct } from './pending-act/pending-act.ts';
export { pendingStatus } from './pending-act/pending-act.ts';
export { findPendingAct, listPendingActs, queueAct, settleAct } from './pending-act/pending-act.commands.ts';

// Redrives asked for
export type { RedriveRequested, RedriveRequestRefusal } from './redrive/redrive.commands.ts';
export { requestRedrive } from './redrive/redrive.commands.ts';

// Erasing members, and what is one's own
export { recordOwnExport } from './erasure/own-export.commands.ts';
export { erasePerson } from './erasure/erasure.store.ts';

// How long what is over is kept
export { daysBefore, forgetSignInFailures, forgetWhatIsOver, KEPT_DAYS } from './retention/retention.ts';

// Imports
export type {
  ImportBatch,
  ImportBatchRefusal,
  NewImportBatch,
} from './import-batch/import-batch.commands.ts';
export {
  dropImportBatch,
  findImportBatch,
  finishImportBatch,
  listImportBatches,
  markImportUndone,
  openImportBatch,
} from './import-batch/import-batch.commands.ts';
