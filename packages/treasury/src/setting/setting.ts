// Settings of the books and the rules for changing them: a threshold raised above the present one weakens control, so
// it takes the two people it would excuse; which accounts contributions post to is one administrator's act.
import type { ContributionKind } from '@habitat/events';
import type { Actor } from '@habitat/kernel';
import { isSamePerson, maySecond } from '@habitat/kernel';
import type { Account } from '../account/account.store.ts';

export type SettingTopic = 'posting_rule' | 'dual_threshold';

/** One version of a setting, with its signatures. */
export interface SettingVersion {
  readonly id: string;
  readonly topic: SettingTopic;
  readonly version: number;
  readonly body: Readonly<Record<string, string | null>>;
  readonly rationale: string;
  readonly needsSecond: boolean;
  readonly setByLoginId: string | null;
  readonly setByMemberId: string | null;
  readonly recordedAt: Date;
  readonly outcome: 'approved' | 'declined' | 'expired' | null;
  readonly decidedByMemberId: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
}

export type SettingRefusal =
  | { readonly code: 'FORBIDDEN' }
  | { readonly code: 'RATIONALE_REQUIRED'; readonly path: 'rationale' }
  | { readonly code: 'NEGATIVE'; readonly path: 'amount' }
  | { readonly code: 'CHANGE_WAITING'; readonly settingId: string }
  | { readonly code: 'KIND_POSTS_NOTHING'; readonly path: 'kind' }
  | { readonly code: 'CATEGORY_TOO_LONG'; readonly path: 'category'; readonly most: number }
  | { readonly code: 'UNKNOWN_ACCOUNT'; readonly path: 'accountId' }
  | { readonly code: 'ACCOUNT_NOT_A_LEAF' | 'ACCOUNT_INACTIVE'; readonly path: 'accountId' }
  | { readonly code: 'ACCOUNT_TYPE_UNFIT'; readonly path: 'accountId'; readonly type: string }
  | { readonly code: 'RULE_NOT_FOUND'; readonly path: 'category' }
  | { readonly code: 'SETTING_NOT_FOUND'; readonly path: 'settingId' }
  | { readonly code: 'NOTHING_TO_DECIDE' }
  | { readonly code: 'SAME_PERSON' }
  | { readonly code: 'REASON_REQUIRED'; readonly path: 'reason' };

export const LONGEST_CATEGORY = 80;

/** Who set a version, as far as telling them from a second person goes. */
export function setterOf(version: SettingVersion, cooperativeId: string): Actor {
  const { setByLoginId: loginId, setByMemberId: memberId } = version;
  return { kind: 'person', cooperativeId, loginId, memberId, roles: [] };
}

/** What a person may do about a change that waits: a second administrator either, whoever asked only take it back. */
export function settingDecisionsOpenTo(actor: Actor, version: SettingVersion): ('approve' | 'decline')[] {
  if (!version.needsSecond || version.outcome !== null) return [];
  const first = setterOf(version, actor.cooperativeId);
  if (isSamePerson(actor, first)) return ['decline'];
  return maySecond(actor, 'policy.manage', first) ? ['approve', 'decline'] : [];
}

/** Revenue and relationships point at what is in the ledger already: they never post anything themselves. */
export function postsNothing(kind: ContributionKind): boolean {
  return kind === 'revenue' || kind === 'relationship';
}

/** Why a contribution cannot be debited to an account; null when it can. What members give is an asset or an expense. */
export function unfitAccount(account: Account | undefined): SettingRefusal | null {
  if (account === undefined) return { code: 'UNKNOWN_ACCOUNT', path: 'accountId' };
  if (!account.isLeaf) return { code: 'ACCOUNT_NOT_A_LEAF', path: 'accountId' };
  if (!account.active) return { code: 'ACCOUNT_INACTIVE', path: 'accountId' };
  if (account.type !== 'asset' && account.type !== 'expense')
    return { code: 'ACCOUNT_TYPE_UNFIT', path: 'accountId', type: account.type };
  return null;
}
