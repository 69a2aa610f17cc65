// What notices say, in English. What is in braces is filled in: names, amounts and days come in as printed text.
export const en = {
  contribution_approved: 'Your contribution {number} ({category}) was approved: {amount}.',
  contribution_adjusted: 'Your contribution {number} ({category}) was adjusted and approved: {amount}.',
  contribution_question: '{by} has a question about your contribution {number} ({category}).',
  contribution_rejected: 'Your contribution {number} ({category}) was rejected: {reason}',
  'contribution_rejected.silent':
    'Your contribution {number} ({category}) was rejected: its peers did not validate it by {day}.',
  contribution_posted: 'Your contribution {number} ({category}) was approved and is in the books: {amount}.',
  dispute_settled: 'The dispute about your contribution {number} is settled at {amount}: {reason}',
  period_closing: '{period} ends on {day}, and work of yours in it is not submitted yet.',
  rate_change:
    'A rate was decided for {category}: {rate} from {day} on. Work done before keeps the rate of its day.',
  'rate_change.rule':
    'The way of valuing {category} changes on {day}. Work done before keeps the rule of its day.',
  statement_ready: 'Your statement is ready.',
  distribution_scheduled: '{amount} will be paid to you on {day}.',
  distribution_paid: '{amount} was paid to you on {day}.',
  distribution_failed: 'A payment of {amount} to you did not take place: {reason}',
  payout_account:
    'The account you are paid to was changed. If it was not you, tell your administrator at once.',
  'payout_account.removed':
    'The account you are paid to was taken away. If it was not you, tell your administrator at once.',
  contribution_submitted: '{owner} gave contribution {number} ({category}), and it waits for a decision.',
  peer_asked:
    '{owner} gave contribution {number} ({category}): was it given as logged? Your word is waited for.',
  contribution_remark: 'There is a new remark about contribution {number} ({category}).',
  contribution_answered: '{owner} answered about contribution {number} ({category}).',
  contribution_disputed: '{owner} disputes the value of contribution {number}: {reason}',
  contribution_stale: 'Contribution {number} of {owner} has waited for a decision since {day}.',
  contribution_escalated:
    'Contribution {number} of {owner} ({category}) came to you: nobody else can decide it.',
  'contribution_escalated.absent':
    'Contribution {number} of {owner} ({category}) is decided by you while its approver is away.',
  'contribution_escalated.late':
    'Contribution {number} of {owner} ({category}) has waited too long: its backup may decide it too.',
  'contribution_escalated.validated':
    'Contribution {number} of {owner} ({category}) was validated by peers; its value takes two reviewers.',
  'contribution_escalated.objected':
    'A peer said no to contribution {number} of {owner} ({category}): a reviewer decides it.',
  'contribution_escalated.timed_out':
    'Peers let the days for contribution {number} of {owner} ({category}) pass: a reviewer decides it.',
  'contribution_escalated.no_eligible':
    'Too few peers can be asked about contribution {number} of {owner} ({category}): a reviewer decides it.',
  'contribution_escalated.nobody':
    'Nobody can decide contribution {number} of {owner} ({category}). Give somebody the role reviewer.',
  second_person: '{by} did something that waits for a second person.',
  'second_person.contribution': 'Contribution {number} of {owner} waits for a second signature.',
  'second_person.allocation': '{by} proposed an allocation, and it waits for a second person.',
  'second_person.postTransaction': '{by} drew up a journal entry that waits for a second person.',
  'second_person.reverseTransaction': '{by} asks to reverse a journal entry; it waits for a second person.',
  'second_person.correctTransaction': '{by} asks to correct a journal entry; it waits for a second person.',
  'second_person.erasure': 'Erasing a member was asked for; it waits for a second administrator.',
  'second_person.lockPeriod': '{by} asks to lock a period; it waits for a second administrator.',
  'second_person.requestReopen': '{by} asks to open a closed period again; it waits for a board member.',
  'second_person.calculateDistribution': '{by} drew up a distribution that waits for its approval.',
  'second_person.overrideValuation':
    '{by} asks to set another value for a contribution; it waits for a second administrator.',
  'second_person.setWeights':
    '{by} proposes other weights; they wait for another administrator or a board member.',
  'second_person.setPolicies':
    '{by} proposes other policies; they wait for another administrator or a board member.',
  'second_person.proposeTerms':
    '{by} proposes other weights or policies; they wait for another administrator or a board member.',
  'second_person.setJournalThreshold':
    '{by} asks to raise the amount that needs two people; it waits for a second administrator.',
  'second_person.setApprovalPolicy':
    '{by} asks for looser approval rules; they wait for a second administrator.',
  'second_person.setAutoApprovalRule':
    '{by} asks to let more through without a reviewer; it waits for a second administrator.',
  'second_person.setValuationRule':
    '{by} asks for a rate without notice; it waits for a second administrator.',
  'second_person.expiring':
    'What {owner} asked for still waits for a second person, and expires on {day} if nobody decides.',
  'second_person.expired': 'What {owner} asked for has expired: no second person decided until {day}.',
  request_declined: '{by} declined what you asked for: {reason}',
  'request_declined.postTransaction': '{by} declined the journal entry you drew up: {reason}',
  'request_declined.reverseTransaction': '{by} declined to reverse a journal entry as you asked: {reason}',
  'request_declined.correctTransaction': '{by} declined to correct a journal entry as you asked: {reason}',
  'request_declined.lockPeriod': '{by} declined to lock the period as you asked: {reason}',
  'request_declined.setJournalThreshold':
    '{by} declined to raise the amount that needs two people, as you asked: {reason}',
  'request_declined.setWeights': '{by} declined the weights you proposed: {reason}',
  'request_declined.setPolicies': '{by} declined the policies you proposed: {reason}',
  'request_declined.requestReopen': '{by} declined to open the period again as you asked: {reason}',
  'request_declined.setValuationRule': '{by} declined the rate you asked for without notice: {reason}',
  'request_declined.setApprovalPolicy': '{by} declined the approval rules you asked for: {reason}',
  'request_declined.setAutoApprovalRule':
    '{by} declined to let more through without a reviewer, as you asked: {reason}',
  'request_declined.overrideValuation':
    '{by} declined the other value you asked for in a contribution: {reason}',
  'request_declined.requestErasure': '{by} declined the erasure you asked for: {reason}',
  dead_letter: 'An event could not be handled ({handler}) and waits for another try.',
  job_failed: 'The job {job} failed on {day}.',
  security: 'Something happened that concerns the security of the cooperative.',
  'security.assignRole': '{by} gave a member a role.',
  'security.revokeRole': '{by} took a role from a member.',
  'security.makeResetLink': '{by} made a link that sets a member’s password anew.',
  'security.token_reused': 'A session of {owner} was ended: a copy of its key had been used.',
  webhook_stopped: 'The webhook {name} was stopped: nothing has come through for days.',
  'webhook_stopped.gone': 'The webhook {name} was stopped: its receiver answered that it is gone for good.',
  'kind.labor': 'labor',
  'kind.expertise': 'expertise',
  'kind.cash': 'cash',
  'kind.in_kind': 'things in kind',
  'kind.revenue': 'revenue',
  'kind.relationship': 'relationships',
  'kind.community': 'community work',
  someone: 'Somebody',
} as const;

/** The name of a sentence. */
export type Saying = keyof typeof en;
