// Every text people can write at the API, with where it is kept and which pages show it: the test of markup writes into each
// and looks for each. An input without an entry fails `texts.test.ts`, so that no new one goes unlooked at.
import type { Person } from '../setup/browser.ts';

/** A page that shows it, as its person of the table of routes opens it or as somebody of Meadow Lane does. */
export type Showing = string | readonly [who: Person, path: string];

export interface KeptText {
  /** What takes it: `mutation.field`, or `InputType.field` of an input within another. */
  readonly inputs: string;
  /** Statements that put `:mark` where it is kept; none where `writing.ts` writes it by the act itself. */
  readonly put: readonly string[];
  readonly shown: readonly Showing[];
}

const before = (table: string, column: string) =>
  `update ${table} set ${column} = ':mark' || coalesce(${column}, '')`;

const contributions = 'from people.contribution';

/** What was said about contributions; what was never sealed is shown as what is. */
const said = (kind: string) =>
  `insert into people.contribution_comment (cooperative_id, comment_id, contribution_id, kind, body, recorded_at)
   select cooperative_id, gen_random_uuid(), contribution_id, '${kind}', ':mark', now() ${contributions}`;

/** An act in the history of contributions, with its reason. */
const done = (sequence: number, act: string) =>
  `insert into people.contribution_step (cooperative_id, contribution_id, sequence, act, to_status, reason, facts, actor_kind, recorded_at)
   select cooperative_id, contribution_id, ${sequence}, '${act}', status, ':mark', '{}', 'system', now() ${contributions}`;

