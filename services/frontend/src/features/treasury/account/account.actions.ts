'use server';
// Changing the chart: a new account below a group, and retiring one that stands at nothing.
import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import type { ActionState } from '../../../lib/api/action-state.ts';
import { endedBadly } from '../../../lib/api/action-state.ts';
import { text } from '../../../lib/api/form.ts';
import { refusalWords } from '../../../lib/api/refusal-words.ts';
import { ask } from '../../../lib/api/request.ts';
import { createAccountDocument, deactivateAccountDocument } from './account.documents.ts';

/** Adds an account. What is wrong with it is told at its field. */
export async function createAccount(_: ActionState, form: FormData): Promise<ActionState> {
  const code = text(form, 'code');
  const input = {
    code,
    name: text(form, 'name'),
    parentCode: text(form, 'parentCode'),
    group: form.get('group') === 'on',
    contra: form.get('contra') === 'on',
    idempotencyKey: text(form, 'idempotencyKey'),
  };
  const answer = await ask(createAccountDocument, { input });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  revalidatePath('/treasury', 'layout');
  return { status: 'done', said: (await getTranslations('treasury'))('said.created', { code }) };
}

/** Retires an account; its history stays readable. */
export async function deactivateAccount(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { accountId: text(form, 'accountId'), idempotencyKey: text(form, 'idempotencyKey') };
  const answer = await ask(deactivateAccountDocument, { input });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  revalidatePath('/treasury', 'layout');
  const { code } = answer.data.deactivateAccount.account;
  return { status: 'done', said: (await getTranslations('treasury'))('said.retired', { code }) };
}
