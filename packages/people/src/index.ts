// People: members and their roles, contributions through their whole life, valuation rules, approval and the
// policies they are decided under. Everything another package may use is named here.

// Contributions: the author's acts
export type { LogInput, LogRefusal, LoggedItem, ItemRefusals } from './contribution/logging.commands.ts';
export {
  logContribution,
  logContributions,
  logContributionsIn,
  logEachContribution,
} from './contribution/logging.commands.ts';
export type { EditInput, EditRefusal } from './contribution/author.commands.ts';
export {
  allowLateContribution,
  attachEvidenceFiles,
  editContribution,
  submitContribution,
  withdrawContribution,
} from './contribution/author.commands.ts';
export type { ContentInput, ContentRefusal } from './contribution/draft.ts';
export type { Contribution, ContributionStatus, EvidenceLink } from './contribution/contribution.ts';

// Contributions: deciding
export type { BulkResult } from './approval/decision.commands.ts';
export {
  adjustContribution,
  answerQuestion,
  approveContribution,
  approveContributions,
  askAboutContribution,
  commentOnContribution,
  rejectContribution,
} from './approval/decision.commands.ts';
export type { DecisionRefusal, DecisionSetting, ViewerAct } from './approval/access.ts';
export { isAuthor, maySee, viewerRights } from './approval/access.ts';
export type { Reviewer } from './approval/reviewer.ts';
export type { GivenSignature, Seat, Standing, Turn, TurnCause } from './approval/turn.ts';
export { ageInDays, deciders, isStale, turnOf, waitedFor } from './approval/turn.ts';
export type { Absence } from './absence/absence.ts';
export type { AbsenceInput } from './absence/absence.commands.ts';
export { announceAbsence, endAbsence, listAbsences } from './absence/absence.commands.ts';
export { setAutoApprovalRule } from './approval/auto-approval.commands.ts';
export type { AutoApprovalRule } from './approval/auto-approval.ts';

// Peers
export type { Peer, PeerReview, PeerState, PeerVote } from './peer/peer.ts';
export { isAskedAsPeer, isPeer } from './peer/peer.ts';
export type { GivenVote, PeerRound } from './peer/peer.store.ts';
export { endPeerReviews, objectToContribution, validateContribution } from './peer/peer.commands.ts';
export type { OwnWord } from './peer/peer.queries.ts';
export { peerRoundsOf, peersAskedOf, wordsOfPeer } from './peer/peer.queries.ts';
export { countPeerQueue, listPeerQueue, peerQueueKey } from './peer/queue.queries.ts';

// What waits for a second person
export { decidePolicyRequest } from './policy-request/policy-request.commands.ts';
export type { PolicyRequest } from './policy-request/policy-request.ts';
export { policyDecisionsOpenTo } from './policy-request/policy-request.ts';
export type { DeclineWaitingRefusal } from './waiting/waiting.ts';
export {
  declineValuationOverride,
  declineValuationRule,
  expirePeopleWaiting,
  listPeopleWaiting,
} from './waiting/waiting.ts';

// Contributions: after the decision
export {
  confirmValuationOverride,
  disputeContribution,
  overrideValuation,
  resolveDispute,
} from './dispute/dispute.commands.ts';
export { overrideRights } from './dispute/dispute.ts';
export type { OpenOverride } from './dispute/override.queries.ts';
export { findOpenOverrides, whoAsked } from './dispute/override.queries.ts';
export { retryPosting } from './posting/posting.ts';

// Evidence files
export type { AttachRefusal, EvidenceFacts, EvidenceFile } from './evidence/evidence.ts';
export { isUploader } from './evidence/evidence.ts';
export {
  dropUnattachedEvidence,
  noteInfectedEvidence,
  uploadEvidence,
  uploadRefusal,
} from './evidence/evidence.commands.ts';
export { evidenceFilesOf, findEvidenceFile, listEvidenceFiles } from './evidence/evidence.queries.ts';