export const keptTexts: readonly KeptText[] = [
  // People and their cooperative
  {
    inputs: `addMember.displayName changeMember.displayName changeMyProfile.displayName grantAccess.displayName
      acceptInvitation.displayName`,
    put: [before('people.member', 'display_name'), before('platform.login', 'display_name')],
    shown: ['/', '/members', '/members/[id]', '/close', '/distributions', '/treasury/capital', '/audit'],
  },
  {
    inputs: 'addMember.legalName changeMember.legalName',
    put: [before('people.member', 'legal_name')],
    shown: ['/members/[id]'],
  },
  {
    inputs: `addMember.email changeMember.email grantAccess.email inviteMember.email requestEmailChange.email`,
    put: [before('people.member', 'email')],
    shown: ['/members', '/members/[id]'],
  },
  {
    inputs: 'changeCooperative.name',
    put: ['platform', 'people', 'treasury', 'agreements'].map((home) =>
      before(`${home}.cooperative`, 'name'),
    ),
    shown: ['/statements/[id]', '/settings/cooperative'],
  },
  {
    inputs: 'changeCooperative.legalName',
    put: [before('platform.cooperative', 'legal_name')],
    shown: ['/settings/cooperative'],
  },
  {
    inputs: 'assignRole.reason',
    put: [before('people.role_assignment', 'reason')],
    shown: ['/members/[id]'],
  },
  {
    inputs: 'revokeRole.reason',
    put: [`${before('people.role_assignment', 'revoke_reason')} where revoked_at is not null`],
    shown: ['/members/[id]'],
  },
  {
    inputs: 'changeMemberStatus.reason',
    put: [
      `insert into people.member_step (cooperative_id, member_id, sequence, act, to_status, reason, facts, actor_kind, recorded_at)
       select cooperative_id, member_id, 90, 'status_changed', status, ':mark', '{}', 'system', now()
       from people.member`,
    ],
    shown: ['/members/[id]'],
  },
  {
    inputs: 'addMemberClass.name renameMemberClass.name',
    put: [],
    shown: [['mira', '/settings/classes']],
  },

  // What is given
  {
    inputs: 'logContribution.description LogEntryInput.description editContribution.description',
    put: [before('people.contribution', 'description')],
    shown: ['/contributions', '/contributions/[id]', '/contributions/[id]/edit', '/approvals', '/allocation'],
  },
  {
    inputs: 'EvidenceInput.label',
    put: [
      `update people.contribution set evidence =
       jsonb_build_array(jsonb_build_object('label', ':mark'::text, 'url', 'https://example.org'))`,
    ],
    shown: ['/contributions/[id]', '/contributions/[id]/edit', '/approvals'],
  },
  {
    inputs: 'addContributionCategory.name',
    put: [],
    shown: [['mira', '/settings/books']],
  },
  { inputs: 'commentOnContribution.body', put: [said('comment')], shown: ['/contributions/[id]'] },
  { inputs: 'askAboutContribution.question', put: [said('question')], shown: ['/contributions/[id]'] },
  { inputs: 'answerQuestion.answer', put: [said('answer')], shown: ['/contributions/[id]'] },
  { inputs: 'objectToContribution.reason', put: [done(98, 'peer_objected')], shown: ['/contributions/[id]'] },
  {
    inputs: 'rejectContribution.reason',
    put: [
      done(91, 'rejected'),
      `update platform.notification set kind = 'contribution_rejected',
       facts = facts || jsonb_build_object('reason', ':mark'::text) where kind = 'contribution_posted'`,
    ],
    shown: ['/contributions/[id]', '/notifications'],
  },
  { inputs: 'adjustContribution.reason', put: [done(92, 'adjusted')], shown: ['/contributions/[id]'] },
  { inputs: 'disputeContribution.reason', put: [done(93, 'disputed')], shown: ['/contributions/[id]'] },
  { inputs: 'resolveDispute.reason', put: [done(94, 'resolved')], shown: ['/contributions/[id]'] },
  {
    inputs: 'overrideValuation.justification',
    put: [done(95, 'override_requested')],
    shown: ['/contributions/[id]'],
  },
  {
    inputs: 'allowLateContribution.reason logContribution.lateReason logContribution.reason',
    put: [done(96, 'late_allowed')],
    shown: ['/contributions/[id]'],
  },

  // What is agreed
  {
    inputs: 'addMemberClass.rationale renameMemberClass.rationale retireMemberClass.rationale',
    put: [],
    shown: [['mira', '/settings/classes']],
  },
  {
    inputs: 'addContributionCategory.rationale retireContributionCategory.rationale',
    put: [],
    shown: [['mira', '/settings/contributions']],
  },
  {
    inputs: 'changeContributionPolicy.rationale',
    put: [],
    shown: [['mira', '/settings/contributions']],
  },
  { inputs: 'setApprovalPolicy.rationale', put: [], shown: [['mira', '/settings/approval']] },
  { inputs: 'setValuationRule.rationale', put: [], shown: [['mira', '/settings/rates']] },
  { inputs: 'setSecondFactorPolicy.rationale', put: [], shown: [['mira', '/settings/cooperative']] },
  { inputs: 'setWeights.rationale', put: [], shown: [['mira', '/settings/weights']] },
  {
    inputs: 'setAgreementPolicies.rationale savePatronageProposal.rationale',
    put: [],
    shown: [['mira', '/settings/allocation']],
  },
  {
    inputs: 'SurplusPolicyLineInput.label',
    // As it is agreed, and in force already.
    put: [
      `insert into agreements.terms (cooperative_id, id, kind, version, effective_from, document, rationale, needs_second, recorded_at)
       select cooperative_id, gen_random_uuid(), kind, 90, '2026-01-01', document, rationale, false, now()
       from agreements.terms where document #>> '{surplusLines,0,label}' = ':mark'`,
    ],
    shown: [['mira', '/settings/allocation']],
  },
  {
    inputs: 'decideTerms.reason',
    put: [
      `insert into agreements.terms_decision (cooperative_id, terms_id, outcome, reason, by_login_id, recorded_at)
       select cooperative_id, id, 'declined', ':mark', gen_random_uuid(), now() from agreements.terms where rationale like '=k%'`,
    ],
    shown: [['mira', '/settings/weights']],
  },

  // The books
  {
    inputs: 'postTransaction.description TransactionInput.description',
    put: [],
    shown: [['rae', '/treasury/journal']],
  },
  { inputs: 'EntryInput.memo', put: [], shown: [['rae', '/treasury/journal']] },
  {
    inputs: 'createAccount.name',
    put: [before('treasury.account', 'name')],
    shown: ['/treasury/accounts', '/treasury/accounts/[id]', '/treasury/balance-sheet', '/settings/books'],
  },
  {
    inputs: 'reverseTransaction.reason correctTransaction.reason lockPeriod.reason',
    put: [],
    shown: [['mira', '/settings/waiting']],
  },
  {
    inputs: 'setJournalThreshold.rationale setPostingRule.rationale removePostingRule.rationale',
    put: [],
    shown: [['mira', '/settings/books']],
  },
  {
    inputs: 'decideTreasurySetting.reason',
    put: [
      `insert into treasury.setting_decision (cooperative_id, setting_id, outcome, reason, by_login_id, recorded_at)
       select cooperative_id, id, 'declined', ':mark', gen_random_uuid(), now()
       from treasury.setting_version where needs_second`,
    ],
    shown: [['mira', '/settings/books']],
  },

  // The close and the payments
  {
    inputs: 'confirmCloseStep.note beginPeriodClose.earlyBecause',
    put: [before('agreements.close_step', 'note')],
    shown: ['/close'],
  },
  {
    inputs: 'requestReopen.reason',
    put: [
      `insert into agreements.reopen_request (cooperative_id, id, close_id, reason, by_login_id, by_member_id, recorded_at)
       select cooperative_id, gen_random_uuid(), id, ':mark', by_login_id, by_member_id, now() from agreements.period_close`,
    ],
    shown: ['/close'],
  },
  {
    inputs: 'cancelDistribution.reason markDistributionFailed.reason',
    put: [before('agreements.distribution_line', 'reason')],
    shown: ['/distributions', '/statements'],
  },

  // Programs, devices and files
  { inputs: 'createApiKey.name', put: [], shown: [['mira', '/settings/api-keys']] },
  { inputs: 'registerWebhook.name changeWebhook.name', put: [], shown: [['mira', '/settings/webhooks']] },
  {
    inputs: 'addPasskey.name renamePasskey.name',
    put: [
      `insert into platform.passkey (id, login_id, credential_id, public_key, sign_count, name, created_at)
       select gen_random_uuid(), id, id, '\\x00', 0, ':mark', now() from platform.login`,
    ],
    shown: ['/settings/me/security'],
  },
];

