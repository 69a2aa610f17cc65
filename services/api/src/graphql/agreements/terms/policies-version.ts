// Every version of what is agreed on allocation and distribution, with all it says: the history behind `policies`.
import type { Policies, TermsVersion } from '@habitat/agreements';
import { listTerms } from '@habitat/agreements';
import type { Types } from '../../builder.ts';
import { builder } from '../../builder.ts';
import { MemberRef } from '../../people/member.ref.ts';
import { decisionFields, statusOf } from './decision.ts';
import { SurplusLineRef } from './terms.ts';

interface ClassMultiplier {
  readonly memberClass: string;
  readonly multiplier: string;
}
const ClassMultiplierRef = builder.objectRef<ClassMultiplier>('ClassMultiplier').implement({
  description: 'What a class’s weighted total is multiplied by under the tiered formula.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    memberClass: t.exposeString('memberClass', { description: 'The class.' }),
    multiplier: t.field({
      type: 'Decimal',
      description: 'Its multiplier.',
      resolve: ({ multiplier }) => multiplier,
    }),
  }),
});

type Threshold = NonNullable<Policies['threshold']>;
const ThresholdRef = builder.objectRef<Threshold>('Threshold').implement({
  description: 'The least one must have given to take part.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    kind: t.string({
      description: 'fixed, hours or percent_of_average.',
      resolve: ({ kind }) => kind,
    }),
    amount: t.field({
      type: 'Money',
      nullable: true,
      description: 'For fixed.',
      resolve: (one, _args, context) =>
        one.kind === 'fixed' ? context.money(BigInt(one.amountMinor)) : null,
    }),
    number: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Hours, or the fraction of the average.',
      resolve: (one) => (one.kind === 'fixed' ? null : one.kind === 'hours' ? one.hours : one.fraction),
    }),
  }),
});

const EligibilityRef = builder.objectRef<Policies['eligibility']>('Eligibility').implement({
  description: 'Who takes part in an allocation.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    classes: t.stringList({
      nullable: true,
      description: 'Only these classes; null for every class.',
      resolve: ({ classes }) => classes,
    }),
    statuses: t.stringList({ description: 'These statuses.', resolve: ({ statuses }) => statuses }),
    minimumTenureDays: t.exposeInt('minimumTenureDays', {
      description: 'Days of membership by the end of the period.',
    }),
  }),
});

/** Which version it is, and who set it when and why. */
const versionFields = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, TermsVersion<Policies>>) => ({
  id: t.globalID({
    description: 'Opaque id of the version.',
    resolve: ({ id }) => ({ type: 'Terms', id }),
  }),
  version: t.exposeInt('version', { description: 'Number of the version.' }),
  effectiveOn: t.field({
    type: 'LocalDate',
    description: 'First day it counts.',
    resolve: ({ effectiveFrom }) => effectiveFrom,
  }),
  status: t.string({
    description: 'in_force (once its day has come), waiting (for a second person), declined or expired.',
    resolve: (version, _args, context) => statusOf(version, context),
  }),
  rationale: t.exposeString('rationale', { description: 'Why it was set.' }),
  setBy: t.field({
    type: MemberRef,
    nullable: true,
    description: 'Who set it; null for the founding default.',
    resolve: ({ byMemberId }) => byMemberId,
  }),
  setAt: t.field({ type: 'DateTime', description: 'When.', resolve: ({ recordedAt }) => recordedAt }),
});

const PoliciesVersionRef = builder.objectRef<TermsVersion<Policies>>('PoliciesVersion').implement({
  description: 'One version of the policies of allocation and distribution, with who set it and why.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    ...versionFields(t),
    ...decisionFields(t),
    formula: t.string({
      description: 'weighted, equal, hours_only, revenue_only or tiered.',
      resolve: ({ document }) => document.formula.kind,
    }),
    formulaCategories: t.stringList({
      nullable: true,
      description: 'Categories that hours_only or revenue_only count; null where none are named.',
      resolve: ({ document: { formula } }) => ('categories' in formula ? (formula.categories ?? null) : null),
    }),
    multipliers: t.field({
      type: [ClassMultiplierRef],
      description: 'By class, for the tiered formula; empty for others.',
      resolve: ({ document: { formula } }) =>
        formula.kind === 'tiered'
          ? Object.entries(formula.multipliers).map(([memberClass, multiplier]) => ({
              memberClass,
              multiplier,
            }))
          : [],
    }),
    threshold: t.field({
      type: ThresholdRef,
      nullable: true,
      description: 'The minimum to take part; null for none.',
      resolve: ({ document }) => document.threshold,
    }),
    maximumShare: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Largest share allowed; null without a cap.',
      resolve: ({ document }) => document.maximumShare,
    }),
    eligibility: t.field({
      type: EligibilityRef,
      description: 'Who takes part.',
      resolve: ({ document }) => document.eligibility,
    }),
    rounding: t.string({
      description: 'largest_remainder or residual_to_largest.',
      resolve: ({ document }) => document.rounding,
    }),
    cashRate: t.field({
      type: 'Decimal',
      description: 'The part of a share paid in cash.',
      resolve: ({ document }) => document.cashRate,
    }),
    cashReserve: t.field({
      type: 'Money',
      description: 'Cash that stays, whatever is distributed.',
      resolve: ({ document }, _args, context) => context.money(BigInt(document.cashReserveMinor)),
    }),
    surplusLines: t.field({
      type: [SurplusLineRef],
      description: 'What is taken off net income first, in order.',
      resolve: ({ document }) => document.surplusLines,
    }),
  }),
});

builder.queryField('agreementPolicyVersions', (t) =>
  t.field({
    type: [PoliciesVersionRef],
    description: 'All versions of the policies of allocation and distribution, newest first.',
    authScopes: { signedIn: true },
    resolve: async (_root, _args, context) =>
      (await listTerms(context.database, context.cooperativeId(), 'policies')) as TermsVersion<Policies>[],
  }),
);
