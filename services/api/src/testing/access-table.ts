// Who may ask the API for what, written down a second time and by role: the walk of roles.int.test.ts holds the schema
// to it, so that a guard put too wide or too narrow, or a new field nobody thought about, is seen.
import type { Role } from '@habitat/kernel';

/** Nobody needs to be signed in. */
const anyone = 'anyone';
/** Any role or none; the field itself or its command knows what is one's own. */
const signedIn = 'signed in';

export type Audience = typeof anyone | typeof signedIn | readonly Role[];

const booksReaders = ['treasurer', 'allocator', 'administrator', 'auditor'] as const;
const peopleReaders = ['reviewer', ...booksReaders] as const;
const staff = ['reviewer', 'treasurer', 'allocator', 'administrator'] as const;
const members = ['member', 'board_member'] as const;

const rooms: readonly (readonly [who: Audience, operations: string])[] = [
  // Before the sign-in
  [
    anyone,
    'query: emailChange emailUndo invitation mailIsSent passkeyRequest passwordReset provider providerRequest',
  ],
  [
    anyone,
    `mutation: acceptInvitation chooseCooperative completeSignIn refreshSession requestPasswordReset resetPassword signIn
     signInWithPasskey signInWithProvider signOut stopMail undoEmailChange`,
  ],

  // One's own, and the rules everybody lives under
  [
    signedIn,
    `query: agreementPolicyVersions approvalPolicy approvalPolicyRequests contribution contributionCategories contributionPolicy
     contributionPolicyVersions cooperative currentPeriod me memberClasses notifications periods policies policyVersions retention
     secondFactorPolicy servicesTaxPolicy valuationRules weights`,
  ],
  [
    signedIn,
    `mutation: addPasskey beginSecondFactor changeMyPreferences changeNotificationPreferences changePassword
     confirmEmailChange confirmSecondFactor endOtherSessions endSession linkIdentity
     readAllNotifications readNotification reauthenticate reauthenticateWithPasskey
     removePasskey renamePasskey renewRecoveryCodes requestEmailChange requestIdentityLink switchCooperative
     turnOffSecondFactor unlinkIdentity withdrawErasure`,
  ],
  [members, 'query: myAllocation myDraftAllocation'],
  [members, 'mutation: changeMyProfile removePayoutAccount setPayoutAccount'],

  // Contributions
  [['contributor', 'reviewer'], 'query: contributionOptions contributionPreview contributionPreviews'],
  // One's own; that a reviewer logs for another is shown in people.int.test.ts.
  [['contributor'], 'mutation: logContribution logContributions'],
  // The author's acts: whose contribution it is decides, and another's is not found.
  [
    signedIn,
    `mutation: answerQuestion attachEvidence commentOnContribution editContribution submitContribution
     withdrawContribution`,
  ],
  [['member', 'contributor', 'board_member'], 'mutation: disputeContribution'],
  [members, 'query: peerQueue'],
  // One's own days away as a peer; everybody's for those who see all.
  [[...members, ...peopleReaders], 'query: absences'],
  [[...members, 'reviewer', 'administrator'], 'query: standIns absentees'],
  [[...members, 'reviewer', 'administrator'], 'mutation: announceAbsence endAbsence'],
  // As a peer: whom the approval rules ask, the command knows.
  [members, 'mutation: objectToContribution validateContribution'],
  [peopleReaders, 'query: approvalQueue'],
  [[...peopleReaders, 'member', 'contributor', 'board_member'], 'query: contributions'],
  [
    ['reviewer'],
    `mutation: adjustContribution allowLateContribution approveContribution approveContributions
     askAboutContribution rejectContribution`,
  ],
  [['reviewer', 'administrator'], 'mutation: confirmValuationOverride resolveDispute'],
  [['administrator'], 'mutation: overrideValuation'],
  [['reviewer', 'treasurer', 'administrator'], 'mutation: retryPosting'],

  // Members and roles
  [peopleReaders, 'query: member members'],
  [
    ['administrator'],
    `mutation: addMember changeMember changeMemberStatus assignRole revokeRole grantAccess inviteMember
     revokeInvitation makeResetLink resetSecondFactor addMemberClass renameMemberClass retireMemberClass`,
  ],

  [['administrator'], 'query: erasures'],
  // One's own as well: erasure.int.test.ts of the worker.
  [['administrator'], 'mutation: approveErasure requestErasure'],

  // The books
  [
    booksReaders,
    `query: account accountLedger accounts balanceSheet capitalMovements cashFlow divergence incomeByMonth
     incomeStatement journal journalRequests memberCapital transaction treasurySettings trialBalance`,
  ],
  // Lots of everyone for these, one's own for the others.
  [signedIn, 'query: retainedPatronage'],
  [['treasurer'], 'mutation: postTransaction postTransactions reverseTransaction correctTransaction'],
  // What is asked for decides who may be the second person.
  [signedIn, 'mutation: approveJournalRequest declineJournalRequest'],
  [['administrator'], 'mutation: createAccount deactivateAccount lockPeriod'],

  // Allocation and close
  [['allocator'], 'query: draftAllocation'],
  [['allocator', 'administrator'], 'query: draftInputs'],
  [[...booksReaders, 'board_member'], 'query: allocation periodClose'],
  [
    ['allocator'],
    `mutation: openPeriod beginPeriodClose confirmCloseStep proposeAllocation resumePeriodClose
     abandonPeriodClose`,
  ],
  [['allocator', 'administrator', 'board_member'], 'mutation: returnAllocation'],
  [['administrator', 'board_member'], 'mutation: approveAllocation'],
  [['administrator'], 'mutation: requestReopen'],
  [['board_member'], 'mutation: approveReopen'],

  // Distributions and statements
  [booksReaders, 'query: distribution distributions'],
  [
    ['treasurer'],
    `mutation: calculateDistribution scheduleDistribution markDistributionPaid markDistributionFailed
     cancelDistribution`,
  ],
  [['allocator'], 'mutation: approveDistribution'],
  [['member', 'allocator', 'auditor', 'board_member'], 'query: statement'],
  [signedIn, 'query: statements'],

  // Rules
  [['administrator', 'board_member'], 'query: waitingTerms'],
  [['administrator', 'board_member'], 'mutation: decideTerms'],
  [
    ['administrator'],
    `mutation: addContributionCategory retireContributionCategory changeContributionPolicy changeCooperative
     confirmValuationRule setValuationRule setWeights setAgreementPolicies setApprovalPolicy
     setAutoApprovalRule setServicesTaxPolicy setJournalThreshold setPostingRule removePostingRule
     decideTreasurySetting decideApprovalPolicyRequest savePatronageProposal setSecondFactorPolicy`,
  ],

  // What waits for a second person; who may say no to it, each request's own command decides.
  [[...peopleReaders, 'board_member'], 'query: waitingRequests'],
  [[...peopleReaders, 'board_member'], 'mutation: declineWaitingRequest'],
  // Of what somebody may remind others, their own asking decides.
  [signedIn, 'mutation: remindOfRequest'],

  // Keys of programs; what waits for its supervisor is theirs alone.
  [staff, 'query: apiKeys'],
  [staff, 'mutation: createApiKey rotateApiKey revokeApiKey'],
  [signedIn, 'query: pendingAct pendingActs'],
  [signedIn, 'mutation: confirmPendingAct declinePendingAct'],

  // Where the cooperative's news are sent
  [['administrator'], 'query: webhook webhookKinds webhooks'],
  [
    ['administrator'],
    `mutation: registerWebhook changeWebhook rotateWebhookSecret stopWebhook startWebhook removeWebhook testWebhook
     replayWebhookDeliveries`,
  ],

  // The trail and the machinery
  [['auditor', 'administrator'], 'query: auditHead auditTrail auditVerdict dutyConflicts'],
  [['administrator'], 'query: operations'],
  [['administrator'], 'mutation: redriveDeadLetter'],
];

