// Reviewers' and administrators' acts on contributions.
import type { BulkResult } from '@habitat/people';
import {
  adjustContribution,
  approveContribution,
  approveContributions,
  askAboutContribution,
  confirmValuationOverride,
  overrideValuation,
  rejectContribution,
  resolveDispute,
  retryPosting,
} from '@habitat/people';
import { builder } from '../../builder.ts';
import { defineMutation } from '../../mutation.ts';
import { ContributionRef } from '../contribution.ref.ts';
import { CONTRIBUTION, contributionPayload, words } from './logging-acts.ts';

defineMutation('approveContribution', {
  description: 'Approves a contribution as it is; above the policy’s line two people sign.',
  allow: 'contribution.approve',
  input: (t) => ({ contributionId: t.globalID(CONTRIBUTION) }),
  run: ({ contributionId }, context, command) =>
    approveContribution(context.database, command, { contributionId: contributionId.id }),
  payload: contributionPayload,
});

defineMutation('adjustContribution', {
  description: 'Approves with another quantity or value; what was logged stays readable beside it.',
  allow: 'contribution.adjust',
  input: (t) => ({
    contributionId: t.globalID(CONTRIBUTION),
    quantity: t.string({ description: 'The quantity that counts, as its author would write it.' }),
    value: t.field({ type: 'Money', description: 'The value that counts, instead of the rule’s.' }),
    reason: t.string(words('Why; the member reads it.', 1_000)),
  }),
  run: ({ contributionId, ...input }, context, command) =>
    adjustContribution(context.database, command, {
      reason: input.reason,
      quantity: input.quantity ?? null,
      value: input.value ?? null,
      contributionId: contributionId.id,
    }),
  payload: contributionPayload,
});

defineMutation('askAboutContribution', {
  description: 'Asks the author; the contribution waits for the answer.',
  allow: 'contribution.ask',
  input: (t) => ({ contributionId: t.globalID(CONTRIBUTION), question: t.string(words('The question.')) }),
  run: ({ contributionId, question }, context, command) =>
    askAboutContribution(context.database, command, { contributionId: contributionId.id, question }),
  payload: contributionPayload,
});

defineMutation('rejectContribution', {
  description: 'Rejects with a reason; the contribution stays readable.',
  allow: 'contribution.reject',
  input: (t) => ({
    contributionId: t.globalID(CONTRIBUTION),
    reason: t.string(words('Why; the member reads it.', 1_000)),
  }),
  run: ({ contributionId, reason }, context, command) =>
    rejectContribution(context.database, command, { contributionId: contributionId.id, reason }),
  payload: contributionPayload,
});

const BulkResultRef = builder.objectRef<BulkResult>('BulkResult').implement({
  description: 'What became of one item of a bulk approval.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    ok: t.exposeBoolean('ok', { description: 'True when it was approved or signed.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Refusal code when it was not.' }),
    contribution: t.field({
      type: ContributionRef,
      nullable: true,
      description: 'The contribution as it is now; null when there is none.',
      resolve: ({ contributionId, reason }) => (reason === 'CONTRIBUTION_NOT_FOUND' ? null : contributionId),
    }),
  }),
});

defineMutation('approveContributions', {
  description: 'Approves many, each by itself; the answer says what became of each.',
  allow: 'contribution.approve',
  input: (t) => ({ contributionIds: t.globalIDList({ required: true, description: 'The contributions.' }) }),
  run: ({ contributionIds }, context, command) =>
    approveContributions(context.database, command, { contributionIds: contributionIds.map(({ id }) => id) }),
  payload: (t) => ({
    results: t.field({
      type: [BulkResultRef],
      description: 'One result per contribution, in the order asked.',
      resolve: ({ results }) => [...results],
    }),
  }),
});

defineMutation('resolveDispute', {
  description: 'Settles a dispute, with the same value when none is given.',
  allow: ['contribution.resolve_dispute', 'valuation.override'],
  input: (t) => ({
    contributionId: t.globalID(CONTRIBUTION),
    value: t.field({ type: 'Money', description: 'The value from now on.' }),
    reason: t.string(words('Why.', 1_000)),
  }),
  run: ({ contributionId, value, reason }, context, command) =>
    resolveDispute(context.database, command, {
      contributionId: contributionId.id,
      value: value ?? null,
      reason,
    }),
  payload: contributionPayload,
});

defineMutation('overrideValuation', {
  description: 'Asks to set another value; a second person has to confirm it.',
  allow: 'valuation.override',
  input: (t) => ({
    contributionId: t.globalID(CONTRIBUTION),
    value: t.field({ type: 'Money', required: true, description: 'The value from then on.' }),
    justification: t.string(words('Why.', 1_000)),
  }),
  run: ({ contributionId, ...input }, context, command) =>
    overrideValuation(context.database, command, { ...input, contributionId: contributionId.id }),
  payload: contributionPayload,
});

defineMutation('confirmValuationOverride', {
  description: 'The second person confirms an override.',
  allow: ['valuation.override', 'contribution.approve'],
  input: (t) => ({ contributionId: t.globalID(CONTRIBUTION) }),
  run: ({ contributionId }, context, command) =>
    confirmValuationOverride(context.database, command, { contributionId: contributionId.id }),
  payload: contributionPayload,
});

defineMutation('retryPosting', {
  description: 'Offers a contribution the ledger refused to it again.',
  allow: ['contribution.approve', 'transaction.post', 'system.operate'],
  input: (t) => ({ contributionId: t.globalID(CONTRIBUTION) }),
  run: ({ contributionId }, context, command) =>
    retryPosting(context.database, command, { contributionId: contributionId.id }),
  payload: contributionPayload,
});
