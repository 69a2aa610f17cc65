// What a contribution would be worth before it is logged, and the choices of the form.
import type { CategoryOption, ContributionPreview, KindOption } from '@habitat/people';
import {
  contributionOptions,
  formatQuantity,
  previewContribution,
  previewContributions,
} from '@habitat/people';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { invalidInput } from '../../error.ts';
import { refusalError } from '../../refusal.ts';
import { PeriodRef } from '../../treasury/period.ref.ts';
import { countsOf, weightsOn } from './contribution.ts';
import { ContributionRef } from '../contribution.ref.ts';
import { ContributionKindEnum } from '../enums.ts';
import { MemberRef } from '../member.ref.ts';
import { rightsOf } from './setting.ts';

interface PreviewView extends ContributionPreview {
  readonly weight: string | null;
}

const PreviewRef = builder.objectRef<PreviewView>('ContributionPreview').implement({
  description: 'What a contribution would be worth, and who would decide it.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    quantity: t.expose('quantity', { type: 'Decimal', description: 'The quantity as it was understood.' }),
    unit: t.exposeString('unit', { description: 'hour, unit or money.' }),
    rate: t.expose('rate', {
      type: 'Decimal',
      nullable: true,
      description: 'Rate on that day, if its rule has one.',
    }),
    ruleId: t.globalID({
      nullable: true,
      description: 'Opaque id of the rule that values it.',
      resolve: ({ ruleId }) => (ruleId === null ? null : { type: 'ValuationRule', id: ruleId }),
    }),
    ruleVersion: t.exposeInt('ruleVersion', { nullable: true, description: 'Version of the rule.' }),
    ruleLabel: t.exposeString('ruleLabel', {
      nullable: true,
      description: 'Name of the rule: its category or kind.',
    }),
    weight: t.expose('weight', {
      type: 'Decimal',
      nullable: true,
      description: 'Weight in the surplus; null without.',
    }),
    value: t.field({
      type: 'Money',
      nullable: true,
      description: 'What it would be worth; null when no rule values it.',
      resolve: ({ valueMinor }, _args, context) => (valueMinor === null ? null : context.money(valueMinor)),
    }),
    counts: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Value times weight: what counts for the share.',
      resolve: ({ valueMinor, weight }, _args, context) => countsOf(valueMinor, weight, context),
    }),
    book: t.field({
      type: 'Money',
      description: 'What book capital would gain.',
      resolve: ({ bookMinor }, _args, context) => context.money(bookMinor),
    }),
    tax: t.field({
      type: 'Money',
      description: 'What tax capital would gain.',
      resolve: ({ taxMinor }, _args, context) => context.money(taxMinor),
    }),
  }),
});

builder.objectFields(PreviewRef, (t) => ({
  treatment: t.exposeString('treatment', { description: 'capital, patronage or both.' }),
  period: t.field({
    type: PeriodRef,
    nullable: true,
    description: 'The period it would count in.',
    resolve: ({ periodId }) => periodId,
  }),
  peersNeeded: t.exposeInt('peersNeeded', {
    nullable: true,
    description: 'How many peers would have to validate it first; null where reviewers decide it.',
  }),
  decidedBy: t.field({
    type: [MemberRef],
    description: 'Who decides, then who stands in.',
    resolve: ({ decidedByMemberIds }) => [...decidedByMemberIds],
  }),
  withinDays: t.exposeInt('withinDays', {
    nullable: true,
    description: 'Days within which it should be decided.',
  }),
  needsSignatures: t.exposeInt('signaturesNeeded', {
    description: 'How many reviewers would have to sign.',
  }),
  documentation: t.exposeString('documentation', {
    nullable: true,
    description: 'In kind: own_estimate, comparables or appraisal is recommended.',
  }),
  problem: t.exposeString('problem', {
    nullable: true,
    description: 'The refusal sending it now would meet, such as NO_VALUATION_RULE or LATE_NEEDS_OVERRIDE.',
  }),
}));

const PreviewInput = builder.inputType('ContributionPreviewInput', {
  description: 'A contribution not logged yet.',
  fields: (t) => ({
    kind: t.field({ type: ContributionKindEnum, required: true, description: 'What kind.' }),
    category: t.string({ description: 'Category; General when left out.' }),
    quantity: t.string({ required: true, description: 'Hours as people write them, units or money.' }),
    workedOn: t.field({ type: 'LocalDate', required: true, description: 'Day of the work.' }),
    declaredValue: t.field({ type: 'Money', description: 'In kind: fair market value.' }),
    costBasis: t.field({ type: 'Money', description: 'In kind: what it cost you.' }),
  }),
});

const factsOf = (context: ApiContext) => ({
  cooperativeId: context.cooperativeId(),
  actor: context.signedIn().actor,
  now: context.now,
});

builder.queryField('contributionPreview', (t) =>
  t.field({
    type: PreviewRef,
    description: 'What a contribution of yours would be worth at that day’s rate.',
    authScopes: { anyAct: ['contribution.log_own', 'contribution.log_for_another'] },
    args: { input: t.arg({ type: PreviewInput, required: true, description: 'The contribution.' }) },
    resolve: async (_root, { input }, context) => {
      const preview = await previewContribution(context.database, factsOf(context), {
        ...input,
        value: input.declaredValue ?? null,
      });
      if (!preview.ok) throw refusalError(preview.refusal, context.money);
      return weighed(preview.value, input.workedOn, context);
    },
  }),
);