// Members and roles
export type { Member, MemberInput } from './member/member.ts';
export { MEMBER_TRANSITIONS } from './member/member.ts';
export type { NewMemberInput } from './member/member.commands.ts';
export {
  addMember,
  addMembers,
  addMembersIn,
  changeMember,
  changeMemberStatus,
  linkLogin,
} from './member/member.commands.ts';
export type { ChangeOwnNameRefusal } from './member/own-name.commands.ts';
export { changeOwnName } from './member/own-name.commands.ts';
export type { UndoObstacle, UndoRefusal } from './member/import-undo.commands.ts';
export { undoImportedContributionsIn, undoImportedMembersIn } from './member/import-undo.commands.ts';
export type { AssignRoleInput } from './role/role.commands.ts';
export { assignRole, revokeRole } from './role/role.commands.ts';
export type { Holding } from './role/role.queries.ts';
export {
  endedAssignmentsOf,
  findActor,
  holdingOf,
  listRoleHolders,
  roleAssignmentsOf,
  rolesOf,
} from './role/role.queries.ts';
export type { RoleAssignment } from './role/role.ts';

// Valuation rules and policies
export type { SetRuleInput, SetRuleRefusal } from './valuation/valuation-rule.commands.ts';
export { confirmValuationRule, setValuationRule } from './valuation/valuation-rule.commands.ts';
export type { ValuationRule } from './valuation/valuation-rule.ts';
export type { StoredRule } from './valuation/valuation-rule.store.ts';
export type {
  ApprovalPolicy,
  ContributionPolicy,
  ContributionPolicyBody,
  PeerRule,
  PolicyBody,
  PolicyTopic,
  ServicesTaxBody,
  ServicesTaxPolicy,
} from './policy/policy.ts';
export {
  setApprovalPolicy,
  setContributionPolicy,
  setMemberClasses,
  setServicesTaxPolicy,
} from './policy/policy.commands.ts';

export type { ChangeContributionPolicyInput, KindChange } from './policy/contribution-policy.commands.ts';
export { changeContributionPolicy } from './policy/contribution-policy.commands.ts';
export type { CategoryInput, ContributionCategory } from './policy/category.commands.ts';
export {
  addContributionCategory,
  listContributionCategories,
  retireContributionCategory,
} from './policy/category.commands.ts';
export type { MemberClass } from './policy/member-class.commands.ts';
export {
  addMemberClass,
  listMemberClasses,
  renameMemberClass,
  retireMemberClass,
} from './policy/member-class.commands.ts';
export type { PolicyVersion } from './policy/policy.store.ts';
export {
  listAutoApprovalRules,
  listPolicies,
  listValuationRules,
  listPolicyRequests,
  policyInForce,
  policyVersionOn,
} from './policy/policy.queries.ts';

// Reading contributions and members: (database, cooperativeId, …)
export type {
  ContributionComment,
  ContributionFilter,
  ContributionStep,
  MemberYear,
  PendingWork,
  SignatureView,
} from './contribution/contribution.queries.ts';
export {
  commentsOf,
  contributionKey,
  countContributions,
  findContributions,
  listContributions,
  listPendingWork,
  memberYears,
  recentDecided,
  signaturesOf,
  stepsOf,
} from './contribution/contribution.queries.ts';
export type { QueueCounts, QueueFilter, QueuePlace } from './approval/queue.queries.ts';
export { countApprovalQueue, listApprovalQueue, queueKey } from './approval/queue.queries.ts';
export type {
  CategoryOption,
  ContributionOptions,
  ContributionPreview,
  KindOption,
} from './contribution/preview.queries.ts';
export type { MemberFilter, MemberStep } from './member/member.queries.ts';
export {
  countMembers,
  findMemberByEmail,
  findMembers,
  listMembers,
  memberSteps,
} from './member/member.queries.ts';
export {
  contributionOptions,
  previewContribution,
  previewContributions,
  viewerSetting,
} from './contribution/preview.queries.ts';
export { formatQuantity } from './valuation/quantity.ts';

// Erasing members
export type { Erasure, ErasureObstacle, ErasureStatus } from './erasure/erasure.ts';
export { isConcerned } from './erasure/erasure.ts';
export {
  approveErasure,
  declineErasure,
  requestErasure,
  withdrawErasure,
} from './erasure/erasure.commands.ts';
export { listErasures, listEvidenceToRemove, noteEvidenceRemoved } from './erasure/erasure.queries.ts';

// Other contexts' events
export type { PeopleHandler } from './handler/people-handlers.ts';
export { peopleHandlers, peopleProjections } from './handler/people-handlers.ts';
