// A second administrator's word on a change that would weaken the approval rules; whoever asked may only take it back.
import type { CommandContext, Database, Transaction } from '@habitat/database';
import { appendDeclined, runCommand } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, isId, refuse } from '@habitat/kernel';
import { findRuleVersion, insertAutoApprovalRule } from '../approval/auto-approval.store.ts';
import { getCooperative } from '../cooperative/cooperative.store.ts';
import { lockCooperative } from '../member/member.store.ts';
import { findPolicyOn, insertPolicy } from '../policy/policy.store.ts';
import { isOverdue } from '../waiting/overdue.ts';
import type { DecidePolicyRequestRefusal, PolicyRequest } from './policy-request.ts';
import { ASKED_BY, isAsker, policyDecisionsOpenTo } from './policy-request.ts';
import { endPolicyRequest, findPolicyRequest } from './policy-request.store.ts';

export type DecidedPolicyRequest = {
  readonly requestId: string;
  /** The version it became; null when it was declined. */
  readonly version: number | null;
};

/** Makes it a version in the name of whoever asked; refused once what it was compared with is not in force any more. */
async function putInForce(
  tx: Transaction,
  request: PolicyRequest,
): Promise<Result<number, DecidePolicyRequestRefusal>> {
  const { baseVersion, rationale } = request;
  const setBy = { kind: request.byKind, loginId: request.byLoginId, memberId: request.byMemberId };
  if (request.topic === 'approval') {
    const { today } = await getCooperative(tx);
    const effectiveFrom = request.effectiveFrom < today ? today : request.effectiveFrom;
    const { version } = await findPolicyOn(tx, 'approval', effectiveFrom);
    if (version !== baseVersion) return refuse({ code: 'RULES_CHANGED', version });
    tx.judgedBy('approval', baseVersion);
    return accept(
      await insertPolicy(tx, 'approval', { body: request.policy, effectiveFrom, rationale, setBy }),
    );
  }
  const { ruleId, rule } = request;
  const version = await findRuleVersion(tx, ruleId);
  if (version !== baseVersion) return refuse({ code: 'RULES_CHANGED', version });
  if (version > 0) tx.judgedBy('auto_approval', ruleId, version);
  return accept(
    await insertAutoApprovalRule(tx, { ...rule, ruleId, version: version + 1, rationale, setBy }),
  );
}

/**
 * Agrees to a change that waits, or declines it with a reason. Refuses, in order: REQUEST_NOT_FOUND, NOTHING_TO_DECIDE
 * (decided, expired), SAME_PERSON, FORBIDDEN, REASON_REQUIRED, RULES_CHANGED (it was compared with an earlier version).
 */
export async function decidePolicyRequest(
  database: Database,
  context: CommandContext,
  input: { readonly requestId: string; readonly approve: boolean; readonly reason?: string | null },
) {
  return runCommand<DecidedPolicyRequest, DecidePolicyRequestRefusal>(
    database,
    'people',
    context,
    { name: 'decidePolicyRequest', input },
    async (tx) => {
      await lockCooperative(tx);
      const found = isId(input.requestId) ? await findPolicyRequest(tx, input.requestId) : null;
      if (found === null) return refuse({ code: 'REQUEST_NOT_FOUND' });
      const { request } = found;
      const { requestId } = request;
      if (!found.open || (await isOverdue(tx, request.recordedAt)))
        return refuse({ code: 'NOTHING_TO_DECIDE' });
      if (!policyDecisionsOpenTo(tx.actor, request).includes(input.approve ? 'approve' : 'decline'))
        return refuse(
          isAsker(tx.actor, request) ? { code: 'SAME_PERSON' } : { code: 'FORBIDDEN', act: 'policy.manage' },
        );
      if (!input.approve) {
        const reason = input.reason?.trim() ?? '';
        if (reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
        await endPolicyRequest(tx, requestId, { reason });
        const asked = ASKED_BY[request.topic];
        if (!isAsker(tx.actor, request))
          appendDeclined(tx, { requestId, asked, askedBy: request.byMemberId, reason });
        return accept({ requestId, version: null });
      }
      const version = await putInForce(tx, request);
      if (!version.ok) return version;
      await endPolicyRequest(tx, requestId, { version: version.value });
      return accept({ requestId, version: version.value });
    },
  );
}
