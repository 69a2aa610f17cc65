'use server';
// Reminding those who are waited for of what one asked for.
import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import type { ActionState } from '../../lib/api/action-state.ts';
import { endedBadly } from '../../lib/api/action-state.ts';
import { text } from '../../lib/api/form.ts';
import { refusalWords } from '../../lib/api/refusal-words.ts';
import { ask } from '../../lib/api/request.ts';
import { remindDocument } from './reminder.documents.ts';

export async function remind(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { requestId: text(form, 'requestId'), idempotencyKey: text(form, 'idempotencyKey') };
  const answer = await ask(remindDocument, { input });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  revalidatePath('/', 'layout');
  return { status: 'done', said: (await getTranslations('reminder'))('said') };
}
