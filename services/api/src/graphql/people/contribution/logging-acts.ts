// The author's acts: log, edit, submit, withdraw, answer, dispute.
import type { Contribution } from '@habitat/people';
import {
  allowLateContribution,
  answerQuestion,
  attachEvidenceFiles,
  commentOnContribution,
  disputeContribution,
  editContribution,
  logContribution,
  maySee,
  submitContribution,
  withdrawContribution,
} from '@habitat/people';
import { z } from 'zod';
import type { Types } from '../../builder.ts';
import { builder } from '../../builder.ts';
import { idOfType } from '../../global-id.ts';
import { defineMutation } from '../../mutation.ts';
import { ContributionRef } from '../contribution.ref.ts';
import { ContributionKindEnum } from '../enums.ts';
import { EVIDENCE_FILE } from './evidence-file.ts';

/** What an act on a contribution answers: its id, and the contribution itself where the command has it at hand. */
interface ContributionAnswer {
  readonly contributionId: string;
  readonly contribution?: Contribution | undefined;
}

export const contributionPayload = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, ContributionAnswer>) => ({
  contribution: t.field({
    type: ContributionRef,
    description: 'The contribution as it is now.',
    resolve: ({ contributionId, contribution }, _args, context) =>
      contribution && maySee(context.signedIn().actor, contribution) ? contribution : contributionId,
  }),
});

export const CONTRIBUTION = { required: true, description: 'The contribution.' } as const;
export const words = (description: string, most = 4_000) =>
  ({ required: true, description, validate: z.string().max(most) }) as const;

const EvidenceInput = builder.inputType('EvidenceInput', {
  description: 'A link that shows what was given.',
  fields: (t) => ({
    label: t.string({ required: true, description: 'What it shows; the address itself when empty.' }),
    url: t.string({ required: true, description: 'An http or https address.' }),
  }),
});

type InputBuilder = PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'>;

export const content = (t: InputBuilder) => ({
  kind: t.field({ type: ContributionKindEnum, required: true, description: 'What kind.' }),
  category: t.string({ description: 'Category; General when left out.' }),
  quantity: t.string({
    required: true,
    description: 'Hours as people write them ("6", "1:30", "90 min", "9-15"), units or money.',
    validate: z.string().max(64),
  }),
  workedOn: t.field({ type: 'LocalDate', required: true, description: 'Day of the work.' }),
  description: t.string({ required: true, description: 'What it was; one line is enough.' }),
  evidence: t.field({ type: [EvidenceInput], description: 'Links that show it.' }),
  declaredValue: t.field({ type: 'Money', description: 'In kind: fair market value.' }),
  costBasis: t.field({ type: 'Money', description: 'In kind: what it cost its giver.' }),
  revenueTransactionId: t.globalID({ description: 'Revenue: the transaction it points at.' }),
});

/** Ids of uploaded files, as POST /api/evidence answers with them. */
const files = (t: InputBuilder, required = false) =>
  t.globalIDList({
    required,
    description: 'Files uploaded before with POST /api/evidence, to attach; what is attached stays.',
  });

/** Whatever is no file's id is found nowhere. */
const fileIdsOf = (ids: readonly { readonly typename: string; readonly id: string }[] | null | undefined) =>
  (ids ?? []).map((id) => idOfType(id, EVIDENCE_FILE) ?? '');

interface Content {
  readonly declaredValue?: string | null | undefined;
  readonly revenueTransactionId?: { readonly id: string } | null | undefined;
}

/** The content as the package takes it. */
export function contentOf<Input extends Content>({ declaredValue, revenueTransactionId, ...input }: Input) {
  return { ...input, value: declaredValue ?? null, revenueTransactionId: revenueTransactionId?.id ?? null };
}

