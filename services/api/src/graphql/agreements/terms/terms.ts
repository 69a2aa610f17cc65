// Weights and policies to read: every version, who set it, and what is in force today.
import type { Policies, TermsInForce, TermsVersion, Weights } from '@habitat/agreements';
import { listTerms, termsInForce } from '@habitat/agreements';
import { builder } from '../../builder.ts';
import { notFound } from '../../error.ts';
import { MemberRef } from '../../people/member.ref.ts';
import { stillWaiting } from '../../platform/waiting/second-person-days.ts';
import { decisionFields, statusOf } from './decision.ts';

interface CategoryWeight {
  readonly category: string;
  readonly weight: string;
}
const CategoryWeightRef = builder.objectRef<CategoryWeight>('CategoryWeight').implement({
  description: 'What a category is multiplied by.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    category: t.exposeString('category', { description: 'The patronage category.' }),
    weight: t.field({ type: 'Decimal', description: 'Its weight.', resolve: ({ weight }) => weight }),
  }),
});

const WeightsVersionRef = builder.objectRef<TermsVersion<Weights>>('WeightsVersion').implement({
  description: 'A version of the weights; a period counts by the one in force on its first day.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id of the version.',
      resolve: ({ id }) => ({ type: 'Terms', id }),
    }),
    version: t.exposeInt('version', { description: 'Number of the version.' }),
    effectiveOn: t.field({
      type: 'LocalDate',
      description: 'First day it counts.',
      resolve: (one) => one.effectiveFrom,
    }),
    weights: t.field({
      type: [CategoryWeightRef],
      description: 'The weights; they need not add up to one.',
      resolve: ({ document }) =>
        Object.entries(document.weights).map(([category, weight]) => ({ category, weight })),
    }),
    rationale: t.string({
      nullable: true,
      description: 'Why it was set.',
      resolve: ({ rationale }) => rationale,
    }),
    status: t.string({
      description: 'in_force, waiting (for a second person), declined or expired.',
      resolve: (version, _args, context) => statusOf(version, context),
    }),
    setBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who set it; null for the founding default.',
      resolve: ({ byMemberId }) => byMemberId,
    }),
    setAt: t.field({ type: 'DateTime', description: 'When.', resolve: ({ recordedAt }) => recordedAt }),
    ...decisionFields(t),
  }),
});

builder.queryField('weights', (t) =>
  t.field({
    type: [WeightsVersionRef],
    description: 'All versions of the weights, newest first.',
    authScopes: { signedIn: true },
    resolve: async (_root, _args, context) =>
      (await listTerms(context.database, context.cooperativeId(), 'weights')) as TermsVersion<Weights>[],
  }),
);

type SurplusLine = Policies['surplusLines'][number];
export const SurplusLineRef = builder.objectRef<SurplusLine>('SurplusPolicyLine').implement({
  description: 'Something taken off net income before it is shared.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    lineId: t.string({ description: 'Its own short name.', resolve: ({ id }) => id }),
    label: t.exposeString('label', { description: 'What it is.' }),
    kind: t.string({
      description: 'non_member_income, reserve or return_on_share_capital.',
      resolve: ({ kind }) => kind,
    }),
    fraction: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'The part taken; null for a fixed amount.',
      resolve: ({ amount }) =>
        amount.kind === 'fixed' ? null : amount.kind === 'fraction' ? amount.fraction : amount.rate,
    }),
    of: t.string({
      nullable: true,
      description: 'What it is a part of: net_income, member_income, remaining or capital.',
      resolve: ({ amount }) =>
        amount.kind === 'fixed' ? null : amount.kind === 'fraction' ? amount.of : 'capital',
    }),
    amount: t.field({
      type: 'Money',
      nullable: true,
      description: 'The fixed amount, where it is one.',
      resolve: ({ amount }, _args, context) =>
        amount.kind === 'fixed' ? context.money(BigInt(amount.amountMinor)) : null,
    }),
    indivisible: t.boolean({
      description: 'True for a reserve that is never paid out to members.',
      resolve: (line) => line.kind === 'reserve' && line.indivisible,
    }),
    taxedApart: t.boolean({
      description: 'True for non-member income that is taxed apart instead of kept.',
      resolve: (line) => line.kind === 'non_member_income' && line.treatment === 'taxed_apart',
    }),
    accountCode: t.string({
      nullable: true,
      description: 'Account it goes to; 3330 where none is named.',
      resolve: ({ accountCode }) => accountCode,
    }),
  }),
});

