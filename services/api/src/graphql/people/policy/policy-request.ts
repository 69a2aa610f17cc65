// Looser approval rules that wait for a second administrator: what they would be, and a word on them.
import { rolesThatSecond } from '@habitat/notifications';
import type { PolicyRequest } from '@habitat/people';
import {
  decidePolicyRequest,
  listPolicyRequests,
  listRoleHolders,
  policyDecisionsOpenTo,
} from '@habitat/people';
import { builder } from '../../builder.ts';
import { defineMutation } from '../../mutation.ts';
import { CooperativeRef } from '../../platform/cooperative.ts';
import { stillWaiting } from '../../platform/waiting/second-person-days.ts';
import { MemberRef } from '../member.ref.ts';
import { ApprovalPolicyRef, AutoRuleRef } from '../rule.ts';

const PolicyRequestRef = builder.objectRef<PolicyRequest>('ApprovalPolicyRequest').implement({
  description:
    'A change of the approval rules that would weaken them, and counts only once a second administrator agrees.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id of the request, for decideApprovalPolicyRequest.',
      resolve: ({ requestId }) => ({ type: 'ApprovalPolicyRequest', id: requestId }),
    }),
    policy: t.field({
      type: ApprovalPolicyRef,
      nullable: true,
      description:
        'The policy as it would be, with the version it starts from; null when a rule is asked for.',
      resolve: (request) =>
        request.topic === 'approval'
          ? {
              version: request.baseVersion,
              effectiveFrom: request.effectiveFrom,
              body: request.policy,
              rationale: request.rationale,
              setByMemberId: request.byMemberId,
              recordedAt: request.recordedAt,
            }
          : null,
    }),
    rule: t.field({
      type: AutoRuleRef,
      nullable: true,
      description: 'The rule that needs no reviewer as it would be; null when the policy is asked for.',
      resolve: (request) =>
        request.topic === 'auto_approval'
          ? { ...request.rule, ruleId: request.ruleId, version: request.baseVersion }
          : null,
    }),
    rationale: t.exposeString('rationale', { description: 'Why.' }),
    setBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who asked.',
      resolve: ({ byMemberId }) => byMemberId,
    }),
    setAt: t.field({ type: 'DateTime', description: 'When.', resolve: ({ recordedAt }) => recordedAt }),
    viewerMay: t.stringList({
      description: 'What you may do while it waits: approve, decline. Who asked may only decline.',
      resolve: (request, _args, context) => policyDecisionsOpenTo(context.signedIn().actor, request),
    }),
  }),
});

builder.queryField('approvalPolicyRequests', (t) =>
  t.field({
    type: [PolicyRequestRef],
    description: 'Looser approval rules that wait for a second administrator, the oldest first.',
    authScopes: { signedIn: true },
    resolve: async (_root, _args, context) =>
      stillWaiting(
        context,
        await listPolicyRequests(context.database, context.cooperativeId()),
        ({ recordedAt }) => recordedAt,
      ),
  }),
);

builder.objectField(CooperativeRef, 'hasSecondAdministrator', (t) =>
  t.boolean({
    description: 'False while one administrator is alone, so that nobody could agree to looser rules.',
    resolve: async (_cooperative, _args, context) => {
      const roles = rolesThatSecond('setApprovalPolicy');
      const query = { cooperativeId: context.cooperativeId(), roles, now: context.now };
      return (await listRoleHolders(context.database, query)).length > 1;
    },
  }),
);

defineMutation('decideApprovalPolicyRequest', {
  description: 'A second administrator’s word on looser approval rules; whoever asked may take them back.',
  allow: 'policy.manage',
  input: (t) => ({
    requestId: t.globalID({ required: true, description: 'The request.' }),
    approve: t.boolean({ required: true, description: 'False declines it.' }),
    reason: t.string({ description: 'Why not; needed to decline.' }),
  }),
  run: ({ requestId, approve, reason }, context, command) =>
    decidePolicyRequest(context.database, command, {
      requestId: requestId.id,
      approve,
      reason: reason ?? null,
    }),
  payload: (t) => ({
    version: t.exposeInt('version', {
      nullable: true,
      description: 'The version it became; null when it was declined.',
    }),
  }),
});
