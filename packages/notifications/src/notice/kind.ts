// The kinds of notice there are, and how each is told to whoever never said otherwise: what asks something of a person is
// mailed at once, what merely happened waits for the day's digest.

/** At once, with the day's others, or not at all. */
export const MAIL_CHOICES = ['at_once', 'digest', 'off'] as const;
export type MailChoice = (typeof MAIL_CHOICES)[number];

/** How a kind of notice reaches somebody. */
export interface Channels {
  /** On the pages. */
  readonly listed: boolean;
  readonly mail: MailChoice;
}

const atOnce: Channels = { listed: true, mail: 'at_once' };
const daily: Channels = { listed: true, mail: 'digest' };
const silent: Channels = { listed: true, mail: 'off' };

/** Every kind with its usual channels, in the order people are asked about them. */
export const NOTICE_KINDS = {
  contribution_approved: daily,
  contribution_adjusted: atOnce,
  contribution_question: atOnce,
  contribution_remark: atOnce,
  contribution_rejected: atOnce,
  contribution_posted: silent,
  dispute_settled: atOnce,
  period_closing: atOnce,
  rate_change: daily,
  statement_ready: atOnce,
  distribution_scheduled: daily,
  distribution_paid: atOnce,
  distribution_failed: atOnce,
  payout_account: atOnce,
  contribution_submitted: daily,
  peer_asked: atOnce,
  contribution_answered: daily,
  contribution_disputed: atOnce,
  contribution_stale: atOnce,
  contribution_escalated: atOnce,
  second_person: atOnce,
  request_declined: atOnce,
  dead_letter: atOnce,
  job_failed: atOnce,
  security: atOnce,
  webhook_stopped: atOnce,
} as const satisfies Readonly<Record<string, Channels>>;

export type NoticeKind = keyof typeof NOTICE_KINDS;

export const noticeKinds = Object.keys(NOTICE_KINDS) as readonly NoticeKind[];

export function isNoticeKind(text: string): text is NoticeKind {
  return Object.hasOwn(NOTICE_KINDS, text);
}
