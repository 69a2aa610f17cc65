'use server';
// A member's acts on their own contributions. Each carries the key its form was rendered with, so that a double click or
// a repeated request never does anything twice.
import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import type { ActionState } from '../../lib/api/action-state.ts';
import { endedBadly } from '../../lib/api/action-state.ts';
import { optional, text } from '../../lib/api/form.ts';
import type { VariablesOf } from '../../lib/api/graphql.ts';
import { refusalWords } from '../../lib/api/refusal-words.ts';
import { ask } from '../../lib/api/request.ts';
import { pageAfter } from '../evidence/evidence.upload.ts';
import {
  allowLateDocument,
  answerQuestionDocument,
  commentDocument,
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
    workedOn: dayOf(form),
    description: text(form, 'description'),
    declaredValue: amount('declaredValue'),
    costBasis: amount('costBasis'),
    evidence: evidenceOf(form),
    idempotencyKey: text(form, 'idempotencyKey'),
  };
}

/** The day of the work. Without scripts the choice of day and the date field are read as they were left. */
function dayOf(form: FormData): string {
  if (!form.has('plain')) return text(form, 'workedOn');
  const day = text(form, 'day');
  return optional(form, 'otherDay') ?? (day === 'other' || day === '' ? text(form, 'workedOn') : day);
}

/** What was typed, for a browser without scripts that has to be handed its form again. */
function typedOf(form: FormData): Record<string, string> {
  const { kind, category, quantity, workedOn, description } = contentOf(form);
  return {
    kind,
    category: category ?? '',
    quantity,
    workedOn,
    description,
    declaredValue: text(form, 'declaredValue'),
    costBasis: text(form, 'costBasis'),
  };
}

function evidenceOf(form: FormData): { label: string; url: string }[] {
  const labels = form.getAll('evidenceLabel').map(String);
  return form
    .getAll('evidenceUrl')
    .map((url, index) => ({ url: String(url).trim(), label: labels[index]?.trim() || String(url).trim() }))
    .filter(({ url }) => url !== '');
}

/** Logs a contribution: sent for approval, or kept as a draft when that button or the one for files was pressed. */
export async function logContribution(_: ActionState, form: FormData): Promise<ActionState> {
  const intent = text(form, 'intent');
  const submit = intent !== 'draft' && intent !== 'files';
  const answer = await ask(logContributionDocument, { input: { ...contentOf(form), submit } });
  if (!answer.ok) {
    const ended = endedBadly(answer, await refusalWords());
    return ended.status === 'refused' && form.has('plain') ? { ...ended, typed: typedOf(form) } : ended;
  }
  revalidatePath('/', 'layout');
  const { contribution } = answer.data.logContribution;
  const to = intent === 'files' ? pageAfter(contribution.id, null) : undefined;
  if (form.has('plain')) redirect(to ?? `/contributions/${encodeURIComponent(contribution.id)}`);
  const t = await getTranslations('log.said');
  return {
    status: 'done',
    said: t(submit ? 'sent' : 'kept', { number: contribution.number }),
    id: contribution.id,
    ...(to === undefined ? {} : { to }),
  };
}

/** Changes what was logged, while nobody has decided on it. */
export async function editContribution(_: ActionState, form: FormData): Promise<ActionState> {
  const contributionId = text(form, 'contributionId');
  const answer = await ask(editContributionDocument, { input: { contributionId, ...contentOf(form) } });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  revalidatePath('/', 'layout');
  const to = text(form, 'intent') === 'files' ? pageAfter(contributionId, null) : undefined;
  if (form.has('plain') && to !== undefined) redirect(to);
  const t = await getTranslations('log.said');
  return {
    status: 'done',
    said: t('changed', { number: answer.data.editContribution.contribution.number }),
    id: contributionId,
    ...(to === undefined ? {} : { to }),
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

/** Writes a remark into the thread. */
export async function writeComment(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    contributionId: text(form, 'contributionId'),
    body: text(form, 'body'),
    idempotencyKey: text(form, 'idempotencyKey'),
  };
  const answer = await ask(commentDocument, { input });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  revalidatePath('/', 'layout');
  const t = await getTranslations('contribution.said');
  return { status: 'done', said: t('written') };
}

/** Lets a late draft in, with the reason that stays in its history; it is sent by this. */
export async function allowLate(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    contributionId: text(form, 'contributionId'),
    reason: text(form, 'reason'),
    idempotencyKey: text(form, 'idempotencyKey'),
  };
  const answer = await ask(allowLateDocument, { input });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  revalidatePath('/', 'layout');
  const t = await getTranslations('contribution.said');
  return {
    status: 'done',
    said: t('letIn', { number: answer.data.allowLateContribution.contribution.number }),
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
