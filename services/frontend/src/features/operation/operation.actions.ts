'use server';
// Asking the worker for another try of a dead letter.
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { ActionState } from '../../lib/api/action-state.ts';
import { endedBadly } from '../../lib/api/action-state.ts';
import { text } from '../../lib/api/form.ts';
import { refusalWords } from '../../lib/api/refusal-words.ts';
import { ask } from '../../lib/api/request.ts';
import { redriveDocument } from './operation.documents.ts';

export async function redrive(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    deadLetterId: text(form, 'deadLetterId'),
    idempotencyKey: text(form, 'idempotencyKey'),
  };
  const answer = await ask(redriveDocument, { input });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  revalidatePath('/operations');
  redirect('/operations?said=redriven');
}