/** Who gets through the guard of each query and mutation, by "query name" or "mutation name". */
export const ROOT_ACCESS: ReadonlyMap<string, Audience> = new Map(
  rooms.flatMap(([who, operations]) => {
    const [kind, names = ''] = operations.split(':');
    return names
      .trim()
      .split(/\s+/)
      .map((name): [string, Audience] => [`${kind} ${name}`, who]);
  }),
);

/** Named twice in the table above; there must be none. */
export const namedTwice: readonly string[] = rooms
  .flatMap(([, operations]) => {
    const [kind, names = ''] = operations.split(':');
    return names
      .trim()
      .split(/\s+/)
      .map((name) => `${kind} ${name}`);
  })
  .filter((name, index, all) => all.indexOf(name) !== index);

/** Fields with a guard of their own: who gets them of another member, or of the cooperative. */
export const FIELD_ACCESS: Readonly<Record<string, readonly Role[]>> = {
  'Account.balance': booksReaders,
  'MemberClass.members': peopleReaders,
  'Member.capital': booksReaders,
  'Member.capitalHistory': booksReaders,
  'Member.class': peopleReaders,
  'Member.className': peopleReaders,
  'Member.droAmount': booksReaders,
  'Member.email': peopleReaders,
  'Member.formerRoles': peopleReaders,
  'Member.hasLogin': peopleReaders,
  'Member.hasPasskey': ['administrator'],
  'Member.hasSecondFactor': ['administrator'],
  'Member.history': peopleReaders,
  'Member.invitation': ['administrator'],
  'Member.joinedOn': peopleReaders,
  'Member.legalName': peopleReaders,
  'Member.nextDistribution': booksReaders,
  'Member.nextStatuses': peopleReaders,
  'Member.openQuestions': peopleReaders,
  'Member.retainedPatronage': booksReaders,
  'Member.roles': peopleReaders,
  'Member.status': peopleReaders,
};
