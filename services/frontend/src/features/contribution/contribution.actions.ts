'use server';
// A member's acts on their own contributions. Each carries the key its form was rendered with, so that a double click or
// a repeated request never does anything twice.
import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import type { ActionState } from '../../lib/api/action-state.ts';
import { endedBadly } from '../../lib/api/action-state.ts';
import { optional, text } from '../../lib/api/form.ts';
import type { VariablesOf } from '../../lib/api/graphql.ts';
import { refusalWords } from '../../lib/api/refusal-words.ts';
import { ask } from '../../lib/api/request.ts';
import {
  answerQuestionDocument,
  editContributionDocument,
  logContributionDocument,
  submitContributionDocument,
  withdrawContributionDocument,
} from './contribution.documents.ts';

type LogInput = VariablesOf<typeof logContributionDocument>['input'];

/** The content of the log form. Money fields lose their separators; the API reads and refuses everything else. */
function contentOf(form: FormData) {
  const amount = (name: string) => optional(form, name)?.replaceAll(',', '') ?? null;
  const kind = text(form, 'kind') as LogInput['kind'];
  const isMoney = kind === 'CASH' || kind === 'REVENUE';
  const quantity = text(form, 'quantity');
  return {
    kind,
    category: optional(form, 'category'),
    quantity: isMoney ? quantity.replaceAll(',', '') : quantity,
    workedOn: text(form, 'workedOn'),
    description: text(form, 'description'),
    declaredValue: amount('declaredValue'),
    costBasis: amount('costBasis'),
    evidence: evidenceOf(form),
    idempotencyKey: text(form, 'idempotencyKey'),
  };
}

function evidenceOf(form: FormData): { label: string; url: string }[] {
  const labels = form.getAll('evidenceLabel').map(String);
  return form
    .getAll('evidenceUrl')
    .map((url, index) => ({ url: String(url).trim(), label: labels[index]?.trim() || String(url).trim() }))
    .filter(({ url }) => url !== '');
}

/** Logs a contribution: sent for approval, or kept as a draft when that button was pressed. */
export async function logContribution(_: ActionState, form: FormData): Promise<ActionState> {
  const submit = text(form, 'intent') !== 'draft';
  const lateReason = optional(form, 'lateReason');
  const input = { ...contentOf(form), submit, ...(lateReason ? { lateReason } : {}) };
  const answer = await ask(logContributionDocument, { input });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  revalidatePath('/', 'layout');
  const { contribution } = answer.data.logContribution;
  const t = await getTranslations('log.said');
  return {
    status: 'done',
    said: t(submit ? 'sent' : 'kept', { number: contribution.number }),
    id: contribution.id,
  };
}

/** Changes what was logged, while nobody has decided on it. */
export async function editContribution(_: ActionState, form: FormData): Promise<ActionState> {
  const contributionId = text(form, 'contributionId');
  const answer = await ask(editContributionDocument, { input: { contributionId, ...contentOf(form) } });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  revalidatePath('/', 'layout');
  const t = await getTranslations('log.said');
  return {
    status: 'done',
    said: t('changed', { number: answer.data.editContribution.contribution.number }),
    id: contributionId,
  };
}

/** Sends a kept draft for approval. */
export async function submitContribution(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    contributionId: text(form, 'contributionId'),
    idempotencyKey: text(form, 'idempotencyKey'),
  };
  const answer = await ask(submitContributionDocument, { input });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  revalidatePath('/', 'layout');
  const t = await getTranslations('log.said');
  return { status: 'done', said: t('sent', { number: answer.data.submitContribution.contribution.number }) };
}

/** Takes a contribution back before it is approved; it stays readable as withdrawn. */
export async function withdrawContribution(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    contributionId: text(form, 'contributionId'),
    idempotencyKey: text(form, 'idempotencyKey'),
  };
  const answer = await ask(withdrawContributionDocument, { input });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  revalidatePath('/', 'layout');
  const t = await getTranslations('log.said');
  return {
    status: 'done',
    said: t('withdrawn', { number: answer.data.withdrawContribution.contribution.number }),
  };
}

/** Answers the steward's question; the contribution goes back into the queue. */
export async function answerQuestion(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    contributionId: text(form, 'contributionId'),
    answer: text(form, 'answer'),
    idempotencyKey: text(form, 'idempotencyKey'),
  };
  const answer = await ask(answerQuestionDocument, { input });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  revalidatePath('/', 'layout');
  const t = await getTranslations('log.said');
  return { status: 'done', said: t('answered', { number: answer.data.answerQuestion.contribution.number }) };
}