/** Texts no page shows to anybody, and why. */
export const unshownTexts: readonly (readonly [why: string, inputs: string])[] = [
  [
    'a secret, a code or what another machine made: read once and never kept as it is',
    `acceptInvitation.password acceptInvitation.token addPasskey.credential chooseCooperative.proof changePassword.currentPassword
     changePassword.newPassword completeSignIn.challenge completeSignIn.code confirmEmailChange.token
     confirmSecondFactor.code grantAccess.password linkIdentity.query linkIdentity.state reauthenticate.code
     reauthenticate.password reauthenticateWithPasskey.credential refreshSession.refreshToken resetPassword.password
     resetPassword.token signIn.password signInWithPasskey.credential signInWithProvider.query
     signInWithProvider.state signOut.refreshToken stopMail.token undoEmailChange.password undoEmailChange.token`,
  ],
  [
    'looked up, and told to nobody',
    `chooseCooperative.cooperativeSlug requestPasswordReset.email signIn.cooperativeSlug signIn.email signInWithPasskey.cooperativeSlug
     switchCooperative.cooperativeSlug`,
  ],
  [
    'a name of something there is, or refused',
    `addMember.class addMember.roles assignRole.categories assignRole.kinds assignRole.role changeCooperative.timeZone
     changeMember.class changeWebhook.kinds createApiKey.scopes createAccount.parentCode editContribution.category
     ApprovalRouteInput.category PeerRuleInput.category PeerRuleInput.role CategoryWeightInput.category ClassMultiplierInput.memberClass
     EligibilityInput.classes EligibilityInput.statuses EntryInput.accountCode LogEntryInput.category
     SurplusPolicyLineInput.accountCode SurplusPolicyLineInput.kind SurplusPolicyLineInput.of ThresholdInput.kind
     KindPolicyInput.patronageCategory logContribution.category registerWebhook.kinds removePostingRule.category
     retireContributionCategory.name      renameMemberClass.class retireMemberClass.class savePatronageProposal.formula
     savePatronageProposal.formulaCategories savePatronageProposal.rounding setAgreementPolicies.formula
     setAgreementPolicies.formulaCategories setAgreementPolicies.rounding setAutoApprovalRule.category
     setPostingRule.category setSecondFactorPolicy.roles setValuationRule.category setValuationRule.method`,
  ],
  [
    'of a form that has no room for markup: a number, a formula, a hash, an account’s number, an address of the web',
    `adjustContribution.quantity approveAllocation.recordHash createAccount.code editContribution.quantity
     logContribution.quantity EvidenceInput.url LogEntryInput.quantity setValuationRule.expression
     registerWebhook.url setPayoutAccount.accountNumber setPayoutAccount.iban setPayoutAccount.routingNumber
     SurplusPolicyLineInput.lineId`,
  ],
  [
    'kept for the record: no field of the API gives it out',
    `abandonPeriodClose.reason approveJournalRequest.note decideApprovalPolicyRequest.reason declineJournalRequest.reason declineWaitingRequest.reason
     returnAllocation.reason resetSecondFactor.reason setAutoApprovalRule.rationale`,
  ],
  [
    'told by the API, and on no page',
    `markDistributionPaid.reference setPayoutAccount.bankName setPayoutAccount.holder setServicesTaxPolicy.rationale`,
  ],
];

const words = (inputs: string) => inputs.trim().split(/\s+/);

/** Every input that has an entry, kept or not. */
export const namedInputs: readonly string[] = [
  ...keptTexts.flatMap(({ inputs }) => words(inputs)),
  ...unshownTexts.flatMap(([, inputs]) => words(inputs)),
];

/** A formula that breaks out of an attribute and a script and runs one, of a text's own. */
export const markOf = (text: KeptText): string =>
  `=k${keptTexts.indexOf(text)}"></script><img src=x onerror=ran=1>`;

/** The mark of what an input takes. */
export function markFor(input: string): string {
  const text = keptTexts.find(({ inputs }) => words(inputs).includes(input));
  if (text === undefined) throw new Error(`${input} is kept nowhere`);
  return markOf(text);
}