builder.objectField(ContributionRef, 'preview', (t) =>
  t.field({
    type: PreviewRef,
    nullable: true,
    description: 'What it would be worth sent as it stands; null for whoever may not change it.',
    resolve: async (contribution, _args, context) => {
      if (!(await rightsOf(contribution, context)).viewerMay.includes('edit')) return null;
      const { kind, category, quantity, workedOn, declaredValueMinor, costBasisMinor } = contribution;
      const amount = (minor: bigint | null) => (minor === null ? null : context.money(minor));
      const preview = await previewContribution(context.database, factsOf(context), {
        kind,
        category,
        quantity: formatQuantity(quantity),
        workedOn,
        value: amount(declaredValueMinor),
        costBasis: amount(costBasisMinor),
      });
      return preview.ok ? weighed(preview.value, workedOn, context) : null;
    },
  }),
);

async function weighed(
  preview: ContributionPreview,
  workedOn: string,
  context: ApiContext,
): Promise<PreviewView> {
  const weights = await weightsOn(context).load(workedOn);
  const { patronageCategory } = preview;
  return { ...preview, weight: patronageCategory === null ? null : (weights[patronageCategory] ?? null) };
}

interface EntryPreview {
  readonly preview: PreviewView | null;
  readonly problem: string | null;
}

const EntryPreviewRef = builder.objectRef<EntryPreview>('EntryPreview').implement({
  description: 'One of several entries not logged yet: what it would be worth, or why it cannot be read.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    preview: t.field({
      type: PreviewRef,
      nullable: true,
      description: 'What it would be worth; null when it cannot be read.',
      resolve: ({ preview }) => preview,
    }),
    problem: t.exposeString('problem', {
      nullable: true,
      description: 'The refusal logging it now would meet.',
    }),
  }),
});

builder.queryField('contributionPreviews', (t) =>
  t.field({
    type: [EntryPreviewRef],
    description: 'What several contributions of yours would be worth, each at the rate of its day, in order.',
    authScopes: { anyAct: ['contribution.log_own', 'contribution.log_for_another'] },
    args: {
      inputs: t.arg({ type: [PreviewInput], required: true, description: 'The contributions, 200 at most.' }),
    },
    resolve: async (_root, { inputs }, context): Promise<EntryPreview[]> => {
      if (inputs.length > 200)
        throw invalidInput([{ path: ['inputs'], message: 'at most 200 entries' }], 'TOO_MANY');
      const previews = await previewContributions(
        context.database,
        factsOf(context),
        inputs.map((input) => ({ ...input, value: input.declaredValue ?? null })),
      );
      return Promise.all(
        previews.map(async (preview, index): Promise<EntryPreview> => {
          if (!preview.ok) return { preview: null, problem: preview.refusal.code };
          const workedOn = inputs[index]?.workedOn ?? context.today();
          return {
            preview: await weighed(preview.value, workedOn, context),
            problem: preview.value.problem,
          };
        }),
      );
    },
  }),
);

const CategoryOptionRef = builder.objectRef<CategoryOption>('CategoryOption').implement({
  description: 'A category of work with its rule of today.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    category: t.exposeString('category', { description: 'Its name.' }),
    unit: t.exposeString('unit', { description: 'hour, unit or money.' }),
    method: t.exposeString('method', { description: 'rate, fixed, market or formula.' }),
    rate: t.expose('rate', { type: 'Decimal', nullable: true, description: 'Rate of today.' }),
    ruleVersion: t.exposeInt('ruleVersion', { nullable: true, description: 'Version of the rule.' }),
  }),
});

const KindOptionRef = builder.objectRef<KindOption>('KindOption').implement({
  description: 'A kind of contribution and what can be chosen in it.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    kind: t.field({ type: ContributionKindEnum, description: 'The kind.', resolve: ({ kind }) => kind }),
    unit: t.exposeString('unit', { description: 'hour, unit or money.' }),
    treatment: t.exposeString('treatment', { description: 'capital, patronage or both.' }),
    categories: t.field({
      type: [CategoryOptionRef],
      description: 'Categories that have a rule today.',
      resolve: ({ categories }) => [...categories],
    }),
    weight: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Its weight in the surplus today.',
      resolve: async ({ patronageCategory }, _args, context) =>
        patronageCategory === null
          ? null
          : ((await weightsOn(context).load(context.today()))[patronageCategory] ?? null),
    }),
  }),
});

type OptionsView = Awaited<ReturnType<typeof contributionOptions>>;

const OptionsRef = builder.objectRef<OptionsView>('ContributionOptions').implement({
  description: 'The choices of the log form.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    kinds: t.field({ type: [KindOptionRef], description: 'Every kind.', resolve: ({ kinds }) => [...kinds] }),
    lastKind: t.field({
      type: ContributionKindEnum,
      nullable: true,
      description: 'Kind of your last one.',
      resolve: ({ last }) => last?.kind ?? null,
    }),
    lastCategory: t.string({
      nullable: true,
      description: 'Category of your last one.',
      resolve: ({ last }) => last?.category ?? null,
    }),
    last: t.field({
      type: ContributionRef,
      nullable: true,
      description: 'Your last one.',
      resolve: ({ last }) => last,
    }),
  }),
});

builder.queryField('contributionOptions', (t) =>
  t.field({
    type: OptionsRef,
    description: 'Kinds, categories and rates of today, and what you logged last.',
    authScopes: { anyAct: ['contribution.log_own', 'contribution.log_for_another'] },
    resolve: (_root, _args, context) => contributionOptions(context.database, factsOf(context)),
  }),
);
