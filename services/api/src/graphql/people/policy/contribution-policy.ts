// How contributions are treated: read by everybody, changed by administrators, each change a version with its reason.
import type { ContributionPolicyBody, PolicyVersion } from '@habitat/people';
import { changeContributionPolicy, listPolicies, policyVersionOn } from '@habitat/people';
import type { ContributionKind, Treatment } from '@habitat/events';
import type { Types } from '../../builder.ts';
import { builder } from '../../builder.ts';
import { defineMutation } from '../../mutation.ts';
import { words } from '../contribution/logging-acts.ts';
import { localDay } from '../day.ts';
import { ContributionKindEnum } from '../enums.ts';
import { MemberRef } from '../member.ref.ts';

const TreatmentEnum = builder.enumType('ContributionTreatment', {
  description: 'What a contribution of a kind does.',
  values: {
    CAPITAL: { value: 'capital', description: 'Posts to the member’s capital; no patronage.' },
    PATRONAGE: { value: 'patronage', description: 'Counts when the surplus is shared; posts nothing.' },
    BOTH: { value: 'both', description: 'Posts to capital and counts when the surplus is shared.' },
  } as const,
});

interface KindPolicy {
  readonly kind: ContributionKind;
  readonly treatment: Treatment;
  readonly patronageCategory: string | null;
}
const KindPolicyRef = builder.objectRef<KindPolicy>('KindPolicy').implement({
  description: 'How one kind of contribution is treated.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    kind: t.field({ type: ContributionKindEnum, description: 'The kind.', resolve: ({ kind }) => kind }),
    treatment: t.field({
      type: TreatmentEnum,
      description: 'What it does.',
      resolve: ({ treatment }) => treatment,
    }),
    patronageCategory: t.exposeString('patronageCategory', {
      nullable: true,
      description: 'The category it counts in when the surplus is shared; null when it counts in none.',
    }),
  }),
});

type Version = PolicyVersion<'contribution'>;

function kindsOf(body: ContributionPolicyBody): KindPolicy[] {
  return Object.entries(body.kinds).map(([kind, policy]) => ({ kind: kind as ContributionKind, ...policy }));
}

const ContributionPolicyRef = builder.objectRef<Version>('ContributionPolicy').implement({
  description: 'How contributions are treated, from a day on.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'Its version.' }),
    effectiveOn: t.field({
      type: 'LocalDate',
      nullable: true,
      description: 'Its first day; null for what the cooperative began with.',
      resolve: ({ effectiveFrom }) => (effectiveFrom === '0001-01-01' ? null : effectiveFrom),
    }),
    kinds: t.field({
      type: [KindPolicyRef],
      description: 'Every kind and how it is treated.',
      resolve: ({ body }) => kindsOf(body),
    }),
    graceDays: t.int({
      description: 'Days after a period’s end in which its work may still be logged freely.',
      resolve: ({ body }) => body.graceDays,
    }),
    noticeDays: t.int({
      description: 'Days between announcing a changed rate and its first day.',
      resolve: ({ body }) => body.noticeDays,
    }),
    comparablesFrom: t.field({
      type: 'Money',
      description: 'In kind: from this value on comparables are recommended.',
      resolve: ({ body }, _args, context) => context.money(BigInt(body.documentation.comparablesFromMinor)),
    }),
    appraisalAbove: t.field({
      type: 'Money',
      description: 'In kind: above this value an appraisal is recommended.',
      resolve: ({ body }, _args, context) => context.money(BigInt(body.documentation.appraisalAboveMinor)),
    }),
    rationale: t.exposeString('rationale', { description: 'Why it was set.' }),
    setBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who set it; null for what the cooperative began with.',
      resolve: ({ setByMemberId }) => setByMemberId,
    }),
    setAt: t.field({ type: 'DateTime', description: 'When.', resolve: ({ recordedAt }) => recordedAt }),
  }),
});

builder.queryField('contributionPolicy', (t) =>
  t.field({
    type: ContributionPolicyRef,
    description: 'How contributions are treated today.',
    authScopes: { signedIn: true },
    resolve: (_root, _args, context) =>
      policyVersionOn(context.database, context.cooperativeId(), 'contribution', localDay(context)),
  }),
);

builder.queryField('contributionPolicyVersions', (t) =>
  t.field({
    type: [ContributionPolicyRef],
    description: 'Every version of the contribution policy, newest first, those to come included.',
    authScopes: { signedIn: true },
    resolve: (_root, _args, context) =>
      listPolicies(context.database, context.cooperativeId(), 'contribution'),
  }),
);

const KindPolicyInput = builder.inputType('KindPolicyInput', {
  description: 'How one kind shall be treated.',
  fields: (t) => ({
    kind: t.field({ type: ContributionKindEnum, required: true, description: 'The kind.' }),
    treatment: t.field({ type: TreatmentEnum, required: true, description: 'What it shall do.' }),
    patronageCategory: t.string({
      description: 'The category it counts in; the one it had, or the kind’s name, when left out.',
    }),
  }),
});

export const versionPayload = (
  t: PothosSchemaTypes.ObjectFieldBuilder<Types, { readonly version: number }>,
) => ({
  version: t.exposeInt('version', { description: 'The version that was set.' }),
});

/** `kinds.labor.patronageCategory` of the stored policy as the place in what was sent. */
function sentField(field: string, kinds: readonly { readonly kind: string }[]): string {
  const [first, kind, ...rest] = field.split('.');
  if (first === 'documentation') return kind ?? '';
  const index = kinds.findIndex((one) => one.kind === kind);
  return first !== 'kinds' || index === -1 ? field : ['kinds', index, ...rest].join('.');
}

defineMutation('changeContributionPolicy', {
  description: 'Changes how contributions are treated from a day on; what is left out stays as it is.',
  allow: 'policy.manage',
  input: (t) => ({
    kinds: t.field({ type: [KindPolicyInput], description: 'Kinds to be treated differently.' }),
    graceDays: t.int({ description: 'Days of free late logging after a period’s end, 0 to 366.' }),
    noticeDays: t.int({ description: 'Days a changed rate is announced before it counts, 0 to 366.' }),
    comparablesFrom: t.field({ type: 'Money', description: 'In kind: comparables from this value on.' }),
    appraisalAbove: t.field({ type: 'Money', description: 'In kind: an appraisal above this value.' }),
    effectiveFrom: t.field({ type: 'LocalDate', description: 'Its first day; today when left out.' }),
    rationale: t.string(words('Why.', 1_000)),
  }),
  run: async ({ comparablesFrom, appraisalAbove, ...input }, context, command) => {
    const minor = (text: string | null | undefined, field: string) =>
      text == null ? null : context.minor(text, ['input', field]).toString();
    const changed = await changeContributionPolicy(context.database, command, {
      ...input,
      comparablesFromMinor: minor(comparablesFrom, 'comparablesFrom'),
      appraisalAboveMinor: minor(appraisalAbove, 'appraisalAbove'),
    });
    if (changed.ok || changed.refusal.code !== 'POLICY_INVALID') return changed;
    const field = sentField(changed.refusal.field, input.kinds ?? []);
    return { ok: false, refusal: { ...changed.refusal, field } };
  },
  payload: (t) => ({
    ...versionPayload(t),
    policy: t.field({
      type: ContributionPolicyRef,
      description: 'The version that was set.',
      resolve: async ({ version }, _args, context) => {
        const versions = await listPolicies(context.database, context.cooperativeId(), 'contribution');
        const set = versions.find((one) => one.version === version);
        if (set === undefined) throw new Error(`contribution policy ${version} is not there`);
        return set;
      },
    }),
  }),
});
