// A notice before it reaches anybody: what it says, what it is about, and who is to be told. Who that is by name is asked
// of the context that knows, when it is given.
import type { Role } from '@habitat/kernel';
import type { NoticeKind } from './kind.ts';

/** Whom a notice concerns. */
export type Audience =
  | { readonly to: 'members'; readonly memberIds: readonly string[] }
  /** Whoever holds one of these roles now, and these members besides. */
  | { readonly to: 'roles'; readonly roles: readonly Role[]; readonly memberIds?: readonly string[] }
  /** Whoever may decide on this contribution now; nobody once it is decided. */
  | { readonly to: 'deciders'; readonly contributionId: string }
  /** Whoever takes part in what is said about this contribution: whose it is, who signed it, who wrote. */
  | { readonly to: 'thread'; readonly contributionId: string };

/** What the words of a notice are filled in with: amounts in minor units, days as civil dates. */
export type NoticeFacts = Readonly<Record<string, string>>;

export interface Notice {
  readonly kind: NoticeKind;
  readonly audience: Audience;
  /** The event's id, or what a schedule found: told once per person, however often it is come upon. */
  readonly source: string;
  /** Whose doing it was: they know already. Null for the system's. */
  readonly byMemberId: string | null;
  readonly subjectId: string | null;
  readonly facts: NoticeFacts;
  readonly at: Date;
}

/** A notice with the people it goes to. */
export type AddressedNotice = Omit<Notice, 'audience'> & { readonly memberIds: readonly string[] };

/** Where the pages show what a notice is about. */
export function placeOf(kind: NoticeKind, subjectId: string | null): string {
  const at = (path: string, type: string) =>
    subjectId === null
      ? path
      : `${path}/${encodeURIComponent(Buffer.from(`${type}:${subjectId}`).toString('base64url'))}`;
  switch (kind) {
    case 'contribution_submitted':
    case 'contribution_stale':
    case 'contribution_escalated':
    case 'contribution_answered':
      return '/approvals';
    case 'peer_asked':
      return '/peers';
    case 'contribution_approved':
    case 'contribution_adjusted':
    case 'contribution_question':
    case 'contribution_remark':
    case 'contribution_rejected':
    case 'contribution_posted':
    case 'contribution_disputed':
    case 'dispute_settled':
      return at('/contributions', 'Contribution');
    case 'period_closing':
      return '/contributions';
    case 'rate_change':
      return '/settings/rates';
    case 'statement_ready':
      return at('/statements', 'Statement');
    case 'distribution_scheduled':
    case 'distribution_paid':
    case 'distribution_failed':
      return '/statements';
    case 'payout_account':
      return '/settings/me/payout';
    case 'second_person':
      return '/settings/waiting';
    case 'request_declined':
      // It waits nowhere any more, and the notice says it all.
      return '/notifications';
    case 'dead_letter':
    case 'job_failed':
      return '/operations';
    case 'security':
      return '/audit';
    case 'webhook_stopped':
      return '/settings/webhooks';
  }
}