defineMutation('logContribution', {
  description: 'Logs a contribution and sends it to its reviewers, or keeps a draft.',
  allow: ['contribution.log_own', 'contribution.log_for_another'],
  input: (t) => ({
    ...content(t),
    memberId: t.globalID({ description: 'Whose it is, when it is logged for another.' }),
    reason: t.string({ description: 'Why it is logged for another.' }),
    lateReason: t.string({ description: 'After the grace, for another: why it is taken all the same.' }),
    submit: t.boolean({ description: 'False keeps a draft.' }),
    evidenceFiles: files(t),
  }),
  run: ({ memberId, submit, evidenceFiles, ...input }, context, command) =>
    logContribution(context.database, command, {
      ...contentOf(input),
      evidenceFiles: fileIdsOf(evidenceFiles),
      memberId: memberId?.id ?? null,
      submit: submit ?? true,
    }),
  payload: contributionPayload,
});

defineMutation('editContribution', {
  description: 'Changes a contribution nobody has decided yet; signatures given before count no more.',
  allow: 'signedIn',
  input: (t) => ({ contributionId: t.globalID(CONTRIBUTION), ...content(t), evidenceFiles: files(t) }),
  run: ({ contributionId, evidenceFiles, ...input }, context, command) =>
    editContribution(context.database, command, {
      ...contentOf(input),
      evidenceFiles: fileIdsOf(evidenceFiles),
      contributionId: contributionId.id,
    }),
  payload: contributionPayload,
});

defineMutation('attachEvidence', {
  description: 'Adds uploaded files to your own contribution while nobody has decided on it.',
  allow: 'signedIn',
  input: (t) => ({ contributionId: t.globalID(CONTRIBUTION), evidenceFiles: files(t, true) }),
  run: ({ contributionId, evidenceFiles }, context, command) =>
    attachEvidenceFiles(context.database, command, {
      contributionId: contributionId.id,
      evidenceFiles: fileIdsOf(evidenceFiles),
    }),
  payload: contributionPayload,
});

defineMutation('submitContribution', {
  description: 'Sends a draft to its reviewers.',
  allow: 'signedIn',
  input: (t) => ({ contributionId: t.globalID(CONTRIBUTION) }),
  run: ({ contributionId }, context, command) =>
    submitContribution(context.database, command, { contributionId: contributionId.id }),
  payload: contributionPayload,
});

defineMutation('withdrawContribution', {
  description: 'Takes a contribution back before it is approved; it stays readable.',
  allow: 'signedIn',
  input: (t) => ({ contributionId: t.globalID(CONTRIBUTION) }),
  run: ({ contributionId }, context, command) =>
    withdrawContribution(context.database, command, { contributionId: contributionId.id }),
  payload: contributionPayload,
});

defineMutation('answerQuestion', {
  description: 'Answers a reviewer’s question; the contribution waits for its reviewers again.',
  allow: 'signedIn',
  input: (t) => ({ contributionId: t.globalID(CONTRIBUTION), answer: t.string(words('The answer.')) }),
  run: ({ contributionId, answer }, context, command) =>
    answerQuestion(context.database, command, { contributionId: contributionId.id, answer }),
  payload: contributionPayload,
});

defineMutation('commentOnContribution', {
  description: 'Writes a remark into the thread.',
  allow: 'signedIn',
  input: (t) => ({ contributionId: t.globalID(CONTRIBUTION), body: t.string(words('The remark.')) }),
  run: ({ contributionId, body }, context, command) =>
    commentOnContribution(context.database, command, { contributionId: contributionId.id, body }),
  payload: contributionPayload,
});

defineMutation('disputeContribution', {
  description: 'Disputes the value of your own contribution while its period is open.',
  allow: 'contribution.dispute',
  input: (t) => ({ contributionId: t.globalID(CONTRIBUTION), reason: t.string(words('Why.', 1_000)) }),
  run: ({ contributionId, reason }, context, command) =>
    disputeContribution(context.database, command, { contributionId: contributionId.id, reason }),
  payload: contributionPayload,
});

defineMutation('allowLateContribution', {
  description: 'A reviewer takes another’s late draft all the same, with a reason; it is sent by this.',
  allow: 'contribution.override_late',
  input: (t) => ({ contributionId: t.globalID(CONTRIBUTION), reason: t.string(words('Why.', 1_000)) }),
  run: ({ contributionId, reason }, context, command) =>
    allowLateContribution(context.database, command, { contributionId: contributionId.id, reason }),
  payload: contributionPayload,
});
