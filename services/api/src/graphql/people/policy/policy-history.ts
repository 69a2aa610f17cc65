// Who changed which policy, when and why; and the tax basis of services in force.
import type { PolicyTopic, PolicyVersion } from '@habitat/people';
import { listPolicies, policyVersionOn } from '@habitat/people';
import { builder } from '../../builder.ts';
import { localDay } from '../day.ts';
import { MemberRef } from '../member.ref.ts';

const TopicEnum = builder.enumType('PolicyTopic', {
  description: 'What a policy is about.',
  values: {
    APPROVAL: { value: 'approval', description: 'Who decides contributions.' },
    CONTRIBUTION: { value: 'contribution', description: 'How contributions are treated.' },
    SERVICES_TAX: { value: 'services_tax', description: 'Tax basis of services.' },
    MEMBER_CLASS: { value: 'member_class', description: 'Classes of membership.' },
  } as const,
});

const PolicyVersionRef = builder.objectRef<PolicyVersion<PolicyTopic>>('PolicyVersion').implement({
  description: 'One version of a policy.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'Its version.' }),
    effectiveOn: t.field({
      type: 'LocalDate',
      nullable: true,
      description: 'Its first day; null for what the cooperative began with.',
      resolve: ({ effectiveFrom }) => (effectiveFrom === '0001-01-01' ? null : effectiveFrom),
    }),
    rationale: t.exposeString('rationale', { description: 'Why it was set.' }),
    setBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who set it; null for what the cooperative began with.',
      resolve: ({ setByMemberId }) => setByMemberId,
    }),
    setAt: t.field({ type: 'DateTime', description: 'When.', resolve: ({ recordedAt }) => recordedAt }),
    document: t.string({
      description: 'The whole policy as JSON, amounts in minor units.',
      resolve: ({ body }) => JSON.stringify(body),
    }),
  }),
});

builder.queryField('policyVersions', (t) =>
  t.field({
    type: [PolicyVersionRef],
    description: 'Every version of a policy, newest first.',
    authScopes: { signedIn: true },
    args: { topic: t.arg({ type: TopicEnum, required: true, description: 'Of which policy.' }) },
    resolve: (_root, { topic }, context) => listPolicies(context.database, context.cooperativeId(), topic),
  }),
);

const ServicesTaxPolicyRef = builder.objectRef<PolicyVersion<'services_tax'>>('ServicesTaxPolicy').implement({
  description: 'Tax basis of services.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'Its version.' }),
    method: t.string({ description: 'A, B or C.', resolve: ({ body }) => body.method }),
    percent: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'With C: the percentage.',
      resolve: ({ body }) => (body.method === 'C' ? body.percent : null),
    }),
    rationale: t.exposeString('rationale', { description: 'Why it was set.' }),
  }),
});

builder.queryField('servicesTaxPolicy', (t) =>
  t.field({
    type: ServicesTaxPolicyRef,
    description: 'The tax basis of services in force today.',
    authScopes: { signedIn: true },
    resolve: (_root, _args, context) =>
      policyVersionOn(context.database, context.cooperativeId(), 'services_tax', localDay(context)),
  }),
);
