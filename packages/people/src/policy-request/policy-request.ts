// A change of the approval rules that waits for a second administrator, and who may decide it. It is compared with the
// version in force when it was asked for, and counts only while that one still is.
import type { Actor, LocalDate, WaitingAct } from '@habitat/kernel';
import { isSamePerson, maySecond } from '@habitat/kernel';
import type { AutoApprovalReach } from './loosening.ts';
import type { ApprovalPolicyBody } from '../policy/policy.ts';

interface Asked {
  readonly requestId: string;
  readonly baseVersion: number;
  readonly effectiveFrom: LocalDate;
  readonly rationale: string;
  readonly byKind: Actor['kind'];
  readonly byLoginId: string | null;
  readonly byMemberId: string | null;
  readonly recordedAt: Date;
}

export type PolicyRequest =
  | (Asked & { readonly topic: 'approval'; readonly policy: ApprovalPolicyBody })
  | (Asked & { readonly topic: 'auto_approval'; readonly ruleId: string; readonly rule: AutoApprovalReach });

/** The command that asked for it. */
export const ASKED_BY: Readonly<Record<PolicyRequest['topic'], WaitingAct>> = {
  approval: 'setApprovalPolicy',
  auto_approval: 'setAutoApprovalRule',
};

/** Nothing else is asked for while a change of the same thing waits. */
export type ChangeWaiting = { readonly code: 'CHANGE_WAITING'; readonly requestId: string };

/** In the order checked. */
export type DecidePolicyRequestRefusal =
  | { readonly code: 'REQUEST_NOT_FOUND' }
  | { readonly code: 'NOTHING_TO_DECIDE' }
  | { readonly code: 'SAME_PERSON' }
  | { readonly code: 'FORBIDDEN'; readonly act: 'policy.manage' }
  | { readonly code: 'REASON_REQUIRED'; readonly field: 'reason' }
  | { readonly code: 'RULES_CHANGED'; readonly version: number };

/** Who asked, as far as telling them from a second person goes. */
function askerOf(request: PolicyRequest, cooperativeId: string): Actor {
  const { byLoginId: loginId, byMemberId: memberId } = request;
  return { kind: 'person', cooperativeId, loginId, memberId, roles: [] };
}

export function isAsker(actor: Actor, request: PolicyRequest): boolean {
  return isSamePerson(actor, askerOf(request, actor.cooperativeId));
}

/** What a person may do while it waits: a second administrator either, whoever asked only take it back. */
export function policyDecisionsOpenTo(actor: Actor, request: PolicyRequest): ('approve' | 'decline')[] {
  if (isAsker(actor, request)) return ['decline'];
  const mayDecide = maySecond(actor, 'policy.manage', askerOf(request, actor.cooperativeId));
  return mayDecide ? ['approve', 'decline'] : [];
}