const PoliciesRef = builder.objectRef<TermsInForce & { readonly regime: string }>('Policies').implement({
  description: 'What is agreed on allocation and distribution.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id of the version.',
      resolve: ({ policies }) => ({ type: 'Terms', id: policies.id }),
    }),
    version: t.int({ description: 'Number of the version.', resolve: ({ policies }) => policies.version }),
    effectiveOn: t.field({
      type: 'LocalDate',
      description: 'First day it counts.',
      resolve: ({ policies }) => policies.effectiveFrom,
    }),
    formula: t.string({
      description: 'weighted, equal, hours_only, revenue_only or tiered.',
      resolve: ({ policies }) => policies.document.formula.kind,
    }),
    cashRate: t.field({
      type: 'Decimal',
      description: 'The part of a share paid in cash.',
      resolve: ({ policies }) => policies.document.cashRate,
    }),
    cashReserve: t.field({
      type: 'Money',
      description: 'Cash that stays, whatever is distributed.',
      resolve: ({ policies }, _args, context) => context.money(BigInt(policies.document.cashReserveMinor)),
    }),
    maximumShare: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Largest share allowed; null without a cap.',
      resolve: ({ policies }) => policies.document.maximumShare,
    }),
    thresholdKind: t.string({
      nullable: true,
      description: 'fixed, hours or percent_of_average; null without a minimum.',
      resolve: ({ policies }) => policies.document.threshold?.kind ?? null,
    }),
    rounding: t.string({
      description: 'largest_remainder or residual_to_largest.',
      resolve: ({ policies }) => policies.document.rounding,
    }),
    surplusLines: t.field({
      type: [SurplusLineRef],
      description: 'What is taken off net income first, in order.',
      resolve: ({ policies }) => policies.document.surplusLines,
    }),
    regime: t.exposeString('regime', { description: 'Tax regime: subchapter_k or subchapter_t.' }),
    rationale: t.string({
      description: 'Why this version was set.',
      resolve: ({ policies }) => policies.rationale,
    }),
    weights: t.field({
      type: WeightsVersionRef,
      description: 'The weights in force.',
      resolve: ({ weights }) => weights,
    }),
  }),
});

builder.queryField('policies', (t) =>
  t.field({
    type: PoliciesRef,
    description: 'The policies in force today.',
    authScopes: { signedIn: true },
    resolve: async (_root, _args, context) => {
      const found = await termsInForce(context.database, context.cooperativeId(), { now: context.now });
      if (found === null) throw notFound('policies');
      return { ...found, regime: context.signedIn().cooperative.taxRegime };
    },
  }),
);

const TermsRef = builder.objectRef<TermsVersion>('Terms').implement({
  description: 'Weights or policies that reach into a running period and wait for a second person.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id of the version.',
      resolve: ({ id }) => ({ type: 'Terms', id }),
    }),
    kind: t.string({ description: 'weights or policies.', resolve: ({ kind }) => kind }),
    version: t.exposeInt('version', { description: 'Number of the version.' }),
    effectiveOn: t.field({
      type: 'LocalDate',
      description: 'First day it would count.',
      resolve: (one) => one.effectiveFrom,
    }),
    rationale: t.exposeString('rationale', { description: 'Why it was set.' }),
    document: t.string({
      description: 'The terms as JSON.',
      resolve: ({ document }) => JSON.stringify(document),
    }),
    setBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who set it.',
      resolve: ({ byMemberId }) => byMemberId,
    }),
    setAt: t.field({ type: 'DateTime', description: 'When.', resolve: ({ recordedAt }) => recordedAt }),
    ...decisionFields(t),
  }),
});

builder.queryField('waitingTerms', (t) =>
  t.field({
    type: [TermsRef],
    description: 'Terms that wait for a second person’s approval.',
    authScopes: { anyAct: ['weight.set', 'allocation.approve'] },
    resolve: async (_root, _args, context) => {
      const cooperativeId = context.cooperativeId();
      const weights = await listTerms(context.database, cooperativeId, 'weights');
      const policies = await listTerms(context.database, cooperativeId, 'policies');
      const open = [...weights, ...policies].filter((one) => one.needsSecond && one.outcome === null);
      return stillWaiting(context, open, ({ recordedAt }) => recordedAt);
    },
  }),
);
