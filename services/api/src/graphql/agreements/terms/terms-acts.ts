// Setting weights and policies, and a second person’s word on those that reach into a running period.
import type { TermsSet } from '@habitat/agreements';
import { decideTerms, proposeTerms, setPolicies, setWeights } from '@habitat/agreements';
import type { Types } from '../../builder.ts';
import { builder } from '../../builder.ts';
import { defineMutation } from '../../mutation.ts';
import { secondPersonDays } from '../../platform/waiting/second-person-days.ts';
import { policyChanges, policyFields } from './policy-input.ts';

const CategoryWeightInput = builder.inputType('CategoryWeightInput', {
  description: 'What a category shall be multiplied by.',
  fields: (t) => ({
    category: t.string({ required: true, description: 'The patronage category.' }),
    weight: t.field({ type: 'Decimal', required: true, description: 'A positive decimal.' }),
  }),
});

const payload = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, TermsSet>) => ({
  termsId: t.globalID({
    description: 'Id of the new version.',
    resolve: ({ termsId }) => ({ type: 'Terms', id: termsId }),
  }),
  version: t.exposeInt('version', { description: 'Its number.' }),
  needsSecond: t.exposeBoolean('needsSecond', {
    description:
      'True when it reaches into a period already begun: it counts once a second person approved it.',
  }),
});

const SavedTermsRef = builder.objectRef<TermsSet>('SavedTerms').implement({
  description: 'A version of weights or policies just saved.',
  authScopes: { signedIn: true },
  fields: payload,
});

const EFFECTIVE_ON = {
  type: 'LocalDate',
  required: true,
  description: 'First day it counts; a period’s first day, as a rule.',
} as const;
const RATIONALE = { required: true, description: 'Why.' } as const;

defineMutation('setWeights', {
  description: 'Sets new weights from a day on.',
  allow: 'weight.set',
  input: (t) => ({
    effectiveOn: t.field(EFFECTIVE_ON),
    weights: t.field({
      type: [CategoryWeightInput],
      required: true,
      description: 'All weights; those left out are gone.',
    }),
    rationale: t.string(RATIONALE),
  }),
  run: (input, context, command) =>
    setWeights(context.database, command, {
      effectiveFrom: input.effectiveOn,
      weights: Object.fromEntries(input.weights.map(({ category, weight }) => [category, weight])),
      rationale: input.rationale,
    }),
  payload,
});

defineMutation('setAgreementPolicies', {
  description: 'Sets new policies from a day on; what is left out stays as it is.',
  allow: 'policy.manage',
  input: (t) => ({
    effectiveOn: t.field(EFFECTIVE_ON),
    rationale: t.string(RATIONALE),
    ...policyFields(t),
  }),
  run: (input, context, command) =>
    setPolicies(context.database, command, {
      effectiveFrom: input.effectiveOn,
      changes: policyChanges(input, context),
      rationale: input.rationale,
    }),
  payload,
});

defineMutation('savePatronageProposal', {
  description:
    'Saves weights and changed policies together, as tried out: in force from a day to come, or waiting for a second person where they reach into a period already begun.',
  allow: 'weight.set',
  input: (t) => ({
    effectiveOn: t.field(EFFECTIVE_ON),
    rationale: t.string(RATIONALE),
    weights: t.field({
      type: [CategoryWeightInput],
      description: 'All weights; those left out are gone. Without any the weights stay.',
    }),
    ...policyFields(t),
  }),
  run: ({ effectiveOn, rationale, weights, ...input }, context, command) =>
    proposeTerms(context.database, command, {
      effectiveFrom: effectiveOn,
      rationale,
      weights:
        weights == null
          ? null
          : Object.fromEntries(weights.map(({ category, weight }) => [category, weight])),
      changes: policyChanges(input, context),
    }),
  payload: (t) => ({
    weights: t.field({
      type: SavedTermsRef,
      nullable: true,
      description: 'The weights saved; null when they stay.',
      resolve: (answer) => answer.weights,
    }),
    policies: t.field({
      type: SavedTermsRef,
      nullable: true,
      description: 'The policies saved; null when they stay.',
      resolve: (answer) => answer.policies,
    }),
    needsSecond: t.boolean({
      description: 'True when a second person has to approve (decideTerms) before it counts.',
      resolve: (answer) => (answer.weights ?? answer.policies)?.needsSecond === true,
    }),
  }),
});

defineMutation('decideTerms', {
  description:
    'A second person approves or declines terms that reach into a running period; whoever set them takes them back by declining.',
  allow: 'signedIn',
  input: (t) => ({
    termsId: t.globalID({ required: true, description: 'The version that waits.' }),
    approve: t.boolean({ required: true, description: 'True to approve, false to decline.' }),
    reason: t.string({ description: 'Needed to decline.' }),
  }),
  run: async ({ termsId: { id: termsId }, approve, reason }, context, command) =>
    decideTerms(context.database, command, {
      termsId,
      outcome: approve ? 'approved' : 'declined',
      reason: reason ?? null,
      secondPersonDays: await secondPersonDays(context),
    }),
  payload: (t) => ({
    termsId: t.globalID({
      description: 'The version decided on.',
      resolve: ({ termsId }) => ({ type: 'Terms', id: termsId }),
    }),
  }),
});
